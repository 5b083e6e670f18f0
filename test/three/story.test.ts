import { describe, expect } from 'vitest'
import { LONG_MS } from '../helpers/patience.ts'
import { AREAS, test } from './moot.ts'
import { pollId, postedToAll, standing, tally, votes, withButton, words } from './polls.ts'
import { NAMES } from './side.ts'

describe.concurrent('a poll by a form', { timeout: LONG_MS }, () => {
  test.for(NAMES)(
    'on %s is set up on a card, posted to all three, and is one tally, with area lines after the close, the same everywhere',
    async (from, { on }) => {
      const { posts, card } = await postedToAll(on, from, 'What matters most?', ['Buses', 'Parks'])
      for (const name of NAMES) await votes(on, name, posts[name], '1. Buses', name === from ? 5 : 7)
      for (const name of NAMES) await votes(on, name, posts[name], '2. Parks', name === from ? 6 : 5)
      await on.settle()
      await on.edits()
      await on.edits()
      const id = await pollId(on)
      expect(await tally(on, id)).toMatchObject({ 0: 35, 1: 19, 2: 16 })
      for (const name of NAMES) {
        expect(words(posts[name])).toContain('1. Buses: 19\n2. Parks: 11\n30 answers\nThe numbers stand as of 30 answers.')
        expect(words(posts[name])).not.toContain(AREAS[from])
        expect(words(posts[name])).toBe(words(posts.telegram))
      }
      await on.jo[from].presses(card, 'Close it').taken
      await on.jo[from].fills('We ask for a night bus.')
      for (const name of NAMES) {
        const outcome = await on.sees(on.places[name], 'Result: What matters most?')
        expect(outcome.text).toContain('We ask for a night bus.')
        expect(words(outcome)).toContain('1. Buses (most): 19 (54%)\n2. Parks: 16 (46%)\n35 answers\n')
      }
      await on.edits()
      await on.edits()
      for (const name of NAMES) {
        expect(posts[name].text).toMatch(/Closed (?:Monday 2 November|2026-11-02T)/)
        expect(posts[name].buttons).toEqual([])
        expect(words(posts[name])).toContain('1. Buses (most): 19 (54%)\n2. Parks: 16 (46%)\n35 answers\n')
        // Five and six: both are nearest to 5.
        expect(words(posts[name])).toContain(`• ${AREAS[from]} (11): Buses 5 · Parks 5`)
        expect(words(posts[name])).toContain('Numbers by area are rounded to the nearest 5')
        expect(words(posts[name])).toBe(words(posts.telegram))
      }
    },
  )

  test.for(['discord', 'slack'] as const)('on %s comes back with what is not right, and what was said is kept', async (name, { on }) => {
    const jo = on.jo[name]
    await jo.says(on.places[name], '/poll').taken
    await jo.fills('Which day?', 'Monday', '')
    await on.until(() => jo.wrong.includes('A poll needs at least two options.'), 'what is wrong')
    if (name === 'discord') await jo.presses(await on.sees(jo, 'What you typed is kept'), 'Open the form').taken
    // Only the second field is filled in once more.
    await jo.fills(undefined, 'Monday\nTuesday', '')
    expect(words(await on.sees(jo, 'Your poll, not posted yet'))).toContain('Which day?\n1. Monday\n2. Tuesday')
  })
})

describe.concurrent('one’s own answer', { timeout: LONG_MS }, () => {
  test.for(NAMES)('on %s is receipted, changed, shown, taken back, and held', async (name, { on }) => {
    const { poll } = await standing(on, name)
    const amina = on.person(name, 'Amina')
    expect(await amina.presses(poll, '3. Damp homes').answer).toBe(
      'Counted: Damp homes. Poll: “What matters most on our streets?”. Numbers show from 10 answers on. This chat sees totals only. You can change it until Monday 9 November, 18:00.',
    )
    expect(await amina.presses(poll, '2. Parks').answer).toContain('Changed. Counted now: Parks.')
    expect(await amina.presses(poll, '2. Parks').answer).toContain('Already counted: Parks.')
    void (await amina.presses(poll, 'My vote').answer)
    const mine = await on.sees(amina, 'Your answer:')
    expect(mine.text).toContain('• Parks')
    await amina.presses(mine, 'Take back: Parks').taken
    await on.until(() => mine.text.includes('You have not answered this one.'), 'the answer to be gone')
    expect(await tally(on, await pollId(on))).toEqual({})
    await amina.presses(await withButton(on, mine, '1. Buses'), '1. Buses').taken
    await on.until(() => mine.text.includes('• Buses'), 'the new answer')
    await amina.says('private', '/mine').taken
    await on.sees(amina, 'That you took part in 1 secret poll')
    await amina.says(on.places[name], '/guide').taken
    await on.sees(amina, 'I ask, announce and invite in all chats of a community network')
    await amina.says('private', 'damp homes').taken
    // Bare words never change what was answered.
    await on.sees(amina, 'Is that your answer to this poll? Tap it to choose there.')
    expect(await tally(on, await pollId(on))).toEqual({ 0: 1, 1: 1 })
  })

  test.for(NAMES)('on %s stays private when a changed app presses a private button on the post itself', async (name, { on }) => {
    const { poll } = await standing(on, name)
    const amina = on.person(name, 'Amina')
    await amina.presses(poll, '1. Buses').answer
    const before = [poll.text, poll.buttons]
    const id = await pollId(on)
    for (const token of [`polls_pick_${id}_2`, `polls_back_${id}_2`, `polls_backall_${id}`]) await amina.presses(poll, { token }).taken
    await on.settle()
    expect([poll.text, poll.buttons]).toEqual(before)
  })
})
