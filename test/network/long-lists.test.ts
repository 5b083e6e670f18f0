import { beforeEach, expect, test } from 'vitest'
import { LIMITS } from '../../src/community/names.ts'
import { withKey } from '../../src/network/area-keys.ts'
import { hashOf } from '../../src/network/codes.ts'
import { mostRows, rowsRead } from '../helpers/rows-read.ts'
import { ardwick, bot, DAY, HOUR, inTown, jo, network, resident } from '../helpers/town.ts'

inTown('Network', ['Ardwick'], { botEach: true })

const MANY = 150
/** More than a page has, and far less than there are. */
const FEW = 60
const numbers = Array.from({ length: MANY }, (_, i) => i + 1)
const three = (i: number) => String(i).padStart(3, '0')
const last = (who = jo) => who.reads().at(-1) ?? ''

beforeEach(async () => {
  const { prisma } = bot.store
  const networkId = network.id
  await prisma.space.createMany({
    data: numbers.map(i => ({ id: `s${i}`, networkId, ref: `chat:z${i}`, platform: 'chat', title: `Chat ${three(i)}`, state: 'joined' })),
  })
  await prisma.area.createMany({ data: numbers.map(i => ({ id: `a${i}`, networkId, ...withKey(`Street ${three(i)}`) })) })
  await prisma.person.createMany({ data: numbers.map(i => ({ id: `p${i}`, networkId, name: `Person ${three(i)}` })) })
  await prisma.grant.createMany({ data: numbers.map(i => ({ personId: `p${i}`, role: 'steering', grantedAt: new Date(bot.clock.at) })) })
  const expiresAt = new Date(bot.clock.at + DAY)
  await prisma.joinCode.createMany({
    data: numbers.map(i => ({ hash: hashOf(`JOIN${i}`), networkId, areaId: `a${i}`, createdBy: `p${i}`, expiresAt })),
  })
  await prisma.invitation.createMany({
    data: numbers.map(i => ({ hash: hashOf(`ROLE${i}`), networkId, role: 'steering', createdBy: `p${i}`, expiresAt })),
  })
})

for (const [command, first, other] of [
  ['spaces', 'Chat 001', 'Chat 020'],
  ['area', 'Street 001', 'Street 020'],
  ['roles', 'Person 001', 'Person 020'],
] as const)
  test(`/network ${command}: one page is read of very many, and "More" leads on`, async () => {
    const seen = () => JSON.stringify(jo.sees().at(-1)?.view)
    expect(await mostRows(() => jo.say(`/network ${command}`))).toBeLessThan(FEW)
    expect(seen()).toContain(first)
    expect(seen()).not.toContain(other)
    expect(await mostRows(() => jo.press('More'))).toBeLessThan(FEW)
    expect(seen()).toContain(other)
    await jo.press('Earlier ones')
    expect(seen()).toContain(first)
  })

test('/network codes: a page of join codes and invitations, across where the one ends and the other begins', async () => {
  expect(await mostRows(() => jo.say('/network codes'))).toBeLessThan(FEW)
  expect(last()).toContain('1. ')
  expect(last()).toContain('12. ')
  expect(last()).not.toContain('13. ')
  // The thirteenth page begins with the last six join codes.
  for (let page = 0; page < 12; page++) await jo.press('More')
  expect(await mostRows(() => jo.press('Earlier ones'))).toBeLessThan(FEW)
  await jo.press('More')
  const lines = last()
    .split('\n')
    .filter(line => /^\d+\. /.test(line))
  expect(lines).toHaveLength(12)
  expect(lines.filter(line => line.includes('Street'))).toHaveLength(6)
})

test('the card counts chats and people, and reads only the first of them', async () => {
  expect(await mostRows(() => jo.say('/network who'))).toBeLessThan(FEW)
  await bot.store.prisma.grant.createMany({
    data: numbers.slice(0, 14).map(i => ({ personId: `p${i}`, role: 'coordinator', grantedAt: new Date(bot.clock.at) })),
  })
  await jo.say('/network')
  expect(last()).toContain('And 136 more chats.')
  expect(last()).toContain('Person 009 and 5 more')
  expect(last()).toContain('150')
})

