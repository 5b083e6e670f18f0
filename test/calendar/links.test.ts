import { beforeEach, describe, expect, test } from 'vitest'
import { hashOf } from '../../src/calendar/secret.ts'
import { poor } from '../helpers/chat.ts'
import type { Heard, Someone } from '../helpers/person.ts'
import { bot, count, inTown, network, resident } from '../helpers/town.ts'

const ADDRESS = /https:\/\/moot\.example\/folk\/calendar\/([a-z0-9]{36})\.ics/

let amina: Someone
inTown('Network', ['Ardwick', 'Gorton'], { platforms: { chat: {}, simple: poor }, publicUrl: 'https://moot.example/folk/' })
beforeEach(() => {
  amina = resident('Amina')
})

const feeds = () => bot.store.prisma.feed.findMany({ where: { networkId: network.id }, orderBy: { id: 'asc' } })

function secretIn({ text }: Heard): string {
  const [, secret] = ADDRESS.exec(text) ?? []
  if (secret === undefined) throw new Error(`There is no link in: ${text}`)
  return secret
}

/** Everything that the store holds, as text. */
async function everything(): Promise<string> {
  const { rows: tables } = await bot.store.pool.query<{ name: string }>(
    "SELECT quote_ident(relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace",
  )
  const all = await Promise.all(tables.map(({ name }) => bot.store.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)))
  return all.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n')
}

describe('A calendar link', () => {
  test('is offered for the network, an area, and what one comes to; it is shown once', async () => {
    const menu = await amina.forge('calendar_feed')
    expect(menu.text).toContain('Our meetings in your own calendar')
    expect(menu.buttons).toEqual([`All of Network ${count}`, 'Only one area', 'What I said I come to'])
    const made = await amina.press(`All of Network ${count}`)
    expect(made.text).toContain('Your link is ready. What it shows: all of')
    expect(made.text).toContain('write webcal:// in place of https://')
    expect(made.text).toContain('Keep the link to yourself: whoever has it can read the same.')
    const secret = secretIn(made)
    // Nothing but its end takes its place before it is copied.
    expect(made.buttons).toEqual(['End this link'])
    await amina.press('What I said I come to')
    expect(amina.reads().join('\n')).toContain(secret)
    await amina.press('End this link')
    expect(await feeds()).toMatchObject([{ kind: 'network', areaId: null, hash: hashOf(secret), endsAt: null, usedAt: null }])
    const again = await amina.forge(`calendar_make_${network.id}_network`)
    expect(again.text).toContain('You have this link already.')
    expect(again.text).not.toContain(secret)
    expect(await feeds()).toHaveLength(1)
  })

  test('is kept nowhere: not in the store, the guard against repeats, the outbox or a notification', async () => {
    const said: Heard[] = []
    for (const tail of ['network', `area_${network.area(`Gorton ${count}`)}`, 'person'])
      said.push(await amina.forge(`calendar_make_${network.id}_${tail}`))
    await bot.tick()
    const all = await everything()
    for (const heard of said) {
      expect(all).toContain(hashOf(secretIn(heard)))
      expect(all).not.toContain(secretIn(heard))
      for (const view of heard.views) expect(view.brief).not.toContain(secretIn(heard))
    }
  })

  test('for an area: one’s own is the first choice, and each has one of its own', async () => {
    await amina.forge(`network_area_${network.area(`Ardwick ${count}`)}`)
    expect((await amina.forge('calendar_feed')).buttons.slice(1, 3)).toEqual([`Only Ardwick ${count}`, 'Another area'])
    secretIn(await amina.press(`Only Ardwick ${count}`))
    await amina.forge('calendar_feed')
    const list = await amina.press('Another area')
    expect(list.buttons).toEqual([`Ardwick ${count}`, `Gorton ${count}`, 'Back'])
    secretIn(await amina.press(`Gorton ${count}`))
    expect((await feeds()).map(one => one.areaId)).toEqual([network.area(`Ardwick ${count}`), network.area(`Gorton ${count}`)])
  })

  test('of what one comes to says what it gives away', async () => {
    const made = await amina.forge(`calendar_make_${network.id}_person`)
    expect(made.text).toContain('whoever has it sees which meetings you said you come to')
  })

  test('is renewed and ended by its owner', async () => {
    const first = secretIn(await amina.forge(`calendar_make_${network.id}_network`))
    await amina.forge('calendar_feed')
    const card = await amina.press('My link: all of')
    expect(card.text).toMatch(/made Monday 2 November, 09:00, not read yet/)
    const second = secretIn(await amina.press('Make a new link'))
    expect(second).not.toBe(first)
    expect((await feeds()).map(one => one.hash)).toEqual([hashOf(second)])
    const ended = await amina.press('End this link')
    expect(ended.text).toContain('Ended. Nobody gets anything from that link any more.')
    expect(await feeds()).toEqual([])
    expect((await amina.forge('calendar_off_gone')).text).toContain('This link is not there any more.')
  })

  test('is told of in /mine, where it can be ended, and in the export without its secret', async () => {
    expect((await amina.say('/mine')).text).not.toContain('My calendar links')
    const secret = secretIn(await amina.forge(`calendar_make_${network.id}_network`))
    const mine = await amina.say('/mine')
    expect(mine.text).toContain('You have 1 secret calendar link.')
    expect(mine.text).toContain(`A secret calendar link: all of Network ${count} (made Monday 2 November, 09:00, not read yet)`)
    await amina.press('My calendar links')
    await amina.press('My link: all of')
    expect(amina.reads().at(-1)).not.toContain(secret)
    const jo = bot.person(`Jo ${count}`)
    await bot.grant(network, jo, 'coordinator')
    const exported = await jo.say('/network export')
    const file = exported.views.flatMap(view => view.blocks).find(block => block.kind === 'file')
    const { calendarLinks } = JSON.parse(file && 'text' in file ? file.text : '{}') as { calendarLinks: unknown }
    expect(calendarLinks).toEqual([{ kind: 'network', areaId: null, createdAt: '2026-11-02T09:00:00.000Z', endsAt: null, usedAt: null }])
    await amina.press('End this link')
    expect((await amina.say('/mine')).text).not.toContain('My calendar links')
  })

  test('goes with the person, and with the network', async () => {
    await amina.forge(`calendar_make_${network.id}_network`)
    const bo = bot.person(`Bo ${count}`).in(network.space(`Ardwick ${count}`))
    await bo.forge(`calendar_make_${network.id}_area_${network.area(`Ardwick ${count}`)}`)
    await bot.store.prisma.person.deleteMany({ where: { identities: { some: { identityRef: amina.ref } } } })
    expect((await feeds()).map(one => one.kind)).toEqual(['area'])
    await bot.store.prisma.network.delete({ where: { id: network.id } })
    expect(await bot.store.prisma.feed.count({ where: { networkId: network.id } })).toBe(0)
  })
})

