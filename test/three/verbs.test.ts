// It takes over 15 s because a chat app takes no more than about one message a second for one person.
import { describe, expect } from 'vitest'
import { announceCommand } from '../../src/announcements/command.ts'
import { namesOf } from '../../src/feature/args.ts'
import type { Deps } from '../../src/feature/feature.ts'
import { forumCommand } from '../../src/forums/command.ts'
import { pollCommand } from '../../src/polls/command.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { type Moot, test } from './moot.ts'
import { NAMES, type Person, type Place, type Said } from './side.ts'

/** No path ends without an answer: every verb of every feature, said as a command, and gone on with by the button where the bot asks back which is meant. */

// Only the names are asked of them.
const none = {} as Deps
const VERBS = {
  poll: namesOf(pollCommand(none).verbs),
  announce: namesOf(announceCommand(none).verbs),
  forum: namesOf(forumCommand(none).verbs),
}
type Command = keyof typeof VERBS

/** Two of each, called nearly the same, so that a verb without more words has to ask. */
async function twoOfEach(on: Moot, jo: Person, next: () => Place): Promise<void> {
  for (const day of ['Monday', 'Tuesday']) {
    const place = next()
    await jo.says(place, `/poll Tea on ${day}? | Yes | No`).taken
    await on.sees(place, `Tea on ${day}?`)
    await posted(on, jo, next(), `/announce Cake on ${day} | when: tomorrow 9am`, 'Your announcement, not posted yet', `Cake on ${day}`)
    await posted(on, jo, next(), `/announce Pie on ${day} | when: every ${day} at 9`, 'Your announcement, not posted yet', `Pie on ${day}`)
    await posted(on, jo, next(), `/forum Strengths on ${day} | when: in 10 days 6pm`, 'Your forum, not posted yet', `Strengths on ${day}`)
  }
}

async function posted(on: Moot, jo: Person, place: Place, line: string, title: string, words: string): Promise<void> {
  await jo.says(place, line).taken
  const card = await on.until(() => jo.said.findLast(one => one.text.includes(title) && one.text.includes(words)), title)
  await jo.presses(card, 'Post').taken
  await on.until(() => !card.text.includes(title), `${words} to be posted`)
}

/** All that this person has been shown: it changes with every answer. */
function shown(jo: Person): string {
  const edits = jo.said.reduce((sum, { edits: n }) => sum + n, 0)
  return JSON.stringify([jo.said.length, edits, jo.form])
}

async function answers(on: Moot, jo: Person, what: string, act: () => Promise<unknown>): Promise<void> {
  const before = shown(jo)
  const toast = await act()
  if (typeof toast === 'string' && toast !== '') return
  await on.until(() => shown(jo) !== before, `an answer to “${what}”`)
}

/** The question which is meant, if that was the answer. */
function asked(jo: Person, command: Command, before: ReadonlySet<string>): Said | undefined {
  const QUESTIONS = { poll: 'Which poll do you mean?', announce: 'Which announcement do you mean?', forum: 'Which forum do you mean?' }
  return jo.said.find(one => !before.has(one.id) && one.text.includes(QUESTIONS[command]))
}

describe('every verb has an answer', { timeout: LONG_MS }, () => {
  test.for(NAMES)('on %s, from the command and from the button', async (name, { on }) => {
    const jo = on.jo[name]
    // One chat takes twenty messages a minute on some platforms: in turn, none of them has to wait.
    const places = [on.places[name]]
    for (let n = 1; n < 8; n++) places.push(await on.place(name, `Ward ${n}`))
    let said = 0
    const next = (): Place => places[said++ % places.length] ?? on.places[name]
    await twoOfEach(on, jo, next)
    let choices = 0
    for (const [command, verbs] of Object.entries(VERBS) as [Command, readonly string[]][]) {
      for (const verb of verbs) {
        const before = new Set(jo.said.map(one => one.id))
        await answers(on, jo, `/${command} ${verb}`, () => jo.says(next(), `/${command} ${verb}`).taken)
        const which = asked(jo, command, before)
        const [first] = which?.buttons ?? []
        if (!which || first === undefined) continue
        choices++
        await answers(on, jo, `/${command} ${verb}, then ${first}`, () => jo.presses(which, first).answer)
      }
    }
    expect(choices).toBeGreaterThan(8)
  })
})
