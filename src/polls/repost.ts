import { post, touch } from '../delivery/outbox.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import type { Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { fewIn, remindsUntil } from './closing.ts'
import { postsOf } from './create.ts'
import { BALLOTS } from './domain.ts'
import { reminderOf, type WholePoll } from './poll.ts'

/** One reminder in a chat in so many milliseconds. */
const REST_MS = 12 * 3_600_000

/** The chats that a reminder goes to: where the poll stands, and where none has come lately. */
export async function spacesToRemind(tx: Tx, { id, spaces }: WholePoll, now: Date): Promise<readonly Space[]> {
  const since = new Date(now.getTime() - REST_MS)
  const lately = await tx.delivery.findMany({ where: { subject: reminderOf(id), runAt: { gt: since } }, select: { spaceId: true } })
  const rested = new Set(lately.map(row => row.spaceId))
  return spaces.map(one => one.space).filter(space => space.state === 'joined' && !rested.has(space.id))
}

interface Reminder {
  readonly spaces: readonly Space[]
  /** What it is sent for: once each. */
  readonly about: string
  readonly usefulUntil: Date | null
}

/** Says in these chats how many have answered (never who has not), as a post of the poll that is drawn anew until it ends. */
export async function remind(tx: Tx, deps: Deps, poll: WholePoll, { spaces, about, usefulUntil }: Reminder): Promise<void> {
  const rows = postsOf(deps, poll.id, poll.networkId, spaces, 0).map(row => ({
    ...row,
    key: `${row.key}/remind/${about}`,
    subject: reminderOf(poll.id),
    unsure: 'drop' as const,
    ...(usefulUntil ? { usefulUntil } : {}),
  }))
  await post(tx, rows, deps.clock.now())
}

/** Once, a while before it closes: in the chats where few have answered. Of one that closes too soon by now nobody is reminded. Called with the poll held. */
export async function remindOfClose(tx: Tx, deps: Deps, poll: WholePoll, now: Date): Promise<void> {
  await tx.poll.update({ where: { id: poll.id }, data: { remindAt: null, remindMinutes: null } })
  const usefulUntil = poll.closesAt && remindsUntil(poll.closesAt)
  if (!usefulUntil || usefulUntil <= now) return
  const counts = await tx.count.findMany({ where: { pollId: poll.id, option: BALLOTS }, select: { areaId: true, n: true } })
  const answers = new Map(counts.map(row => [row.areaId, row.n]))
  const rested = new Set((await spacesToRemind(tx, poll, now)).map(space => space.id))
  const joined = poll.spaces.map(one => one.space).filter(space => space.state === 'joined')
  const spaces = fewIn(joined, answers, poll.hideUnder).filter(space => rested.has(space.id))
  await remind(tx, deps, poll, { spaces, about: 'closing', usefulUntil })
}

/** Posts the poll once more in every space; the older post points to the newer one. How many spaces that were. */
export async function showAgain(ctx: Ctx, deps: Deps, poll: WholePoll): Promise<number> {
  const spaces = poll.spaces.filter(one => one.space.state === 'joined')
  const old = token('polls', 'old', poll.id)
  await ctx.tx.delivery.updateMany({ where: { subject: `polls_post_${poll.id}` }, data: { subject: old } })
  await touch(ctx.tx, [old])
  await ctx.tx.pollSpace.updateMany({ where: { pollId: poll.id }, data: { posting: { increment: 1 } } })
  const rows = spaces.flatMap(one => postsOf(deps, poll.id, poll.networkId, [one.space], one.posting + 1))
  await post(ctx.tx, rows, ctx.speech.now)
  return rows.length
}
