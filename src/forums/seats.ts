import { touch } from '../delivery/outbox.ts'
import type { Deps } from '../feature/feature.ts'
import type { Rsvp } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { type Answer, free, nextLook, offerUntil, promoted, type Said, seats } from './domain.ts'
import { loadForum, postsOf, type WholeForum } from './forum.ts'
import { tellPeople } from './tell.ts'
import { offerView } from './view-told.ts'

/** Places as the store keeps them. Everything here is called with the forum held (`holdForum`), so that no two give out the same place. */

/** How many are offered a place in one go; the rest at the next look. */
const MOST_OFFERS = 200

interface Change {
  readonly personId: string
  readonly before: Rsvp | undefined
  /** Undefined: the answer is taken back whole. */
  readonly after: Said | undefined
}

/** Writes one answer and the figures that it moves, then offers what has come free. */
export async function saveAnswer(tx: Tx, deps: Deps, one: Pick<WholeForum, 'id'>, { personId, before, after }: Change): Promise<void> {
  const which = { forumId_personId: { forumId: one.id, personId } }
  if (after) {
    const { answer, party, place } = after
    const offerUntil = answer === 'offered' ? (before?.offerUntil ?? null) : null
    const now = { answer, party, place, offerUntil }
    // Who does not come needs nothing there.
    const gone = answer === 'cant' ? { needs: null, remind: false } : {}
    await tx.rsvp.upsert({ where: which, create: { forumId: one.id, personId, ...now }, update: { ...now, ...gone } })
  } else if (before) await tx.rsvp.delete({ where: which })
  const was = before ? [asSaid(before)] : []
  await move(tx, one.id, was, after ? [after] : [])
  await touch(tx, [postsOf(one.id)])
  if (seats(was[0]) > seats(after) || was[0]?.answer === 'waiting') await promote(tx, deps, one.id)
  else if (before?.answer === 'offered') await look(tx, one.id)
}

/** An answer as the rules see it. */
export function asSaid({ answer, party, place }: Rsvp): Said {
  return { answer, party, place }
}

/** Moves the figures from what some had said to what they say now. */
async function move(tx: Tx, id: string, before: readonly Said[], after: readonly Said[]): Promise<void> {
  const sum = (all: readonly Said[], of: (one: Said) => number): number => all.reduce((n, one) => n + of(one), 0)
  const change = (of: (one: Said) => number) => ({ increment: sum(after, of) - sum(before, of) })
  const is = (answer: Answer) => change(one => (one.answer === answer ? 1 : 0))
  const last = Math.max(0, ...after.map(one => one.place ?? 0))
  await tx.forum.update({
    where: { id },
    data: {
      coming: change(one => (one.answer === 'coming' ? one.party : 0)),
      taken: change(seats),
      maybe: is('maybe'),
      cant: is('cant'),
      waiting: is('waiting'),
    },
  })
  if (last > 0) await tx.forum.updateMany({ where: { id, lastPlace: { lt: last } }, data: { lastPlace: last } })
}

/** Offers places that are free to the head of the waiting list, each held for a while. Not once it has begun. */
export async function promote(tx: Tx, deps: Deps, id: string): Promise<void> {
  const one = await loadForum(tx, id)
  const now = deps.clock.now()
  if (!one) return
  if (one.state === 'standing' && one.waiting > 0 && now < one.startsAt && free(one) > 0) {
    const list = await tx.rsvp.findMany({ where: { forumId: id, answer: 'waiting' }, orderBy: { place: 'asc' }, take: MOST_OFFERS })
    const lucky = promoted(list, one)
    const until = offerUntil(now, one.startsAt)
    await tx.rsvp.updateMany({
      where: { forumId: id, personId: { in: lucky.map(rsvp => rsvp.personId) } },
      data: { answer: 'offered', place: null, offerUntil: until },
    })
    const were = lucky.map(asSaid)
    const offered = were.map((said): Said => ({ ...said, answer: 'offered', place: null }))
    await move(tx, id, were, offered)
    await tellPeople(tx, deps, one, {
      ...{ personIds: lucky.map(rsvp => rsvp.personId), about: `offer/${until.toISOString()}`, usefulUntil: until },
      view: speech => offerView(one, until, speech),
    })
    if (lucky.length === MOST_OFFERS) {
      await tx.forum.update({ where: { id }, data: { lookAt: now } })
      return
    }
  }
  await look(tx, id)
}

/** Takes back the places that nobody has accepted in time; who they were held for. */
export async function expireOffers(tx: Tx, id: string, now: Date): Promise<readonly string[]> {
  const late = await tx.rsvp.findMany({ where: { forumId: id, answer: 'offered', offerUntil: { lte: now } } })
  if (late.length === 0) return []
  const personIds = late.map(rsvp => rsvp.personId)
  await tx.rsvp.updateMany({ where: { forumId: id, personId: { in: personIds } }, data: { answer: 'maybe', offerUntil: null } })
  const were = late.map(asSaid)
  await move(
    tx,
    id,
    were,
    were.map((said): Said => ({ ...said, answer: 'maybe' })),
  )
  await touch(tx, [postsOf(id)])
  return personIds
}

/** Sets when the forum is to be looked after next. */
export async function look(tx: Tx, id: string): Promise<void> {
  const one = await loadForum(tx, id)
  if (!one) return
  const first = await tx.rsvp.findFirst({
    where: { forumId: id, answer: 'offered' },
    orderBy: { offerUntil: 'asc' },
    select: { offerUntil: true },
  })
  await tx.forum.update({ where: { id }, data: { lookAt: nextLook(one, first?.offerUntil ? [first.offerUntil] : []) } })
}
