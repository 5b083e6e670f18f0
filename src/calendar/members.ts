import { noNetwork } from '../community/permissions.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged } from '../feature/replies.ts'
import { type Kind, target } from '../kit/target.ts'
import type { Area, Feed, Network, Person } from '../store/generated/client.ts'

export interface Tools {
  readonly deps: Deps
}

/** A person in one network, looked up a moment ago; `ctx` is the event seen from there. */
export interface Member {
  readonly ctx: Ctx
  readonly network: Network
  readonly person: Person
  readonly tools: Tools
}

export type Mine = Feed & { readonly area: Area | null }

type Refused = { readonly refused: Outcome }

/** The person in the network that a token names, or in the one that this place is about; or what they are told instead. */
export async function memberIn(ctx: Ctx, tools: Tools, networkId: string | undefined): Promise<Member | Refused> {
  const there = networkId ? await ctx.in(networkId) : ctx
  if (!networkId && !ctx.network) return { refused: noNetwork(ctx) }
  if (!there?.network || !there.person) return { refused: unchanged(ctx, 'network-refused-unknown') }
  const { network, person } = there
  if (network.state === 'deleting') return { refused: unchanged(ctx, 'network-refused-ending', { network: network.name }) }
  return { ctx: there, network, person, tools }
}

/** A link of this person's own. */
const FEED: Kind<Mine> = {
  find: async (tx, id) => (await tx.feed.findUnique({ where: { id }, include: { area: true } })) ?? undefined,
  isOpenTo: (feed, { person }) => feed.personId === person.id,
  unknown: 'calendar-gone',
}

export async function myFeed(ctx: Ctx, tools: Tools, id: string | undefined): Promise<{ member: Member; feed: Mine } | Refused> {
  const found = await target(ctx, FEED, id)
  if ('refused' in found) return found
  const { ctx: there, thing: feed } = found
  return { member: { ctx: there, network: there.network, person: there.person, tools }, feed }
}

/** The links of a person in a network, oldest first. */
export function feedsOf(ctx: Ctx, personId: string): Promise<Mine[]> {
  return ctx.tx.feed.findMany({
    where: { personId, OR: [{ endsAt: null }, { endsAt: { gt: ctx.speech.now } }] },
    include: { area: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}
