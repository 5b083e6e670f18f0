import { isMeant } from '../community/audience.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import type { Draft } from '../kit/draft-kind.ts'
import { type Kind, type Member, target } from '../kit/target.ts'
import { isOut } from './domain.ts'
import { holdForum, loadForum, type WholeForum } from './forum.ts'
import { type ForumSettings, settingsOf } from './settings.ts'

/** What a coordinator's button is about: a forum of their network. Looked up with the role at every use. */

export interface ForumTarget extends Draft<ForumSettings> {
  readonly one: WholeForum
  /** They are its host: who sees names and needs. */
  readonly isHost: boolean
}

/** A forum, held until the end of the transaction, for a coordinator of its network. */
export async function forumTarget(ctx: Ctx, id: string | undefined): Promise<ForumTarget | { readonly refused: Outcome }> {
  const found = await target(ctx, HELD, id, 'coordinator')
  if ('refused' in found) return found
  const { thing: one, ctx: there } = found
  return { id: one.id, ctx: there, settings: settingsOf(one), one, isHost: one.hostId === there.person.id }
}

/** Whether a forum may be known here: in its own chats; in private to residents, and one for the steering group to those with a role. */
export function isOpenTo(ctx: Ctx, one: WholeForum): boolean {
  if (!isOut(one, ctx.speech.now)) return ctx.roles.has('coordinator')
  if (ctx.roles.size > 0 && ctx.inbound.place === 'private') return true
  if (ctx.space) return isMeant(ctx.space, one.places)
  return one.places.audience !== 'steering'
}

/** A forum, for whoever may know of it; what somebody has said of one stays theirs, wherever they look at it. */
export const FORUM: Kind<WholeForum> = {
  find: loadForum,
  isOpenTo: async (one, there) => isOpenTo(there, one) || (await hasAnswered(one, there)),
  unknown: 'forums-unknown',
}

/** The same, held until the end of the transaction. */
export const HELD: Kind<WholeForum> = { ...FORUM, find: holdForum }

async function hasAnswered({ id: forumId }: WholeForum, { tx, person: { id: personId } }: Member): Promise<boolean> {
  return (await tx.rsvp.findUnique({ where: { forumId_personId: { forumId, personId } } })) !== null
}
