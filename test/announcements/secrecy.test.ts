import { beforeEach, expect, test } from 'vitest'
import type { Event } from '../../src/platform/adapter.ts'
import { tokensOf, ways } from '../helpers/doors.ts'
import type { Heard, Someone } from '../helpers/person.ts'
import { GARDEN, sent } from '../helpers/samples.ts'
import { bot, count, inTown, jo, network } from '../helpers/town.ts'

// Long: every action of an announcement, with every id that could stand in it, by everybody who may not do it.

const SECRET = 'The council visits on Monday'

inTown('Network', ['Ardwick'])
beforeEach(async () => {
  await jo.say(`/announce ${SECRET} | when: tomorrow 9am`)
  await jo.press('Post')
  await jo.say(`/announce ${SECRET} again | when: every day at 6pm`)
  await jo.press('Post')
  await jo.press('Change how often')
  await jo.submit({ repeat: 'every day at 7pm' })
  await jo.say(`/announce ${SECRET} too`)
})

const ownDraft = () => bot.store.prisma.draft.findFirstOrThrow({ where: { networkId: network.id, feature: 'announcements' } })

async function standing(): Promise<string> {
  const { prisma } = bot.store
  const of = { where: { networkId: network.id } }
  return JSON.stringify([
    await prisma.announcement.findMany(of),
    await prisma.announcementSeries.findMany(of),
    await prisma.draft.findMany(of),
    await prisma.delivery.findMany({
      where: { networkId: network.id, spaceId: { not: null } },
      select: { key: true, state: true, runAt: true },
    }),
  ])
}

async function attack(who: Someone): Promise<readonly Heard[]> {
  const { prisma } = bot.store
  const of = { where: { networkId: network.id } }
  const [one, draft, series, rule, space] = [
    await prisma.announcement.findFirstOrThrow(of),
    await ownDraft(),
    await prisma.announcementSeries.findFirstOrThrow(of),
    await prisma.draft.findFirstOrThrow({ where: { networkId: network.id, feature: { not: 'announcements' } } }),
    network.spaceId(`Ardwick ${count}`),
  ]
  const heard: Heard[] = []
  const fetched: string[] = []
  const ids = [one.id, draft.id, series.id, network.id]
  const date = String((series.nextAt?.getTime() ?? 0) / 1000)
  for (const way of ways(bot.bot.features).filter(({ feature }) => feature === 'announcements')) {
    for (const token of ids.flatMap(id => tokensOf(way, id, [space, rule.id, date]).slice(0, 2))) {
      // Slowly enough to be listened to.
      bot.clock.at += 1_000
      heard.push(await (way.kind === 'form' ? who.does(sentBack(token, fetched)) : who.forge(token)))
    }
  }
  // Nobody makes us fetch what they may not bring.
  expect(fetched).toEqual([])
  return heard
}

/** A form that was never opened, with a picture. */
function sentBack(form: string, fetched: string[]): Event {
  const values = { words: 'Mine', link: '', when: 'in 2 hours', repeat: 'every day at 5', about: 'Mine' }
  return { kind: 'submit', form, values, files: { picture: sent(GARDEN, fetched) } }
}

test('a coordinator of another network sees and changes nothing, whatever they press or send', async () => {
  const other = await bot.network(`Other ${count}`, [`Moss ${count}`])
  const mallory = bot.person(`Mallory ${count}`)
  await bot.grant(other, mallory, 'coordinator')
  const before = await standing()
  const heard = [...(await attack(mallory)), ...(await attack(mallory.in(other.space(`Moss ${count}`))))]
  expect(await standing()).toBe(before)
  expect(heard.filter(({ text }) => /council visits|Something went wrong|That was a lot/.test(text))).toEqual([])
  // A form of theirs may end as a draft of their own; it goes nowhere else.
  expect(heard.filter(({ text }) => text.includes(`Ardwick ${count}`))).toEqual([])
  expect(await bot.store.prisma.announcement.count({ where: { networkId: other.id } })).toBe(0)
})

