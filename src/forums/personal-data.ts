import { markUnread, type Source } from '../base/readable.ts'
import { isMeant } from '../community/audience.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import type { Section } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import { unreadBlocks } from '../kit/unread.ts'
import type { CalendarAsk, Happening } from '../schedule/happening.ts'
import type { Prisma, PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { shortTime } from '../texts/when.ts'
import { sentence, view } from '../view/make.ts'
import type { Button, View } from '../view/view.ts'
import { CYCLE_ROWS } from './cycle-settings.ts'
import { endsAt, isOut, nameOf } from './domain.ts'
import { loadForums, postsOf, type WholeForum, wholeForum } from './forum.ts'
import { CHANGE_ROWS } from './pending-rows.ts'
import { offerView } from './view-told.ts'

/** What forums hold about people, what an export, a calendar and a new chat get. When a network goes, its forums go with its row. */

const MOST = 10
const LOOKED = 50
/** What one look at the calendar shows, as of announcements. */
const MOST_IN_CALENDAR = 500
/** A forum lasts at most a day. */
const LONGEST_MS = 86_400_000

/** The forums ahead that I have said something to. */
export async function mySections(ctx: Ctx): Promise<readonly Section[]> {
  if (!ctx.person) return []
  const { t, locale } = ctx.speech.texts
  const mine = { some: { personId: ctx.person.id, answer: { not: 'cant' as const } } }
  const where = {
    networkId: ctx.person.networkId,
    state: 'standing' as const,
    startsAt: { gt: new Date(ctx.speech.now.getTime() - LONGEST_MS) },
  }
  // Those that have ended meanwhile are among them, so one look may find less than there is room for.
  const all = await loadForums(ctx, { ...where, rsvps: mine }, { first: 'asc', most: LOOKED })
  const still = all.filter(one => endsAt(one) > ctx.speech.now)
  const ahead = still.slice(0, MOST)
  const unread = unreadBlocks(ctx, all.unread)
  const held = await heldSections(ctx, ctx.person.id, still)
  if (ahead.length === 0) return unread.length > 0 ? [...held, { view: view({ lang: locale, blocks: unread }) }] : held
  const more = still.length > MOST ? [{ kind: 'quiet', text: t('forums-list-more') } as const] : []
  const items = ahead.map(one => t('forums-mine-line', { theme: one.theme, when: shortTime(one.startsAt, ctx.speech) }))
  const buttons = ahead.map((one): Button[] => [{ label: nameOf(one.theme), token: token('forums', 'mine', one.id) }])
  const title = { kind: 'title', text: t('forums-mine-title', { n: ahead.length }) } as const
  return [...held, { view: view({ lang: locale, blocks: [title, { kind: 'list', items }, ...more, ...unread], buttons }) }]
}

/** A place that is held for me stands first, until when, with the buttons that take it or let it go. */
async function heldSections(ctx: Ctx, personId: string, still: readonly WholeForum[]): Promise<readonly Section[]> {
  const offers = await ctx.tx.rsvp.findMany({
    where: { personId, answer: 'offered', forumId: { in: still.map(one => one.id) }, offerUntil: { gt: ctx.speech.now } },
    orderBy: { offerUntil: 'asc' },
    take: MOST,
  })
  return offers.flatMap(({ forumId, offerUntil }) => {
    const one = still.find(({ id }) => id === forumId)
    return one && offerUntil ? [{ view: offerView(one, offerUntil, ctx.speech) }] : []
  })
}

/** Lines for "what is held about me". */
export async function personalDataLines(ctx: Ctx): Promise<readonly string[]> {
  if (!ctx.person) return []
  const { t } = ctx.speech.texts
  const { id: personId, networkId } = ctx.person
  const said = await ctx.tx.rsvp.count({ where: { personId } })
  const needs = await ctx.tx.rsvp.count({ where: { personId, needs: { not: null } } })
  const made = await ctx.tx.forum.count({ where: { networkId, createdBy: personId } })
  const drafts = await ctx.tx.draft.count({ where: { personId, feature: { in: ['forums', CYCLE_ROWS, CHANGE_ROWS] } } })
  return [
    ...(said > 0 ? [t('forums-held-said', { n: said })] : []),
    ...(needs > 0 ? [t('forums-held-needs', { n: needs })] : []),
    ...(made > 0 ? [t('forums-held-made', { n: made })] : []),
    ...(drafts > 0 ? [t('forums-held-drafts', { n: drafts })] : []),
  ]
}

/** All forums of a network, oldest first: figures, but neither who said what nor what anybody needs. */
export async function exportForums(tx: Tx, networkId: string): Promise<Readonly<Record<string, unknown>>> {
  const rows = await tx.forum.findMany({ where: { networkId }, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] })
  const all = markUnread(rows, wholeForum)
  return { forums: all.map(({ networkId: _, code: __, lookAt: ___, lastPlace: ____, hostId: _____, ...one }) => one) }
}

