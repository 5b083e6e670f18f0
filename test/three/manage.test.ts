import { describe, expect } from 'vitest'
import { LONG_MS } from '../helpers/patience.ts'
import { test } from './moot.ts'
import { pollId, standing, tally, votes, withButton, words } from './polls.ts'

const tomorrow = { words: 'tomorrow 6pm', at: new Date('2026-11-03T18:00:00Z') }

describe.concurrent('a coordinator', { timeout: LONG_MS }, () => {
  test.for(['discord', 'slack'] as const)(
    'on %s reminds, shows the poll again, and the old post points to the new one',
    async (name, { on }) => {
      const { poll, card } = await standing(on, name)
      await votes(on, name, poll, '1. Buses', 10)
      await on.jo[name].presses(card, 'Remind').taken
      const reminder = await on.sees(on.places[name], 'At the last count 5 people had answered. Not yet? Tap your answer below.')
      await votes(on, name, reminder, '2. Parks')
      await on.jo[name].presses(card, 'Show it again').taken
      const stands = () => on.places[name].said.find(one => one.id !== poll.id && one.text.includes('1. Buses: 5'))
      const again = await on.until(stands, 'the new post')
      await on.edits()
      await on.edits()
      expect(poll.text).toBe('This poll was shown again further down: please use the newer post.')
      expect(words(again)).toContain('1. Buses: 5')
      await votes(on, name, again, '2. Parks')
      expect(await tally(on, await pollId(on))).toEqual({ 0: 12, 1: 10, 2: 2 })
    },
  )

  test.for(['discord', 'slack'] as const)(
    'on %s changes the words, marked as changed, and votes stay; and the time',
    async (name, { on }) => {
      const { poll, card } = await standing(on, name)
      const jo = on.jo[name]
      await votes(on, name, poll, '1. Buses', 10)
      await jo.presses(card, 'Change the words').taken
      await jo.fills('What matters most in our streets?', 'Night buses\nParks\nDamp homes')
      await on.sees(jo, 'The words are changed. Votes stay with their option.')
      await jo.presses(card, 'Change the time').taken
      await jo.fills(tomorrow)
      await on.sees(jo, 'The time is changed.')
      await on.edits()
      await on.edits()
      expect(words(poll)).toContain('What matters most in our streets?\nThe wording was changed on')
      expect(words(poll)).toContain('1. Night buses (wording changed): 5\n2. Parks: 0')
      expect(poll.text).toMatch(/Closes: (?:Tuesday 3 November, 18:00 \(UTC\+0\)|2026-11-03T18:00:00.000Z)/)
      expect(poll.buttons[0]).toMatch(/^1\. Night buses(?: \(wording changed\))?$/)
    },
  )

  test.for(['discord', 'slack'] as const)(
    'on %s hides an option: who chose it is told to choose again, and it counts no longer',
    async (name, { on }) => {
      const { poll, card } = await standing(on, name)
      const jo = on.jo[name]
      const [amina] = await votes(on, name, poll, '1. Buses')
      await votes(on, name, poll, '2. Parks', 5)
      await jo.presses(card, 'Hide an option').taken
      const asked = await on.sees(jo, 'Which option should no longer be offered?')
      const menu = await withButton(on, asked, '1. Buses')
      await jo.presses(menu, '1. Buses').taken
      await jo.presses(await withButton(on, menu, 'Hide it'), 'Hide it').taken
      await on.sees(jo, '“Buses” is no longer offered.')
      await on.sees(on.places[name], '“Buses” is no longer offered. If you chose it, please choose again.')
      await on.edits()
      await on.edits()
      expect(poll.buttons).not.toContain('1. Buses')
      const id = await pollId(on)
      expect(await amina?.presses(poll, { token: `polls_v_${id}_1` }).answer).toContain('That option is no longer offered.')
      expect(await amina?.presses(poll, '3. Damp homes').answer).toContain('Counted now: Damp homes.')
      expect(await tally(on, id)).toEqual({ 0: 6, 2: 5, 3: 1 })
    },
  )

  test.for(['discord', 'slack'] as const)(
    'on %s withdraws it after a question back: the post says so, and the votes are gone',
    async (name, { on }) => {
      const { poll, card } = await standing(on, name)
      const jo = on.jo[name]
      await votes(on, name, poll, '1. Buses')
      await jo.presses(card, 'Withdraw it').taken
      await on.until(() => card.text.includes('This cannot be undone.'), 'the question back')
      await jo.presses(card, 'Withdraw it').taken
      await on.until(() => poll.text.includes('This poll was withdrawn. It has no result.'), 'the post to say so')
      expect([poll.buttons, await on.store.prisma.ballot.count(), await on.store.prisma.pollKey.count()]).toEqual([[], 0, 0])
    },
  )

  test.for(['discord', 'slack'] as const)('on %s sees who may not do any of it turned away', async (name, { on }) => {
    const { poll } = await standing(on, name)
    const amina = on.person(name, 'Amina')
    for (const what of ['close', 'reword', 'hide', 'withdraw', 'remind']) {
      await amina.presses(poll, { token: `polls_${what}_${await pollId(on)}` }).taken
    }
    await amina.says(on.places[name], '/poll Mine? | A | B').taken
    await on.sees(amina, 'This one needs a coordinator.')
    await on.settle()
    expect(await on.store.prisma.poll.findMany({ select: { state: true } })).toEqual([{ state: 'open' }])
  })
})
