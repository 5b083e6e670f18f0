import { connect } from 'node:net'
import ical, { type VEvent } from 'node-ical'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Diary, forum, keepDiary } from '../calendar/diary.ts'
import type { Someone } from '../helpers/person.ts'
import { bot, count, DAY, inTown, network, resident } from '../helpers/town.ts'
import { type Door, linkFor, openDoor, PUBLIC_URL } from './door.ts'

const UNKNOWN = 'k'.repeat(36)

let diary: Diary
let door: Door
let amina: Someone
let aminaId: string
inTown('Network', ['Ardwick', 'Gorton'], { publicUrl: PUBLIC_URL })
beforeAll(async () => {
  diary = keepDiary(bot)
  door = await openDoor(bot)
})
afterAll(() => door.close())
beforeEach(async () => {
  diary.entries.length = 0
  diary.asked.length = 0
  bot.clock.at = Date.UTC(2026, 10, 2, 9)
  amina = resident('Amina')
  aminaId = await bot.grant(network, amina)
})

const get = (path: string, init: RequestInit = {}) => fetch(`${door.at}${path}`, init)
const events = (text: string): readonly VEvent[] =>
  Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === 'VEVENT')
const allOf = () => linkFor(amina, `calendar_make_${network.id}_network`)

describe('A feed', () => {
  test('is a calendar for the network, an area, or what one comes to; posts that are not out are in none', async () => {
    const [ardwick, gorton] = [network.area(`Ardwick ${count}`), network.area(`Gorton ${count}`)]
    diary.entries.push(
      forum(network.id, { id: 'forums_1', name: 'For all' }),
      forum(network.id, { id: 'forums_2', name: 'In Ardwick', areaIds: [ardwick] }),
      forum(network.id, { id: 'forums_3', name: 'In Gorton', areaIds: [gorton], coming: [aminaId] }),
      forum(network.id, { id: 'announcements_1', name: 'Not out yet', isSecret: true }),
      forum('another', { name: 'Elsewhere' }),
    )
    const read = async (tail: string) => {
      const answer = await get(await linkFor(amina, `calendar_make_${network.id}_${tail}`))
      expect(answer.status).toBe(200)
      const text = await answer.text()
      return [/X-WR-CALNAME:(.*)\r/.exec(text)?.[1], ...events(text).map(one => one.summary)]
    }
    expect(await read('network')).toEqual([`Network ${count}`, 'For all', 'In Ardwick', 'In Gorton'])
    expect(await read(`area_${ardwick}`)).toEqual([`Network ${count}: Ardwick ${count}`, 'For all', 'In Ardwick'])
    expect(await read('person')).toEqual([`Network ${count}: what I come to`, 'In Gorton'])
  })

  test('says what it is, to be kept by nobody but the calendar', async () => {
    diary.entries.push(forum(network.id))
    const answer = await get(await allOf())
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'last-modified': 'Mon, 02 Nov 2026 00:00:00 GMT',
    })
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await answer.text()).toContain('\r\nMETHOD:PUBLISH\r\n')
  })

  test('is not sent again until something changes', async () => {
    diary.entries.push(forum(network.id))
    const path = await allOf()
    const first = await get(path)
    const [etag, modified] = [first.headers.get('etag') ?? '', first.headers.get('last-modified') ?? '']
    const same = await first.text()
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `"other", W/${etag}` },
      { 'if-modified-since': modified },
      { 'if-none-match': etag, 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' },
    ]) {
      const again = await get(path, { headers })
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, ''])
    }
    // Byte for byte, an hour later too, and after a restart.
    bot.clock.at += 3_600_000
    expect(await (await get(path)).text()).toBe(same)
    const other = await openDoor(bot)
    expect(await (await fetch(`${other.at}${path}`)).text()).toBe(same)
    await other.close()
    expect(events(same)).toMatchObject([{ dtstamp: new Date('2026-11-01T09:30:00Z') }])
    bot.clock.at += 3_600_000
    diary.entries[0] = forum(network.id, { name: 'Moved', sequence: 1, changedAt: bot.clock.now() })
    for (const headers of [{ 'if-none-match': etag }, { 'if-modified-since': modified }]) {
      const changed = await get(path, { headers })
      expect(changed.status).toBe(200)
      expect(events(await changed.text())).toMatchObject([{ summary: 'Moved', uid: events(same)[0]?.uid, sequence: 1 }])
    }
  })

  test('what is taken away changes it too, though nothing in it is newer', async () => {
    diary.entries.push(forum(network.id), forum(network.id, { id: 'forums_2' }))
    const path = await allOf()
    const etag = (await get(path)).headers.get('etag') ?? ''
    diary.entries.pop()
    expect((await get(path, { headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  test('tells of what was cancelled for a month, so that calendars take it away', async () => {
    diary.entries.push(forum(network.id, { isCancelled: true, sequence: 2, changedAt: bot.clock.now() }))
    const path = await allOf()
    expect(events(await (await get(path)).text())).toMatchObject([
      { status: 'CANCELLED', summary: 'Cancelled: Forum: what we are good at' },
    ])
    bot.clock.at += 32 * DAY
    expect(events(await (await get(path)).text())).toEqual([])
  })

  test('HEAD says the same without the calendar', async () => {
    const path = await allOf()
    const [whole, head] = [await get(path), await get(path, { method: 'HEAD' })]
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['etag', 'last-modified', 'content-type', 'cache-control'])
      expect(head.headers.get(name), name).toBe(whole.headers.get(name))
  })

  test('is found under the path of the public address too, and whatever stands behind a question mark', async () => {
    const path = await allOf()
    expect((await get(`/folk${path}`)).status).toBe(200)
    expect((await get(`${path}?fresh=1`)).status).toBe(200)
  })

  test('notes about once a day that it was read', async () => {
    const path = await allOf()
    const used = async () => (await bot.store.prisma.feed.findFirstOrThrow({ where: { networkId: network.id } })).usedAt?.getTime()
    expect(await used()).toBeUndefined()
    await get(path)
    const first = bot.clock.at
    bot.clock.at += DAY / 2
    await get(path)
    expect(await used()).toBe(first)
    bot.clock.at += DAY
    await get(path)
    expect(await used()).toBe(bot.clock.at)
  })
})

describe('A link that leads nowhere', () => {
  test('says the same whatever it was, and asks no feature', async () => {
    const path = await allOf()
    const [mine] = await bot.store.prisma.feed.findMany({ where: { networkId: network.id } })
    await amina.forge(`calendar_off_${mine?.id}`)
    diary.asked.length = 0
    const answers = await Promise.all(
      [
        path,
        `/calendar/${UNKNOWN}.ics`,
        '/calendar/x.ics',
        '/calendar/.ics',
        `/calendar/${UNKNOWN}`,
        '/calendar/%00',
        '/calendar/',
        '/',
        '/metrics',
        '/calendar/a/b.ics',
      ].map(async one => {
        const answer = await get(one)
        const headers = [...answer.headers].filter(([name]) => name !== 'date')
        return JSON.stringify([answer.status, headers, await answer.text()])
      }),
    )
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('There is nothing here.')
    expect(answers[0]).toContain('no-store')
    expect(diary.asked).toEqual([])
  })

  test('a renewed link ends the old one; a feed is no page, and a page is no feed', async () => {
    const old = await allOf()
    const [mine] = await bot.store.prisma.feed.findMany({ where: { networkId: network.id } })
    const fresh = await linkFor(amina, `calendar_renew_${mine?.id}`)
    expect([(await get(old)).status, (await get(fresh)).status]).toEqual([404, 200])
    expect((await get(fresh.replace('.ics', ''))).status).toBe(404)
    await bot.store.prisma.grant.create({ data: { personId: aminaId, role: 'coordinator' } })
    const page = await linkFor(amina, 'calendar_page')
    expect([(await get(page)).status, (await get(`${page}.ics`)).status]).toEqual([200, 404])
  })

  test('of a person who is gone, or of a network that is being deleted', async () => {
    const [path, other] = [await allOf(), await linkFor(amina, `calendar_make_${network.id}_person`)]
    await bot.store.prisma.network.update({ where: { id: network.id }, data: { state: 'deleting' } })
    expect((await get(path)).status).toBe(404)
    await bot.store.prisma.network.update({ where: { id: network.id }, data: { state: 'paused' } })
    expect((await get(path)).status).toBe(200)
    await bot.store.prisma.person.delete({ where: { id: aminaId } })
    expect([(await get(path)).status, (await get(other)).status]).toEqual([404, 404])
  })
})

describe('The page', () => {
  test('is for a coordinator alone, looked up at every request, and ends after a week', async () => {
    diary.entries.push(forum(network.id, { isSecret: true, name: 'Not out yet' }))
    await bot.store.prisma.grant.create({ data: { personId: aminaId, role: 'coordinator' } })
    const path = await linkFor(amina, 'calendar_page')
    const answer = await get(path)
    expect(await answer.text()).toContain('Not out yet')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=UTF-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      ),
    })
    await bot.store.prisma.grant.deleteMany({ where: { personId: aminaId } })
    diary.asked.length = 0
    expect((await get(path)).status).toBe(404)
    expect(diary.asked).toEqual([])
    await bot.store.prisma.grant.create({ data: { personId: aminaId, role: 'coordinator' } })
    bot.clock.at += 7 * DAY - 1
    expect((await get(path)).status).toBe(200)
    bot.clock.at += 1
    expect((await get(path)).status).toBe(404)
    bot.clock.at += 1
    await bot.tick()
    expect(await bot.store.prisma.feed.count({ where: { networkId: network.id } })).toBe(0)
  })

  test('a new link ends the one before; ending it ends it', async () => {
    await bot.store.prisma.grant.create({ data: { personId: aminaId, role: 'coordinator' } })
    const [first, second] = [await linkFor(amina, 'calendar_page'), await linkFor(amina, 'calendar_page')]
    expect([(await get(first)).status, (await get(second)).status]).toEqual([404, 200])
    await amina.press('End this link')
    expect((await get(second)).status).toBe(404)
  })
})

