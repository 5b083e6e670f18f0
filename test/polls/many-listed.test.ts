import { expect, test } from 'vitest'
import { ardwick, bot, DAY, inTown, jo, network, resident } from '../helpers/town.ts'

inTown('Network', ['Ardwick'], { botEach: true })

/** So many open polls, the first the oldest. */
async function polls(n: number): Promise<void> {
  const { prisma } = bot.store
  const at = (i: number) => new Date(bot.clock.at - DAY + i * 1_000)
  const ids = Array.from({ length: n }, (_, i) => i + 1)
  await prisma.poll.createMany({
    data: ids.map(i => ({
      id: `p${i}`,
      networkId: network.id,
      state: 'open',
      question: `Question ${i}?`,
      secret: false,
      createdAt: at(i),
    })),
  })
  await prisma.pollSpace.createMany({ data: ids.map(i => ({ pollId: `p${i}`, spaceId: network.spaceId('Ardwick') })) })
  await prisma.option.createMany({
    data: ids.flatMap(i => ['Buses', 'Parks'].map((text, n) => ({ pollId: `p${i}`, number: n + 1, text }))),
  })
}

test('of very many polls the newest are listed, and that there are more is said; an old one is found by its words', async () => {
  await polls(150)
  const amina = resident('Amina')
  await amina.say('/poll list')
  const listed = amina.reads().at(-1) ?? ''
  expect(listed).toContain('Question 150?')
  expect(listed).not.toContain('Question 130?')
  expect(listed).toContain('There are older polls too.')
  await amina.say('/poll show question 7?')
  expect(amina.reads().at(-1)).toContain('Question 7?')
  await amina.say('/mine')
  expect(amina.reads().at(-1)).toContain('There are older polls too.')
})

test('of very many forums the ones that come next can be named, not those of three months ago', async () => {
  const { prisma } = bot.store
  const forum = (id: string, theme: string, ms: number) => ({
    ...{ id, networkId: network.id, theme, about: '', agenda: [], support: [], outcomes: [], minutes: 60, zone: 'Europe/London' },
    ...{ address: 'The library', directions: '', stepFree: 'unsaid' as const, host: 'Jo', contact: '', remind: [], reminded: [] },
    places: { spaces: [], areas: [], platforms: [], audience: 'residents' },
    ...{ startsAt: new Date(bot.clock.at + ms), postsAt: new Date(bot.clock.at - 100 * DAY) },
  })
  await prisma.forum.createMany({ data: Array.from({ length: 120 }, (_, i) => forum(`old${i}`, `Old ${i}`, -80 * DAY + i * 60_000)) })
  await prisma.forum.create({ data: forum('next', 'Strengths', DAY) })
  const coming = jo.in(ardwick())
  await coming.say('/forum show Strengths')
  expect(coming.reads().at(-1)).toContain('Strengths')
  await prisma.forum.createMany({ data: Array.from({ length: 12 }, (_, i) => forum(`new${i}`, `New ${i}`, (i + 2) * DAY)) })
  await coming.say('/forum list')
  expect(coming.reads().at(-1)).toContain('More forums come after these.')
})
