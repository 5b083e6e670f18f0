import type { Outcome } from '../feature/outcome.ts'
import { turnTo, unchanged } from '../feature/replies.ts'
import type { Tx } from '../store/tx.ts'
import { fullTime } from '../texts/when.ts'
import { needsGo } from './domain.ts'
import type { ForumTarget } from './target.ts'
import { GUESTS, type Guest, guestsView, type Page, wantsView } from './view-list.ts'

/** Who has answered, and what they need: for the host alone, a page at a time. */

export async function showGuests({ ctx, one, isHost }: ForumTarget, [, wanted]: readonly string[]): Promise<Outcome> {
  if (!isHost) return unchanged(ctx, 'forums-host-only')
  const total = await ctx.tx.rsvp.count({ where: { forumId: one.id } })
  const page = await pageOf(ctx.tx, one.id, total, wanted, false)
  return { again: turnTo(ctx, guestsView(one, page, ctx.speech)) }
}

export async function showWants({ ctx, one, isHost }: ForumTarget, [, wanted]: readonly string[]): Promise<Outcome> {
  if (!isHost) return unchanged(ctx, 'forums-host-only')
  const total = await ctx.tx.rsvp.count({ where: { forumId: one.id, needs: { not: null } } })
  const page = await pageOf(ctx.tx, one.id, total, wanted, true)
  return { again: turnTo(ctx, wantsView(one, page, fullTime(needsGo(one), ctx.speech), ctx.speech)) }
}

/** One page: who comes first, then those whom a place is offered, those who wait in their order, those who may come, those who cannot. */
async function pageOf(tx: Tx, forumId: string, total: number, wanted: string | undefined, isNeeds: boolean): Promise<Page> {
  const last = Math.max(0, Math.ceil(total / GUESTS) - 1)
  const at = Math.min(Math.max(0, Number(wanted) || 0), last)
  const guests = await tx.$queryRaw<Guest[]>`
    SELECT p."name", r."answer", r."party", r."needs", r."cameAt" IS NOT NULL AS "came",
      f."was" IS NOT NULL AND r."answer" = 'coming' AND r."still" IS NOT DISTINCT FROM f."sequence" AS "still"
    FROM "Rsvp" r JOIN "Forum" f ON f."id" = r."forumId" JOIN "Person" p ON p."id" = r."personId"
    WHERE r."forumId" = ${forumId} AND (NOT ${isNeeds}::boolean OR r."needs" IS NOT NULL)
    ORDER BY array_position(ARRAY['coming', 'offered', 'waiting', 'maybe', 'cant']::"RsvpAnswer"[], r."answer"), coalesce(r."place", 0), p."name", p."id"
    LIMIT ${GUESTS} OFFSET ${at * GUESTS}`
  return { guests, at, last }
}
