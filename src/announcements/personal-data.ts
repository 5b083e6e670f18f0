import { markUnread, type Source } from '../base/readable.ts'
import { isMeant } from '../community/audience.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { Tx } from '../store/tx.ts'
import { sentence } from '../view/make.ts'
import type { Button, View } from '../view/view.ts'
import { loadAnnouncements, postsOf, wholeAnnouncement } from './announcement.ts'
import { nameOf } from './domain.ts'
import { wholeSeries } from './series.ts'

/** What announcements hold about people, what an export gets, what a new chat is offered. When a network goes, its announcements go with its row. */

/** How many a new chat is offered. */
const OFFERED = 10

/** Lines for "what is held about me". */
export async function personalDataLines(ctx: Ctx): Promise<readonly string[]> {
  if (!ctx.person) return []
  const { t } = ctx.speech.texts
  const { id: personId, networkId } = ctx.person
  const made = await ctx.tx.announcement.count({ where: { networkId, createdBy: personId, seriesId: null } })
  const series = await ctx.tx.announcementSeries.count({ where: { networkId, createdBy: personId } })
  const drafts = await ctx.tx.draft.count({ where: { personId, feature: 'announcements' } })
  return [
    ...(made > 0 ? [t('announcements-held-made', { n: made })] : []),
    ...(series > 0 ? [t('series-held-made', { n: series })] : []),
    ...(drafts > 0 ? [t('announcements-held-drafts', { n: drafts })] : []),
  ]
}

/** All announcements of a network, oldest first. */
export async function exportAnnouncements(tx: Tx, networkId: string): Promise<Readonly<Record<string, unknown>>> {
  const all = await tx.announcement.findMany({ where: { networkId }, orderBy: [{ postsAt: 'asc' }, { id: 'asc' }] })
  const rows = await tx.delivery.findMany({
    where: { networkId, subject: { startsWith: 'announcements_post_' } },
    select: { subject: true, spaceId: true, state: true, sentAt: true },
    orderBy: { id: 'asc' },
  })
  const posts = new Map<string, { spaceId: string | null; state: string; sentAt: Date | null }[]>()
  for (const { subject, ...post } of rows) {
    const known = posts.get(subject)
    if (known) known.push(post)
    else posts.set(subject, [post])
  }
  const series = await tx.announcementSeries.findMany({
    where: { networkId },
    orderBy: [{ nextAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
  })
  return {
    announcementSeries: markUnread(series, wholeSeries).map(({ networkId: _, dueAt: __, ...one }) => one),
    announcements: markUnread(all, wholeAnnouncement).map(({ checkAt: _, networkId: __, ...one }) => ({
      ...one,
      posts: posts.get(postsOf(one.id)) ?? [],
    })),
  }
}

/**
 * A chat that joins gets no single announcement by itself: what is still to come, and meant for chats like it, is offered to a coordinator. A series finds it
 * at its next date.
 */
export async function offers(source: Source<Tx>, spaceId: string, speech: Speech): Promise<readonly View[]> {
  const { tx } = source
  const space = await tx.space.findUniqueOrThrow({ where: { id: spaceId } })
  const coming = await loadAnnouncements(
    source,
    { networkId: space.networkId, state: 'standing', postsAt: { gt: speech.now } },
    { first: 'asc', most: 100 },
  )
  const there = await tx.delivery.findMany({
    where: { spaceId, subject: { in: coming.map(one => postsOf(one.id)) } },
    select: { subject: true },
  })
  const planned = new Set(there.map(post => post.subject))
  const open = coming.filter(one => isMeant(space, one.places) && !planned.has(postsOf(one.id)))
  if (open.length === 0) return []
  const { t, locale } = speech.texts
  const rows = open
    .slice(0, OFFERED)
    .map((one): Button[] => [{ label: nameOf(one.words), token: token('announcements', 'offer', one.id, spaceId) }])
  return [sentence(locale, t('announcements-offer', { n: open.length, space: space.title }), rows)]
}
