import { Secret } from '../base/secret.ts'
import { fitParts, post } from '../delivery/outbox.ts'
import type { Ctx } from '../feature/context.ts'
import type { Answer, SecretReply } from '../feature/outcome.ts'
import { token } from '../feature/token.ts'
import { type Adapter, type GoPrivate, type Inbound, platformOf, type Reply } from '../platform/adapter.ts'
import { whisperTo } from '../platform/whisper.ts'
import { fit } from '../view/fit.ts'
import { sentence } from '../view/make.ts'
import { plain } from '../view/plain.ts'
import type { View } from '../view/view.ts'
import { keepWaiting } from './waiting.ts'

/**
 * Makes replies fit the platform and the place: long views become several messages, and a whisper that a group cannot carry goes to the person's
 * private chat, or waits there while the group gets the way to it. All within the transaction: nothing here waits for a platform.
 */
export async function placeReplies(ctx: Ctx, replies: readonly Reply[], adapter: Adapter): Promise<readonly Reply[]> {
  const out: Reply[] = []
  for (const [i, reply] of replies.entries()) out.push(...(await place(ctx, reply, adapter, `${ctx.inbound.id}/${i}`)))
  return out
}

/** The same, where some tell of a choice. Where the group cannot carry one of these, nothing is written down: it gets the way to where it is shown. */
export async function placeAnswers(ctx: Ctx, answers: readonly Answer[], adapter: Adapter): Promise<readonly Answer[]> {
  const out: Answer[] = []
  for (const [i, answer] of answers.entries()) {
    if (answer.kind === 'secret') out.push(...(await placeSecret(ctx, answer, adapter)))
    else out.push(...(await place(ctx, answer, adapter, `${ctx.inbound.id}/${i}`)))
  }
  return out
}

/** The same for replies that are known to need no other place: short words in answer to a press. Elsewhere they are said aloud. */
export function fitWords(answers: readonly Answer[], inbound: Inbound, { can }: Adapter): readonly Reply[] {
  const carries = inbound.place !== 'private' && whisperTo(can, inbound) !== undefined
  return spoken(answers).map(reply => (reply.kind === 'whisper' && !carries ? { kind: 'say', view: reply.view } : reply))
}

/** For the platform alone: from here on nothing is written down any more. */
export function spoken(answers: readonly Answer[]): readonly Reply[] {
  return answers.map(answer => {
    if (answer.kind !== 'secret') return answer
    const { how, secret, isReceipt = false, instead, ifLost } = answer
    const view = Secret.reveal(secret)
    return how === 'say' || how === 'home'
      ? { kind: how, view }
      : { kind: how, view, ifLost, ...(isReceipt && { isReceipt }), ...(instead && { instead }) }
  })
}

/** What one answer becomes here: what this place can carry, and what has to be shown elsewhere. */
interface Split {
  readonly here: readonly Said[]
  readonly elsewhere: readonly View[]
}

interface Said {
  readonly kind: 'say' | 'whisper' | 'update' | 'home'
  readonly view: View
}

async function place(ctx: Ctx, reply: Reply, adapter: Adapter, key: string): Promise<readonly Reply[]> {
  switch (reply.kind) {
    case 'say':
    case 'home':
    case 'whisper':
    case 'update': {
      const { here, elsewhere } = split(ctx, reply, adapter)
      const sent = await Promise.all(elsewhere.map((view, i) => inPrivate(ctx, view, adapter, i === 0 ? key : `${key}/${i}`)))
      return [...here, ...sent.flat()]
    }
    case 'go private':
      return ctx.inbound.place === 'private' ? [{ kind: 'say', view: reply.view }] : [reply]
    default:
      return [reply]
  }
}

