import { bot, DAY, jo, network, resident } from '../helpers/town.ts'

/** Something of everything in Jo's network, which has Ardwick (residents) and Steering. */

export interface Furnished {
  readonly ids: Readonly<Record<Name, string>>
  /** What must not be read by whoever may not know of it, by its name. */
  readonly secrets: Readonly<Record<Name, string>>
}

export const NAMES = [
  ...(['open poll', 'steering poll', 'scheduled poll', 'poll draft'] as const),
  ...(['posted announcement', 'planned announcement', 'series', 'announcement draft'] as const),
  ...(['known forum', 'steering forum', 'planned forum', 'forum draft'] as const),
] as const
export type Name = (typeof NAMES)[number]

const SECRETS: Readonly<Record<Name, string>> = {
  'open poll': 'Which bench',
  'steering poll': 'Which landlord',
  'scheduled poll': 'Which councillor',
  'poll draft': 'Which budget',
  'posted announcement': 'The library opens',
  'planned announcement': 'The mayor comes',
  series: 'Litter every week',
  'announcement draft': 'The school closes',
  'known forum': 'Our strengths',
  'steering forum': 'The bailiffs',
  'planned forum': 'The eviction',
  'forum draft': 'The rent strike',
}

/** Makes all of it. `steering`: the area whose chat is the steering group's. */
export async function furnish(area: (name: string) => string, steering: string): Promise<Furnished> {
  const { prisma } = bot.store
  await prisma.space.update({ where: { id: network.spaceId(area(steering)) }, data: { audience: 'steering' } })
  const here = jo.in(network.space(area('Ardwick')))
  const group = jo.in(network.space(area(steering)))
  await here.say(`/poll ${SECRETS['open poll']} | Old | New | Both`)
  await group.say(`/poll ${SECRETS['steering poll']} | One | Two | Three`)
  await scheduled(SECRETS['scheduled poll'])
  await jo.forgeForm('polls_new', { question: SECRETS['poll draft'], options: 'A\nB', closes: '' })
  for (const [words, when] of [
    [SECRETS['posted announcement'], ''],
    [SECRETS['planned announcement'], ' | when: in 3 days'],
    [SECRETS.series, ' | when: every Monday at 6pm'],
  ]) {
    await jo.say(`/announce ${words}${when}`)
    await jo.press('Post')
  }
  await jo.say(`/announce ${SECRETS['announcement draft']}`)
  await jo.say(`/forum ${SECRETS['known forum']} | when: in 20 days`)
  await jo.press('Post')
  await jo.say(`/forum ${SECRETS['planned forum']} | when: in 20 days`)
  await jo.forgeForm(`forums_time_${await draftOf('forums')}`, { when: 'in 20 days', length: '', announce: 'in 10 days' })
  await jo.press('Post')
  await group.say(`/forum ${SECRETS['steering forum']} | when: in 20 days`)
  await jo.forge(`forums_where_${await draftOf('forums')}_audience_steering`)
  await group.press('Post')
  await jo.say(`/forum ${SECRETS['forum draft']} | when: in 20 days`)
  await bot.tick()
  const amina = resident('Amina', network.space(area('Ardwick')))
  await amina.press('Old')
  await amina.press('I’m coming')
  await bot.later(60_000)
  return { ids: await idsOf(), secrets: SECRETS }
}

/** A poll that opens the day after tomorrow. */
async function scheduled(question: string): Promise<void> {
  await jo.forgeForm('polls_new', { question, options: 'A\nB', closes: '' })
  await jo.forgeForm(`polls_opens_${await draftOf('polls')}`, { when: 'in 2 days' })
  await jo.press('Post')
}

/** The id of the only draft that there is of a feature. */
async function draftOf(feature: string): Promise<string> {
  const { id } = await bot.store.prisma.draft.findFirstOrThrow({ where: { networkId: network.id, feature } })
  return id
}

async function idsOf(): Promise<Readonly<Record<Name, string>>> {
  const { prisma } = bot.store
  const of = { where: { networkId: network.id } }
  const polls = await prisma.poll.findMany(of)
  const announcements = await prisma.announcement.findMany(of)
  const forums = await prisma.forum.findMany(of)
  const drafts = (await prisma.draft.findMany(of)).map(row => ({ id: row.id, words: JSON.stringify(row.data) }))
  const series = await prisma.announcementSeries.findMany(of)
  const all = [
    ...polls.map(one => ({ id: one.id, words: one.question })),
    ...announcements.map(one => ({ id: one.id, words: one.words })),
    ...series.map(one => ({ id: one.id, words: one.words })),
    ...forums.map(one => ({ id: one.id, words: one.theme })),
    ...drafts,
  ]
  const idOf = (name: Name): string => {
    const found = all.filter(one => one.words.includes(SECRETS[name]))
    if (found.length !== 1) throw new Error(`There are ${found.length} of “${name}”.`)
    return found[0]?.id ?? ''
  }
  return Object.fromEntries(NAMES.map(name => [name, idOf(name)])) as Record<Name, string>
}

/** Long enough between two acts that nobody is refused for haste. */
export function breathe(): void {
  bot.clock.at += DAY / 86_400 / 2
}
