import { reached, reachOf } from '../community/reach.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import type { Prisma } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { wantScrub } from './close.ts'
import { BALLOTS } from './domain.ts'
import { talliesOf } from './draw.ts'
import { show, type Tally, type Visible } from './gate.ts'
import { loadPolls, loadShown, type WholePoll } from './poll.ts'

/** What polls hold about people: what waits for them, what is kept, what goes when they go. */

/** So many open polls of a network are looked at for one person: the newest. */
const MOST_OPEN = 100

/** Open polls that this person can answer and has not, newest first. */
export async function waitingPolls(ctx: Ctx): Promise<readonly WholePoll[]> {
  return (await openForMe(ctx)).filter(one => !one.answered).map(one => one.poll)
}

/** Open polls that reach this person, or that they have answered; newest first. */
export async function openForMe(ctx: Ctx): Promise<readonly { readonly poll: WholePoll; readonly answered: boolean }[]> {
  if (!ctx.person || !ctx.network) return []
  const { person } = ctx
  const officer = ctx.roles.size > 0
  const reach = reached(await reachOf(ctx))
  const open = await ctx.tx.poll.findMany({
    where: { networkId: ctx.network.id, state: 'open' },
    select: { id: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: MOST_OPEN,
  })
  const pollId = { in: open.map(poll => poll.id) }
  const named = await ctx.tx.ballot.findMany({
    where: { pollId, voter: person.id, NOT: { options: { isEmpty: true } } },
    select: { pollId: true },
  })
  const secret = await ctx.tx.tookPart.findMany({ where: { pollId, personId: person.id }, select: { pollId: true } })
  const answered = new Set([...named, ...secret].map(row => row.pollId))
  const reaches: Prisma.PollWhereInput = { ...(officer ? {} : { voters: 'everyone' }), spaces: { some: { space: reach } } }
  const polls = await loadPolls(ctx.tx, { id: pollId, OR: [reaches, { id: { in: [...answered] } }] })
  return polls.map(poll => ({ poll, answered: answered.has(poll.id) }))
}

/** How many are named to somebody who is not known in their chats yet. */
const MOST_NAMED = 10

/** Open polls for everybody in these chats, newest first. */
export async function pollsStandingIn(
  tx: Tx,
  spaces: readonly { readonly id: string; readonly title: string }[],
  { texts: { t } }: Speech,
): Promise<readonly string[]> {
  const titles = new Map(spaces.map(space => [space.id, space.title]))
  const spaceId = { in: [...titles.keys()] }
  const polls = await tx.poll.findMany({
    where: { state: 'open', voters: 'everyone', spaces: { some: { spaceId } } },
    select: { question: true, spaces: { where: { spaceId }, select: { spaceId: true }, orderBy: { spaceId: 'asc' }, take: 1 } },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: MOST_NAMED,
  })
  return polls.map(({ question, spaces: [first] }) => t('polls-stands', { question, chat: titles.get(first?.spaceId ?? '') ?? '' }))
}

/** Lines for "what is held about me". */
export async function personalDataLines(ctx: Ctx): Promise<readonly string[]> {
  if (!ctx.person) return []
  const [named] = await ctx.tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM "Ballot" b JOIN "Poll" p ON p."id" = b."pollId"
    WHERE p."networkId" = ${ctx.person.networkId} AND NOT p."secret" AND b."voter" = ${ctx.person.id} AND cardinality(b."options") > 0`
  const secret = await ctx.tx.tookPart.count({ where: { personId: ctx.person.id } })
  const drafts = await ctx.tx.draft.count({ where: { personId: ctx.person.id, feature: 'polls' } })
  const { t } = ctx.speech.texts
  return [
    t('polls-held-named', { n: named?.n ?? 0 }),
    t('polls-held-secret', { n: secret }),
    ...(drafts > 0 ? [t('polls-held-drafts', { n: drafts })] : []),
  ]
}

/** Everything about a network's polls but who voted how. Totals of polls that are closed, as everybody may see them. */
export async function exportPolls(tx: Tx, networkId: string): Promise<Readonly<Record<string, unknown>>> {
  const polls = await tx.poll.findMany({
    where: { networkId },
    include: { options: { orderBy: { number: 'asc' } }, spaces: { select: { spaceId: true } } },
    orderBy: { createdAt: 'asc' },
  })
  const closed = await loadShown(
    tx,
    polls.filter(poll => poll.state === 'closed').map(poll => poll.id),
  )
  const tallies = await talliesOf(tx, closed)
  const totals = new Map(
    closed.map(poll => {
      const tally = tallies.get(poll.id)
      return [poll.id, tally && show(tally, poll, { voted: false })]
    }),
  )
  return { polls: polls.map(poll => ({ ...poll, totals: totalsOf(totals.get(poll.id)) })) }
}

/** Option 0 counts ballots. */
function totalsOf(figures: Visible<Tally> | undefined): readonly { readonly option: number; readonly n: number }[] {
  if (!figures) return []
  return [{ option: BALLOTS, n: figures.ballots }, ...[...figures.options].map(([option, n]) => ({ option, n }))]
}

/** A network goes: what its polls hold beside the rows that go with it. */
export async function forgetNetworkPolls(tx: Tx, networkId: string, now: Date): Promise<void> {
  const polls = await tx.poll.findMany({ where: { networkId }, select: { id: true } })
  const gone = { where: { pollId: { in: polls.map(poll => poll.id) } } }
  await tx.ballot.deleteMany(gone)
  await tx.closedBallot.deleteMany(gone)
  await tx.tookPart.deleteMany(gone)
  await tx.pollKey.deleteMany(gone)
  await tx.count.deleteMany(gone)
  await tx.pollShown.deleteMany(gone)
  await wantScrub(tx, now)
}
