import { asPerson } from '../community/members.ts'
import { LIMITS } from '../community/names.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { isSecret, unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { text } from '../kit/page.ts'
import type { Reply } from '../platform/adapter.ts'
import { view } from '../view/make.ts'
import type { Button, View } from '../view/view.ts'
import { tryCode } from './codes.ts'
import { beginJoining, holdChat, isSample, joiningView, needAdmin } from './hello.ts'
import { lockNetwork, type Tools } from './permissions.ts'

/** `/network join CODE`, said by an admin of the chat that is to join. */
export async function join(ctx: Ctx, tools: Tools, words: string): Promise<Outcome> {
  const { tx, inbound } = ctx
  const { place } = inbound
  if (place === 'private') return unchanged(ctx, 'network-join-private')
  await hideCode(ctx)
  const refused = await needAdmin(ctx, key => unchanged(ctx, key))
  if (refused) return refused
  const taken = await takenBy(ctx, place.space)
  if (taken) return taken
  const tried = await tryCode(ctx, words, hash => findJoinCode(ctx, hash))
  if ('refused' in tried) return tried.refused
  const { network, areaId, audience } = tried.found
  if (await isSample(tx, ctx.identity.ref)) return unchanged(ctx, 'network-sample-closed')
  if (network.state === 'paused') return unchanged(ctx, 'network-join-paused', { network: network.name })
  const missing = await ctx.chat.missing()
  const needed = missing.filter(key => !key.endsWith('-optional'))
  if (needed.length > 0) return { again: whisper(missingView(ctx, needed, tried.code)) }
  await lockNetwork(tx, network.id)
  const others = { networkId: network.id, state: { not: 'left' as const }, ref: { not: place.space as string } }
  if ((await tx.space.count({ where: others })) >= LIMITS.chats)
    return unchanged(ctx, 'network-join-full', { network: network.name, most: LIMITS.chats })
  const { person } = await asPerson(tx, ctx.identity, network.id, ctx.ids)
  await beginJoining(ctx, tools, place.space, { network, person, areaId, audience })
  return joined(ctx, joiningView(ctx, network, missing))
}

function joined(ctx: Ctx, view: View): readonly Reply[] {
  return ctx.inbound.event.kind === 'press' ? [{ kind: 'update', view }] : whisper(view)
}

/** A chat belongs to one network at a time. Holds the chat, so that nobody else brings it in meanwhile. */
export async function takenBy(ctx: Ctx, ref: Parameters<typeof holdChat>[1]): Promise<Outcome | undefined> {
  const space = await holdChat(ctx.tx, ref)
  if (!space || space.state === 'left') return undefined
  if (space.network.sample) return unchanged(ctx, 'network-sample-closed')
  return space.state === 'gone' ? undefined : unchanged(ctx, 'network-join-taken', { network: space.network.name, state: space.state })
}

/** A code that still stands. One that cannot be used for any reason looks like one that never was. */
function findJoinCode({ tx, speech }: Ctx, hash: string) {
  const open = { hash, revokedAt: null, expiresAt: { gt: speech.now }, network: { sample: false, state: { not: 'deleting' as const } } }
  return tx.joinCode.findFirst({ where: open, include: { network: true } })
}

/** What the bot may not do here, with what to click, and the way to go on. */
function missingView(ctx: Ctx, missing: readonly string[], code: string): View {
  const { t, named, locale } = ctx.speech.texts
  // Where this answer goes to the private chat, a button there would not know which chat is meant.
  const again: Button[] = isSecret(ctx) ? [{ label: t('network-do-try-again'), token: token('network', 'join', code), look: 'main' }] : []
  return view({
    lang: locale,
    blocks: [
      text(t('network-join-missing')),
      { kind: 'list', items: missing.map(key => named(key)) },
      text(t('network-join-missing-then')),
    ],
    buttons: [again],
  })
}

/** A code that was said aloud is taken away, where the bot may: others could bring their chats in with it. */
async function hideCode(ctx: Ctx): Promise<void> {
  const { event } = ctx.inbound
  const isSaid = event.kind === 'command' || event.kind === 'started'
  if (isSaid && event.message && ctx.chat.can.commands === 'text') await ctx.chat.remove(event.message)
}
