import type { Ctx } from '../feature/context.ts'
import type { Section } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import type { Tx } from '../store/tx.ts'
import { sentence } from '../view/make.ts'
import { feedsOf } from './members.ts'
import { linkLine } from './view.ts'

/** What the calendar holds about people, and what an export gets: never a secret, nor its hash. */

/** The way to one's links, for whoever has some. */
export async function linkSection({ tx, network, person, speech }: Ctx): Promise<readonly Section[]> {
  const n =
    network && person ? await tx.feed.count({ where: { personId: person.id, OR: [{ endsAt: null }, { endsAt: { gt: speech.now } }] } }) : 0
  if (!network || n === 0) return []
  const { t, locale } = speech.texts
  const button = { label: t('calendar-do-mine'), token: token('calendar', 'feed', network.id) }
  return [{ view: sentence(locale, t('calendar-mine', { n }), [[button]]) }]
}

export async function personalDataLines(ctx: Ctx): Promise<readonly string[]> {
  const { network, person, speech } = ctx
  if (!network || !person) return []
  const mine = await feedsOf(ctx, person.id)
  return mine.map(one => speech.texts.t('calendar-held', { line: linkLine(one, network, speech) }))
}

/** All links of a network, oldest first: what they show, not whose they are. */
export async function exportFeeds(tx: Tx, networkId: string): Promise<Readonly<Record<string, unknown>>> {
  const calendarLinks = await tx.feed.findMany({
    where: { networkId },
    select: { kind: true, areaId: true, createdAt: true, endsAt: true, usedAt: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return { calendarLinks }
}
