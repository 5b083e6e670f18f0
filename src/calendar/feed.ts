import type { Ctx } from '../feature/context.ts'
import type { Feature } from '../feature/feature.ts'
import type { CalendarAsk, Happening } from '../schedule/happening.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'

/** `page`: what coordinators have planned; the others are feeds for a calendar. */
export const FEEDS = ['network', 'area', 'person'] as const
export type FeedKind = (typeof FEEDS)[number]

const DAY = 86_400_000
/** How far back a feed goes, and how far ahead, in days. */
const BACK = 60
const AHEAD = 400
/** For how many days a feed still tells of what was cancelled, so that calendars take it away. */
const CANCELLED = 30
/** How far ahead the page of the coordinators looks, in days: twelve weeks. */
const PAGE_AHEAD = 84

type Reader = Tx | PrismaClient

interface Shown {
  readonly networkId: string
  readonly personId: string
  readonly kind: FeedKind
  readonly areaId: string | null
}

/** The last midnight in UTC: what a feed shows moves on only then. */
export function midnight(now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY) * DAY)
}

/** What a feed shows. */
export async function feedOf(features: readonly Feature[], tx: Reader, feed: Shown, now: Date): Promise<readonly Happening[]> {
  const today = midnight(now).getTime()
  const window = { networkId: feed.networkId, from: new Date(today - BACK * DAY), to: new Date(today + AHEAD * DAY) }
  const all = await gather(features, tx, { ...window, of: ofKind(feed) })
  return all.filter(one => !one.isCancelled || one.changedAt.getTime() > today - CANCELLED * DAY)
}

/** What is ahead of it and takes place: for a file that nobody keeps up to date. */
export async function aheadOf(features: readonly Feature[], { tx, speech }: Ctx, feed: Shown): Promise<readonly Happening[]> {
  const to = new Date(speech.now.getTime() + AHEAD * DAY)
  const all = await gather(features, tx, { networkId: feed.networkId, from: speech.now, to, of: ofKind(feed) })
  return all.filter(one => !one.isCancelled)
}

/** What coordinators have planned for the next weeks, and the end of these. */
export async function plannedIn(
  features: readonly Feature[],
  tx: Reader,
  networkId: string,
  now: Date,
): Promise<{ readonly happenings: readonly Happening[]; readonly from: Date; readonly to: Date }> {
  const to = new Date(now.getTime() + PAGE_AHEAD * DAY)
  return { happenings: await gather(features, tx, { networkId, from: now, to, of: { kind: 'planned' } }), from: now, to }
}

function ofKind({ kind, areaId, personId }: Shown): CalendarAsk['of'] {
  if (kind === 'person') return { kind, personId }
  return { kind: 'public', ...(kind === 'area' && areaId !== null && { areaId }) }
}

async function gather(features: readonly Feature[], tx: Reader, ask: CalendarAsk): Promise<readonly Happening[]> {
  const all: Happening[] = []
  // One after the other: a transaction has only one connection.
  for (const feature of features) all.push(...(await feature.calendar(tx, ask)))
  return all.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1))
}
