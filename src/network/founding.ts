import { asPerson } from '../community/members.ts'
import { LIMITS, readName } from '../community/names.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, reply, unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { wrongForm } from '../kit/forms.ts'
import type { Reply } from '../platform/adapter.ts'
import type { Network, Person } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import { cardFor } from './card.ts'
import { tryCode } from './codes.ts'
import { allowances, beginJoining, isSample, joiningView, mayNotBring } from './hello.ts'
import { CODE } from './join.ts'
import type { Tools } from './permissions.ts'
import { askHere, oneLine } from './question.ts'

/** How a network begins: an admin says so in a chat, or somebody takes up the code that the server's keeper has printed. */

/** `/network new NAME` */
export async function foundHere(ctx: Ctx, tools: Tools, words: string): Promise<Outcome> {
  const { place } = ctx.inbound
  if (place === 'private') return unchanged(ctx, 'network-new-private')
  const name = readName(words, LIMITS.network)
  if (!name && words.trim() !== '' && ctx.inbound.event.kind !== 'submit') return unchanged(ctx, 'network-new-name', LIMITS.network)
  const lacking = { missing: 'network-new-missing' } as const
  const refused = await mayNotBring(ctx, place.space, {
    ...{ admin: 'network-new-needs-admin', unknown: 'network-new-admin-unknown', ...lacking },
  })
  if (refused) return refused
  if (!name) return askName(ctx, words)
  if (await isSample(ctx.tx, ctx.identity.ref)) return unchanged(ctx, 'network-sample-closed')
  const allowed = await allowances(ctx, lacking)
  if ('refused' in allowed) return allowed.refused
  const { network, person } = await begin(ctx, name)
  await beginJoining(ctx, tools, place.space, { network, person, areaId: null, audience: 'residents' })
  return [...whisper(joiningView(ctx, network, allowed.advice)), ...(await firstCard(ctx, tools, { network, person }, 'network-founded'))]
}

/** The form comes back with what was wrong in it. */
function askName(ctx: Ctx, words: string): Outcome {
  const field = { name: 'name', required: true, max: LIMITS.network.max, ...(words && { value: words }) } as const
  const form = oneLine(ctx.speech, token('network', 'begin'), 'network-form-begin', field)
  if (words) return wrongForm(form, { name: ctx.speech.texts.t('network-name-wrong', LIMITS.network) })
  return askHere(ctx, form, 'network-new-name', LIMITS.network)
}

/** `/network found CODE`: anywhere. The code is used up by the statement that finds it open. */
export async function foundByCode(ctx: Ctx, tools: Tools, words: string): Promise<Outcome> {
  const { tx, speech } = ctx
  if (words.trim() === '') return { again: ask(oneLine(speech, token('network', 'found'), 'network-form-found', CODE)) }
  const open = { networkId: null, usedAt: null, expiresAt: { gt: speech.now } }
  const tried = await tryCode(ctx, words, hash => tx.invitation.findFirst({ where: { ...open, hash } }))
  if ('refused' in tried) return tried.refused
  if (await isSample(tx, ctx.identity.ref)) return unchanged(ctx, 'network-sample-closed')
  const { hash, networkName } = tried.found
  const used = await tx.invitation.updateMany({ where: { ...open, hash }, data: { usedAt: speech.now } })
  if (used.count === 0) return reply(ctx, 'network-code-wrong')
  return firstCard(ctx, tools, await begin(ctx, networkName ?? ''), 'network-founded-by-code')
}

/** The card of a network that has just begun, for its first coordinator. */
async function firstCard(ctx: Ctx, tools: Tools, { network, person }: Begun, key: TextKey): Promise<readonly Reply[]> {
  const there: Ctx = { ...ctx, network, person, roles: new Set(['coordinator']) }
  return whisper(await cardFor({ ctx: there, network, person, tools }, ctx.speech.texts.t(key, { network: network.name })))
}

interface Begun {
  readonly network: Network
  readonly person: Person
}

/** The network and its first coordinator. Their private chat is about it from now on. */
async function begin(ctx: Ctx, name: string): Promise<Begun> {
  const { tx, ids, speech } = ctx
  const network = await tx.network.create({ data: { id: ids.id(), name, locale: speech.locale, createdAt: speech.now } })
  const { person } = await asPerson(tx, ctx.identity, network.id, ids)
  await tx.grant.create({ data: { personId: person.id, role: 'coordinator', grantedAt: speech.now } })
  await tx.identity.update({ where: { ref: ctx.identity.ref }, data: { networkId: network.id } })
  return { network, person }
}
