import { describe, expect, test } from 'vitest'
import type { PersonRef } from '../../src/platform/adapter.ts'
import type { TestApp } from '../helpers/app.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { type Someone, said, words } from '../helpers/person.ts'
import { DAY, HOUR } from '../helpers/town.ts'
import { act, answerOf, inSaved, known, pressOn, revived, saved, standing } from './saved.ts'

/** A store and live posts of an older version, under the bot of today. It is Tuesday, 3 November 2026, after seven in the evening. */

inSaved()

const ARDWICK = 'chat:ardwick'
const GORTON = 'chat:gorton'
const BESWICK = 'plain:beswick'
const MILL = 'plain:mill'

const reads = (bot: TestApp, space: string, part: string): string[] => standing(bot, space, part).map(one => words(one.view))
const inChat = (bot: TestApp, ref: PersonRef, space: `${string}:${string}`): Someone => known(bot, ref).in(space)
/** Until that time of London, in one step. */
const until = (bot: TestApp, time: string): Promise<void> => bot.later(Date.parse(`2026-${time}:00Z`) - bot.clock.at)

/** The button of now that does what one of then did: of a poll's draft card, what opens a form or a menu is named by that. */
function ofNow(token: string): string {
  return token.replace(/^polls_set_(\w+)_(answers|opens|closes|words|where)$/, 'polls_$2_$1')
}

test('every button, form and link of then leads where it did', { timeout: LONG_MS }, async () => {
  expect(saved.deeds.length).toBeGreaterThan(300)
  for (const round of new Set(saved.deeds.map(deed => deed.round))) {
    const bot = await revived()
    for (const deed of saved.deeds.filter(one => one.round === round)) {
      const heard = await act(bot, deed)
      const what = `${deed.who}: ${deed.kind} ${deed.token}`
      expect(said(heard), what).not.toMatch(/Something went wrong|That was a lot|This button is not in use any more|opens nothing for you/)
      const { kinds, form, fields, tokens, own } = answerOf(heard)
      // A reminder for several chats, and the option to be hidden, are asked back now.
      if (/^polls_(?:remind_|hide_\w+_)/.test(deed.token)) continue
      // A form for a code that is sent back empty comes again now.
      if (deed.kind === 'submit' && /^network_(?:role|enter|join)$/.test(deed.token)) continue
      expect({ kinds, form }, what).toEqual({ kinds: deed.answer.kinds, form: deed.answer.form })
      expect(own, what).toEqual(expect.arrayContaining([...deed.answer.own]))
      // There may be more by now.
      expect(fields, what).toEqual(expect.arrayContaining([...deed.answer.fields]))
      // The buttons of a preview say now what each is for.
      const begun = tokens.map(token => token.replace(/^(polls_sample_\d+)_\w+$/, '$1'))
      expect(begun, what).toEqual(expect.arrayContaining(deed.answer.tokens.map(ofNow)))
    }
    await bot.close()
  }
})

test('people are known in the chats where they can be known to have answered, and nowhere else', async () => {
  const bot = await revived()
  const acted = await bot.store.prisma.acted.findMany({ include: { person: true, space: true } })
  expect(acted.map(({ person, space }) => `${person.name} in ${space.ref}`).sort()).toEqual(
    [
      'Amina in chat:ardwick',
      'Amina in chat:gorton',
      'Bo in plain:beswick',
      'Bo in plain:mill',
      'Dee in chat:ardwick',
      'Dee in chat:gorton',
      'Farid in chat:ardwick',
      'Farid in chat:gorton',
      'Nan in chat:newton-heath',
      'Ned in chat:newton-heath',
      'Una in chat:openshaw',
      'Uma in chat:openshaw',
    ].sort(),
  )
  await bot.close()
})

