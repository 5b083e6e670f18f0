import { describe, expect } from 'vitest'
import { withoutBars } from '../helpers/bars.ts'
import type { Posted } from '../platforms/telegram/posted.ts'
import { CADENCE, type Moot, STREETS, test } from './moot.ts'

const HOUR = 3_600_000

/** A poll that stands in Ardwick, and the coordinator's private card of it. */
async function standing({ jo, ardwick, sees }: Moot, line = STREETS): Promise<{ poll: Posted; card: Posted }> {
  jo.says(ardwick, line)
  return {
    poll: await sees(ardwick, line.slice('/poll '.length).split(' | ')[0] ?? ''),
    card: await sees(jo, 'It goes out now to 1 chat.'),
  }
}

async function votes(on: Moot, poll: Posted, option: string, ...names: string[]): Promise<void> {
  for (const name of names) await on.person(name, { started: false }).presses(poll, option).answer
}

describe.concurrent('a coordinator', () => {
  test('reminds with how many have answered, shows the poll again, and the old post points to the new one', async ({ on }) => {
    const { poll, card } = await standing(on)
    await votes(on, poll, '1. Buses', ...'ABCDEFGHIJ')
    await on.jo.presses(card, 'Remind').answer
    const reminder = await on.sees(on.ardwick, 'At the last count 5 people had answered. Not yet? Tap your answer below.')
    expect((await on.person('K').presses(reminder, '2. Parks').answer).text).toContain('Counted: Parks.')
    await on.jo.presses(card, 'Show it again').answer
    const again = await on.tg.until(
      () => on.ardwick.fromBot.find(one => one.id !== poll.id && one.text.includes('1. Buses: 5')),
      'the new post',
    )
    await on.later(CADENCE)
    expect(poll.text).toBe('This poll was shown again further down: please use the newer post.')
    expect((await on.person('L').presses(again, '2. Parks').answer).text).toContain('Counted: Parks.')
    expect(await on.store.prisma.count.aggregate({ where: { option: 0 }, _sum: { n: true } })).toMatchObject({ _sum: { n: 12 } })
  })

  test('changes the words, marked as changed, and votes stay with their option', async ({ on }) => {
    const { poll } = await standing(on)
    await votes(on, poll, '1. Buses', ...'ABCDEFGHIJ')
    on.jo.says(on.ardwick, '/poll edit')
    const card = await on.sees(on.jo, 'open until Monday 9 November')
    const { url } = await on.jo.presses(card, 'Change the words').answer
    on.jo.opens(url ?? '')
    await on.sees(on.jo, '1 of 2. What do you want to ask?')
    on.jo.says('private', 'What matters most in our streets?')
    await on.sees(on.jo, '2 of 2. What can people choose?')
    on.jo.says('private', 'Night buses\nParks')
    await on.sees(on.jo, 'Please keep one line for each of the 3 options')
    on.jo.says('private', 'Night buses\nParks\nDamp homes')
    await on.sees(on.jo, 'The words are changed. Votes stay with their option.')
    await on.later(CADENCE)
    expect(poll.text).toContain('What matters most in our streets?\nThe wording was changed on')
    expect(withoutBars(poll.text)).toContain('1. Night buses (wording changed): 5\n2. Parks: 0')
    expect(poll.labels[0]).toEqual(['1. Night buses'])
  })

  test('changes the closing time in plain words; a time that has passed is asked for again', async ({ on }) => {
    const { poll, card } = await standing(on)
    const { url } = await on.jo.presses(card, 'Change the time').answer
    on.jo.opens(url ?? '')
    await on.sees(on.jo, '1 of 1. When?')
    on.jo.says('private', 'last Friday')
    await on.sees(on.jo, 'That time has passed')
    on.jo.says('private', 'tomorrow 6pm')
    await on.sees(on.jo, 'The time is changed.')
    await on.settle()
    expect(poll.text).toContain('Closes: Tuesday 3 November, 18:00 (UTC+0)')
  })

  test('hides an option: whoever chose it is told to choose again, and it counts no longer', async ({ on }) => {
    const { poll, card } = await standing(on)
    const amina = on.person('Amina')
    amina.starts()
    await amina.presses(poll, '1. Buses').answer
    await votes(on, poll, '2. Parks', 'A', 'B', 'C', 'D', 'E')
    await on.jo.presses(card, 'Hide an option').answer
    const asked = await on.sees(on.jo, 'Which option should no longer be offered?')
    await on.jo.presses(asked, '1. Buses').answer
    await on.tg.until(() => asked.text.includes('No longer offer “Buses”?'), 'the question back')
    await on.jo.presses(asked, 'Hide it').answer
    await on.sees(on.jo, '“Buses” is no longer offered.')
    await on.sees(on.ardwick, '“Buses” is no longer offered. If you chose it, please choose again.')
    await on.later(CADENCE)
    await on.later(CADENCE)
    expect(poll.labels.flat()).not.toContain('1. Buses')
    const [row] = await on.store.prisma.poll.findMany({ select: { id: true } })
    expect((await amina.presses(poll, { data: `polls_v_${row?.id}_1` }).answer).text).toContain('That option is no longer offered.')
    expect((await amina.presses(poll, '3. Damp homes').answer).text).toContain('Counted now: Damp homes.')
  })

  test('withdraws it after a question back: the posts say so, and the votes are gone', async ({ on }) => {
    const { poll, card } = await standing(on)
    await votes(on, poll, '1. Buses', 'A')
    await on.jo.presses(card, 'Withdraw it').answer
    await on.tg.until(() => card.text.includes('This cannot be undone.'), 'the question back')
    await on.jo.presses(card, 'Withdraw it').answer
    await on.tg.until(() => poll.text.includes('This poll was withdrawn. It has no result.'), 'the post to say so')
    expect([poll.labels, await on.store.prisma.ballot.count(), await on.store.prisma.pollKey.count()]).toEqual([[], 0, 0])
    expect(
      (await on.person('B').presses(poll, { data: `polls_v_${(await on.store.prisma.poll.findFirstOrThrow()).id}_1` }).answer).text,
    ).toContain('was withdrawn')
  })
})

