import { beforeEach, describe, expect, test } from 'vitest'
import { announcementsFeature } from '../../src/announcements/feature.ts'
import { testApp } from '../helpers/app.ts'
import { poor } from '../helpers/chat.ts'
import { words } from '../helpers/person.ts'
import { bot, count, DAY, gorton, HOUR, inTown, jo, network, reads } from '../helpers/town.ts'

inTown('Network', ['Ardwick', 'Gorton'], { anew: true })

const say = (line: string) => jo.say(`/announce ${line}`)
const begin = async (line: string) => {
  await say(line)
  return jo.press('Post')
}
const series = () => bot.store.prisma.announcementSeries.findFirstOrThrow({ where: { networkId: network.id } })
const told = (part: string) => jo.reads().filter(said => said.includes(part))
/** Until that local time of London, in one step. */
const until = (time: string) => bot.later(Date.parse(`2026-${time}:00Z`) - bot.clock.at)

describe('one line', () => {
  test('leads to the card: the rule in words, the next three dates with weekday, zone and offset', async () => {
    const card = await say('Tea for all | when: every second Tuesday at 18:30 until 1 March')
    expect(card.text).toContain('Goes out: every second Tuesday at 18:30, until Monday 1 March 2027 (Europe/London time)')
    expect(card.text).toContain(
      'Next dates: Tuesday 3 November, 18:30 (UTC+0); Tuesday 17 November, 18:30 (UTC+0); Tuesday 1 December, 18:30 (UTC+0)',
    )
    await bot.later(2 * DAY)
    expect(reads()).toEqual([])
  })

  test('goes out at each date, once, everywhere it is meant for', async () => {
    expect((await begin('Tea for all | when: every second Tuesday at 18:30, 3 times')).text).toContain(
      'Done. It goes out at each of these dates',
    )
    await until('11-03T18:29')
    expect(reads()).toEqual([])
    await until('11-03T18:30')
    await bot.later(1_000)
    expect([reads(), reads(gorton())]).toEqual([['Tea for all'], ['Tea for all']])
    await until('11-10T18:30')
    expect(reads()).toHaveLength(1)
    await until('11-17T18:30')
    await until('12-01T18:30')
    await until('12-15T18:30')
    expect(reads()).toHaveLength(3)
    expect((await say('show tea')).text).toContain('No date is left. It went out: every second Tuesday at 18:30, 3 times')
  })

  test.each([
    { line: 'every blue moon', says: 'Try “every second Tuesday at 18:30”, “first Monday of each quarter at 10:00”' },
    { line: 'every minute', says: 'That is too often. Every 15 minutes is the most.' },
    { line: 'every year on 30 February', says: 'There is no such date.' },
    { line: 'every day at 9 until Christmas', says: 'Try “every day at 9 until 31 March”.' },
  ])('“$line” is refused, and the right way shown; nothing is half scheduled', async ({ line, says }) => {
    expect((await say(`Tea | when: ${line}`)).text).toContain(says)
    expect(await bot.store.prisma.announcementSeries.count({ where: { networkId: network.id } })).toBe(0)
  })
})

describe('before it is confirmed', () => {
  test('the form takes a rule where it takes a time; the card changes it, and makes it once again', async () => {
    await jo.say('/announce')
    expect((await jo.submit({ words: 'Tea', link: '', when: 'every blue moon' })).wrong).toEqual({
      when: expect.stringContaining('every day at 9'),
    })
    expect((await jo.submit({ words: 'Tea', link: '', when: 'Mondays at 9' })).text).toContain('every Monday at 09:00')
    expect((await jo.press('Repeat it')).form?.fields[0]?.value).toBe('every Monday at 09:00')
    expect((await jo.submit({ repeat: 'sometimes' })).wrong).toEqual({
      repeat: expect.stringContaining('I do not understand “sometimes” in that. Try'),
    })
    expect((await jo.submit({ repeat: 'every Friday at noon' })).text).toContain('Next dates: Friday 6 November, 12:00 (UTC+0)')
    await jo.press('Repeat it')
    expect((await jo.submit({ repeat: '' })).text).toContain('Goes out: as soon as you post it')
  })

  test('a date that the clocks change is shown as what it will be', async () => {
    const daily = await say('Tea | when: every day at 01:30')
    expect(daily.text).toContain('Sunday 28 March 2027, 02:30 (UTC+1): the clocks jump over 01:30 on that day')
    const once = await say('Tea | when: 28 March 2027 01:30')
    expect(once.text).toContain('jump over the time that you said. It will be Sunday 28 March 2027, 02:30 (UTC+1).')
    const twice = await say('Tea | when: 31 October 2027 01:30')
    expect(twice.text).toContain('I take the first: Sunday 31 October 2027, 01:30 (UTC+1).')
    expect((await say('Tea | when: every Sunday at 01:30 from 31 October 2027')).text).toContain(
      '01:30 comes twice on that day, and I take the first',
    )
  })

  test('a first date that passes while the card lies there is not posted: the next ones are shown once more', async () => {
    await say('Tea | when: every second Tuesday at 18:30')
    await bot.later(3 * DAY)
    const again = await jo.press('Post')
    expect(again.text).toContain('The first of these dates has passed meanwhile.')
    expect(again.text).toContain('Next dates: Tuesday 17 November, 18:30')
    expect(await bot.store.prisma.announcementSeries.count({ where: { networkId: network.id } })).toBe(0)
    expect((await jo.press('Post')).text).toContain('Done.')
    await until('11-17T18:30')
    expect(reads()).toEqual(['Tea'])
  })

  test('where no chat has joined it is not begun', async () => {
    await say('Tea | audience: steering | when: every Monday at 9')
    expect((await jo.press('Post')).text).toContain('No chat has joined there yet')
    expect(await bot.store.prisma.announcementSeries.count({ where: { networkId: network.id } })).toBe(0)
  })

  test('two presses on Post begin one series', async () => {
    await say('Tea | when: every day at 10')
    const draft = await bot.store.prisma.draft.findFirstOrThrow({ where: { networkId: network.id } })
    await Promise.all([jo.press('Post'), jo.forge(`announcements_post_${draft.id}`)])
    expect(await bot.store.prisma.announcementSeries.count({ where: { networkId: network.id } })).toBe(1)
  })
})