async function placeSecret(ctx: Ctx, reply: SecretReply, adapter: Adapter): Promise<readonly Answer[]> {
  const { here, elsewhere } = split(ctx, { kind: reply.how, view: Secret.reveal(reply.secret) }, adapter)
  const way = wayInto(ctx, reply.opens)
  // It is never handed back to be kept: where it cannot be shown, the private chat shows the same.
  const instead = ctx.inbound.mayWhisper ? { instead: way } : {}
  const shown = here.map(({ kind, view }): Answer => ({ ...reply, ...instead, how: kind, secret: new Secret(view) }))
  return elsewhere.length === 0 ? shown : [...shown, way]
}

function split(ctx: Ctx, { kind, view }: Said, adapter: Adapter): Split {
  if (ctx.inbound.isHome && (kind === 'whisper' || kind === 'update')) return { here: inHome(ctx, view, adapter), elsewhere: [] }
  const parts = fit(view, adapter.can.limits)
  if (kind === 'say' || kind === 'home') return { here: parts.map(part => ({ kind, view: part })), elsewhere: [] }
  if (kind === 'whisper' || isForAll(ctx.inbound)) return splitWhisper(ctx, view, adapter)
  const [first, ...more] = parts
  const rest = more.map(part => splitWhisper(ctx, part, adapter))
  return {
    here: [...(first ? [{ kind, view: first }] : []), ...rest.flatMap(one => one.here)],
    elsewhere: rest.flatMap(one => one.elsewhere),
  }
}

/** In the home of the app, with a way back to its first page. What it cannot hold is said in the private chat, and Home says so. */
function inHome(ctx: Ctx, view: View, { can: { limits } }: Adapter): readonly Said[] {
  const { t, locale } = ctx.speech.texts
  const back = [{ label: t('app-home-back'), token: token('app', 'home') }]
  const [whole, ...more] = fit({ ...view, buttons: [...view.buttons, back] }, limits)
  if (whole && more.length === 0 && view.blocks.every(({ kind }) => kind !== 'file')) return [{ kind: 'home', view: whole }]
  const told: Said = { kind: 'home', view: sentence(locale, t('app-told-in-private'), [back]) }
  return [...fit(view, limits).map(part => ({ kind: 'say', view: part }) as const), told]
}

function splitWhisper(ctx: Ctx, view: View, { can }: Adapter): Split {
  if (ctx.inbound.place === 'private') return { here: fit(view, can.limits).map(part => ({ kind: 'say', view: part })), elsewhere: [] }
  const { whisper } = ctx.chat
  const plainly = view.buttons.length === 0 && view.blocks.every(block => block.kind !== 'file' && block.kind !== 'picture')
  if (whisper?.buttons) {
    const limits = { ...can.limits, text: Math.min(can.limits.text, whisper.text) }
    return { here: fit(view, limits).map(part => ({ kind: 'whisper', view: part })), elsewhere: [] }
  }
  const carries = whisper && plainly && plain(view).length <= whisper.text
  return carries ? { here: [{ kind: 'whisper', view }], elsewhere: [] } : { here: [], elsewhere: [view] }
}

/** What all can see is nobody's own: a changed app can press there what belongs on somebody's private card. */
function isForAll({ event, place: where }: Inbound): boolean {
  return where !== 'private' && event.kind === 'press' && event.message !== undefined
}

const isPress = ({ event }: Inbound): boolean => event.kind === 'press' || (event.kind === 'missed' && event.isPress)

/** In the private chat, if it is open; else it waits there, and the group gets the way to it. */
async function inPrivate(ctx: Ctx, view: View, adapter: Adapter, key: string): Promise<readonly Reply[]> {
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
    return isPress(ctx.inbound) ? [{ kind: 'whisper', view: sentence(locale, t('app-told-in-private')) }] : []
  }
  await keepWaiting(ctx, view)
  return [wayInto(ctx, token('app', 'waiting'))]
}

function wayInto(ctx: Ctx, payload: string): GoPrivate {
  const { t, locale } = ctx.speech.texts
  return { kind: 'go private', payload, view: sentence(locale, t('app-waits-in-private')), label: t('app-open-private') }
}
