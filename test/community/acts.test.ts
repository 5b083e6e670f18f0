import { describe, expect, test } from 'vitest'
import { systemIds } from '../../src/base/clock.ts'
import { createActs } from '../../src/community/acts.ts'
import { forgetPerson, joinPeople } from '../../src/community/people.ts'
import type { Event } from '../../src/platform/adapter.ts'
import { testApp } from '../helpers/app.ts'
import { until } from '../helpers/patience.ts'
import { said } from '../helpers/person.ts'
import { ardwick, bot, count, DAY, gorton, inTown, jo, network, resident } from '../helpers/town.ts'
import { inOne } from './life.ts'

/** People are known by the chats in which they act. */

inTown('Network', ['Ardwick', 'Gorton'], { joIn: 'Ardwick' })

const POLL = '/poll Buses or parks? | Buses | Parks'

/** A poll in the chat where Jo is; its id. */
async function poll(line = POLL, where = jo): Promise<string> {
  await where.say(line)
  await bot.tick()
  const { id } = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id }, orderBy: { id: 'desc' } })
  return id
}

/** Who is noted where, by name: what is in the store. */
async function marks(): Promise<readonly string[]> {
  const rows = await bot.store.prisma.acted.findMany({
    where: { person: { networkId: network.id } },
    include: { person: true, space: true },
  })
  return rows.map(({ person, space, month }) => `${person.name} in ${space.title}, ${month.toISOString().slice(0, 10)}`).sort()
}

const ballots = () => bot.store.prisma.ballot.count()
const named = (name: string) => `${name} ${count}`

describe('a newcomer, who has said no area', () => {
  test('finds in private what is open in the chat where they acted, answers it there, and finds nothing of other chats', async () => {
    const bench = await poll()
    await poll('/poll Which bench? | Red | Green', jo.in(gorton()))
    const amina = resident('Amina')
    await amina.say('/guide')
    const mine = await amina.alone.say('/mine')
    expect(mine.text).toContain('Buses or parks?')
    expect(mine.text).not.toContain('Which bench?')
    const home = await amina.alone.home()
    expect(home.text).toContain('Buses or parks?')
    expect(home.text).not.toContain('Which bench?')
    await amina.alone.press('Buses or parks?')
    expect((await amina.alone.press('Buses')).text).toContain('Your answer:\n• Buses')
    expect(await bot.store.prisma.ballot.count({ where: { pollId: bench } })).toBe(1)
    // Where they are known by what stands in the store, all is the same.
    const other = resident('Bea')
    await other.say('/guide')
    await bot.deps.acts.write()
    expect((await other.alone.say('/mine')).text).toContain('Buses or parks?')
    expect(said(await other.alone.forge(`polls_v_${bench}_1`))).toContain('Counted: Buses.')
    // Bare words are an answer to what is open for them.
    const third = resident('Cal')
    await third.say('/guide')
    expect(said(await third.alone.say('2'))).toContain('Is that your answer to this poll?')
  })

  test('finds what is open where they chose to belong too', async () => {
    await poll('/poll Which bench? | Red | Green', jo.in(gorton()))
    const amina = resident('Amina')
    await amina.say('/guide')
    expect((await amina.alone.say('/mine')).text).not.toContain('Which bench?')
    await bot.store.prisma.person.updateMany({ where: { name: amina.name }, data: { areaId: network.area(named('Gorton')) } })
    expect((await amina.alone.say('/mine')).text).toContain('Which bench?')
  })

  test('in a chat for all areas, what stands in it is for those who acted there, not for the whole network', async () => {
    await bot.store.prisma.space.update({ where: { ref: gorton() }, data: { areaId: null } })
    const pollId = await poll('/poll Which bench? | Red | Green', jo.in(gorton()))
    const [amina, bea] = [resident('Amina'), resident('Bea', gorton())]
    await amina.say('/guide')
    await bea.say('/guide')
    expect((await amina.alone.say('/mine')).text).not.toContain('Which bench?')
    expect(said(await amina.alone.forge(`polls_v_${pollId}_1`))).toContain('This poll is not here any more.')
    expect((await bea.alone.say('/mine')).text).toContain('Which bench?')
    expect(said(await bea.alone.forge(`polls_v_${pollId}_1`))).toContain('Counted: Red.')
  })
})

