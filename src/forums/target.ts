import type { Ctx, Outcome } from '../feature.ts'
import { note } from '../network/desk.ts'
import { ownDraft } from '../network/drafts.ts'
import { needsCoordinator } from '../network/may-start.ts'
import { holdForum, type WholeForum } from './forum.ts'
import { ForumSettings, settingsOf } from './settings.ts'

/** What a coordinator's button is about: their own draft, or a forum of their network. Looked up with the role at every use. */

export interface DraftTarget {
  readonly id: string
  readonly ctx: Ctx
  readonly settings: ForumSettings
}

export interface ForumTarget extends DraftTarget {
  readonly one: WholeForum
  /** They are its host: who sees names and needs. */
  readonly isHost: boolean
}

export async function draftTarget(ctx: Ctx, id: string | undefined): Promise<DraftTarget | undefined> {
  const found = await ownDraft(ctx, 'forums', id)
  return found && { id: found.row.id, ctx: found.ctx, settings: ForumSettings.parse(found.row.data) }
}

/** A forum, held until the end of the transaction, for a coordinator of its network. */
export async function forumTarget(ctx: Ctx, id: string | undefined): Promise<ForumTarget | { readonly refused: Outcome }> {
  const one = await holdForum(ctx.tx, id)
  const there = one && (await ctx.in(one.networkId))
  if (!one || !there?.person) return { refused: note(ctx, 'forums-unknown') }
  if (!there.roles.has('coordinator')) return { refused: needsCoordinator(there) }
  return { id: one.id, ctx: there, settings: settingsOf(one), one, isHost: one.hostId === there.person.id }
}