describe('single dates', () => {
  beforeEach(() => begin('Tea | when: every Tuesday at 18:30'))

  test('one is left out, and put back; the others stay', async () => {
    await jo.press('Move or skip a date')
    expect((await jo.press('Tuesday 10 November, 18:30')).text).toContain('What should become of this date? The others stay as they are.')
    const card = await jo.press('Leave it out')
    expect(card.text).toContain('Left out: Tuesday 10 November, 18:30 (UTC+0). All other dates stay.')
    expect(card.text).toContain('Tuesday 10 November, 18:30 (UTC+0) (left out)')
    await until('11-03T18:30')
    await until('11-10T18:30')
    expect(reads()).toHaveLength(1)
    expect((await say('skip tea')).text).toContain('Left out: Tuesday 17 November')
    await jo.press('Move or skip a date')
    await jo.press('Tuesday 17 November, 18:30')
    expect((await jo.press('Put it back')).text).toContain('It goes out again at Tuesday 17 November, 18:30')
    await until('11-17T18:30')
    expect(reads()).toHaveLength(2)
  })

  test('one is moved; it goes out then, and not when the rule says', async () => {
    await jo.press('Move or skip a date')
    await jo.press('Tuesday 10 November, 18:30')
    await jo.press('Move it')
    expect((await jo.submit({ when: 'yesterday 9am' })).wrong).toEqual({ when: expect.stringContaining('That time has passed') })
    expect((await jo.submit({ when: 'Tuesday 17 November 18:30' })).wrong).toEqual({
      when: expect.stringContaining('It goes out at that time already'),
    })
    expect((await jo.submit({ when: 'every day at 9' })).wrong).toEqual({ when: expect.stringContaining('One time is wanted here') })
    const card = await jo.submit({ when: 'Monday 9 November 17:00' })
    expect(card.text).toContain('Moved to Monday 9 November, 17:00 (UTC+0). All other dates stay.')
    expect(card.text).toContain('Monday 9 November, 17:00 (UTC+0) (moved from Tuesday 10 November, 18:30 (UTC+0))')
    await until('11-03T18:30')
    await until('11-09T17:00')
    expect(reads()).toHaveLength(2)
    await until('11-10T18:30')
    await until('11-11T18:30')
    expect(reads()).toHaveLength(2)
    await until('11-17T18:30')
    expect(reads()).toHaveLength(3)
  })

  test('one that is moved behind others is not forgotten when they have gone out', async () => {
    await jo.press('Move or skip a date')
    await jo.press('Tuesday 10 November, 18:30')
    await jo.press('Move it')
    await jo.submit({ when: 'Wednesday 18 November 12:00' })
    for (const time of ['11-03T18:30', '11-10T18:30', '11-17T18:30']) await until(time)
    expect(reads()).toHaveLength(2)
    await until('11-18T12:00')
    expect(reads()).toHaveLength(3)
  })

  test('what is no date of it, or is behind us, is refused', async () => {
    const { id } = await series()
    const at = (time: string) => Date.parse(`2026-${time}:00Z`) / 1000
    await until('11-03T18:30')
    for (const date of [at('11-03T18:30'), at('11-10T18:31'), '9e9', '99999999999', 'x', '-1'])
      expect((await jo.forge(`announcements_skip_${id}_${date}`)).text).toMatch(/That is none of its dates to come|not in use any more/)
    expect((await jo.forgeForm(`announcements_shift_${id}_${at('11-03T18:30')}`, { when: 'tomorrow 9am' })).text).toContain(
      'none of its dates',
    )
    expect(await series()).toMatchObject({ except: [], moved: {} })
  })
})

