import { describe, expect, test } from 'vitest'
import { choiceOf, fewIn, remindsAt } from '../../src/polls/closing.ts'
import { ardwick, bot, DAY, gorton, HOUR, inTown, jo, network, posts, reads, resident } from '../helpers/town.ts'

inTown('Network', ['Ardwick', 'Gorton'], { joIn: 'Ardwick', anew: true })

const MINUTE = 60_000
const poll = () => bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
const reminders = (space = ardwick()) => reads(space).filter(text => text.includes('Tap your answer below.'))

/** Posts a poll in all chats, on a Monday at nine; without a closing time it closes a week later at 18:00. Returns its card. */
async function asks(closes = '', ...presses: readonly string[]) {
  await jo.say('/poll')
  await jo.submit({ question: 'Which day?', options: 'Monday\nTuesday', closes })
  await jo.press('Where it goes')
  await jo.press('All chats')
  for (const label of presses) await jo.press(label)
  const card = await jo.press('Post')
  await bot.tick()
  return card
}

/** So many people of a chat answer. */
async function answer(n: number, space = ardwick()): Promise<void> {
  const { id } = await poll()
  for (let i = 0; i < n; i += 1) await resident(`${space} ${i}`, space).forge(`polls_v_${id}_1`)
  await bot.tick()
}

describe('few', () => {
  const chat = (areaId: string | null) => ({ areaId })
  const few = (answers: Readonly<Record<string, number>>, areas: readonly (string | null)[], under = 5) =>
    fewIn(areas.map(chat), new Map(Object.entries(answers)), under).map(one => one.areaId)

  test.each([
    { name: 'none anywhere', answers: {}, areas: ['a', 'b'], under: 5, says: ['a', 'b'] },
    { name: 'four are none', answers: { a: 4, b: 20 }, areas: ['a', 'b'], under: 5, says: ['a'] },
    { name: 'as many as elsewhere', answers: { a: 10, b: 10, c: 10 }, areas: ['a', 'b', 'c'], under: 5, says: [] },
    { name: 'half of the chat in the middle is enough', answers: { a: 5, b: 10, c: 40 }, areas: ['a', 'b', 'c'], under: 5, says: [] },
    { name: 'less than half is few', answers: { a: 5, b: 20, c: 40 }, areas: ['a', 'b', 'c'], under: 5, says: ['a'] },
    { name: 'one answer more or less changes nothing', answers: { a: 9, b: 24, c: 40 }, areas: ['a', 'b', 'c'], under: 5, says: ['a'] },
    { name: 'none below the network’s own number', answers: { a: 15, b: 20 }, areas: ['a', 'b'], under: 20, says: ['a'] },
    { name: 'a chat for all areas has what is of no other', answers: { '': 3, b: 20, c: 9 }, areas: [null, 'b'], under: 5, says: [] },
    { name: 'a chat for all areas where nobody answered', answers: { b: 20 }, areas: [null, 'b'], under: 5, says: [null] },
    { name: 'one chat alone', answers: { a: 5 }, areas: ['a'], under: 5, says: [] },
  ])('$name', ({ answers, areas, under, says }) => {
    expect(few(answers as Readonly<Record<string, number>>, areas, under)).toEqual(says)
  })

  test('by itself a day before, where it is open for more than three days', () => {
    const opensAt = new Date('2026-11-02T09:00:00Z')
    const chosen = (days: number) => choiceOf('usual', { opensAt, closesAt: new Date(opensAt.getTime() + days * DAY) })
    expect([chosen(3), chosen(3.1), choiceOf('usual', { opensAt, closesAt: null })]).toEqual(['off', 'day', 'off'])
    expect(remindsAt(1_440, new Date(opensAt.getTime() + HOUR), opensAt)).toBe(null)
  })
})