describe('The door', () => {
  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('takes no %s', async method => {
    const answer = await get(await allOf(), { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  test('when the store is away, it says so to the calendar, which keeps what it has; the log holds no link', async () => {
    const path = await allOf()
    const asks = diary.asked
    const keeper = bot.bot.features.find(feature => feature.name === 'announcements')
    const { calendar } = keeper ?? {}
    Object.assign(keeper ?? {}, {
      calendar: async () => {
        throw new Error('The store is away.')
      },
    })
    const answer = await get(path)
    Object.assign(keeper ?? {}, { calendar })
    expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([503, '60', ''])
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(asks).toEqual([])
    expect(door.logged).toHaveLength(2)
    expect(door.logged.map(one => JSON.stringify(one, Object.getOwnPropertyNames(Object(one)))).join()).not.toMatch(/[a-z0-9]{36}/)
    expect((await get(path)).status).toBe(200)
  })

  test('closes though somebody still holds it', async () => {
    const other = await openDoor(bot)
    const held = connect(other.port, '127.0.0.1')
    await new Promise<void>(resolve => held.once('connect', () => resolve()))
    const gone = new Promise<void>(resolve => held.once('close', () => resolve()))
    held.on('error', () => {})
    held.write('GET /calendar/')
    await other.close()
    await gone
  })

  test('a port that is taken is refused', async () => {
    const { openPublic } = await import('../../src/web/public.ts')
    const options = { host: '127.0.0.1', publicUrl: PUBLIC_URL, pages: [], nothingHere: '', log: bot.deps.log }
    await expect(openPublic({ ...options, port: door.port })).rejects.toThrow('EADDRINUSE')
  })
})