/** A chat that joins gets nothing by itself: forums ahead that are meant for chats like it are offered to a coordinator. */
export async function offers(source: Source<Tx>, spaceId: string, speech: Speech): Promise<readonly View[]> {
  const { tx } = source
  const space = await tx.space.findUniqueOrThrow({ where: { id: spaceId } })
  const where = { networkId: space.networkId, state: 'standing' as const, startsAt: { gt: speech.now } }
  const ahead = await loadForums(source, where, { first: 'asc', most: 100 })
  const there = await tx.delivery.findMany({
    where: { spaceId, subject: { in: ahead.map(one => postsOf(one.id)) } },
    select: { subject: true },
  })
  const planned = new Set(there.map(post => post.subject))
  const open = ahead.filter(one => isMeant(space, one.places) && !planned.has(postsOf(one.id)))
  if (open.length === 0) return []
  const { t, locale } = speech.texts
  const rows = open.slice(0, MOST).map((one): Button[] => [{ label: nameOf(one.theme), token: token('forums', 'offer', one.id, spaceId) }])
  return [sentence(locale, t('forums-offer-space', { n: open.length, space: space.title }), rows)]
}

/** Forums in the calendar, those that are cancelled too, so that calendars take them away. */
export async function forumsInCalendar(
  source: Source<Tx | PrismaClient>,
  { networkId, from, to, of }: CalendarAsk,
  now: Date,
): Promise<readonly Happening[]> {
  const time = { networkId, startsAt: { gt: new Date(from.getTime() - LONGEST_MS), lt: to } }
  const asked: Prisma.ForumWhereInput =
    of.kind === 'person'
      ? { ...time, rsvps: { some: { personId: of.personId, answer: { in: ['coming', 'offered'] } } } }
      : of.kind === 'public'
        ? { ...time, postsAt: { lte: now } }
        : time
  const all = (await loadForums(source, asked, { first: 'asc', most: MOST_IN_CALENDAR })).filter(one => endsAt(one) > from)
  if (of.kind !== 'public') return all.map(asHappening)
  const known = all.filter(one => one.places.audience !== 'steering' && isOut(one, now))
  const named = known.flatMap(one => one.places.spaces)
  const spaces =
    named.length === 0 ? [] : await source.tx.space.findMany({ where: { id: { in: named } }, select: { id: true, areaId: true } })
  const areas = new Map(spaces.map(space => [space.id, space.areaId]))
  return known.filter(one => of.areaId === undefined || isFor(one, of.areaId, areas)).map(asHappening)
}

function isFor({ places }: WholeForum, areaId: string, areas: ReadonlyMap<string, string | null>): boolean {
  if (places.spaces.length > 0) return places.spaces.some(id => areas.get(id) === areaId || areas.get(id) === null)
  return places.areas.length === 0 || places.areas.includes(areaId)
}

export function asHappening(one: WholeForum): Happening {
  return {
    ...{
      id: token('forums', one.id),
      sequence: one.sequence,
      name: one.theme,
      zone: one.zone,
      startsAt: one.startsAt,
      endsAt: endsAt(one),
    },
    about: [one.about, ...one.agenda].filter(line => line !== '').join('\n'),
    ...(one.address === '' ? {} : { place: one.address }),
    ...(one.link ? { link: one.link } : {}),
    isCancelled: one.state === 'cancelled',
    changedAt: one.cancelledAt ?? one.changedAt ?? one.createdAt,
  }
}
