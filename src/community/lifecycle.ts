import { moveSpace } from '../delivery/move.ts'
import { catchUp } from '../delivery/outbox.ts'
import { lostBy } from '../delivery/outcome.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import type { SpaceRef } from '../platform/adapter.ts'
import type { TextKey } from '../texts/keys.ts'
import { sentence } from '../view/make.ts'
import { forgetActsIn } from './acts.ts'
import { spacesOfChat } from './lists.ts'
import { notifyTrouble } from './notify.ts'

/** What happens to the chats themselves: the bot comes, goes, a chat gets a new address, a private chat opens or closes. */
export async function lifecycle(ctx: Ctx, deps: Deps): Promise<Outcome> {
  const { event, place } = ctx.inbound
  switch (event.kind) {
    case 'joined':
    case 'back':
      return joined(ctx, event.kind === 'back')
    case 'left':
      if (place !== 'private') await gone(ctx, deps, await sameChat(ctx, place.space), lostBy(event.how ?? 'removed'))
      return []
    case 'moved':
      if (place !== 'private') await moveSpace(ctx.tx, place.space, event.to, ctx.chat.lane(event.to), ctx.speech.now)
      return []
    case 'closed':
    case 'opened':
      await ctx.tx.identity.update({ where: { ref: ctx.identity.ref }, data: { tell: event.kind === 'opened' ? 'open' : 'closed' } })
      return []
    case 'nameless':
      return { again: [{ kind: 'say', view: sentence(ctx.speech.locale, ctx.speech.texts.t('app-nameless')) }] }
    default:
      return []
  }
}

/**
 * The bot is out of the chat, and the coordinators hear of it. Only a space that had joined is joined again when the bot is back; what was on its way in or out
 * is out.
 */
async function gone({ tx }: Ctx, deps: Deps, refs: readonly string[], trouble: TextKey): Promise<void> {
  const ref = { in: [...refs] }
  const left = await tx.space.updateManyAndReturn({ where: { ref, state: 'joined' }, data: { state: 'gone', trouble } })
  await notifyTrouble(
    tx,
    deps,
    left.map(({ id, networkId }) => ({ id, networkId, trouble })),
  )
  const out = await tx.space.updateManyAndReturn({
    where: { ref, state: { in: ['joining', 'leaving'] } },
    data: { state: 'left' },
    select: { id: true },
  })
  await forgetActsIn(
    tx,
    out.map(space => space.id),
  )
}

/** The addresses of all spaces in a chat. */
async function sameChat(ctx: Ctx, ref: SpaceRef): Promise<readonly string[]> {
  return (await spacesOfChat(ctx.tx, one => ctx.chat.lane(one), ref)).map(space => space.ref)
}

/** The bot is in a chat: a known one is joined again, a new one hears how to begin, unless the bot came into it unasked. */
async function joined(ctx: Ctx, isUnasked: boolean): Promise<Outcome> {
  const { place } = ctx.inbound
  if (place === 'private') return []
  const back = await ctx.tx.space.updateManyAndReturn({
    where: { ref: { in: [...(await sameChat(ctx, place.space))] }, state: 'gone' },
    data: { state: 'joined', trouble: null },
    select: { id: true },
  })
  await catchUp(
    ctx.tx,
    back.map(space => space.id),
    ctx.speech.now,
  )
  const { t, locale } = ctx.speech.texts
  if (isUnasked && back.length === 0) return []
  return [{ kind: 'say', view: sentence(locale, t(back.length > 0 || ctx.space ? 'app-back' : 'app-new-here')) }]
}