test('there are never more areas, chats and people with a role than the rules say', async () => {
  const { prisma } = bot.store
  const more = Array.from({ length: LIMITS.areas - MANY - 1 }, (_, i) => i)
  await prisma.area.createMany({ data: more.map(i => ({ id: `b${i}`, networkId: network.id, ...withKey(`Road ${i}`) })) })
  await jo.say('/network area add One too many')
  expect(last()).toContain('There are 200 areas in use, and there can be no more.')
  await jo.say('/network invite steering')
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}(?:-[A-Z0-9]{4})?/.exec(last())?.[0] ?? ''
  expect(code).not.toBe('')
  const amina = bot.person('Amina', { started: true })
  await amina.say(`/network role ${code}`)
  await amina.press('Yes, I take it')
  expect(last(amina)).toContain('has 100 steering group members, and there can be no more.')
  await jo.say('/network code all residents')
  const join = /[A-Z0-9]{4}-[A-Z0-9]{4}(?:-[A-Z0-9]{4})?/.exec(last())?.[0] ?? ''
  const chats = Array.from({ length: LIMITS.chats }, (_, i) => i)
  await prisma.space.createMany({
    data: chats.map(i => ({ id: `t${i}`, networkId: network.id, ref: `chat:t${i}`, platform: 'chat', title: 'T', state: 'joined' })),
  })
  const zoe = bot.person('Zoe', { started: true })
  const moss = bot.group('Moss Side', [zoe])
  await zoe.in(moss).say(`/network join ${join}`)
  expect(zoe.in(moss).reads().join('\n')).toContain('has 1,000 chats, and there can be no more.')
})

test('the bot is removed from one chat of very many: only that one is read', async () => {
  const amina = resident('Amina')
  expect(await mostRows(() => amina.does({ kind: 'left' }))).toBeLessThan(FEW)
  const { prisma } = bot.store
  expect((await prisma.space.findUniqueOrThrow({ where: { ref: ardwick() as string } })).state).toBe('gone')
  expect(await mostRows(() => amina.does({ kind: 'back' }))).toBeLessThan(FEW)
  expect(await prisma.space.count({ where: { state: 'joined' } })).toBe(MANY + 1)
})

const forum = (id: string, ms: number) => ({
  ...{ id, networkId: network.id, theme: `Theme ${id}`, about: '', agenda: [], support: [], outcomes: [], minutes: 60 },
  ...{ zone: 'Europe/London', address: 'The library', directions: '', stepFree: 'unsaid' as const, host: 'Jo', contact: '', remind: [] },
  places: { spaces: [], areas: [], platforms: [], audience: 'residents' },
  ...{ reminded: [], startsAt: new Date(bot.clock.at + ms), postsAt: new Date(bot.clock.at - HOUR) },
})

test('a chat has a new address: no other forums of the network are read, and those that stood there are posted again', async () => {
  const { prisma } = bot.store
  await prisma.forum.createMany({ data: numbers.map(i => forum(`f${i}`, DAY + i * HOUR)) })
  const spaceId = network.spaceId('Ardwick')
  const post = { networkId: network.id, spaceId, platform: 'chat', lane: ardwick() as string, state: 'sent' as const, dueAt: null }
  await prisma.delivery.create({ data: { ...post, key: 'one', subject: 'forums_post_f7' } })
  const { forumsMoved } = await import('../../src/forums/moved.ts')
  const work = () => prisma.$transaction(tx => forumsMoved(tx, spaceId, bot.clock.now()))
  expect(await mostRows(work)).toBeLessThan(2)
  expect((await prisma.touched.findMany()).map(row => row.subject)).toEqual(['forums_post_f7'])
})

