import { post, touch } from '../delivery/outbox.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import { postsOf } from './create.ts'
import { reminderOf, type WholePoll } from './poll.ts'

/** One reminder in a chat in so many milliseconds. */
const REST_MS = 12 * 3_600_000

/** The chats that a reminder goes to: where the poll stands, and where none has come lately. */
export async function spacesToRemind({ tx, speech }: Ctx, { id, spaces }: WholePoll): Promise<WholePoll['spaces'][number]['space'][]> {
  const since = new Date(speech.now.getTime() - REST_MS)
  const lately = await tx.delivery.findMany({ where: { subject: reminderOf(id), runAt: { gt: since } }, select: { spaceId: true } })
  const rested = new Set(lately.map(row => row.spaceId))
  return spaces.map(one => one.space).filter(space => space.state === 'joined' && !rested.has(space.id))
}

/** Says in these chats how many have answered (never who has not), as a post of the poll that is drawn anew until it ends. */
export async function remind(
  ctx: Ctx,
  deps: Deps,
  poll: WholePoll,
  spaces: readonly WholePoll['spaces'][number]['space'][],
): Promise<void> {
  const rows = postsOf(deps, poll.id, poll.networkId, spaces, 0).map(row => ({
    ...row,
    key: `${row.key}/remind/${ctx.inbound.id}`,
    subject: reminderOf(poll.id),
    unsure: 'drop' as const,
    ...(poll.closesAt ? { usefulUntil: poll.closesAt } : {}),
  }))
  await post(ctx.tx, rows, ctx.speech.now)
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
