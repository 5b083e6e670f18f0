import { beforeEach, describe, expect, test } from 'vitest'
import type { SpaceRef } from '../../src/platform/adapter.ts'
import type { EventBlock, View } from '../../src/view/view.ts'
import { words as wordsOf } from '../helpers/person.ts'
import { ardwick, bot, DAY, gorton, HOUR, inTown, jo, network, posts } from '../helpers/town.ts'

inTown('Network', ['Ardwick', 'Gorton'], { botEach: true, joIn: 'Ardwick', platforms: { chat: { events: true }, plain: {} } })

/** The dates that stand for a chat. */
const dates = (space: SpaceRef = ardwick(), platform = 'chat'): readonly EventBlock[] =>
  bot
    .chat(platform)
    .shown.filter(one => one.at === space && !one.gone)
    .flatMap(one => one.view.blocks.filter(block => block.kind === 'event'))
const reads = (space = ardwick()) => posts(space).filter(one => one.view.blocks.every(block => block.kind !== 'event'))

async function forum(more: Readonly<Record<string, string>> = {}): Promise<void> {
  await jo.say('/forum Strengths | when: in 10 days | place: Library')
  for (const [part, value] of Object.entries(more)) {
    await jo.press('Time')
    await jo.submit({ when: '', length: '', announce: '', [part]: value })
  }
  await jo.press('Send to all chats')
  await jo.press('Post')
  await bot.tick()
}
async function changes(part: string, values: Readonly<Record<string, string>>): Promise<void> {
  await jo.press(part)
  await jo.submit(values)
  if (part !== 'Cancel it') await jo.press('Send it')
  await bot.tick()
}
const words = (shown: { readonly view: View } | undefined) => (shown ? wordsOf(shown.view) : '')
const rows = () => bot.store.prisma.delivery.findMany({ where: { subject: { startsWith: 'forums_event_' } }, orderBy: { id: 'asc' } })

describe('a forum in the app’s own calendar', () => {
  test('stands there beside its posts, where the app has one', async () => {
    const id = bot.deps.ids.id()
    const there = { networkId: network.id, title: 'Elsewhere', state: 'joined' as const }
    await bot.store.prisma.space.create({ data: { ...there, id, ref: 'plain:elsewhere', platform: 'plain' } })
    await forum()
    expect(dates()).toEqual([
      {
        ...{ kind: 'event', id: expect.stringMatching(/^forums_/), name: 'Strengths', place: 'Library' },
        about: expect.stringContaining('Please say so under the forum in our chat.'),
        ...{ startsAt: '2026-11-12T18:00:00.000Z', endsAt: '2026-11-12T20:00:00.000Z' },
      },
    ])
    expect(dates(gorton())).toEqual(dates())
    expect(dates('plain:elsewhere', 'plain')).toEqual([])
    expect(bot.chat('plain').shown).toHaveLength(1)
    expect(reads()).toHaveLength(1)
  })

  test('comes when it is announced, not before', async () => {
    await forum({ announce: 'in 3 days' })
    expect(dates()).toEqual([])
    await bot.later(3 * DAY + 10 * HOUR)
    expect(dates()).toHaveLength(1)
  })

  test('changes with it: its words, its time, its place; answers do not change it', async () => {
    await forum()
    await changes('Words', { theme: 'Challenges', about: 'What is hard here?', agenda: 'Welcome\nTea' })
    await changes('Time', { when: 'in 12 days', length: '3 hours', announce: '' })
    await changes('Place', { address: '', directions: 'Side door', link: 'https://meet.example/x' })
    const [date] = dates()
    expect(date).toMatchObject({ name: 'Challenges', place: 'online, by the link below', link: 'https://meet.example/x' })
    expect(date).toMatchObject({ startsAt: '2026-11-14T18:00:00.000Z', endsAt: '2026-11-14T21:00:00.000Z' })
    expect(date?.about).toContain('What is hard here?\n\n1. Welcome\n2. Tea\n\nHow to get there: Side door')
    const edits = () => bot.chat().shown.find(one => one.view.blocks[0]?.kind === 'event')?.edits
    const before = edits()
    const amina = bot.person('Amina', { started: true }).in(ardwick())
    await amina.press('I’m coming')
    await bot.tick()
    expect(edits()).toBe(before)
    expect(JSON.stringify(dates())).not.toContain('Coming')
  })

  test('is taken away when it is cancelled', async () => {
    await forum()
    await changes('Cancel it', { why: 'No heating' })
    expect(dates()).toEqual([])
    expect(dates(gorton())).toEqual([])
    expect((await rows()).map(row => row.state)).toEqual(['removed', 'removed'])
  })

  test('that is cancelled before it is announced never comes', async () => {
    await forum({ announce: 'in 3 days' })
    await changes('Cancel it', { why: '' })
    await bot.later(5 * DAY)
    expect(
      bot
        .chat()
        .shown.flatMap(one => one.view.blocks)
        .filter(block => block.kind === 'event'),
    ).toEqual([])
  })

  test('changes while it is on; those who come hear of it, and the chats', async () => {
    await forum()
    const amina = bot.person('Amina', { started: true }).in(ardwick())
    await amina.press('I’m coming')
    await bot.later(10 * DAY + 10 * HOUR)
    await changes('Place', { address: 'Mill', directions: '', link: '' })
    expect(dates()).toMatchObject([{ place: 'Mill', startsAt: '2026-11-12T18:00:00.000Z' }])
    expect(words(reads().at(-1))).toContain('“Strengths” has changed.\nPlace: Library → Mill\nThis holds now:')
    expect(amina.alone.reads().at(-1)).toContain('Place: Mill')
    await changes('Time', { when: '', length: '3 hours', announce: '' })
    expect(dates()).toMatchObject([{ endsAt: '2026-11-12T21:00:00.000Z' }])
  })

  test('stays as it was once it is over', async () => {
    await forum()
    await bot.later(10 * DAY + 12 * HOUR)
    expect(dates()).toHaveLength(1)
    await bot.store.prisma.touched.createMany({ data: (await rows()).map(({ subject }) => ({ subject })) })
    await bot.tick()
    expect((await rows()).map(row => [row.state, row.dueAt])).toEqual([
      ['sent', null],
      ['sent', null],
    ])
  })

  test('of the steering group does not stand there: all who see the app’s calendar would', async () => {
    await bot.store.prisma.space.update({ where: { id: network.spaceId('Gorton') }, data: { audience: 'steering' } })
    await jo.say('/forum Talk with the landlord | when: in 10 days')
    await jo.press('Choose single chats')
    await jo.press('Gorton')
    await jo.press('Ardwick')
    await jo.press('Back')
    await jo.press('Post')
    await bot.tick()
    expect(reads(gorton())).toHaveLength(1)
    expect(await rows()).toEqual([])
  })

  test('comes to a chat that joins later, with the forum', async () => {
    await forum()
    const id = bot.deps.ids.id()
    await bot.store.prisma.space.create({
      data: { id, networkId: network.id, ref: 'chat:hulme', platform: 'chat', title: 'Hulme', state: 'joined' },
    })
    const { id: forumId } = await bot.store.prisma.forum.findFirstOrThrow()
    await jo.alone.forge(`forums_offer_${forumId}_${id}`)
    await bot.tick()
    expect(dates('chat:hulme')).toHaveLength(1)
  })
})