test('a forum’s host reads very many answers a page at a time, in the same order as ever', async () => {
  const { prisma } = bot.store
  const { id: hostId } = await prisma.person.findFirstOrThrow({ where: { name: 'Jo' } })
  await prisma.forum.create({ data: { ...forum('f1', DAY), hostId } })
  const answers = ['cant', 'maybe', 'coming'] as const
  await prisma.rsvp.createMany({
    data: numbers.map(i => ({ forumId: 'f1', personId: `p${i}`, answer: answers[i % 3] ?? 'maybe', needs: `Need ${i}` })),
  })
  expect(await mostRows(() => jo.forge('forums_who_f1'))).toBeLessThan(FEW)
  expect(last()).toContain('Person 002')
  expect(last()).not.toContain('Person 003')
  expect(await mostRows(() => jo.press('More'))).toBeLessThan(FEW)
  expect(await mostRows(() => jo.forge('forums_wants_f1'))).toBeLessThan(FEW)
  expect(last()).toContain('Need 2')
  await jo.press('More')
  await jo.press('More')
  await jo.press('More')
  expect(last()).toContain('Person 150: Need 150')
})

test('pictures are swept a batch at a time, and what refers to one is found by an index', async () => {
  const { prisma } = bot.store
  const picture = (i: number) => ({
    id: `pic${i}`,
    networkId: network.id,
    mime: 'image/png',
    name: 'x',
    about: 'x',
    bytes: new Uint8Array(1),
  })
  await prisma.picture.createMany({
    data: numbers.slice(0, 25).map(i => ({ ...picture(i), createdAt: new Date(bot.clock.at - 3 * DAY) })),
  })
  const view = {
    blocks: [
      { kind: 'text', text: 'x' },
      { kind: 'picture', id: 'pic13', about: 'x' },
    ],
    buttons: [],
  }
  const post = {
    networkId: network.id,
    spaceId: network.spaceId('Ardwick'),
    platform: 'chat',
    lane: 'x',
    state: 'sent' as const,
    dueAt: null,
  }
  await prisma.delivery.create({ data: { ...post, key: 'one', subject: 'x', view } })
  await prisma.forum.create({ data: { ...forum('f1', DAY), picture: { id: 'pic21', name: 'x', mime: 'image/png', about: 'x' } } })
  const { sweepPictures } = await import('../../src/pictures/picture-sweep.ts')
  let gone = 0
  const asked = await rowsRead(async () => {
    gone = await sweepPictures(
      prisma,
      bot.deps.features().flatMap(one => one.pictures),
      bot.clock.now(),
      10,
    )
  })
  expect(gone).toBe(23)
  expect(asked.filter(one => one.text.includes('"Picture"'))).toHaveLength(3)
  expect((await prisma.picture.findMany({ orderBy: { id: 'asc' } })).map(row => row.id)).toEqual(['pic13', 'pic21'])
  const plan = await prisma.$transaction(async tx => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`
    return tx.$queryRaw<object[]>`
      EXPLAIN SELECT 1 FROM "Delivery" WHERE "view" @> '{"blocks":[{"kind":"picture"}]}' AND "view" @> '{"blocks":[{"kind":"picture","id":"pic13"}]}'`
  })
  expect(JSON.stringify(plan)).toContain('Delivery_picture_idx')
})

test('of very many announcements and forums that somebody said to come to, it is said that there are more', async () => {
  const { prisma } = bot.store
  const places = { spaces: [], areas: [], platforms: [], audience: 'residents' }
  await prisma.announcement.createMany({
    data: numbers.flatMap(i =>
      [i * HOUR, -i * HOUR].map(ms => ({
        ...{ id: `n${i}${ms > 0 ? 'x' : 'y'}`, networkId: network.id, places, words: `Words ${i}` },
        postsAt: new Date(bot.clock.at + ms),
      })),
    ),
  })
  await jo.say('/announce list')
  expect(last()).toContain('More come after these.')
  expect(last()).toContain('There are older ones too.')
  const { id: personId } = await prisma.person.findFirstOrThrow({ where: { name: 'Jo' } })
  await prisma.forum.createMany({ data: numbers.slice(0, 12).map(i => forum(`f${i}`, DAY + i * HOUR)) })
  await prisma.rsvp.createMany({ data: numbers.slice(0, 12).map(i => ({ forumId: `f${i}`, personId, answer: 'coming' })) })
  await jo.say('/mine')
  expect(jo.reads().slice(-4).join('\n')).toContain('More forums come after these.')
})