describe('the series itself', () => {
  test('is paused, rests, and goes on with its next date', async () => {
    await begin('Tea | when: every day at 10')
    await until('11-02T10:00')
    expect((await say('pause tea')).text).toContain('Paused. Nothing of it goes out until you press Go on.')
    await until('11-03T10:00')
    await until('11-04T12:00')
    expect((await say('list')).text).toContain('Paused\n• Tea: every day at 10:00')
    expect((await say('resume')).text).toContain('It goes on with its next date.')
    await bot.tick()
    expect(reads()).toHaveLength(1)
    await until('11-05T10:00')
    expect(reads()).toHaveLength(2)
    expect(told('passed')).toEqual([])
  })

  test('its words change from the next date on', async () => {
    await begin('Tea | when: every day at 10')
    await until('11-02T10:00')
    expect((await say('edit tea')).form?.fields[0]?.value).toBe('Tea')
    expect((await jo.submit({ words: 'Coffee', link: 'example.org' })).text).toContain('from the next date on')
    await until('11-03T10:00')
    expect(reads()).toEqual(['Tea', 'Coffee\nRead more (example.org): https://example.org/'])
  })

  test('its rule changes when that is confirmed; a date that was posted is not posted again', async () => {
    await begin('Tea | when: every day at 10')
    await until('11-02T10:00')
    await jo.press('Change how often')
    expect((await jo.submit({ repeat: 'every 5 minutes' })).wrong).toEqual({ repeat: expect.stringContaining('too often') })
    const shown = await jo.submit({ repeat: 'every day at 11' })
    expect(shown.text).toContain('From now on: every day at 11:00 (Europe/London time).')
    expect(shown.text).toContain('• Monday 2 November, 11:00 (UTC+0)')
    await until('11-02T10:30')
    expect((await series()).rule).toBe('FREQ=DAILY')
    expect((await series()).start).toContain('T10:00')
    expect((await jo.press('Yes, change it')).text).toContain('It goes out by the new rule from now on.')
    await until('11-02T11:00')
    await until('11-03T10:00')
    expect(reads()).toHaveLength(2)
    await until('11-03T11:00')
    expect(reads()).toHaveLength(3)
  })

  test('ends after a question, and then nothing works on it any more', async () => {
    await begin('Tea | when: every day at 10')
    const { id } = await series()
    expect((await say('end tea')).text).toContain('What was posted stays. This cannot be undone.')
    expect((await jo.press('End it')).text).toContain('Ended. Nothing of it goes out any more.')
    await until('11-03T10:00')
    expect(reads()).toEqual([])
    for (const action of ['pause', 'resume', 'skip', 'shift', 'dates', 'rewrite', 'rerule', 'end', 'newrule'])
      await jo.forge(`announcements_${action}_${id}`)
    await jo.forgeForm(`announcements_rewrite_${id}`, { words: 'Mine', link: '' })
    expect(await series()).toMatchObject({ state: 'ended', words: 'Tea', nextAt: null, dueAt: null })
  })

  test('one date is an announcement of its own: it is reported, changed and withdrawn alone', async () => {
    await begin('Tea | when: every day at 10')
    await until('11-02T10:00')
    await say('show tea')
    const card = await jo.press('The last post')
    expect(card.text).toContain('It stands in 2 of 2 chats.')
    await jo.press('Withdraw it')
    await jo.press('Withdraw it')
    await bot.tick()
    expect(reads()).toEqual([])
    await jo.press('All its dates')
    await until('11-03T10:00')
    expect(reads()).toEqual(['Tea'])
  })

  test('a chat that joins later gets it from the next date on by itself; it is not offered', async () => {
    await begin('Tea | when: every day at 10')
    await until('11-02T10:00')
    const made = await jo.say(`/network code Ardwick ${count} residents`)
    const code = made.text.match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.[0]
    const amina = bot.person(`Amina ${count}`)
    const mill = bot.group(`Mill ${count}`, [amina])
    await amina.in(mill, 'The Mill').say(`/network join ${code}`)
    await bot.tick()
    expect(told('still to come')).toEqual([])
    expect(reads(mill).filter(said => said === 'Tea')).toEqual([])
    await until('11-03T10:00')
    expect(reads(mill).filter(said => said === 'Tea')).toEqual(['Tea'])
  })

  test('a chat of the steering group that is given to residents gets nothing of what was planned for it', async () => {
    const steering = await bot.store.prisma.space.create({
      data: {
        ...{ id: `steer${count}`, networkId: network.id, ref: `chat:steer-${count}`, platform: 'chat' },
        ...{ title: 'Steering', audience: 'steering', state: 'joined' },
      },
    })
    await say('Secret | when: every day at 10')
    await jo.press('Choose single chats')
    await jo.press('Steering')
    await jo.press('Back')
    await jo.press('Post')
    await until('11-02T10:00')
    await bot.store.prisma.space.update({ where: { id: steering.id }, data: { audience: 'residents' } })
    await until('11-03T10:00')
    expect(reads('chat:steer-x')).toEqual([])
    expect(reads(steering.ref as 'chat:x')).toEqual(['Secret'])
  })
})