describe.concurrent('the numbers', () => {
  test('keep up at the pace that Telegram permits, and the last state always gets there', async ({ on }) => {
    const { poll, card } = await standing(on)
    expect(card.labels.flat()).toContain('Other rules')
    const edits = () => on.tg.calls('editMessageText').filter(call => call.payload['chat_id'] === on.ardwick.id).length
    // The numbers move at ten answers, at fifteen and at twenty: as of five, of ten, of fifteen.
    await votes(on, poll, '1. Buses', ...'ABCDEFGHIJ')
    await on.settle()
    expect(poll.text).toContain('1. Buses: 5')
    await votes(on, poll, '1. Buses', ...'KLMNO')
    await on.settle()
    await votes(on, poll, '1. Buses', ...'PQRST')
    await on.settle()
    // The pace: no second edit before its time, however many have voted.
    expect(edits()).toBe(1)
    await on.later(CADENCE)
    expect(edits()).toBe(2)
    expect(poll.text).toContain('1. Buses: 15')
    await on.later(CADENCE)
    expect(edits()).toBe(2)
  })
})

describe.concurrent('the close', () => {
  test('comes at the set time and needs nobody', async ({ on }) => {
    const { poll } = await standing(on)
    await votes(on, poll, '1. Buses', ...'ABCDE')
    await on.later(7 * 24 * HOUR + 8 * HOUR)
    expect((await on.store.prisma.poll.findFirstOrThrow()).state).toBe('open')
    await on.later(HOUR)
    const outcome = await on.sees(on.ardwick, 'Result: What matters most')
    expect(outcome.text).toContain('1. Buses (most): 5 (100%)')
    expect(outcome.text).not.toContain('The bot was away')
    await on.later(CADENCE)
    expect(poll.text).toContain('Closed Monday 9 November, 18:00')
  })

  test('that fell due while the bot was away waits for what was pressed before, and says when it really was', async ({ on }) => {
    const { poll } = await standing(on)
    await votes(on, poll, '1. Buses', 'A')
    await on.later(7 * 24 * HOUR)
    await on.stop()
    const late = ['B', 'C', 'D', 'E'].map(name => on.person(name, { started: false }).presses(poll, '2. Parks'))
    on.clock.at += 10 * HOUR
    // The first fetch fails, so that there is a while in which the bot runs and the presses have not come in.
    on.tg.fail({ method: 'getUpdates', with: { status: 500 } })
    const starting = on.start()
    await on.tg.until(() => on.statuses.at(-1)?.[0] === 'down', 'the failure')
    await on.bot.app.tick()
    expect((await on.store.prisma.poll.findFirstOrThrow()).state).toBe('open')
    await starting
    await on.settle()
    const outcome = await on.sees(on.ardwick, 'Result: What matters most')
    expect(late).toHaveLength(4)
    expect(withoutBars(outcome.text)).toContain('2. Parks (most): 4 (80%)\n1. Buses: 1 (20%)')
    expect(outcome.text).toContain(
      'It was to close Monday 9 November, 18:00 (UTC+0). The bot was away then; it closed Monday 9 November, 19:00',
    )
  })

  test('does not wait longer than two minutes for a platform that stays away', async ({ on }) => {
    await standing(on)
    await on.settle()
    await on.stop()
    on.clock.at += 8 * 24 * HOUR
    on.tg.fail({ method: 'getMe', with: 'hang', times: 100 })
    await on.start('soon')
    const { bot } = on
    await bot.app.tick()
    expect((await on.store.prisma.poll.findFirstOrThrow()).state).toBe('open')
    on.clock.at += 121_000
    await bot.app.tick()
    expect((await on.store.prisma.poll.findFirstOrThrow()).state).toBe('closed')
    on.tg.heal()
  })
})