describe('a poll that was open', () => {
  test('takes new votes and changed ones, and its posts say so where they stand', async () => {
    const bot = await revived()
    const before = standing(bot, GORTON, 'Named and all')
    expect(before).toHaveLength(1)
    expect(words(before[0]?.view ?? expect.unreachable())).toContain('Green: 2')
    // Amina and Farid said Green before; Gus says it too.
    const farid = inChat(bot, 'chat:@farid', GORTON)
    expect((await pressOn(bot, farid, 'Named and all', 'Green')).text).toContain('Already counted: Green.')
    const gus = bot.person('Gus', { started: true }).in(GORTON)
    expect((await pressOn(bot, gus, 'Named and all', 'Green')).text).toContain('Counted: Green.')
    await bot.later(60_000)
    for (const space of [GORTON, BESWICK, MILL]) {
      expect(reads(bot, space, 'Named and all')).toEqual([expect.stringContaining('Green: 3')])
    }
    expect(standing(bot, GORTON, 'Named and all').map(one => one.ref)).toEqual(before.map(one => one.ref))
  })

  test('if it is secret, knows who has voted without knowing what to show, and lets them change it', async () => {
    const bot = await revived()
    const amina = inChat(bot, 'chat:@amina', ARDWICK)
    expect((await pressOn(bot, amina, 'Which bench', 'Old')).text).toContain('Already counted: Old.')
    expect((await pressOn(bot, amina, 'Which bench', 'New')).text).toContain('Your answer:\n• New')
  })

  test('closes at its time, and one that was planned opens at its own', async () => {
    const bot = await revived()
    await until(bot, '11-05T17:59')
    expect(reads(bot, GORTON, 'Which councillor')).toEqual([])
    await until(bot, '11-05T18:01')
    expect(reads(bot, GORTON, 'Results at the end')).toEqual([
      // Three people answered a secret poll: what would tell who chose what is not shown any more.
      expect.stringMatching(/Closed Thursday 5 November, 18:01[\s\S]*Fewer than 5 people answered/),
      expect.stringContaining('Result: Results at the end'),
    ])
    expect(reads(bot, GORTON, 'Which councillor')).toHaveLength(1)
    await until(bot, '11-06T18:01')
    expect(reads(bot, BESWICK, 'Named and all')[0]).toMatch(/Closed Friday 6 November[\s\S]*Green \(most\): 2/)
    // The one that was closed before the upgrade still says what came of it.
    for (const text of reads(bot, ARDWICK, 'Where do we meet')) expect(text).toContain('The library it is')
  })
})

test('drafts go on from where they were, and can be posted', async () => {
  const bot = await revived()
  const jo = known(bot, 'chat:@jo')
  expect((await pressOn(bot, jo, 'Full draft', 'Make it secret')).text).toContain('Full draft')
  expect((await pressOn(bot, jo, 'Full draft', 'Post')).text).toContain('No chat has joined there yet')
  await pressOn(bot, jo, 'Full draft', 'Everyone can answer')
  await pressOn(bot, jo, 'Full draft', 'Post')
  expect((await pressOn(bot, jo, 'Full words', 'Preview')).text).toContain('Six people with spades')
  await pressOn(bot, jo, 'Full words', 'Post')
  expect((await pressOn(bot, jo, 'Draft of a series', 'Post')).text).toContain('It goes out at each of these dates')
  await pressOn(bot, jo, 'Full theme', 'Words')
  await jo.submit({ theme: 'Fuller theme', about: 'All about it', agenda: 'One\nTwo\nThree' })
  await pressOn(bot, jo, 'Fuller theme', 'Post')
  // The chat of Gorton had asked for a rest.
  await bot.later(4 * HOUR)
  expect(reads(bot, GORTON, 'Fuller theme')).toEqual([expect.stringMatching(/3\. Three[\s\S]*The hall/)])
  await bot.later(4 * DAY)
  expect(reads(bot, GORTON, 'Full words')).toEqual([expect.stringContaining('Six people with spades')])
  expect(reads(bot, ARDWICK, 'Full words')).toEqual([])
  await bot.later(2 * DAY)
  expect(reads(bot, GORTON, 'Full draft')).toHaveLength(1)
  await until(bot, '12-07T10:00')
  expect(reads(bot, GORTON, 'Draft of a series')).toHaveLength(1)
})

test('what had not gone out yet goes out once, also if the bot is started again', async () => {
  const first = await revived()
  expect(reads(first, GORTON, 'The tap is off')).toEqual([])
  await first.later(60_000)
  const bot = await first.again()
  for (const wait of [60_000, 4 * HOUR, DAY]) await bot.later(wait)
  for (const space of [ARDWICK, GORTON, BESWICK, MILL]) {
    expect(reads(bot, space, 'The tap is off'), space).toHaveLength(1)
    expect(reads(bot, space, 'Not yet out'), space).toHaveLength(1)
  }
  expect(reads(bot, ARDWICK, 'Posted last')).toHaveLength(1)
  // The chat of a network that was deleted hears goodbye; one of a paused network is left without a word.
  expect(await bot.store.prisma.space.findMany({ where: { title: 'Moss Side' } })).toMatchObject([{ state: 'left' }])
  expect(reads(bot, 'chat:openshaw', 'Openshaw has been deleted')).toHaveLength(1)
  expect(await bot.store.prisma.network.count({ where: { name: 'Openshaw' } })).toBe(0)
  expect(
    await bot.store.prisma.delivery.count({ where: { state: 'waiting', dueAt: { lte: bot.clock.now() }, network: { state: 'active' } } }),
  ).toBe(0)
})

