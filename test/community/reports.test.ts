import { describe, expect, test } from 'vitest'
import type { Speech } from '../../src/feature/context.ts'
import type { BulletinItem, PackItem, Period } from '../../src/feature/parts.ts'
import { castAll } from '../../src/polls/cast.ts'
import type { Vote } from '../../src/polls/voters.ts'
import { sqlOf } from '../../src/store/sql.ts'
import { furnish } from '../app/furnished.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { ardwick, bot, DAY, gorton, HOUR, inTown, jo, network, resident } from '../helpers/town.ts'
import { close, inOne, openPoll } from './life.ts'

/** What meetings and residents read of what happened. */

inTown('Network', ['Ardwick', 'Gorton', 'Steering'], { botEach: true })

const ROUNDED = 'Numbers by area are rounded to the nearest 5, so that nobody can be made out. Sums may differ.'
const FEW = 'Fewer than 5 people answered, so the numbers stay hidden: they could tell who chose what.'

function speech(): Speech {
  const texts = bot.deps.texts.in('en')
  return { texts, locale: texts.locale, zone: 'Europe/London', now: bot.clock.now() }
}

/** The days around now. */
function period(): Period {
  return { networkId: network.id, from: new Date(bot.clock.at - DAY), to: new Date(bot.clock.at + DAY) }
}

async function pack(of: Period = period()): Promise<readonly (readonly string[])[]> {
  const all = await inOne(async tx => {
    const found: PackItem[] = []
    for (const feature of bot.deps.features()) found.push(...(await feature.forPack(tx, of, speech())))
    return found
  })
  return all.map(({ title, lines }) => [title, ...lines])
}

async function bulletin(of: Period = period()): Promise<readonly string[]> {
  const all = await inOne(async tx => {
    const found: BulletinItem[] = []
    for (const feature of bot.deps.features()) found.push(...(await feature.forBulletin(tx, of, speech())))
    return found
  })
  return all.map(({ line, token }) => (token ? `${line} [${token.split('_').slice(0, 2).join(' ')}]` : line))
}

/** Five answers from Ardwick, and so many from Gorton: all at once, as what is shown in between would decide which areas can be told apart. */
async function answered(pollId: string, inGorton: number): Promise<void> {
  const votes = Array.from({ length: 5 + inGorton }, (_, i): Vote => {
    const { ref, name } = bot.person(`Voter ${i}`)
    return { id: `${pollId}/${i}`, pollId, wish: { choose: 2 }, place: { space: i < 5 ? ardwick() : gorton() }, person: { ref, name } }
  })
  await inOne(tx => castAll(sqlOf(tx), votes, bot.deps.ids, bot.clock.now()))
}

async function someone(): Promise<string> {
  return bot.grant(network, jo)
}

describe('a pack', () => {
  test.each([
    {
      what: 'an area with few answers is not told apart from the others',
      ...{ secret: false, inGorton: 1, outcome: 'We bought a bin.' },
      lines: [
        ...['Outcome: We bought a bin.', '6 answers', 'Bench: 0', 'Bin: 6', 'Both: 0'],
        ...['Ardwick (5): Bench under 3 · Bin 5 · Both under 3', 'Other answers: 1', ROUNDED],
      ],
    },
    {
      what: 'areas with enough answers have a line each',
      ...{ secret: true, inGorton: 5, outcome: null },
      lines: [
        ...['10 answers', 'Bench: 0', 'Bin: 10', 'Both: 0'],
        ...['Ardwick (5): Bench under 3 · Bin 5 · Both under 3', 'Gorton (5): Bench under 3 · Bin 5 · Both under 3', ROUNDED],
      ],
    },
    {
      what: 'a secret one with few answers has no numbers',
      ...{ secret: true, inGorton: -1, outcome: 'We bought a bin.' },
      lines: ['Outcome: We bought a bin.', FEW],
    },
  ])('has a poll that closed, as everybody saw it: $what', { timeout: LONG_MS }, async ({ secret, inGorton, outcome, lines }) => {
    const pollId = await openPoll(await someone(), 'What for the park?', { secret })
    await openPoll(await someone(), 'What is still open?', { secret })
    await answered(pollId, inGorton)
    expect(await pack()).toEqual([])
    await close(pollId, outcome)
    expect(await pack()).toEqual([['What for the park?', ...lines]])
    bot.clock.at += 2 * DAY
    expect(await pack()).toEqual([])
  })

  test('has what is closed for the steering group too, and forums that were held, by numbers', { timeout: LONG_MS }, async () => {
    const { ids, secrets } = await furnish(name => name, 'Steering')
    await close(ids['steering poll'])
    const { prisma } = bot.store
    const forum = { where: { id: ids['known forum'] } }
    const { startsAt } = await prisma.forum.findUniqueOrThrow(forum)
    expect(await pack()).toEqual([[secrets['steering poll'], FEW]])
    await prisma.forum.update({ ...forum, data: { outcomes: ['A list of names', 'A map'], code: 'AB12' } })
    bot.clock.at = startsAt.getTime()
    await resident('Amina').say('/forum here AB12')
    await resident('Bea').say('/forum here AB12')
    // It is on still.
    expect(await pack()).toEqual([])
    bot.clock.at += 3 * HOUR
    const held = await pack()
    expect(held.map(([title]) => title).toSorted()).toEqual(
      [secrets['known forum'], secrets['planned forum'], secrets['steering forum']].toSorted(),
    )
    expect(held.find(([title]) => title === secrets['known forum'])).toEqual([
      ...[secrets['known forum'], 'Held Sunday 22 November, 18:00 (UTC+0)', 'Said that they come: 2 · Checked in: 2'],
      ...['Outcome: A list of names', 'Outcome: A map'],
    ])
  })
})

