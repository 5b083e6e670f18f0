import { type Adapter, type Inbound, platformOf, type Reply } from './adapter.ts'
import { fitParts, post } from './delivery/outbox.ts'
import type { Ctx } from './feature.ts'
import { token } from './token.ts'
import { fit } from './view/fit.ts'
import { sentence } from './view/make.ts'
import { plain } from './view/plain.ts'
import type { View } from './view/view.ts'

/**
 * Makes replies fit the platform and the place: long views become several messages, and a whisper that a group cannot carry goes to the person's
 * private chat, or waits there while the group gets the way to it. All within the transaction: nothing here waits for a platform.
 */
export async function placeReplies(ctx: Ctx, replies: readonly Reply[], adapter: Adapter): Promise<readonly Reply[]> {
  const out: Reply[] = []
  for (const [i, reply] of replies.entries()) out.push(...(await place(ctx, reply, adapter, `${ctx.inbound.id}/${i}`)))
  return out
}

/** The same for replies that are known to need no other place: short words in answer to a press. Elsewhere they are said aloud. */
export function fitWords(replies: readonly Reply[], inbound: Inbound, { can }: Adapter): readonly Reply[] {
  const carries = inbound.place !== 'private' && (can.whisper.to === 'everything' || inbound.event.kind === 'press')
  return replies.map(reply => (reply.kind === 'whisper' && !carries ? { kind: 'say', view: reply.view } : reply))
}

async function place(ctx: Ctx, reply: Reply, adapter: Adapter, key: string): Promise<readonly Reply[]> {
  const { limits } = adapter.can
  const inPrivate = ctx.inbound.place === 'private'
  switch (reply.kind) {
    case 'say':
    case 'home':
      return fit(reply.view, limits).map(view => ({ kind: reply.kind, view }))
    case 'whisper':
      return inPrivate ? fit(reply.view, limits).map(view => ({ kind: 'say', view })) : whisper(ctx, reply.view, adapter, key)
    case 'update': {
      if (await isForAll(ctx)) return place(ctx, { kind: 'whisper', view: reply.view }, adapter, key)
      const [first, ...more] = fit(reply.view, limits)
      const rest = await Promise.all(more.map((view, i) => place(ctx, { kind: 'whisper', view }, adapter, `${key}/${i}`)))
      return first ? [{ kind: 'update', view: first }, ...rest.flat()] : []
    }
    case 'go private':
      return inPrivate ? [{ kind: 'say', view: reply.view }] : [reply]
    default:
      return [reply]
  }
}

/** What hangs on a post that stands in a chat belongs to all: a changed app can press there what belongs on somebody's private card. */
async function isForAll({ inbound, tx }: Ctx): Promise<boolean> {
  const { event, place: where } = inbound
  if (where === 'private' || event.kind !== 'press' || event.message === undefined) return false
  return (await tx.delivery.findFirst({ where: { message: event.message }, select: { id: true } })) !== null
}

async function whisper(ctx: Ctx, view: View, adapter: Adapter, key: string): Promise<readonly Reply[]> {
  const { can } = adapter
  const pressed = ctx.inbound.event.kind === 'press'
  const possible = can.whisper.to === 'everything' || pressed
  const plainly = view.buttons.length === 0 && view.blocks.every(block => block.kind !== 'file' && block.kind !== 'picture')
  if (possible && (plainly || can.whisper.buttons)) {
    if (can.whisper.buttons)
      return fit(view, { ...can.limits, text: Math.min(can.limits.text, can.whisper.text) }).map(part => ({ kind: 'whisper', view: part }))
    if (plain(view).length <= can.whisper.text) return [{ kind: 'whisper', view }]
  }
  return elsewhere(ctx, view, adapter, { key, pressed })
}

/** In the private chat, if it is open; else it waits there, and the group gets the way to it. */
async function elsewhere(
  ctx: Ctx,
  view: View,
  adapter: Adapter,
  { key, pressed }: { key: string; pressed: boolean },
): Promise<readonly Reply[]> {
  const { t, locale } = ctx.speech.texts
  const { ref } = ctx.inbound.person
  if (ctx.identity.tell === 'open' && ctx.network) {
    const whole = {
      key,
      networkId: ctx.network.id,
      to: { personRef: ref },
      platform: platformOf(ref),
      lane: adapter.lane(ref),
      subject: token('app', 'answer'),
      view,
    }
    await post(ctx.tx, fitParts(whole, adapter.can.limits), ctx.speech.now)
    return pressed ? [{ kind: 'whisper', view: sentence(locale, t('app-told-in-private')) }] : []
  }
  await ctx.tx.waiting.create({
    data: { id: ctx.ids.id(), identityRef: ref, view: JSON.parse(JSON.stringify(view)), createdAt: ctx.speech.now },
  })
  return [
    {
      kind: 'go private',
      payload: token('app', 'waiting'),
      view: sentence(locale, t('app-waits-in-private')),
      label: t('app-open-private'),
    },
  ]
}