describe('what makes somebody known in a chat', () => {
  test('a link shows no ballot and no figures to somebody who never acted there, and takes no answer', async () => {
    const pollId = await poll(`${POLL}`)
    for (const name of ['Cal', 'Dee', 'Eve']) await resident(name).press('Buses')
    const stranger = resident('Stranger', gorton())
    await stranger.say('/guide')
    for (const payload of [`polls_mine_${pollId}`, `polls_see_${pollId}`, `polls_add_${pollId}`]) {
      const heard = await stranger.start(payload)
      expect(said(heard)).toBe('This poll is not here any more.')
      expect(heard.buttons).toEqual([])
    }
    const before = await ballots()
    for (const token of [`polls_v_${pollId}_1`, `polls_pick_${pollId}_1`, `polls_mine_${pollId}`])
      expect(said(await stranger.alone.forge(token))).toBe('This poll is not here any more.')
    expect(said(await stranger.alone.say('Buses'))).not.toContain('Counted')
    expect(await ballots()).toBe(before)
    // Nor does a link that names their own network make them one of that chat.
    expect(bot.deps.acts.lately(stranger.ref)).toEqual([gorton()])
  })

  test('a press, a command, a reply and a message’s menu are; a link, a form, words in private and what befalls a chat are not', async () => {
    const pollId = await poll()
    const known = async (name: string, event: Event): Promise<boolean> => {
      const who = resident(name)
      await who.does(event)
      return bot.deps.acts.lately(who.ref).includes(ardwick())
    }
    const about = { message: 'chat:m1', text: 'Buses?' } as const
    expect(await known('P1', { kind: 'press', token: `polls_mine_${pollId}` })).toBe(true)
    expect(await known('P2', { kind: 'command', name: 'guide', args: '' })).toBe(true)
    expect(await known('P3', { kind: 'text', text: 'Buses', replyTo: 'chat:m1' })).toBe(true)
    expect(await known('P4', { kind: 'shortcut', name: 'poll', about })).toBe(true)
    expect(await known('N1', { kind: 'started', payload: `polls_mine_${pollId}` })).toBe(false)
    expect(await known('N2', { kind: 'submit', form: `polls_add_${pollId}`, values: { option: 'Trees' } })).toBe(false)
    expect(await known('N3', { kind: 'suggest', command: 'poll', typed: '' })).toBe(false)
    expect(await known('N4', { kind: 'joined' })).toBe(false)
    expect(await known('N5', { kind: 'nameless' })).toBe(false)
    const alone = resident('N6').alone
    await alone.say('/guide')
    await alone.forge(`polls_mine_${pollId}`)
    expect(bot.deps.acts.lately(alone.ref)).toEqual([])
  })

  test('it stands in for no role: what is for the steering group is not shown in private to somebody without one', async () => {
    await bot.store.prisma.space.update({ where: { ref: gorton() }, data: { audience: 'steering' } })
    const pollId = await poll('/poll Which landlord? | Ours | Theirs', jo.in(gorton()))
    await bot.store.prisma.poll.update({ where: { id: pollId }, data: { voters: 'everyone' } })
    const guest = resident('Guest', gorton())
    await guest.say('/guide')
    await bot.deps.acts.write()
    expect((await guest.alone.say('/mine')).text).not.toContain('Which landlord?')
    expect(said(await guest.start(`polls_mine_${pollId}`))).toBe('This poll is not here any more.')
    expect(said(await guest.alone.forge(`polls_v_${pollId}_1`))).toBe('This poll is not here any more.')
    await bot.grant(network, guest, 'steering')
    expect((await guest.alone.say('/mine')).text).toContain('Which landlord?')
  })
})

describe('how it is written', () => {
  test('apart from the vote, all at once and in no order; what stands already is not written again', async () => {
    const pollId = await poll()
    const people = Array.from({ length: 30 }, (_, i) => resident(`V${String(i).padStart(2, '0')}`))
    for (const who of people) await who.forge(`polls_v_${pollId}_1`)
    expect(await marks()).toEqual([])
    await bot.deps.acts.write()
    const rows = await lie()
    expect(new Set(rows.map(row => row.xmin)).size).toBe(1)
    const order = rows.map(row => row.name).filter(name => name.startsWith('V'))
    expect(order.toSorted()).toEqual(people.map(who => who.name))
    // One in 30! orders is the one in which they came.
    expect(order).not.toEqual(people.map(who => who.name))
    for (const who of people) await who.forge(`polls_v_${pollId}_2`)
    await bot.deps.acts.write()
    expect(await lie()).toEqual(rows)
  })

  test('by itself, soon after', async () => {
    const { store, clock, log } = bot.deps
    const amina = resident('Amina')
    await amina.say('/guide')
    const acts = createActs({ store, clock, log, gatherMs: 1, cameLate: async () => undefined })
    const person = { ref: amina.ref, name: amina.name }
    acts.note({ id: 'x', received: clock.now(), place: { space: ardwick() }, person, event: { kind: 'command', name: 'guide', args: '' } })
    expect(acts.lately(amina.ref)).toEqual([ardwick()])
    await until(async () => (await marks()).length === 1)
    await acts.end()
    expect(acts.lately(amina.ref)).toEqual([])
  })

  test('with the month of the last time, and nothing finer', async () => {
    const amina = resident('Amina')
    await amina.say('/guide')
    await bot.deps.acts.write()
    expect(await marks()).toContain(`${amina.name} in ${named('Ardwick')}, ${month()}`)
    await bot.later(40 * DAY)
    await amina.say('/guide')
    await bot.deps.acts.write()
    expect((await marks()).filter(mark => mark.startsWith(amina.name))).toEqual([`${amina.name} in ${named('Ardwick')}, ${month()}`])
    expect((await amina.alone.say('/mine')).text).toContain(
      `Chats where you did something with me: ${named('Ardwick')} (last in December 2026).`,
    )
  })

  test('what was done before a secret poll closed and is written after it, as by another process, is set apart too', async () => {
    const pollId = await poll()
    const { store, clock, log, publish } = bot.deps
    const other = createActs({
      store,
      clock,
      log,
      cameLate: (tx, { networkId, at }) => publish(tx, 'acts late', { networkId, at: at.toISOString() }),
    })
    const [early, late] = [resident('Early'), resident('Late')]
    await early.say('/guide')
    await late.forge(`polls_v_${pollId}_1`)
    // The other process has taken this one.
    const person = { ref: late.ref, name: late.name }
    other.note({ id: 'x', received: clock.now(), place: { space: gorton() }, person, event: { kind: 'command', name: 'guide', args: '' } })
    await jo.forge(`polls_close_${pollId}`)
    await jo.submit({ outcome: '' })
    await bot.tick()
    expect((await marks()).some(mark => mark === `${late.name} in ${named('Gorton')}, ${month()}`)).toBe(false)
    await other.write()
    expect(new Set((await lie()).map(row => row.xmin)).size).toBeGreaterThan(1)
    await bot.tick()
    const rows = await lie()
    expect(rows.map(row => row.name)).toEqual(expect.arrayContaining([early.name, late.name]))
    expect(new Set(rows.map(row => row.xmin)).size).toBe(1)
    // What is done after the close is no reason to do it again.
    await bot.later(1_000)
    await resident('After').say('/guide')
    await bot.deps.acts.write()
    expect(await bot.store.prisma.published.count()).toBe(0)
    await other.end()
  })
})