describe('a poll that closes soon', () => {
  test('is reminded of once, in the chats where few have answered', async () => {
    expect((await asks()).text).toContain('Chats where few have answered are reminded Sunday 8 November, 18:00 (UTC+0).')
    await answer(10)
    await bot.later(6 * DAY + 8 * HOUR)
    expect([...reminders(), ...reminders(gorton())]).toEqual([])
    await bot.later(2 * HOUR)
    expect(reminders()).toEqual([])
    expect(reminders(gorton())).toHaveLength(1)
    expect(reminders(gorton())[0]).toContain('At the last count 5 people had answered.')
    expect(posts(gorton()).at(-1)?.view.buttons.flat()).toHaveLength(3)
    await bot.later(12 * HOUR)
    expect(reminders(gorton())).toHaveLength(1)
  })

  test('shows on its draft what is chosen, and moves on with every press', async () => {
    await jo.say('/poll')
    const row = 'Reminder where few have answered: '
    const week = await jo.submit({ question: 'Which day?', options: 'Monday\nTuesday', closes: '' })
    expect(week.text).toContain(`${row}none · a day before it closes (chosen) · an hour before it closes\n`)
    expect((await jo.press('Reminder before it closes')).text).toContain(
      `${row}none · a day before it closes · an hour before it closes (chosen)`,
    )
    expect((await jo.press('Reminder before it closes')).text).toContain(`${row}none (chosen)`)
    await jo.say('/poll')
    const short = await jo.submit({ question: 'Which hour?', options: 'Six\nSeven', closes: 'tomorrow 8am' })
    expect(short.text).toContain(`${row}none (chosen)`)
    expect((await jo.press('Reminder before it closes')).text).toContain('It closes too soon for that, so there is none.')
    await jo.press('When it closes')
    expect((await jo.submit({ when: '' })).text).toContain('It has no closing time, so there is none.')
  })

  test('an hour before, where that is chosen; none where none is', async () => {
    await asks('', 'Reminder before it closes')
    await bot.later(7 * DAY + 7.5 * HOUR)
    expect(reminders()).toEqual([])
    await bot.later(45 * MINUTE)
    expect(reminders()).toHaveLength(1)
  })

  test('is not reminded of once it is closed or withdrawn; at another time it is reminded of before that', async () => {
    await asks()
    await jo.press('Withdraw it')
    await jo.press('Withdraw it')
    await asks()
    await jo.press('Close it')
    await jo.submit({ outcome: '' })
    await asks()
    await jo.press('Change the time')
    expect((await jo.submit({ when: '14 November 6pm' })).text).toContain('are reminded Friday 13 November, 18:00')
    await bot.later(6 * DAY + 10 * HOUR)
    expect(reminders()).toEqual([])
    await bot.later(5 * DAY)
    expect(reminders()).toHaveLength(1)
    await asks()
    await jo.press('Change the time')
    expect((await jo.submit({ when: 'in 20 hours' })).text).not.toContain('are reminded')
  })

  test('is reminded of late where the bot was away, but not shortly before the close', async () => {
    await asks()
    await bot.later(7 * DAY + 6 * HOUR)
    expect(reminders()).toHaveLength(1)
    await bot.later(DAY)
    await bot.store.prisma.poll.deleteMany()
    await asks('17 November 3pm')
    const before = reminders().length
    await bot.later(7 * DAY - 20 * MINUTE)
    expect(reminders()).toHaveLength(before)
    expect(await poll()).toMatchObject({ state: 'open', remindAt: null })
  })

  test('a chat that was just reminded is left in peace', async () => {
    await asks()
    await bot.later(6 * DAY)
    await jo.press('Remind')
    await jo.press('Remind')
    await bot.tick()
    expect(reminders()).toHaveLength(1)
    await bot.later(10 * HOUR)
    expect(reminders()).toHaveLength(1)
  })
})

test('an option is hidden only after a question back, with its words', async () => {
  await jo.say('/poll Which day? | Monday | Tuesday | Friday')
  await bot.tick()
  await jo.press('Hide an option')
  expect((await jo.press('2. Tuesday')).text).toContain('No longer offer “Tuesday”? Votes for it stop counting')
  expect(await bot.store.prisma.option.count({ where: { pollId: (await poll()).id, hiddenAt: { not: null } } })).toBe(0)
  expect((await jo.press('Hide it')).text).toContain('“Tuesday” is no longer offered.')
})

test('the card tells in how many chats a reminder has come, and in which it has not', async () => {
  await asks()
  await jo.press('Remind')
  expect((await jo.press('Remind')).text).toContain('The reminder is on its way to 2 chats.')
  await bot.tick()
  const { id } = await poll()
  expect((await jo.forge(`polls_show_${id}`)).text).toContain('Reminded 2 of 2 chats.')
  await bot.store.prisma.delivery.updateMany({
    where: { subject: `polls_remind_${id}`, space: { ref: gorton() } },
    data: { state: 'failed' },
  })
  const told = await jo.forge(`polls_show_${id}`)
  expect(told.text).toContain('Reminded 1 of 2 chats.')
  expect(told.text).toContain('It did not arrive in: Gorton')
})

test('its closing stands in the coordinators’ calendar, and when a planned one opens', async () => {
  await asks()
  await jo.say('/poll')
  await jo.submit({ question: 'Which hour?', options: 'Six\nSeven', closes: '13 November 6pm' })
  await jo.press('When it opens')
  await jo.submit({ when: '11 November 9am' })
  await jo.press('Post')
  const file = (await jo.alone.forge(`calendar_page_${network.id}`)).views.flatMap(view => view.blocks).find(block => block.kind === 'file')
  const page = file?.kind === 'file' && 'text' in file ? file.text : ''
  for (const name of ['Poll closes: Which day?', 'Poll opens: Which hour?', 'Poll closes: Which hour?']) expect(page).toContain(name)
})