describe('the list', () => {
  test('shows the next weeks in order, the dates of a series among the rest, with one button each', async () => {
    await begin('Tea | when: every second Tuesday at 18:30')
    await begin('Board meets | when: first Monday of each quarter at 10')
    await begin('Cake | when: tomorrow 9am')
    const list = await say('list')
    expect(list.text).toContain(
      [
        'Coming',
        '• Tuesday 3 November, 09:00: Cake',
        '• Tuesday 3 November, 18:30: Tea (repeats)',
        '• Tuesday 17 November, 18:30: Tea (repeats)',
        '• Monday 4 January 2027, 10:00: Board meets (repeats)',
      ].join('\n'),
    )
    expect(list.buttons).toEqual(['Cake', 'Tea', 'Board meets', 'A new announcement', 'As a calendar'])
    expect((await jo.press('Board meets')).text).toContain('Goes out: the first Monday of every quarter at 10:00 (Europe/London time).')
    expect((await jo.suggest('announce', 'skip ')).text.split('\n')).toHaveLength(2)
    expect((await say('skip')).text).toContain('Which announcement do you mean?')
  })
})

test('on the poorest platform the rule is asked for in words', async () => {
  const thin = await testApp({ can: { ...poor, remove: false, pin: false } })
  try {
    const place = await thin.network('Ardwick network', ['Ardwick'])
    const kay = thin.person('Kay').in(place.space('Ardwick'))
    await thin.grant(place, kay, 'coordinator')
    await kay.alone.start()
    await kay.alone.say('/announce Tea')
    expect((await kay.alone.press('Repeat it')).text).toContain('How often should it go out?')
    expect((await kay.alone.say('every second Tuesday at 18:30')).text).toContain('Next dates: Tuesday 3 November, 18:30 (UTC+0)')
    await kay.alone.press('Post')
    await thin.later(DAY + 10 * HOUR)
    expect(thin.chat().shown.filter(one => one.at === place.space('Ardwick') && words(one.view) === 'Tea')).toHaveLength(1)
  } finally {
    await thin.close()
  }
})

test('the calendar has what is planned for coordinators, and nothing for anybody else', async () => {
  const feature = (kind: 'planned' | 'public') =>
    announcementsFeature(bot.deps).calendar(bot.store.prisma, {
      networkId: network.id,
      from: new Date(bot.clock.at),
      to: new Date(bot.clock.at + 14 * DAY),
      of: { kind },
    })
  await begin('Tea | when: every Tuesday at 18:30')
  await begin('Cake | when: tomorrow 9am | link: example.org')
  const before = await feature('planned')
  expect(before.map(({ name, startsAt, isCancelled }) => `${name} ${startsAt.toISOString()} ${isCancelled}`)).toEqual([
    'Cake 2026-11-03T09:00:00.000Z false',
    'Tea 2026-11-03T18:30:00.000Z false',
    'Tea 2026-11-10T18:30:00.000Z false',
  ])
  expect(await feature('public')).toEqual([])
  await say('skip tea')
  await until('11-03T09:00')
  const after = await feature('planned')
  expect(after.find(one => one.startsAt.getUTCDate() === 3)).toMatchObject({ name: 'Tea', isCancelled: true })
  expect(after.map(one => one.id)).toEqual(before.slice(1).map(one => one.id))
  expect(after[0]?.sequence).toBeGreaterThan(before[1]?.sequence ?? 0)
})

test('it is held, exported, and goes with the network', async () => {
  await begin('Tea | when: every Tuesday at 18:30')
  expect((await jo.say('/mine')).text).toContain('That you made 1 repeated announcement.')
  const file = (await jo.say('/network export')).views.flatMap(view => view.blocks).find(block => block.kind === 'file')
  const data = JSON.parse(file && 'text' in file ? file.text : '{}') as { announcementSeries: unknown[] }
  expect(data.announcementSeries).toMatchObject([
    { words: 'Tea', rule: 'FREQ=WEEKLY;BYDAY=TU', start: '2026-11-03T18:30', zone: 'Europe/London' },
  ])
  await bot.store.prisma.network.delete({ where: { id: network.id } })
  expect(await bot.store.prisma.announcementSeries.count()).toBe(0)
})
