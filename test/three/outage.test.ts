import { describe, expect } from 'vitest'
import { LONG_MS, until } from '../helpers/patience.ts'
import { type Moot, test } from './moot.ts'
import { NAMES, type Name, type Said } from './side.ts'

// Long: Discord’s own library waits longer and longer between its tries to come back.

const MINUTE = 60_000

/** By the coordinator's own way, to all chats; the card of it. `late`: how often the choice of how late it may be is pressed on. */
async function announce(on: Moot, from: Name, line: string, late = 0): Promise<Said> {
  const jo = on.jo[from]
  await jo.says(on.places[from], `/announce ${line} | audience: everyone`).taken
  const card = await on.sees(jo, 'Your announcement, not posted yet')
  for (let i = 0; i < late; i += 1) await jo.presses(card, 'How late it may be').taken
  await jo.presses(card, 'Post').taken
  await on.until(() => card.text.includes('Done.'), 'the card to say that it is done')
  return card
}

async function changeWords(on: Moot, from: Name, card: Said, words: string): Promise<void> {
  await on.jo[from].presses(card, 'Change the words').taken
  await on.jo[from].fills(words, undefined)
  await on.sees(on.jo[from], words)
}

/** The first words of each post that stands there, oldest first. */
const firstWords = (on: Moot, name: Name): string[] => on.places[name].said.map(said => said.text.split(/\s/)[0] ?? '')

describe('a platform that is away while announcements fall due', { timeout: LONG_MS }, () => {
  test('the others are on time; then the useful ones go out there, oldest first, and of changes the newest', async ({ on }) => {
    const from = 'slack'
    const side = on.sides.discord
    const card = await announce(on, from, 'Open all week')
    for (const one of NAMES) await on.sees(on.places[one], 'Open all week')
    await on.settle()
    await announce(on, from, 'Third | when: in 30 minutes')
    await announce(on, from, 'First | when: in 10 minutes')
    await announce(on, from, 'Second | when: in 20 minutes')
    await announce(on, from, 'Soon | when: in 5 minutes', 2)
    side.goesAway()
    await on.until(() => on.status('discord') === 'down', 'it to be away')
    await changeWords(on, from, card, 'Open on Monday')
    await changeWords(on, from, card, 'Open on Tuesday')
    for (let passed = 0; passed < 30; passed += 10) await on.later(10 * MINUTE)
    for (const one of ['slack', 'telegram'] as const) expect(firstWords(on, one)).toEqual(['Open', 'Soon', 'First', 'Second', 'Third'])
    expect(firstWords(on, 'discord')).toEqual(['Open'])
    await on.later(40 * MINUTE)
    side.comesBack()
    await on.until(() => on.status('discord') === 'up', 'it to be back')
    const isThere = async (): Promise<boolean> => {
      await on.edits()
      return firstWords(on, 'discord').length >= 4 && on.places.discord.said[0]?.text.includes('Open on Tuesday') === true
    }
    await until(isThere, 'what waited')
    // What could be posted for an hour at most came too late.
    expect(firstWords(on, 'discord')).toEqual(['Open', 'First', 'Second', 'Third'])
    expect(on.places.discord.said[0]?.text).toContain('Open on Tuesday')
    expect(on.places.discord.said[0]?.edits).toBe(1)
    expect(on.statuses.filter(([one]) => one !== 'discord').map(([, state]) => state)).not.toContain('down')
  })
})