test('nor does a resident, nor somebody who was a coordinator a second ago', async () => {
  const amina = bot.person(`Amina ${count}`).in(network.space(`Ardwick ${count}`))
  const before = await standing()
  const heard = [...(await attack(amina))]
  await bot.store.prisma.grant.deleteMany({ where: { person: { networkId: network.id } } })
  heard.push(...(await attack(jo)))
  expect(await standing()).toBe(before)
  expect(heard.filter(({ text }) => /council visits|Something went wrong|That was a lot/.test(text))).toEqual([])
})

test('a second coordinator manages what stands, but not another’s draft', async () => {
  const kay = bot.person(`Kay ${count}`)
  await bot.grant(network, kay, 'coordinator')
  const draft = await ownDraft()
  expect((await kay.forge(`announcements_post_${draft.id}`)).text).toContain('This draft is not here any more.')
  expect((await kay.forge(`announcements_draft_${draft.id}`)).text).not.toContain(SECRET)
  expect((await kay.say('/announce now')).text).toContain('It goes out now.')
})

test.each([
  'announcements',
  'announcements_constructor_x',
  'announcements_post',
  'announcements_where___proto__',
  'announcements_set_x_pin',
  'announcements_list',
  'announcements_chats_x_9e9',
])('%s is refused in plain words', async token => {
  expect((await jo.forge(token)).text).toMatch(/not in use any more|not here any more/)
  expect((await jo.forgeForm(token, {})).text).toMatch(/not in use any more|not here any more/)
})

test('a poll’s draft is no announcement, and the other way round', async () => {
  await jo.in(network.space(`Ardwick ${count}`)).say('/poll')
  await jo.in(network.space(`Ardwick ${count}`)).submit({ question: 'Which day?', options: 'A\nB', closes: '' })
  const [poll, mine] = await Promise.all(
    ['polls', 'announcements'].map(feature => bot.store.prisma.draft.findFirstOrThrow({ where: { networkId: network.id, feature } })),
  )
  expect((await jo.forge(`announcements_post_${poll?.id}`)).text).toContain('not here any more')
  expect((await jo.forge(`polls_post_${mine?.id}`)).text).toContain('not here any more')
})

test('what is held is said, exported, and goes with the network', async () => {
  const mine = await jo.say('/mine')
  expect(mine.text).toContain('That you made 1 announcement.')
  expect(mine.text).toContain('1 announcement that you are setting up.')
  await jo.say('/guide')
  await jo.press('I organise')
  expect((await jo.press('Next')).text).toContain('write /announce')
  const exported = await jo.say('/network export')
  const file = exported.views.flatMap(view => view.blocks).find(block => block.kind === 'file')
  const data = JSON.parse(file && 'text' in file ? file.text : '{}') as {
    announcements: { words: string; posts: { state: string }[] }[]
    announcementSeries: { words: string }[]
  }
  expect(data.announcementSeries).toMatchObject([{ words: `${SECRET} again` }])
  expect(data.announcements).toMatchObject([{ words: SECRET, posts: [{ state: 'waiting' }] }])
  const kay = bot.person(`Kay ${count}`)
  await bot.grant(network, kay, 'coordinator')
  await jo.say('/network delete')
  await jo.press('Ask to delete it')
  await kay.say('/network delete')
  await kay.press('Yes, delete everything')
  await bot.tick()
  expect(await bot.store.prisma.network.count({ where: { id: network.id } })).toBe(0)
  expect(await bot.store.prisma.announcement.count({ where: { networkId: network.id } })).toBe(0)
  await bot.later(2 * 86_400_000)
  const there = bot.chat().shown.filter(one => one.only === undefined && one.at === network.space(`Ardwick ${count}`))
  expect(JSON.stringify(there)).not.toContain(SECRET)
})