describe('a bulletin', () => {
  test('has what residents may know, and nothing of the steering group', { timeout: LONG_MS }, async () => {
    const { ids, secrets } = await furnish(name => name, 'Steering')
    await close(ids['steering poll'])
    expect(await bulletin()).toEqual([
      expect.stringMatching(new RegExp(`^“${secrets['open poll']}” can be answered.* \\[polls mine\\]$`)),
      secrets['posted announcement'],
      expect.stringMatching(new RegExp(`^“${secrets['known forum']}”: Sunday 22 November, .* \\[forums mine\\]$`)),
    ])
  })

  test.each([
    ['its outcome', true, 1, 'We bought a bin.', ' with 6 answers. Outcome: We bought a bin.'],
    ['what most have chosen', true, 0, null, ' with 5 answers. Most chosen: Bin'],
    ['that too few have answered', true, -1, null, '. Too few people answered for numbers to be shown.'],
    ['that nobody has answered', false, -5, null, ' with 0 answers.'],
  ])('has a poll that closed, with %s', { timeout: LONG_MS }, async (_what, secret, inGorton, outcome, line) => {
    const pollId = await openPoll(await someone(), 'What for the park?', { secret })
    await answered(pollId, inGorton)
    await close(pollId, outcome)
    expect(await bulletin()).toEqual([`“What for the park?” has closed${line} [polls mine]`])
    bot.clock.at += 2 * DAY
    expect(await bulletin()).toEqual([])
  })

  test('has what came out of a forum once it was posted, and no withdrawn announcement', { timeout: LONG_MS }, async () => {
    const { ids, secrets } = await furnish(name => name, 'Steering')
    const { prisma } = bot.store
    await prisma.announcement.update({ where: { id: ids['posted announcement'] }, data: { state: 'withdrawn' } })
    for (const name of ['known forum', 'steering forum'] as const)
      await prisma.forum.update({ where: { id: ids[name] }, data: { outcomes: ['A list', 'A map'], startsAt: bot.clock.now() } })
    const before = (await bulletin()).join('\n')
    expect([before.includes('A map'), before.includes(secrets['posted announcement'])]).toEqual([false, false])
    await prisma.forum.updateMany({ where: { networkId: network.id }, data: { summaryAt: bot.clock.now() } })
    expect((await bulletin()).filter(line => line.includes('came out'))).toEqual([
      `What came out of “${secrets['known forum']}”: A list; A map`,
    ])
  })
})

test('what is open and ahead is counted for whoever runs the bot', { timeout: LONG_MS }, async () => {
  const read = async () => {
    const all = bot.deps.features().flatMap(feature => feature.metrics)
    return Object.fromEntries(await Promise.all(all.map(async ({ name, read: count }) => [name, await count()])))
  }
  expect(await read()).toMatchObject({ polls_open: 0, forums_ahead: 0, announcements_repeated: 0, calendar_links: 0 })
  await furnish(name => name, 'Steering')
  await bot.store.prisma.feed.create({
    data: { id: 'feed', networkId: network.id, personId: await someone(), kind: 'person', hash: 'hash' },
  })
  expect(await read()).toMatchObject({ polls_open: 2, forums_ahead: 3, announcements_repeated: 1, calendar_links: 1 })
})