describe('where the bot may not put it', () => {
  beforeEach(() => {
    const { send } = bot.chat()
    bot.chat().send = async (to, view, ...more) =>
      allowed || view.blocks[0]?.kind !== 'event' ? send(to, view, ...more) : { no: refusal, why: 'no right' }
    allowed = false
    refusal = 'forbidden'
  })
  let allowed = false
  let refusal: 'forbidden' | 'gone' | 'refused' = 'forbidden'

  test.each(['forbidden', 'gone', 'refused'] as const)('(%s) the post stands, and nobody hears a word of it', async no => {
    refusal = no
    await forum()
    expect(reads()).toHaveLength(1)
    const card = await jo.say('/forum show')
    expect(card.text).not.toContain('could not be posted')
    const spaces = await bot.store.prisma.space.findMany()
    expect(spaces.map(({ state, trouble }) => [state, trouble])).toEqual([
      ['joined', null],
      ['joined', null],
    ])
    await bot.later(HOUR / 2)
    expect((await jo.alone.say('/network')).text).not.toMatch(/did not arrive|could not|wait/)
    await changes('Words', { theme: 'Challenges', about: '', agenda: '' })
    expect(reads()[0]?.view.brief).toContain('Challenges')
    expect(jo.alone.reads().join()).not.toMatch(/cannot post|deleted/)
  })

  test('it comes within the hour once it may, with the newest words', async () => {
    await forum()
    await changes('Words', { theme: 'Challenges', about: '', agenda: '' })
    allowed = true
    await bot.later(HOUR)
    expect(dates().map(date => date.name)).toEqual(['Challenges'])
  })

  test('it is given up when the forum begins', async () => {
    await forum()
    await bot.later(10 * DAY + 10 * HOUR)
    expect((await rows()).map(row => row.state)).toEqual(['missed', 'missed'])
    expect(jo.alone.reads().join()).not.toContain('Ardwick')
  })
})
