import { isMeant } from '../community/audience.ts'
import { post } from '../delivery/outbox.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged, update } from '../feature/replies.ts'
import { sentence } from '../view/make.ts'
import { postRows } from './create.ts'
import { nameOf, stageOf } from './domain.ts'
import { mirrorRows } from './mirror.ts'
import { forumTarget } from './target.ts'

/** Announces a forum that is ahead in one more space of its network, one that it is meant for. */
export async function takeOffer(ctx: Ctx, deps: Deps, [id, spaceId]: readonly string[]): Promise<Outcome> {
  const target = await forumTarget(ctx, id)
  if ('refused' in target) return target.refused
  const { one } = target
  const space = spaceId ? await ctx.tx.space.findFirst({ where: { id: spaceId, networkId: one.networkId, state: 'joined' } }) : null
  if (!space || !isMeant(space, one.places)) return unchanged(ctx, 'forums-offer-not-there')
  if (!['planned', 'ahead'].includes(stageOf(one, ctx.speech.now))) return unchanged(ctx, 'forums-over')
  await post(ctx.tx, [...postRows(deps, one, [space]), ...mirrorRows(deps, one, [space])], ctx.speech.now)
  const { t, locale } = ctx.speech.texts
  return update(sentence(locale, t('forums-done-offer', { theme: nameOf(one.theme), space: space.title })))
}
