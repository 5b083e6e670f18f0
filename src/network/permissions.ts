import type { Role } from '../community/members.ts'
import { whoButton } from '../community/permissions.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged } from '../feature/replies.ts'
import type { Network, Person } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'

export interface Tools {
  readonly deps: Deps
}

/** A person at work on one network, in a role that was looked up a moment ago; `ctx` is the event seen from there. */
export interface Acting {
  readonly ctx: Ctx
  readonly network: Network
  readonly person: Person
  readonly tools: Tools
}

/** What a button or a form does. `args`: what its token carries after the network's id. */
export type Handler = (acting: Acting, args: readonly string[], values: Readonly<Record<string, string>>) => Promise<Outcome>

export const ROLES: readonly Role[] = ['coordinator', 'steering', 'decisionMaker']

/** The person in a network that a token names, with their roles; or the answer to somebody who has no business there. */
export async function asMember(ctx: Ctx, tools: Tools, networkId: string | undefined): Promise<Acting | { readonly refused: Outcome }> {
  const there = networkId ? await ctx.in(networkId) : undefined
  if (!there?.network || !there.person) return { refused: unchanged(ctx, 'network-refused-unknown') }
  if (there.network.state === 'deleting') return { refused: unchanged(ctx, 'network-refused-ending', { network: there.network.name }) }
  return { ctx: there, network: there.network, person: there.person, tools }
}

/** The same, for coordinators only. */
export async function asCoordinator(
  ctx: Ctx,
  tools: Tools,
  networkId: string | undefined,
): Promise<Acting | { readonly refused: Outcome }> {
  const acting = await asMember(ctx, tools, networkId)
  if ('refused' in acting || acting.ctx.roles.has('coordinator')) return acting
  return { refused: unchanged(ctx, 'app-needs-role', { role: 'coordinator' }, [[whoButton(ctx.speech)]]) }
}

/** Holds the network's row until the end of the transaction, so that two changes of what it is and who runs it come one after the other. */
export async function lockNetwork(tx: Tx, networkId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS locked FROM "Network" WHERE "id" = ${networkId} FOR NO KEY UPDATE`
}
