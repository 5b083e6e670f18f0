import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LONG_MS } from '../helpers/patience.ts'
import type { Group } from '../platforms/telegram/groups.ts'
import { startTelegram, type Telegram } from '../platforms/telegram/server.ts'
import { type TestStore, testStore } from '../store/database.ts'
import { type Clocked, clocked } from './clocked.ts'
import { TOKEN } from './moot.ts'

const SECOND = 1_000
const HOUR = 3_600_000
const DAY = 24 * HOUR

let stores: TestStore
let tg: Telegram
let bot: Clocked
beforeAll(async () => {
  stores = await testStore()
  tg = await startTelegram({ token: TOKEN })
  await stores.store.prisma.network.create({ data: { id: 'n1', name: 'Ancoats' } })
  bot = await clocked({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: tg.apiRoot, DATABASE_URL: stores.url, LOG_LEVEL: 'info' })
  await bot.hears('Folkmoot is running on telegram.')
}, 120_000)
afterAll(async () => {
  bot.kill()
  await tg.stop()
  await stores.close()
})

/** A chat that has joined. */
async function place(id: string): Promise<Group> {
  const group = tg.group(`${id} residents`)
  const ref = `telegram:${group.id}`
  await stores.store.prisma.space.create({ data: { id, networkId: 'n1', ref, title: id, platform: 'telegram', state: 'joined' } })
  return group
}

/** A secret poll that opens and closes so many milliseconds from now, by the bot's clock. */
async function poll(id: string, opens: number, closes: number): Promise<Group> {
  const group = await place(id)
  const times = { opensAt: bot.in(opens), closesAt: bot.in(closes) }
  const options = { create: ['Buses', 'Parks'].map((text, i) => ({ number: i + 1, text })) }
  await stores.store.prisma.poll.create({
    data: {
      ...{ id, networkId: 'n1', state: 'scheduled', question: `What of ${id}?`, ...times },
      options,
      spaces: { create: { spaceId: id } },
    },
  })
  return group
}

/** A forum whose reminder is due so many milliseconds from now. */
async function forum(id: string, due: number): Promise<Group> {
  const group = await place(id)
  const { prisma } = stores.store
  await prisma.forum.create({
    data: {
      ...{
        id,
        networkId: 'n1',
        theme: `Strengths of ${id}`,
        about: '',
        agenda: [],
        support: [],
        outcomes: [],
        minutes: 60,
        zone: 'Europe/London',
      },
      ...{ address: 'The library', directions: '', stepFree: 'unsaid', host: 'Jo', contact: 'the desk', remind: [60], reminded: [] },
      places: { spaces: [id], areas: [], platforms: [], audience: 'residents' },
      ...{ startsAt: bot.in(due + HOUR), postsAt: bot.in(-HOUR), lookAt: bot.in(due) },
    },
  })
  const post = { key: `forums/${id}/${id}`, subject: `forums_post_${id}`, state: 'sent' as const, message: `telegram:${group.id}/1` }
  await prisma.delivery.create({
    data: { ...post, networkId: 'n1', spaceId: id, platform: 'telegram', lane: `telegram:${group.id}`, dueAt: null },
  })
  return group
}

/** Words that are posted every day, first about a minute ago; the bot is to find that so many milliseconds from now. */
async function daily(id: string, due: number): Promise<Group> {
  const group = await place(id)
  const [start] = bot
    .in(-60 * SECOND)
    .toISOString()
    .split(/:\d\d\./)
  await stores.store.prisma.announcementSeries.create({
    data: {
      ...{
        id,
        networkId: 'n1',
        words: `Tea at ${id}`,
        rule: 'FREQ=DAILY',
        start: start ?? '',
        zone: 'UTC',
        except: [],
        doneTo: bot.in(-HOUR),
      },
      places: { spaces: [id], areas: [], platforms: [], audience: 'residents' },
      ...{ nextAt: bot.in(due), dueAt: bot.in(due), changedAt: bot.in(-HOUR) },
    },
  })
  return group
}

const all = (group: Group, words: string): readonly string[] => group.fromBot.map(one => one.text).filter(text => text.includes(words))
const shows = (group: Group, words: string): Promise<unknown> => tg.until(() => all(group, words)[0], `"${words}"`)
const isWiped = (): Promise<void> => expect.poll(() => stores.store.prisma.fact.count({ where: { name: 'polls-scrub' } })).toBe(0)
const isWell = async (): Promise<void> =>
  expect(await bot.health()).toEqual({ ok: true, store: 'up', clock: 'goes', platforms: { telegram: 'up' } })

/** All that a bot does at its time: it opens and closes, reminds, repeats and wipes. */
async function doesItsWork(name: string): Promise<void> {
  const [asked, invited, told] = [await poll(name, SECOND, 2 * SECOND), await forum(`f${name}`, SECOND), await daily(`d${name}`, SECOND)]
  await shows(asked, 'Closed')
  await shows(invited, `Strengths of f${name}`)
  await shows(told, `Tea at d${name}`)
  await isWiped()
  // What came of it is a message of its own, and may come after the poll itself has changed.
  await tg.until(() => asked.fromBot[1], 'what came of it')
  // Each once: the poll and what came of it, the reminder, the date.
  expect([asked, invited, told].map(group => group.fromBot.length)).toEqual([2, 1, 1])
  await isWell()
}

describe('the whole program, whatever its clock shows', { timeout: LONG_MS }, () => {
  test('at the right time it opens, closes, reminds, repeats and wipes', () => doesItsWork('right'))

  test('set back by an hour it goes on by the new time, and does nothing twice', async () => {
    bot.set(-HOUR)
    await doesItsWork('back')
  })

  test.each([
    ['a day', DAY],
    ['45 days', 45 * DAY],
  ])('set on by %s it does at once what fell due, in one go and with few words', async (_name, ms) => {
    const before = bot.lines().length
    const asked = await poll(`on${ms}`, ms / 2, ms - HOUR)
    bot.set(ms)
    await shows(asked, 'Closed')
    await doesItsWork(`after${ms}`)
    expect(
      bot
        .lines()
        .slice(before - 1)
        .join('\n'),
    ).toContain('"seconds":')
    expect(bot.lines().length - before).toBeLessThan(40)
  })

  test('asleep for 72 hours: what fell due is done once when it wakes', async () => {
    const before = bot.lines().length
    const asked = await poll('asleep', 30 * HOUR, 60 * HOUR)
    const told = await daily('tea', 30 * HOUR)
    bot.sleep(72 * HOUR)
    await shows(asked, 'Closed')
    await shows(told, 'Tea at tea')
    await doesItsWork('awake')
    expect([asked.fromBot.length, told.fromBot.length]).toEqual([2, 1])
    expect(bot.lines().length - before).toBeLessThan(40)
  })

  test('set right again by more than a month, it does nothing twice and goes on', async () => {
    const posts = await stores.store.prisma.delivery.count()
    bot.set(-45 * DAY)
    await doesItsWork('again')
    // No series has a date again that it had, no poll is told of once more.
    expect(await stores.store.prisma.delivery.count()).toBe(posts + 5)
    expect(await bot.end()).toBe(0)
  })
})
