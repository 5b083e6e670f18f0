import { logUnreadable, Unreadable } from '../base/readable.ts'
import type { Role } from '../community/members.ts'
import { needsRole } from '../community/permissions.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged } from '../feature/replies.ts'
import type { Network, Person } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import type { TextKey } from '../texts/keys.ts'

/** What a button, a form or a verb is about, looked up at the moment of use. Whoever acts on a thing or shows it gets it here and nowhere else. */

/** A sort of thing that tokens name: how it is found, and who may know of it. */
export interface Kind<Thing extends { readonly networkId: string }> {
  find(tx: Tx, id: string): Promise<Thing | undefined>
  /** Whether this person may know that it is there, with the roles and at the place of this moment, in the state that it is in. */
  isOpenTo(thing: Thing, there: Member): boolean | Promise<boolean>
  /** Key of what everybody else is told: the same whether it is not for them, another network's, or never was. */
  readonly unknown: TextKey
}

/** The event as seen from the network that the thing belongs to, by a person of that network. */
export type Member = Ctx & { readonly network: Network; readonly person: Person }

export interface Found<Thing> {
  readonly thing: Thing
  readonly ctx: Member
}

/** The thing, for somebody who may know of it (and has the role, where one is needed); else what they are told. */
export async function target<Thing extends { readonly networkId: string }>(
  ctx: Ctx,
  kind: Kind<Thing>,
  id: string | undefined,
  needs?: Role,
): Promise<Found<Thing> | { readonly refused: Outcome }> {
  const thing = id ? await findOr(ctx, kind, id) : undefined
  const there = thing && member(await ctx.in(thing.networkId))
  if (!there || !(await kind.isOpenTo(thing, there))) return { refused: unchanged(ctx, kind.unknown) }
  if (there.network.state === 'deleting') return { refused: unchanged(ctx, 'network-refused-ending', { network: there.network.name }) }
  return needs && !there.roles.has(needs) ? { refused: needsRole(there, needs) } : { thing, ctx: there }
}

/** One that cannot be read does not say for whom it is: coordinators of its network learn that it is there, nobody else does. */
async function findOr<Thing extends { readonly networkId: string }>(ctx: Ctx, kind: Kind<Thing>, id: string): Promise<Thing | undefined> {
  try {
    return await kind.find(ctx.tx, id)
  } catch (err) {
    if (!(err instanceof Unreadable) || !err.networkId) throw err
    if ((await ctx.in(err.networkId))?.roles.has('coordinator')) throw err
    logUnreadable(ctx.log, err)
    return undefined
  }
}

function member(ctx: Ctx | undefined): Member | undefined {
  const { network, person } = ctx ?? {}
  return ctx && network && person ? { ...ctx, network, person } : undefined
}
