import { asPerson } from '../community/members.ts'
import { LIMITS, readName } from '../community/names.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { reply, unchanged, whisper } from '../feature/replies.ts'
import { text } from '../kit/page.ts'
import type { Network, Person } from '../store/generated/client.ts'
import { view } from '../view/make.ts'
import { cardFor } from './card.ts'
import { tryCode } from './codes.ts'
import { beginJoining, isSample, joiningView, needAdmin } from './hello.ts'
import { takenBy } from './join.ts'
import type { Tools } from './permissions.ts'

/** How a network begins: an admin says so in a chat, or somebody takes up the code that the server's keeper has printed. */

/** `/network new NAME` */
export async function foundHere(ctx: Ctx, tools: Tools, words: string): Promise<Outcome> {
  const { place } = ctx.inbound
  if (place === 'private') return unchanged(ctx, 'network-new-private')
  const name = readName(words, LIMITS.network)
  if (!name) return unchanged(ctx, 'network-new-name', LIMITS.network)
  const refused = await needAdmin(ctx, key =>
    unchanged(ctx, key === 'network-needs-admin' ? 'network-new-needs-admin' : 'network-new-admin-unknown'),
  )
  if (refused) return refused
  const taken = await takenBy(ctx, place.space)
  if (taken) return taken
  if (await isSample(ctx.tx, ctx.identity.ref)) return unchanged(ctx, 'network-sample-closed')
  const missing = await ctx.chat.missing()
  const needed = missing.filter(key => !key.endsWith('-optional'))
  const { t, named, locale } = ctx.speech.texts
  if (needed.length > 0)
    return {
      again: whisper(
        view({ lang: locale, blocks: [text(t('network-new-missing')), { kind: 'list', items: needed.map(key => named(key)) }] }),
      ),
    }
  const { network, person } = await begin(ctx, name)
  await beginJoining(ctx, tools, place.space, { network, person, areaId: null, audience: 'residents' })
  const there: Ctx = { ...ctx, network, person, roles: new Set(['coordinator']) }
  return [
    ...whisper(joiningView(ctx, network, missing)),
    ...whisper(await cardFor({ ctx: there, network, person, tools }, t('network-founded', { network: network.name }))),
  ]
}

/** `/network found CODE`: anywhere. The code is used up by the statement that finds it open. */
export async function foundByCode(ctx: Ctx, tools: Tools, words: string): Promise<Outcome> {
  const { tx, speech } = ctx
  const open = { networkId: null, usedAt: null, expiresAt: { gt: speech.now } }
  const tried = await tryCode(ctx, words, hash => tx.invitation.findFirst({ where: { ...open, hash } }))
  if ('refused' in tried) return tried.refused
  if (await isSample(tx, ctx.identity.ref)) return unchanged(ctx, 'network-sample-closed')
  const { hash, networkName } = tried.found
  const used = await tx.invitation.updateMany({ where: { ...open, hash }, data: { usedAt: speech.now } })
  if (used.count === 0) return reply(ctx, 'network-code-wrong')
  const { network, person } = await begin(ctx, networkName ?? '')
  const there: Ctx = { ...ctx, network, person, roles: new Set(['coordinator']) }
  return whisper(
    await cardFor({ ctx: there, network, person, tools }, speech.texts.t('network-founded-by-code', { network: network.name })),
  )
}

/** The network and its first coordinator. Their private chat is about it from now on. */
async function begin(ctx: Ctx, name: string): Promise<{ network: Network; person: Person }> {
  const { tx, ids, speech } = ctx
  const network = await tx.network.create({ data: { id: ids.id(), name, locale: speech.locale, createdAt: speech.now } })
  const { person } = await asPerson(tx, ctx.identity, network.id, ids)
  await tx.grant.create({ data: { personId: person.id, role: 'coordinator', grantedAt: speech.now } })
  await tx.identity.update({ where: { ref: ctx.identity.ref }, data: { networkId: network.id } })
  return { network, person }
}
