import type { SpaceRef } from '../adapter.ts'
import type { Ctx, Outcome, Tx } from '../feature.ts'
import { Prisma } from '../store/generated/client.ts'
import { sentence } from '../view/make.ts'

/** What happens to the chats themselves: the bot comes, goes, a chat gets a new address, a private chat opens or closes. */
export async function lifecycle(ctx: Ctx): Promise<Outcome> {
  const { event, place } = ctx.inbound
  switch (event.kind) {
    case 'joined':
      return joined(ctx)
    case 'left':
      if (place !== 'private')
        await ctx.tx.space.updateMany({ where: { ref: place.space }, data: { state: 'gone', trouble: 'space-trouble-removed' } })
      return []
    case 'moved':
      if (place !== 'private') await moveSpace(ctx.tx, place.space, event.to)
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

/** The bot is in a chat: a known one is joined again, a new one hears how to begin. */
async function joined(ctx: Ctx): Promise<Outcome> {
  const { place } = ctx.inbound
  if (place === 'private') return []
  const back = await ctx.tx.space.updateMany({ where: { ref: place.space, state: 'gone' }, data: { state: 'joined', trouble: null } })
  const { t, locale } = ctx.speech.texts
  return [{ kind: 'say', view: sentence(locale, t(back.count > 0 || ctx.space ? 'app-back' : 'app-new-here')) }]
}

/** Gives a space its new address; posts under the old one cannot be edited any more and are sent anew by the delivery. */
export async function moveSpace(tx: Tx, from: SpaceRef, to: SpaceRef): Promise<void> {
  const taken = await tx.space.findUnique({ where: { ref: to } })
  if (taken) {
    await tx.space.updateMany({ where: { ref: from }, data: { state: 'gone', trouble: 'space-trouble-removed' } })
    return
  }
  const moved = await tx.space.findUnique({ where: { ref: from } })
  if (!moved) return
  await tx.space.update({ where: { ref: from }, data: { ref: to, trouble: null } })
  await tx.delivery.updateMany({
    where: { spaceId: moved.id, state: 'sent', view: { equals: Prisma.AnyNull } },
    data: { state: 'waiting', message: null },
  })
}