test('questions that were half answered go on with the next one', async () => {
  const bot = await revived()
  const kay = known(bot, 'plain:@kay')
  expect((await kay.say('Salt\nPepper')).text).toContain('3 of 3.')
  expect((await kay.say('in 3 days')).text).toMatch(/Your poll, not posted yet\nAsked in steps\n1\. Salt\n2\. Pepper/)
  const dan = known(bot, 'plain:@dan')
  await dan.say('A ramp')
  expect(await bot.store.prisma.rsvp.count({ where: { needs: 'A ramp', person: { name: 'Dan' } } })).toBe(1)
})

test('what waited for somebody is there when they come, and the place is still held', async () => {
  const bot = await revived()
  const bo = known(bot, 'plain:@bo')
  expect((await bo.start()).text).toContain('A place has come free at “Few seats”')
  expect((await pressOn(bot, bo, 'A place has come free', 'Yes, I take it')).text).toContain('You are coming')
})

test('a series goes on: moved, left out, and at its next date', async () => {
  const bot = await revived()
  await until(bot, '11-09T18:01')
  expect(reads(bot, GORTON, 'Litter every week')).toHaveLength(1)
  await until(bot, '11-10T18:31')
  expect(reads(bot, GORTON, 'Moved tea')).toEqual([])
  await until(bot, '11-11T19:01')
  expect(reads(bot, GORTON, 'Moved tea')).toHaveLength(1)
  await until(bot, '11-17T18:31')
  expect(reads(bot, GORTON, 'Moved tea')).toHaveLength(1)
  await until(bot, '11-24T18:31')
  expect(reads(bot, GORTON, 'Moved tea')).toHaveLength(2)
  for (const still of ['Paused soup', 'Ended cake']) expect(reads(bot, GORTON, still)).toEqual([])
})

test('a forum reminds, offers the next place, is announced, and forgets, each at its time', async () => {
  const bot = await revived()
  // Nobody takes the place that is held for Bo: Cem is asked.
  await bot.later(DAY + HOUR)
  expect(known(bot, 'chat:@cem').reads().at(-1)).toContain('A seat has come free')
  expect((await known(bot, 'chat:@cem').press('Yes, I take it')).text).toContain('You are coming')
  await until(bot, '11-06T20:00')
  expect(reads(bot, GORTON, 'The mayor comes')).toHaveLength(1)
  const reminders = reads(bot, ARDWICK, 'A reminder of “Few seats”').length
  await until(bot, '11-11T18:01')
  expect(reads(bot, ARDWICK, 'A reminder of “Few seats”')).toHaveLength(reminders + 1)
  expect(known(bot, 'chat:@amina').reads().join('\n')).toContain('A reminder: you said')
  expect(reads(bot, GORTON, 'The eviction')).toEqual([])
  await until(bot, '11-14T09:00')
  expect(reads(bot, GORTON, 'The eviction')).toHaveLength(1)
  const needs = { where: { needs: { not: null }, forum: { theme: 'Few seats' } } }
  expect(await bot.store.prisma.rsvp.count(needs)).toBe(1)
  await until(bot, '11-20T09:00')
  expect(await bot.store.prisma.rsvp.count(needs)).toBe(0)
})

test('codes that were given out work', async () => {
  const bot = await revived()
  const codes = known(bot, 'chat:@jo').reads().join('\n')
  const join = /A join code for all areas, the steering group[\s\S]*?([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})/.exec(codes)?.[1]
  const zoe = bot.person('Zoe', { started: true })
  const loft = bot.group('Loft', [zoe])
  await zoe.in(loft, 'Loft').say(`/network join ${join}`)
  await bot.tick()
  expect(await bot.store.prisma.space.findUnique({ where: { ref: loft } })).toMatchObject({ state: 'joined', audience: 'steering' })
  const invited = [...codes.matchAll(/\/network role ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})/g)].map(([, code]) => code)
  expect(invited.length).toBeGreaterThan(2)
  await zoe.say(`/network role ${invited[0]}`)
  expect((await zoe.press('Yes')).text).toContain('You are a coordinator')
})
