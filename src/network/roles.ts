import { roleCount, rolesOf } from '../community/lists.ts'
import type { Role } from '../community/members.ts'
import { notifyOthers } from '../community/notify-others.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { inPrivate, isSecret, turnTo, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { type Cut, danger, page, paged, quiet, sure, text } from '../kit/page.ts'
import { fullTime } from '../texts/when.ts'
import { sentence, view } from '../view/make.ts'
import { sameKey } from '../view/sanitize.ts'
import type { Block, Button, View } from '../view/view.ts'
import { cardFor } from './card.ts'
import { DAY, hashOf, plainCode } from './codes.ts'
import { type Acting, asCoordinator, asMember, lockNetwork, ROLES, type Tools } from './permissions.ts'
import { back, roleName, roleWord, to } from './view.ts'

/** Who has which role: invited, listed, removed, given up. */

export async function roleList(acting: Acting, args: readonly string[]): Promise<Outcome> {
  return { again: turnTo(acting.ctx, await listPage(acting.ctx, acting.network.id, args[0])) }
}

async function listPage(ctx: Ctx, networkId: string, at?: string, said?: string): Promise<View> {
  const { speech } = ctx
  const { t } = speech.texts
  const total = await roleCount(ctx.tx, networkId)
  const long = { total, read: (cut: Cut) => rolesOf(ctx.tx, networkId, cut) }
  const { some, turn } = await paged(long, at, speech, (n, label) => to(networkId, 'roles', label, n))
  const lines = some.map(one => t('network-role-line', { name: one.person.name, role: one.role }))
  const rows = some.map((one): Button[] => [
    danger(to(networkId, 'unrole', t('network-do-remove', { name: one.person.name, role: one.role }), one.person.id, roleWord(one.role))),
  ])
  return page(speech, {
    title: t('network-roles-title'),
    note: said,
    blocks: [{ kind: 'list', items: lines }],
    rows: [...rows, turn, [to(networkId, 'invite', t('network-do-invite')), back(speech, networkId)]],
  })
}

/** "coordinator", "steering", "decision-maker" or "decision maker". */
export function readRole(words: string): Role | undefined {
  return ROLES.find(role => roleWord(role) === sameKey(words).replaceAll(' ', '-'))
}

/** Without a role: the menu. With one: a code that one person can take it up with, once. */
export async function invite(acting: Acting, args: readonly string[]): Promise<Outcome> {
  const { ctx, network, person } = acting
  const { t, locale } = ctx.speech.texts
  const role = readRole(args[0] ?? '')
  if (!role) {
    const rows = ROLES.map((one): Button[] => [to(network.id, 'invite', roleName(ctx.speech, one), roleWord(one))])
    return { again: turnTo(ctx, sentence(locale, t('network-invite-question'), [...rows, [back(ctx.speech, network.id)]])) }
  }
  if (!isSecret(ctx)) return inPrivate(ctx, token('network', 'invite', network.id))
  const code = ctx.ids.code()
  const expiresAt = new Date(ctx.speech.now.getTime() + 7 * DAY)
  await ctx.tx.invitation.create({ data: { hash: hashOf(code), networkId: network.id, role, createdBy: person.id, expiresAt } })
  return { again: turnTo(ctx, inviteView(ctx, network.id, { role, code, expiresAt })) }
}

function inviteView(ctx: Ctx, networkId: string, { role, code, expiresAt }: { role: Role; code: string; expiresAt: Date }): View {
  const { t, locale } = ctx.speech.texts
  const url = ctx.chat.privateLink(token('network', 'take', plainCode(code)))
  const blocks: Block[] = [
    text(t('network-invite-made', { role })),
    text(t('network-invite-say', { code })),
    ...(url ? [{ kind: 'link', label: t('network-invite-link'), url } as const] : []),
    quiet(t('network-invite-how', { until: fullTime(expiresAt, ctx.speech) })),
  ]
  return view({
    lang: locale,
    blocks,
    buttons: [[to(networkId, 'codes', t('network-do-codes')), back(ctx.speech, networkId)]],
    brief: t('network-invite-brief'),
  })
}