describe('Where a group cannot carry a secret', () => {
  test('the link is given in the private chat alone', async () => {
    const other = await bot.network(`Simple ${count}`, [`Moss ${count}`], { platform: 'simple' })
    const bo = bot.person(`Bo ${count}`, { platform: 'simple' }).in(other.space(`Moss ${count}`))
    const offered = await bo.forge(`calendar_make_${other.id}_network`)
    expect(offered.text).not.toMatch(ADDRESS)
    expect(await bot.store.prisma.feed.count({ where: { networkId: other.id } })).toBe(0)
    expect((await bo.follow()).text).not.toMatch(ADDRESS)
    expect((await bo.alone.press(`All of Simple ${count}`)).text).toMatch(ADDRESS)
    expect(bo.reads().join('\n')).not.toMatch(ADDRESS)
    expect(await everything()).not.toMatch(/\/calendar\/[a-z0-9]{36}/)
  })

  test('in private, whoever is in several networks is asked which one', async () => {
    const other = await bot.network(`Second ${count}`, [`Moss ${count}`])
    const bo = bot.person(`Bo ${count}`)
    expect((await bo.forge('calendar_feed')).text).toContain('I do not know yet which network you belong to.')
    await bot.grant(network, bo)
    await bot.grant(other, bo)
    expect((await bo.forge('calendar_feed')).buttons).toEqual(['Choose the network'])
    expect((await bo.forge(`calendar_feed_${other.id}`)).buttons[0]).toBe(`All of Second ${count}`)
    expect(secretIn(await bo.press(`All of Second ${count}`))).toHaveLength(36)
  })
})

describe('Whoever forges', () => {
  const words = ['feed', 'areas', 'make', 'one', 'renew', 'off', 'page']

  test('a stranger to the network gets nothing and changes nothing', async () => {
    await amina.forge(`calendar_make_${network.id}_network`)
    const [mine] = await feeds()
    const other = await bot.network(`Other ${count}`, [`Moss ${count}`])
    const mallory = bot.person(`Mallory ${count}`)
    await bot.grant(other, mallory, 'coordinator')
    const heard: Heard[] = []
    for (const who of [mallory, mallory.in(other.space(`Moss ${count}`))])
      for (const word of words) {
        bot.clock.at += 60_000
        const area = network.area(`Ardwick ${count}`)
        for (const tail of [network.id, `${network.id}_network`, `${network.id}_person`, `${network.id}_area_${area}`, mine?.id])
          heard.push(await who.forge(`calendar_${word}_${tail}`))
        heard.push(await who.forge(`calendar_make_${other.id}_area_${area}`))
        heard.push(await who.forgeForm(`calendar_${word}_${mine?.id}`, {}))
      }
    expect(await feeds()).toEqual([mine])
    expect(heard.filter(({ text }) => text.includes(`Network ${count}`) || text.includes(`Ardwick ${count}`))).toEqual([])
    expect(heard.filter(({ text }) => text.includes('Something went wrong'))).toEqual([])
  })

  test('a neighbour in the same network cannot see, renew or end another’s link', async () => {
    await amina.forge(`calendar_make_${network.id}_network`)
    const [mine] = await feeds()
    const bo = bot.person(`Bo ${count}`).in(network.space(`Ardwick ${count}`))
    for (const word of ['one', 'renew', 'off'])
      expect((await bo.forge(`calendar_${word}_${mine?.id}`)).text).toBe('This link is not there any more.')
    expect(await feeds()).toEqual([mine])
  })

  test.each(['calendar_x', 'calendar_constructor_a', 'calendar_make', 'calendar_one', 'calendar_areas_x_9e9', 'calendar_make___proto__'])(
    '%s is refused in plain words',
    async token => {
      expect((await amina.forge(token)).text).toMatch(/not in use any more|not there any more|do not know/)
    },
  )

  test('a kind that is none, or an area that is retired, makes no link', async () => {
    const area = network.area(`Ardwick ${count}`)
    await bot.store.prisma.area.update({ where: { id: area }, data: { retiredAt: bot.clock.now() } })
    for (const tail of ['page', 'network_x_y', 'area', 'area_nowhere', `area_${area}`]) {
      const { text } = await amina.forge(`calendar_make_${network.id}_${tail}`)
      expect(text, tail).toBe('This button is not in use any more.')
    }
    expect(await feeds()).toEqual([])
  })
})
