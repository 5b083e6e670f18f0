import { COMING_OR_HERE } from '../community/audience.ts'
import type { Ctx } from '../feature/context.ts'
import type { Draft as Row } from '../store/generated/client.ts'

/** Drafts as rows. */

/** Keeps a new draft of this person; its id, or undefined where there is nobody to keep it for. `data`: JSON. */
export async function keepDraft(ctx: Ctx, feature: string, data: object): Promise<string | undefined> {
  if (!ctx.network || !ctx.person) return undefined
  const id = ctx.ids.id()
  await ctx.tx.draft.create({ data: { id, networkId: ctx.network.id, personId: ctx.person.id, feature, data } })
  return id
}

/** One's own draft, seen from the network that it belongs to, and only as a coordinator there. */
export async function ownDraft(ctx: Ctx, feature: string, id: string | undefined): Promise<{ row: Row; ctx: Ctx } | undefined> {
  const row = id ? await ctx.tx.draft.findUnique({ where: { id } }) : null
  if (row?.feature !== feature) return undefined
  const there = await ctx.in(row.networkId)
  const isMine = there?.person?.id === row.personId && there.roles.has('coordinator')
  return there && isMine ? { row, ctx: there } : undefined
}

/** A space of this network that a form was begun in. */
export async function homeSpace(ctx: Ctx, id: string | undefined): Promise<string | undefined> {
  if (!id || !ctx.network) return undefined
  const space = await ctx.tx.space.findFirst({ where: { id, networkId: ctx.network.id, state: COMING_OR_HERE } })
  return space?.id
}