/** Takes a role from somebody (a coordinator may), or gives up one's own (everybody may). Asks first. */
export async function unrole(ctx: Ctx, tools: Tools, args: readonly string[]): Promise<Outcome> {
  const [networkId, personId, word = '', yes] = args
  const member = await asMember(ctx, tools, networkId)
  if ('refused' in member) return member.refused
  const role = readRole(word)
  const own = personId === member.person.id
  const acting = own ? member : await asCoordinator(ctx, tools, networkId)
  if ('refused' in acting) return acting.refused
  const grant =
    role &&
    (await ctx.tx.grant.findFirst({
      where: { personId: personId ?? '', role, person: { networkId: acting.network.id } },
      include: { person: true },
    }))
  if (!grant || !role) return unchanged(ctx, 'network-role-gone')
  if (yes !== 'yes') {
    const { t } = ctx.speech.texts
    const does = own ? t('network-do-give-up', { role }) : t('network-do-remove', { name: grant.person.name, role })
    const page = own && !acting.ctx.roles.has('coordinator') ? 'card' : 'roles'
    const asked = {
      ...({ key: own ? 'network-give-up-sure' : 'network-remove-sure', no: back(ctx.speech, acting.network.id, page) } as const),
      ...{ args: { name: grant.person.name, role, network: acting.network.name } },
      yes: to(acting.network.id, 'unrole', does, grant.personId, roleWord(role), 'yes'),
    }
    return { again: turnTo(ctx, sure(ctx.speech, asked)) }
  }
  return remove(acting, { personId: grant.personId, name: grant.person.name, role, own })
}

/** One removal at a time in a network: who removes must still be a coordinator then, and the last coordinator stays. */
async function remove(
  { ctx, network, person, tools }: Acting,
  o: { personId: string; name: string; role: Role; own: boolean },
): Promise<Outcome> {
  const { tx } = ctx
  await lockNetwork(tx, network.id)
  const has = async (personId: string, role: Role): Promise<boolean> =>
    (await tx.grant.findUnique({ where: { personId_role: { personId, role } } })) !== null
  if (!o.own && !(await has(person.id, 'coordinator'))) return unchanged(ctx, 'app-needs-role', { role: 'coordinator' })
  if (!(await has(o.personId, o.role))) return unchanged(ctx, 'network-role-gone')
  if (o.role === 'coordinator' && (await roleCount(tx, network.id, 'coordinator')) === 1) return unchanged(ctx, 'network-last-coordinator')
  await tx.grant.delete({ where: { personId_role: { personId: o.personId, role: o.role } } })
  if (o.role === 'coordinator') await closeDoors(ctx, network.id, o.personId)
  await notifyOthers(tx, tools.deps, network, {
    except: person.id,
    also: o.own ? [] : [o.personId],
    key: o.own ? 'network-told-gave-up' : 'network-told-removed',
    args: { by: person.name, name: o.name, role: o.role },
  })
  const { t } = ctx.speech.texts
  const said = t(o.own ? 'network-gave-up' : 'network-removed', { name: o.name, role: o.role })
  if (!o.own) return turnTo(ctx, await listPage(ctx, network.id, undefined, said))
  const roles = new Set([...ctx.roles].filter(role => role !== o.role))
  return turnTo(ctx, await cardFor({ ctx: { ...ctx, roles }, network, person, tools }, said))
}

/** Nobody comes back by a code that they have made for themselves before. */
async function closeDoors({ tx, speech }: Ctx, networkId: string, personId: string): Promise<void> {
  await tx.invitation.deleteMany({ where: { networkId, createdBy: personId, usedAt: null } })
  await tx.joinCode.updateMany({ where: { networkId, createdBy: personId, revokedAt: null }, data: { revokedAt: speech.now } })
  await tx.network.updateMany({
    where: { id: networkId, deleteAskedBy: personId, state: { not: 'deleting' } },
    data: { deleteAskedBy: null, deleteAskedAt: null },
  })
}