describe('a bot that stops', () => {
  test('writes what is in memory; one that is killed loses that, and nothing else', async () => {
    const row = { networkId: network.id, platform: 'other', state: 'joined' as const }
    const ids = { id: `hall${count}`, ref: `other:hall${count}` }
    await bot.store.prisma.space.create({ data: { ...row, ...ids, title: 'Hall' } })
    const second = await testApp({ platforms: { other: {} }, store: bot.store, ids: systemIds })
    const zed = second.person(named('Zed')).in(`other:hall${count}` as const)
    await zed.say('/guide')
    expect(await bot.store.prisma.person.count({ where: { name: zed.name } })).toBe(1)
    expect(await marks()).not.toContain(`${zed.name} in Hall, 2026-11-01`)
    await second.close()
    expect(await marks()).toContain(`${zed.name} in Hall, 2026-11-01`)
  })
})

/** The marks of all networks as they lie, with the transaction that wrote them. */
async function lie(): Promise<readonly { readonly name: string; readonly xmin: string }[]> {
  const { rows } = await bot.store.pool.query(
    `SELECT p."name", a.xmin::text FROM "Acted" a JOIN "Person" p ON p."id" = a."personId" WHERE p."networkId" = $1 ORDER BY a.ctid`,
    [network.id],
  )
  return rows
}

const month = (): string => `${new Date(bot.clock.at).toISOString().slice(0, 7)}-01`

describe('it goes', () => {
  const idOf = async (name: string): Promise<string> => (await bot.store.prisma.person.findFirstOrThrow({ where: { name } })).id

  test('with the person; two who are one have the chats of both, each with the later month', async () => {
    const [amina, bea, cal] = [resident('Amina'), resident('Bea'), resident('Cal', gorton())]
    for (const who of [amina, bea, bea.in(gorton()), cal]) await who.say('/guide')
    await bot.deps.acts.write()
    const before = month()
    await bot.later(32 * DAY)
    await cal.say('/guide')
    await bot.deps.acts.write()
    const now = bot.clock.now()
    const features = bot.deps.features()
    await inOne(async tx => forgetPerson(tx, features, { personId: await idOf(amina.name), now }))
    await inOne(async tx => joinPeople(tx, features, { from: await idOf(cal.name), into: await idOf(bea.name), now }))
    const both = [`${bea.name} in ${named('Ardwick')}, ${before}`, `${bea.name} in ${named('Gorton')}, ${month()}`]
    expect((await marks()).filter(mark => !mark.startsWith('Jo'))).toEqual(both)
  })

  test('with a chat that leaves, at once; and after a year unused', async () => {
    const [amina, bea] = [resident('Amina'), resident('Bea', gorton())]
    await amina.say('/guide')
    await bea.say('/guide')
    await bot.deps.acts.write()
    await jo.say('/network leave')
    await jo.press('Leave')
    await bot.tick()
    expect(await marks()).toEqual([`${bea.name} in ${named('Gorton')}, ${month()}`])
    await bot.later(330 * DAY)
    expect(await marks()).toHaveLength(1)
    await bot.later(36 * DAY)
    expect(await marks()).toEqual([])
  })

  test('a chat from which the bot was thrown out counts for nobody, and again when it is back', async () => {
    await poll()
    const amina = resident('Amina')
    await amina.say('/guide')
    await bot.deps.acts.write()
    await jo.does({ kind: 'left' })
    expect((await amina.alone.say('/mine')).text).not.toContain('Buses or parks?')
    await jo.does({ kind: 'joined' })
    expect((await amina.alone.say('/mine')).text).toContain('Buses or parks?')
  })
})
