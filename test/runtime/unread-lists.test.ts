import { expect, test } from 'vitest'
import type { Log } from '../../src/base/log.ts'
import { sentence } from '../../src/view/make.ts'
import { bot, DAY, HOUR, inTown, jo, network, resident } from '../helpers/town.ts'

const logged: object[] = []
const log: Log = { debug() {}, info() {}, warn() {}, error: data => void logged.push(data) }

inTown('Network', ['Ardwick', 'Gorton'], { botEach: true, log, publicUrl: 'https://moot.example' })

const BROKEN = { places: { spaces: [] } }

/** Two forums; the one on challenges cannot be read any more. */
async function forums(): Promise<string> {
  await jo.say('/forum Strengths | when: Tuesday 6pm | place: Grange Community Centre')
  await jo.press('Post')
  await jo.say('/forum Challenges | when: Tuesday 7pm | place: The library')
  await jo.press('Post')
  const { id } = await bot.store.prisma.forum.findFirstOrThrow({ where: { theme: 'Challenges' } })
  await bot.store.prisma.forum.update({ where: { id }, data: BROKEN })
  logged.length = 0
  return id
}

const last = (who = jo) => who.reads().at(-1) ?? ''

test('a forum that cannot be read is left out of the list, and coordinators read that one is', async () => {
  const id = await forums()
  await jo.say('/forum list')
  expect(last()).toContain('Strengths')
  expect(last()).not.toContain('Challenges')
  expect(last()).toContain('1 could not be read.')
  expect(logged).toContainEqual({ table: 'Forum', row: id, why: 'ZodError' })
  expect(JSON.stringify(logged)).not.toContain('Challenges')
  const amina = resident('Amina')
  await amina.say('/forum list')
  expect(last(amina)).toContain('Strengths')
  expect(last(amina)).not.toContain('could not be read')
})

test('asked for by itself it says so in plain words to coordinators, and is unknown to all others', async () => {
  const id = await forums()
  await jo.forge(`forums_show_${id}`)
  expect(last()).toContain('I have kept this, but I cannot read it any more.')
  await jo.forge(`forums_who_${id}`)
  expect(last()).toContain('I have kept this, but I cannot read it any more.')
  const amina = resident('Amina')
  await amina.forge(`forums_show_${id}`)
  expect(last(amina)).toContain('This forum is not here, or not for this chat.')
})

test('whoever said to come still reads all else that is theirs', async () => {
  const amina = resident('Amina')
  await jo.say('/forum Strengths | when: Tuesday 6pm | place: Grange Community Centre')
  await jo.press('Post')
  await jo.say('/forum Challenges | when: Tuesday 7pm | place: The library')
  await jo.press('Post')
  const { prisma } = bot.store
  for (const { id } of await prisma.forum.findMany()) await amina.forge(`forums_go_${id}`)
  await prisma.forum.updateMany({ where: { theme: 'Challenges' }, data: BROKEN })
  await amina.say('/mine')
  const mine = amina.reads().join('\n')
  expect(mine).toContain('Strengths')
  expect(last(amina)).not.toContain('Something went wrong')
})

test('the calendar shows the others, and an export has the row as it stands, marked', async () => {
  const id = await forums()
  const { prisma } = bot.store
  const now = bot.clock.now().getTime()
  const ask = { networkId: network.id, from: new Date(now), to: new Date(now + 30 * DAY), of: { kind: 'planned' } } as const
  const { forumsFeature } = await import('../../src/forums/feature.ts')
  const there = await forumsFeature(bot.deps).calendar(prisma, ask)
  expect(there.map(one => one.name)).toEqual(['Strengths'])
  const file = await prisma.$transaction(tx => forumsFeature(bot.deps).forExport(tx, network.id))
  const rows = file['forums'] as { id: string; theme: string; unreadable?: true; places: unknown }[]
  expect(rows.map(row => [row.theme, row.unreadable])).toEqual([
    ['Strengths', undefined],
    ['Challenges', true],
  ])
  expect(rows.find(row => row.id === id)?.places).toEqual({ spaces: [] })
})

test('an announcement and a series that cannot be read: the list, the calendar and the export have all others', async () => {
  const { prisma } = bot.store
  const common = { networkId: network.id, places: { spaces: [], areas: [], platforms: [], audience: 'residents' } }
  const at = (hours: number) => new Date(bot.clock.at + hours * HOUR)
  await prisma.announcement.createMany({
    data: [
      { ...common, id: 'garden', words: 'The garden opens', postsAt: at(2) },
      { ...common, ...BROKEN, id: 'library', words: 'The library closes', postsAt: at(3) },
    ],
  })
  const weekly = {
    ...common,
    rule: 'FREQ=WEEKLY',
    start: '2026-11-10T18:30',
    zone: 'Europe/London',
    doneTo: at(0),
    nextAt: at(30),
    changedAt: at(0),
  }
  await prisma.announcementSeries.createMany({
    data: [
      { ...weekly, id: 'bins', words: 'Bins go out' },
      { ...weekly, id: 'choir', words: 'Choir sings', moved: [] },
    ],
  })
  await jo.say('/announce list')
  expect(last()).toContain('The garden opens')
  expect(last()).toContain('Bins go out')
  expect(last()).not.toContain('The library closes')
  expect(last()).not.toContain('Choir sings')
  expect(last()).toContain('2 could not be read.')
  await jo.forge('announcements_show_library')
  expect(last()).toContain('I have kept this, but I cannot read it any more.')
  await jo.forge('announcements_series_choir')
  expect(last()).toContain('I have kept this, but I cannot read it any more.')
  const { announcementsFeature } = await import('../../src/announcements/feature.ts')
  const ask = { networkId: network.id, from: at(0), to: at(40), of: { kind: 'planned' } } as const
  const shown = await announcementsFeature(bot.deps).calendar(prisma, ask)
  expect(shown.map(one => one.name)).toContain('The garden opens')
  expect(shown.map(one => one.name)).not.toContain('The library closes')
  const file = await prisma.$transaction(tx => announcementsFeature(bot.deps).forExport(tx, network.id))
  expect(JSON.stringify(file)).toContain('"unreadable":true')
  expect(JSON.stringify(file)).toContain('The library closes')
})

test('a draft, a question that is asked and words that waited, none of which can be read, stop nobody', async () => {
  const { prisma } = bot.store
  await jo.say('/forum Strengths | when: Tuesday 6pm | place: Grange Community Centre')
  const draft = await prisma.draft.findFirstOrThrow()
  await prisma.draft.update({ where: { id: draft.id }, data: { data: { theme: 7 } } })
  await jo.press('Post')
  expect(last()).toContain('I have kept this, but I cannot read it any more.')
  const { ref: identityRef } = await prisma.identity.findFirstOrThrow({ where: { name: 'Jo' } })
  const wait = (id: string, view: object) => ({ id, identityRef, view, createdAt: new Date(bot.clock.at) })
  const good = sentence('en', 'Your poll is closed.')
  await prisma.waiting.createMany({ data: [wait('w1', { words: 'x' }), wait('w2', JSON.parse(JSON.stringify(good)))] })
  await prisma.asking.create({
    data: { identityRef, place: 'private', form: { fields: 'none' }, answers: {}, step: 0, expiresAt: new Date(bot.clock.at + HOUR) },
  })
  await jo.say('/guide')
  expect(jo.reads().join('\n')).toContain('Your poll is closed.')
  await jo.say('Hello?')
  expect(last()).not.toContain('Something went wrong')
  expect(await prisma.asking.count()).toBe(0)
})
