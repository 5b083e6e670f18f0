import { describe, expect, test } from 'vitest'
import { tokensOf, type Way, ways } from '../helpers/doors.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { said } from '../helpers/person.ts'
import { bot, inTown, jo, network } from '../helpers/town.ts'
import { breathe, type Furnished, furnish } from './furnished.ts'

/** Anybody can send anybody a link to the bot. */

// What a link to a form opens differs with the platform; all else is the same on each.
const onEach = [
  { name: 'with forms', can: {}, kinds: ['action', 'form', 'bulk'] },
  { name: 'that asks question by question', can: { forms: 'questions' }, kinds: ['form'] },
] as const

describe.each(onEach)('a link on a platform $name', ({ can, kinds }) => {
  inTown('Network', ['Ardwick', 'Steering'], { botEach: true, can })

  test('does nothing, whatever it says and whoever opens it', { timeout: LONG_MS }, async () => {
    const made = await furnish(name => name, 'Steering')
    const feed = await furnishLinks()
    const everything = ways(bot.bot.features).filter(({ kind }) => kinds.some(one => one === kind))
    await bot.deps.acts.write()
    const before = await standing()
    const newcomer = bot.person('Newcomer')
    for (const way of everything) {
      const links = linksOf(way, made, feed)
      for (const [i, token] of links.entries()) {
        breathe()
        expect(said(await jo.start(token)), token).not.toMatch(/Something went wrong|That was a lot/)
        if (i === 0) expect(said(await newcomer.start(token)), token).not.toMatch(/Something went wrong|That was a lot/)
      }
      // Soon enough after the deed that it is known which one it was.
      if (links.some(token => /_(?:yes|\d)/.test(token)) || way === everything.at(-1))
        expect(await standing(), `up to ${way.feature} ${way.name}`).toBe(before)
    }
    expect(everything.length).toBeGreaterThan(kinds.length * 30)
  })
})

describe('a link', () => {
  inTown('Network', ['Ardwick', 'Steering'], { botEach: true })

  test('opens what was made to be linked', async () => {
    const { ids, secrets } = await furnish(name => name, 'Steering')
    expect((await jo.start(`polls_mine_${ids['open poll']}`)).text).toContain(secrets['open poll'])
    // The form would close it if it were sent back empty.
    const card = await jo.start(`polls_close_${ids['open poll']}`)
    expect([card.form, card.text.includes(secrets['open poll'])]).toEqual([undefined, true])
    expect((await jo.start(`forums_show_${ids['known forum']}`)).text).toContain(secrets['known forum'])
    expect((await jo.start(`network_card_${network.id}`)).text).toContain('Ardwick')
    const dead = await jo.start(`polls_pick_${ids['open poll']}_2`)
    expect(dead.text).toBe('This link opens nothing for you. It may be old, or made by somebody else.')
    expect((await jo.press('What can you do?')).text).toContain('I ask, announce and invite')
  })

  test('at the door of a forum asks, and a press checks in', async () => {
    const { ids } = await furnish(name => name, 'Steering')
    const forum = { where: { id: ids['known forum'] } }
    const { startsAt } = await bot.store.prisma.forum.update({ ...forum, data: { code: 'AB12' } })
    bot.clock.at = startsAt.getTime()
    expect((await jo.start(`forums_in_${ids['known forum']}_AB12`)).text).toContain('are you here now?')
    expect((await bot.store.prisma.forum.findUniqueOrThrow(forum)).came).toBe(0)
    expect((await jo.alone.press('I am here')).text).toContain('Welcome')
    expect((await bot.store.prisma.forum.findUniqueOrThrow(forum)).came).toBe(1)
  })
})

/** An invitation, a code for chats, a role that can be taken away, a link to a calendar. */
async function furnishLinks(): Promise<{ readonly feed: string; readonly code: string; readonly person: string }> {
  const { prisma } = bot.store
  const kay = await bot.grant(network, bot.person('Kay'), 'coordinator')
  const { text } = await jo.forge(`network_invite_${network.id}_steering`)
  const person = await prisma.person.findFirstOrThrow({ where: { name: 'Jo' } })
  const feed = { id: 'feed1', networkId: network.id, personId: person.id, kind: 'network' as const, hash: 'hash' }
  await prisma.feed.create({ data: feed })
  return { feed: feed.id, code: /[0-9A-Z]{4}(-[0-9A-Z]{4}){2}/.exec(text)?.[0].replaceAll('-', '') ?? '', person: kay }
}

/** Its tokens about what Jo may change, with what could stand in each further place. */
function linksOf(way: Way, { ids }: Furnished, { feed, code, person }: Awaited<ReturnType<typeof furnishLinks>>): readonly string[] {
  const area = network.area('Ardwick')
  const firsts: Readonly<Record<string, readonly string[]>> = {
    polls: [ids['open poll'], ids['poll draft']],
    announcements: [ids['planned announcement'], ids.series, ids['announcement draft']],
    forums: [ids['known forum'], ids['forum draft']],
    network: [network.id, code],
    calendar: [network.id, feed],
  }
  return (firsts[way.feature] ?? [network.id]).flatMap(first => tokensOf(way, first, [area, person]))
}

/** Not what the bot keeps of the visit itself (that somebody was there, what it asks them just now, how often they guessed a code), nor of its own running. */
const OF_THE_VISIT = ['Seen', 'Fact', 'Holding', 'Asking', 'Identity', 'WrongCode', 'Waiting', '_prisma_migrations']

/** Every row of every other table. */
async function standing(): Promise<string> {
  const { prisma } = bot.store
  const tables = await prisma.$queryRaw<{ name: string }[]>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
  const kept = tables.map(({ name }) => name).filter(name => !OF_THE_VISIT.includes(name))
  const rows = kept
    .toSorted()
    .map(name => `SELECT '${name}' AS "table", count(*)::int AS n, md5(string_agg(t::text, ',' ORDER BY t::text)) AS rows FROM "${name}" t`)
  return JSON.stringify(await prisma.$queryRawUnsafe(rows.join(' UNION ALL ')), null, 1)
}
