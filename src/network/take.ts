import { roleCount } from '../community/lists.ts'
import { asPerson, memberOf } from '../community/members.ts'
import { LIMITS } from '../community/names.ts'
import { notifyOthers } from '../community/notify-others.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, inPrivate, isSecret, reply, turnTo, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { text } from '../kit/page.ts'
import type { Invitation, Network } from '../store/generated/client.ts'
import { sentence, view } from '../view/make.ts'
import type { Button } from '../view/view.ts'
import { cardFor } from './card.ts'
import { tryCode } from './codes.ts'
import { isSample } from './hello.ts'
import { CODE } from './join.ts'
import { lockNetwork, type Tools } from './permissions.ts'
import { oneLine } from './question.ts'

/** Taking up a role: by the person themselves, with a code or a link that somebody gave them. They need not be in any chat of the network. */

/** `/network role CODE`. Where everybody can read what is typed, the private chat asks for the code. */
export async function takeWords(ctx: Ctx, tools: Tools, words: string): Promise<Outcome> {
  if (ctx.inbound.place !== 'private' && (ctx.chat.can.commands === 'text' || !isSecret(ctx)))
    return inPrivate(ctx, token('network', 'role'))
  return words.trim() ? look(ctx, tools, words) : openCode(ctx)
}

export async function openCode(ctx: Ctx): Promise<Outcome> {
  return { again: ask(oneLine(ctx.speech, token('network', 'role'), 'network-form-code', CODE)) }
}

type Open = Invitation & { readonly network: Network }

function findInvitation({ tx, speech }: Ctx, hash: string): Promise<Open | null> {
  const stands = { hash, usedAt: null, expiresAt: { gt: speech.now }, network: { state: { not: 'deleting' as const } } }
  return tx.invitation.findFirst({ where: stands, include: { network: true } }) as Promise<Open | null>
}

/** What the role means, before it is taken. */
export async function look(ctx: Ctx, _tools: Tools, words: string): Promise<Outcome> {
  const tried = await tryCode(ctx, words, hash => findInvitation(ctx, hash))
  if ('refused' in tried) return tried.refused
  const { network, role } = tried.found
  const { t, locale } = ctx.speech.texts
  const yes: Button = { label: t('network-do-take'), token: token('network', 'accept', tried.code), look: 'main' }
  const no: Button = { label: t('network-do-decline'), token: token('network', 'decline') }
  const blocks = [text(t('network-take-question', { network: network.name, role })), text(t('network-role-means', { role }))]
  return { again: turnTo(ctx, view({ lang: locale, blocks, buttons: [[yes, no]] })) }
}

export function decline(ctx: Ctx): Outcome {
  return { again: turnTo(ctx, sentence(ctx.speech.locale, ctx.speech.texts.t('network-declined'))) }
}

/** Yes: the code is used up by the same statement that finds it open, so that of two takers one gets it. */
export async function accept(ctx: Ctx, tools: Tools, words: string): Promise<Outcome> {
  const { tx, identity, speech } = ctx
  const tried = await tryCode(ctx, words, hash => findInvitation(ctx, hash))
  if ('refused' in tried) return tried.refused
  const { network, hash, role } = tried.found
  if (!network.sample && (await isSample(tx, identity.ref))) return unchanged(ctx, 'network-sample-closed')
  await lockNetwork(tx, network.id)
  const before = await memberOf(tx, identity.ref, network.id)
  if (before?.roles.has(role)) return unchanged(ctx, 'network-take-already', { role, network: network.name })
  if ((await roleCount(tx, network.id, role)) >= LIMITS.inRole)
    return unchanged(ctx, 'network-take-full', { role, network: network.name, most: LIMITS.inRole })
  const used = await tx.invitation.updateMany({
    where: { hash, usedAt: null, expiresAt: { gt: speech.now } },
    data: { usedAt: speech.now },
  })
  if (used.count === 0) return reply(ctx, 'network-code-wrong')
  const { person, roles } = await asPerson(tx, identity, network.id, ctx.ids)
  await tx.grant.create({ data: { personId: person.id, role, grantedAt: speech.now } })
  // From now on their private chat is about this network.
  await tx.identity.update({ where: { ref: identity.ref }, data: { networkId: network.id } })
  await notifyOthers(tx, tools.deps, network, { except: person.id, key: 'network-told-took', args: { name: person.name, role } })
  const there = { ...ctx, network, person, roles: new Set([...roles, role]) }
  return turnTo(
    ctx,
    await cardFor({ ctx: there, network, person, tools }, speech.texts.t('network-taken', { role, network: network.name })),
  )
}
