import { createHash } from 'node:crypto'
import type { Deps } from '../feature/feature.ts'
import type { Download, Page } from '../feature/parts.ts'
import type { Happening } from '../schedule/happening.ts'
import type { Prisma } from '../store/generated/client.ts'
import type { Texts } from '../texts/texts.ts'
import { FEEDS, type FeedKind, feedOf, midnight, plannedIn } from './feed.ts'
import { hashOf } from './secret.ts'

const DAY = 86_400_000
/** Raised when the same happenings are written otherwise than before. */
const FORMAT = 1
/** How many calendars are kept as they were last written. */
const MOST_KEPT = 100

const WITH = {
  network: true,
  area: true,
  person: { include: { grants: { where: { role: 'coordinator' } } } },
} as const satisfies Prisma.FeedInclude
type Found = Prisma.FeedGetPayload<{ include: typeof WITH }>

/** What the secret links lead to. A link is looked up, and what its owner may see, at every request. */
export function calendarPages(deps: Deps): Pick<Page, 'get'> {
  // By tag: all links to the same calendar share it.
  const kept = new Map<string, string>()

  /** The same work for every secret: one look by its hash. */
  async function find(secret: string): Promise<Found | undefined> {
    const found = await deps.store.feed.findUnique({ where: { hash: hashOf(secret) }, include: WITH })
    const now = deps.clock.now()
    return found && found.network.state !== 'deleting' && (!found.endsAt || found.endsAt > now) ? found : undefined
  }

  async function feed(secret: string): Promise<Download | undefined> {
    const found = await find(secret)
    const kind = FEEDS.find(one => one === found?.kind)
    if (!found || !kind) return undefined
    const now = deps.clock.now()
    const happenings = await feedOf(deps.features(), deps.store, { ...found, kind }, now)
    await markUsed(deps, found)
    const { etag, changedAt, write } = describe(found, kind, happenings, { texts: deps.texts.in(found.network.locale), now })
    return { mime: 'text/calendar; charset=utf-8', etag, changedAt, body: () => written(kept, etag, write) }
  }

  async function page(secret: string): ReturnType<Page['get']> {
    const found = await find(secret)
    if (found?.kind !== 'page' || found.person.grants.length === 0) return undefined
    await markUsed(deps, found)
    const { calendarPage, PAGE_POLICY } = await import('../web/calendar-page.ts')
    const now = deps.clock.now()
    const texts = deps.texts.in(found.network.locale)
    const planned = await plannedIn(deps.features(), deps.store, found.networkId, now)
    const shown = { ...planned, network: found.network.name, endsAt: found.endsAt ?? undefined }
    return { html: calendarPage(shown, { texts, locale: texts.locale, zone: found.network.zone, now }), policy: PAGE_POLICY }
  }

  return { get: rest => (rest.endsWith('.ics') ? feed(rest.slice(0, -'.ics'.length)) : page(rest)) }
}

/** About to the day: a calendar asks every hour, and its owner wants to know only whether it does. */
async function markUsed({ store, clock }: Deps, { id, usedAt }: Found): Promise<void> {
  const now = clock.now()
  if (usedAt && now.getTime() - usedAt.getTime() < DAY) return
  await store.feed.updateMany({ where: { id }, data: { usedAt: now } })
}

interface Revision extends Omit<Download, 'body' | 'mime'> {
  write(): Promise<string>
}

/** One revision of a feed: its tag is made of all that it shows, so that the same tag is the same file. */
function describe(
  feed: Found,
  kind: FeedKind,
  happenings: readonly Happening[],
  { texts: { t, locale }, now }: { texts: Texts; now: Date },
): Revision {
  const network = feed.network.name
  const name =
    kind === 'network'
      ? network
      : t('calendar-feed-name', { network, what: kind === 'area' ? (feed.area?.name ?? '') : t('calendar-feed-mine') })
  const newest = happenings.reduce((at, one) => (one.changedAt > at ? one.changedAt : at), new Date(0))
  const all = JSON.stringify([FORMAT, feed.networkId, locale, name, happenings])
  return {
    etag: `"${createHash('sha256').update(all).digest('base64url')}"`,
    // What leaves or enters by the passing of days alone is a change too.
    changedAt: newest > midnight(now) ? newest : midnight(now),
    async write() {
      const { icsOf } = await import('../schedule/ics.ts')
      return icsOf(happenings, { network: feed.networkId, now: newest, name, cancelled: words => t('calendar-cancelled', { name: words }) })
    },
  }
}

async function written(kept: Map<string, string>, etag: string, write: Revision['write']): Promise<string> {
  const body = kept.get(etag) ?? (await write())
  // The one that was asked for longest ago goes first.
  kept.delete(etag)
  kept.set(etag, body)
  for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest)
  return body
}
