import { expect, test } from 'vitest'
import { namesOf, tokensOf, ways } from '../helpers/doors.ts'
import { LONG_MS } from '../helpers/patience.ts'
import type { Heard, Someone } from '../helpers/person.ts'
import { ardwick, bot, count, inTown, jo, network } from '../helpers/town.ts'

// Long: every action of a forum, with every id that could stand in it, by everybody who must see nothing.

const SECRET = 'Meeting with the landlord'
const NEED = 'I use a wheelchair'

inTown('Network', ['Ardwick'], { joIn: 'Ardwick' })

const only = () => bot.store.prisma.forum.findFirstOrThrow({ where: { networkId: network.id } })

/** A forum that nobody but coordinators may know of yet. */
async function planned(): Promise<void> {
  await jo.say(`/forum ${SECRET} | when: in 20 days`)
  await jo.press('Time')
  await jo.submit({ when: '', length: '', announce: 'in 10 days' })
  await jo.press('Send to all chats')
  await jo.press('Post')
  await jo.say(`/forum ${SECRET} again`)
}

/** A forum that everybody knows, with an answer and a need. */
async function posted(): Promise<Someone> {
  await jo.say('/forum Strengths | when: in 20 days')
  await jo.press('Send to all chats')
  await jo.press('Post')
  await bot.tick()
  const amina = bot.person(`Amina ${count}`, { started: true }).in(ardwick())
  await amina.press('I’m coming')
  await amina.press('I need')
  await amina.submit({ needs: NEED })
  return amina
}

async function standing(): Promise<string> {
  const { prisma } = bot.store
  const of = { where: { networkId: network.id } }
  return JSON.stringify([
    await prisma.forum.findMany(of),
    await prisma.draft.findMany(of),
    await prisma.rsvp.findMany({ where: { forum: { networkId: network.id } }, orderBy: { personId: 'asc' } }),
    await prisma.poll.count(of),
    await prisma.delivery.count({ where: { networkId: network.id, spaceId: { not: null } } }),
  ])
}

async function attack(who: Someone): Promise<readonly Heard[]> {
  const one = await only()
  const draft = await bot.store.prisma.draft.findFirst({ where: { networkId: network.id } })
  const space = network.spaceId(`Ardwick ${count}`)
  const draftId = draft?.id ?? 'x'
  const values = {
    theme: 'Mine',
    when: 'in 3 days',
    first: 'in 3 days',
    why: 'Ha',
    notes: 'Ha',
    outcomes: 'Ha',
    needs: 'Ha',
    capacity: '1',
  }
  const heard: Heard[] = []
  for (const way of ways(bot.bot.features).filter(({ feature }) => feature === 'forums')) {
    for (const token of [one.id, draftId].flatMap(id => tokensOf(way, id, [space]).slice(0, 2))) {
      // Slowly enough to be listened to.
      bot.clock.at += 1_000
      heard.push(await (way.kind === 'form' ? who.forgeForm(token, values) : who.forge(token)))
    }
  }
  return heard
}

const wrong = (heard: readonly Heard[], words: RegExp) => heard.filter(({ text }) => words.test(text)).map(one => one.text)

test('the actions are found', () => {
  const actions = namesOf(bot.bot.features, 'forums')
  expect(actions).toEqual(
    expect.arrayContaining(['go', 'mine', 'needs', 'who', 'wants', 'post', 'stop', 'in', 'offer', 'file', 'host', 'summary']),
  )
  expect(actions.length).toBeGreaterThan(35)
})

test('nobody hears of a forum before it is announced, whatever they press or send', { timeout: LONG_MS }, async () => {
  await planned()
  const before = await standing()
  const other = await bot.network(`Other ${count}`, [`Moss ${count}`])
  const mallory = bot.person(`Mallory ${count}`)
  await bot.grant(other, mallory, 'coordinator')
  const amina = bot.person(`Amina ${count}`).in(ardwick())
  const heard = [...(await attack(mallory.in(other.space(`Moss ${count}`)))), ...(await attack(amina))]
  expect(await standing()).toBe(before)
  expect(wrong(heard, /landlord|Something went wrong|That was a lot/)).toEqual([])
  await bot.store.prisma.grant.deleteMany({ where: { person: { networkId: network.id } } })
  expect(wrong(await attack(jo), /landlord|Something went wrong|That was a lot/)).toEqual([])
  expect(await standing()).toBe(before)
})

test('a resident sees no name and no need of anybody else, and changes nothing but their own answer', { timeout: LONG_MS }, async () => {
  await posted()
  const bo = bot.person(`Bo ${count}`, { started: true }).in(ardwick())
  const heard = await attack(bo)
  expect(wrong(heard, /Amina|wheelchair|Something went wrong|That was a lot/)).toEqual([])
  const rows = await bot.store.prisma.rsvp.findMany({ where: { forum: { networkId: network.id } }, include: { person: true } })
  expect(rows.find(row => row.person.name === `Amina ${count}`)).toMatchObject({ answer: 'coming', needs: NEED })
  expect(await only()).toMatchObject({ state: 'standing', theme: 'Strengths', notes: '', pollId: null, came: 0 })
})

test('a forum of the steering group is not for residents', async () => {
  await jo.say(`/forum ${SECRET} | when: in 20 days`)
  const space = await bot.store.prisma.space.findFirstOrThrow({ where: { networkId: network.id } })
  await bot.store.prisma.space.update({ where: { id: space.id }, data: { audience: 'steering' } })
  await jo.press('Which chats')
  await jo.press('steering chats')
  await jo.press('Back')
  await jo.press('Post')
  await bot.store.prisma.space.update({ where: { id: space.id }, data: { audience: 'residents' } })
  await bot.tick()
  const public_ = bot.chat().shown.filter(one => one.only === undefined && one.at === ardwick())
  expect(JSON.stringify(public_)).not.toContain(SECRET)
  const amina = bot.person(`Amina ${count}`).in(ardwick())
  expect((await amina.say('/forum')).text).toContain('No forums are planned.')
  expect((await amina.forge(`forums_file_${(await only()).id}`)).text).toContain('not here')
})

test.each(['forums', 'forums_constructor_x', 'forums_post', 'forums_set___proto__', 'forums_party_x_9e9', 'forums_list', 'forums_in_x'])(
  '%s is refused in plain words',
  async token => {
    expect((await jo.forge(token)).text).toMatch(/not in use any more|not here|does not open/)
    expect((await jo.forgeForm(token, {})).text).toMatch(/not in use any more|not here|does not open/)
  },
)

test('what is held is said, exported without names and needs, and goes with the network', async () => {
  const amina = await posted()
  const mine = await amina.say('/mine')
  expect(mine.text).toContain('Your answer to 1 forum.')
  expect(mine.text).toContain('What you need at 1 forum.')
  const file = (await jo.say('/network export')).views.flatMap(view => view.blocks).find(block => block.kind === 'file')
  const exported = file && 'text' in file ? file.text : ''
  expect(JSON.parse(exported)).toMatchObject({ forums: [{ theme: 'Strengths', coming: 1 }] })
  expect(exported).not.toContain(NEED)
  await bot.store.prisma.network.delete({ where: { id: network.id } })
  expect(await bot.store.prisma.rsvp.count({ where: { forum: { networkId: network.id } } })).toBe(0)
})
