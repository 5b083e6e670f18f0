import { postIn, spacesAt } from '../community/audience.ts'
import { post } from '../delivery/outbox.ts'
import type { Post } from '../delivery/post.ts'
import type { Deps } from '../feature/feature.ts'
import { withAudience } from '../kit/placed-posts.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { fitTogether, LIMITS, nextLook } from './domain.ts'
import { loadForum, postsOf, type WholeForum } from './forum.ts'
import { mirrorRows } from './mirror.ts'
import type { ForumSettings } from './settings.ts'

interface Wish {
  readonly networkId: string
  readonly personId: string
  /** IANA zone in which the time was said. */
  readonly zone: string
  readonly settings: ForumSettings
  readonly id: string
  readonly now: Date
}

/** Makes a forum from its settings, in the caller's transaction, with a row for each of its posts; or says why not. */
export async function createForum(
  tx: Tx,
  deps: Deps,
  { networkId, personId, zone, settings, id, now }: Wish,
): Promise<WholeForum | Refusal> {
  const { startsAt: start, postsAt: announce, home: _, ...kept } = settings
  const wrong = checkSettings(settings, now)
  if (wrong || start === null) return wrong ?? { key: 'forums-wrong-no-time' }
  const spaces = await spacesAt(tx, networkId, settings.places)
  if (spaces.length === 0) return { key: 'forums-wrong-nowhere' }
  const startsAt = new Date(start)
  const times = { startsAt, postsAt: announce ? new Date(announce) : now, minutes: kept.minutes }
  const reminded = passed(kept.remind, times, now)
  const watch = { state: 'standing', ...times, remind: kept.remind, reminded, settledAt: null, overAt: null, needsGoneAt: null }
  const places = withAudience(settings.places, spaces)
  const row = { ...kept, ...times, places, reminded, zone, id, networkId, hostId: personId, createdBy: personId, createdAt: now }
  const made = await tx.forum.create({ data: { ...row, lookAt: nextLook(watch, []) } })
  await post(tx, [...postRows(deps, made, spaces), ...mirrorRows(deps, { ...made, places }, spaces)], now)
  const whole = await loadForum(tx, id)
  if (!whole) throw new Error('A forum that was just made is not there.')
  return whole
}

/** The reminders that would go out before it is announced, or whose time is over: they do not go out at all. */
export function passed(remind: readonly number[], { startsAt, postsAt }: Pick<WholeForum, 'startsAt' | 'postsAt'>, now: Date): number[] {
  const from = Math.max(now.getTime(), postsAt.getTime())
  return remind.filter(minutes => startsAt.getTime() - minutes * 60_000 <= from)
}

/** Why settings cannot stand; undefined when they can. */
export function checkSettings(s: ForumSettings, now: Date): Refusal | undefined {
  if (s.theme === '') return { key: 'forums-wrong-no-theme' }
  if (s.startsAt === null) return { key: 'forums-wrong-no-time' }
  if (new Date(s.startsAt) <= now) return { key: 'forums-wrong-past' }
  if (s.postsAt !== null && new Date(s.postsAt) >= new Date(s.startsAt)) return { key: 'forums-wrong-announce' }
  if (s.capacity !== null && (s.capacity < 1 || s.capacity > LIMITS.capacity)) {
    return { key: 'forums-wrong-capacity', args: { most: LIMITS.capacity } }
  }
  return fitTogether(s) ? undefined : { key: 'forums-wrong-together' }
}

/** One post a space, due when it is announced, of use until it begins. */
export function postRows(
  deps: Deps,
  one: Pick<WholeForum, 'id' | 'networkId' | 'postsAt' | 'startsAt'>,
  spaces: readonly Pick<Space, 'id' | 'ref' | 'platform'>[],
): readonly Post[] {
  return spaces.map(space => ({
    ...postIn(deps, one.networkId, space),
    key: `forums/${one.id}/${space.id}`,
    subject: postsOf(one.id),
    runAt: one.postsAt,
    usefulUntil: one.startsAt,
  }))
}
