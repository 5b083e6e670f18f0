import { postIn } from '../community/audience.ts'
import { notifyCoordinators } from '../community/notify.ts'
import { post, retire } from '../delivery/outbox.ts'
import type { Deps } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { Prisma, Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { checkSettings, passed } from './create.ts'
import { endsAt, nameOf, overBy, stageOf } from './domain.ts'
import { eventOf, loadForum, newsOf, postsOf, remindersOf, type WholeForum } from './forum.ts'
import { moveForum, touchForum } from './mirror.ts'
import { look, promote } from './seats.ts'
import { ForumSettings, settingsOf } from './settings.ts'
import { tellPeople } from './tell.ts'
import { differing } from './view-from.ts'
import { changedView } from './view-told.ts'
import { MATTERS, Was } from './was.ts'

/** Changes of a forum that stands: the posts change everywhere, and those who answered hear of another time or place. Called with the forum held. */

/** `by`: who changes it. */
export async function changeForum(
  tx: Tx,
  deps: Deps,
  one: WholeForum,
  changes: Partial<ForumSettings>,
  by: string | undefined,
): Promise<Refusal | undefined> {
  const now = deps.clock.now()
  const before = settingsOf(one)
  const after = { ...before, ...changes }
  const changed = differing(before, changes, ForumSettings.keyof().options)
  if (changed.length === 0) return undefined
  if (changed.includes('postsAt') && one.postsAt <= now) return { key: 'forums-wrong-announced' }
  // One that is on keeps its start: its place, words and length can still change.
  const wrong = checkSettings(after, changed.includes('startsAt') ? now : new Date(0))
  if (wrong) return wrong
  const matters = MATTERS.some(name => changed.includes(name))
  const isOut = stageOf(one, now) !== 'planned'
  await tx.forum.update({
    where: { id: one.id },
    data: { ...dataOf(after, one, { now, matters, isOut }), ...(matters && isOut ? { was: Was.parse(before) } : {}) },
  })
  await touchForum(tx, one.id)
  if (changed.includes('startsAt') || changed.includes('postsAt')) await moveRows(tx, one, after, now)
  if (matters && isOut) await spreadNews(tx, deps, one.id)
  if (changed.includes('capacity')) {
    await shrinkParties(tx, one.id, after.capacity)
    await promote(tx, deps, one.id)
    await tellOver(tx, deps, { ...one, capacity: after.capacity }, by)
  }
  await look(tx, one.id)
  return undefined
}

/** There are fewer places now than people who come: nobody is thrown out, and the host knows. Whoever changes it reads it on the card. */
async function tellOver(tx: Tx, deps: Deps, one: WholeForum, by: string | undefined): Promise<void> {
  const n = overBy(one)
  if (n === 0 || one.hostId === null || one.hostId === by) return
  const about = `forums/${one.id}/over-by`
  await notifyCoordinators(tx, deps, [
    {
      ...{ networkId: one.networkId, about, maker: one.hostId },
      words: ({ t }) => t('forums-over-told-host', { theme: nameOf(one.theme), n }),
      buttons: ({ t }) => [[{ label: t('forums-do-look'), token: token('forums', 'show', one.id) }]],
    },
  ])
}

/** Nobody waits with more people than there are places in all: they would keep all others waiting for good. */
async function shrinkParties(tx: Tx, forumId: string, capacity: number | null): Promise<void> {
  if (capacity === null) return
  await tx.rsvp.updateMany({ where: { forumId, answer: 'waiting', party: { gt: capacity } }, data: { party: capacity } })
}

interface How {
  readonly now: Date
  readonly matters: boolean
  readonly isOut: boolean
}

function dataOf(after: ForumSettings, one: WholeForum, { now, matters, isOut }: How): Prisma.ForumUpdateInput {
  const { home: _, startsAt: start, postsAt: announce, ...rest } = after
  const startsAt = new Date(start ?? one.startsAt)
  const postsAt = announce ? new Date(announce) : one.postsAt
  const moved = startsAt.getTime() !== one.startsAt.getTime() || postsAt.getTime() !== one.postsAt.getTime()
  // At another time every reminder has its own time again.
  const reminded = moved
    ? passed(rest.remind, { startsAt, postsAt }, now)
    : [...new Set([...one.reminded, ...newlyPassed(rest.remind, one, now)])]
  return {
    ...rest,
    ...{ startsAt, reminded, postsAt },
    ...(matters ? { sequence: { increment: 1 } } : {}),
    ...(isOut ? { changedAt: now } : {}),
    ...(moved ? { settledAt: null } : {}),
  }
}

/** A distance that is chosen after its time does not go out at once. */
function newlyPassed(remind: readonly number[], one: WholeForum, now: Date): number[] {
  const fresh = remind.filter(minutes => !one.remind.includes(minutes))
  return passed(fresh, one, now)
}

async function moveRows(tx: Tx, one: WholeForum, after: ForumSettings, now: Date): Promise<void> {
  const runAt = after.postsAt ? new Date(after.postsAt) : now
  await moveForum(tx, one, runAt, new Date(after.startsAt ?? one.startsAt))
  // They speak of a time that no longer holds.
  await retire(tx, { subject: remindersOf(one.id) }, now)
}

/** It will not be. */
export async function cancelForum(tx: Tx, deps: Deps, one: WholeForum, why: string): Promise<void> {
  const now = deps.clock.now()
  const isOut = stageOf(one, now) !== 'planned'
  await tx.forum.update({ where: { id: one.id }, data: { state: 'cancelled', cancelledAt: now, why, sequence: { increment: 1 } } })
  await retire(tx, { subject: remindersOf(one.id) }, now)
  if (isOut) {
    await touchForum(tx, one.id)
    await spreadNews(tx, deps, one.id)
  } else for (const subject of [postsOf(one.id), eventOf(one.id)]) await retire(tx, { subject }, now)
  await look(tx, one.id)
}

/** In every chat that has the forum, and in private to everybody who comes, may come or waits. */
async function spreadNews(tx: Tx, deps: Deps, id: string): Promise<void> {
  const one = await loadForum(tx, id)
  if (!one) return
  const now = deps.clock.now()
  const spaces = await spacesWith(tx, one)
  const usefulUntil = one.startsAt > now ? one.startsAt : endsAt(one)
  const rows = spaces.map(space => ({
    ...postIn(deps, one.networkId, space),
    key: `forums/${id}/news/${one.sequence}/${space.id}`,
    subject: newsOf(id),
    usefulUntil,
  }))
  // What an older one says holds no longer.
  await retire(tx, { subject: newsOf(id) }, now)
  await post(tx, rows, now)
  const people = await tx.rsvp.findMany({ where: { forumId: id, answer: { not: 'cant' } }, select: { personId: true, answer: true } })
  for (const isComing of [true, false])
    await tellPeople(tx, deps, one, {
      personIds: people.filter(({ answer }) => (answer === 'coming') === isComing).map(rsvp => rsvp.personId),
      ...{ about: `news/${one.sequence}`, usefulUntil },
      view: speech => changedView(one, isComing, speech),
    })
}

/** The joined chats that a forum was posted in, or will be. */
export async function spacesWith(tx: Tx, one: Pick<WholeForum, 'id' | 'networkId'>): Promise<readonly Space[]> {
  const there = await tx.delivery.findMany({
    where: { subject: postsOf(one.id), spaceId: { not: null }, state: { in: ['sent', 'waiting', 'unsure'] } },
    select: { spaceId: true },
    distinct: ['spaceId'],
  })
  const ids = there.flatMap(row => row.spaceId ?? [])
  return tx.space.findMany({ where: { id: { in: ids }, networkId: one.networkId, state: 'joined' }, orderBy: { id: 'asc' } })
}
