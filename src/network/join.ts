import { asPerson } from '../community/members.ts'
import { LIMITS } from '../community/names.ts'
import { id } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, isSecret, turnTo, unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { text } from '../kit/page.ts'
import { view } from '../view/make.ts'
import type { Block, Button, Form } from '../view/view.ts'
import { plainCode, tryCode } from './codes.ts'
import { allowances, beginJoining, isSample, joiningView, mayNotBring } from './hello.ts'
import { lockNetwork, type Tools } from './permissions.ts'
import { askHere, oneLine } from './question.ts'

/** Of every code that is asked for. */
export const CODE = { name: 'code', required: true, max: 40 } as const

/** `/network join CODE`, said by an admin of the chat that is to join. */
export async function join(ctx: Ctx, tools: Tools, words: string): Promise<Outcome> {
  const { tx, inbound } = ctx
  const { place } = inbound
  if (place === 'private') return joinFromPrivate(ctx, words)
  const isAsked = words.trim() === ''
  const isHidden = isAsked || (await hideCode(ctx))
  const buttons = [againButtons(ctx, plainCode(words))]
  const lacking = { missing: 'network-join-missing', after: 'network-join-missing-then', buttons } as const
  const refused = await mayNotBring(ctx, place.space, { admin: 'network-needs-admin', unknown: 'network-admin-unknown', ...lacking })
  if (refused) return refused
  if (isAsked) return ctx.chat.chatLink('network') ? { again: ask(enterForm(ctx)) } : askHere(ctx, enterForm(ctx), 'network-join-how')
  const tried = await tryCode(ctx, words, hash => findJoinCode(ctx, hash))
  if ('refused' in tried) return tried.refused
  const { network, areaId, audience } = tried.found
  if (await isSample(tx, ctx.identity.ref)) return unchanged(ctx, 'network-sample-closed')
  if (network.state === 'paused') return unchanged(ctx, 'network-join-paused', { network: network.name })
  const allowed = await allowances(ctx, lacking)
  if ('refused' in allowed) return allowed.refused
  await lockNetwork(tx, network.id)
  const others = { networkId: network.id, state: { not: 'left' as const }, ref: { not: place.space as string } }
  if ((await tx.space.count({ where: others })) >= LIMITS.chats)
    return unchanged(ctx, 'network-join-full', { network: network.name, most: LIMITS.chats })
  const { person } = await asPerson(tx, ctx.identity, network.id, ctx.ids)
  await beginJoining(ctx, tools, place.space, { network, person, areaId, audience })
  return turnTo(ctx, joiningView(ctx, network, allowed.advice, isHidden))
}

/** The chat is not here: where there are links into chats, one leads on with the code. */
async function joinFromPrivate(ctx: Ctx, words: string): Promise<Outcome> {
  const url = ctx.chat.chatLink(token('network', 'join', plainCode(words) || 'code'))
  if (!url) return unchanged(ctx, 'network-join-private')
  if (words.trim() === '') return { again: ask(enterForm(ctx)) }
  const tried = await tryCode(ctx, words, hash => findJoinCode(ctx, hash))
  if ('refused' in tried) return tried.refused
  const { t, locale } = ctx.speech.texts
  const blocks: Block[] = [
    text(t('network-join-choose', { network: tried.found.network.name })),
    { kind: 'link', label: t('network-join-choose-link'), url },
  ]
  return { again: whisper(view({ lang: locale, blocks })) }
}

function enterForm({ speech }: Ctx): Form {
  return oneLine(speech, token('network', 'enter'), 'network-form-enter', CODE)
}

/** A code that still stands. One that cannot be used for any reason looks like one that never was. */
function findJoinCode({ tx, speech }: Ctx, hash: string) {
  const open = { hash, revokedAt: null, expiresAt: { gt: speech.now }, network: { sample: false, state: { not: 'deleting' as const } } }
  return tx.joinCode.findFirst({ where: open, include: { network: true } })
}

/** The way to go on. Where this answer goes to the private chat, a button there would not know which chat is meant. */
function againButtons(ctx: Ctx, code: string): readonly Button[] {
  const made = id.safeParse(code).success ? token('network', 'join', code) : token('network', 'enter')
  return isSecret(ctx) ? [{ label: ctx.speech.texts.t('network-do-try-again'), token: made, look: 'main' }] : []
}

/** A code that was said aloud is taken away, where the bot may: others could bring their chats in with it. Whether nobody can read it now. */
async function hideCode(ctx: Ctx): Promise<boolean> {
  const { event } = ctx.inbound
  const isSaid = event.kind === 'command' || event.kind === 'started'
  return isSaid && event.message && ctx.chat.can.commands === 'text' ? ctx.chat.remove(event.message) : true
}
