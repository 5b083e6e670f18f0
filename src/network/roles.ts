import { roleCount, rolesOf } from '../community/lists.ts'
import type { Role } from '../community/members.ts'
import { notifyOthers } from '../community/notify-others.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { inPrivate, isSecret, turnTo, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { danger, listed } from '../kit/page.ts'
import { sameKey } from '../view/sanitize.ts'
import type { View } from '../view/view.ts'
import { cardFor } from './card.ts'
import { closeDoors, DAY, hashOf, plainCode } from './codes.ts'
import { type Acting, asCoordinator, asMember, lockNetwork, ROLES, type Tools } from './permissions.ts'
import { back, confirm, menu, roleName, roleWord, shownOnce, to } from './view.ts'

/** Who has which role: invited, listed, removed, given up. */

export async function roleList(acting: Acting, [at]: readonly string[]): Promise<Outcome> {
  return { again: turnTo(acting.ctx, await listPage(acting, at)) }
}

async function listPage({ ctx: { tx, speech }, network: { id } }: Acting, at?: string, note?: string): Promise<View> {
  const { t } = speech.texts
  return listed(speech, {
    ...{ title: t('network-roles-title'), note, at, total: await roleCount(tx, id) },
    read: cut => rolesOf(tx, id, cut),
    to: (n, label) => to(id, 'roles', label, n),
    blocks: some => [{ kind: 'list', items: some.map(({ person, role }) => t('network-role-line', { name: person.name, role })) }],
    button: ({ person, role }) => danger(to(id, 'unrole', t('network-do-remove', { name: person.name, role }), person.id, roleWord(role))),
    below: [to(id, 'invite', t('network-do-invite')), back(speech, id)],
  })
}

/** "coordinator", "steering", "decision-maker" or "decision maker". */
export function readRole(words: string): Role | undefined {
  return ROLES.find(role => roleWord(role) === sameKey(words).replaceAll(' ', '-'))
}

/** Without a role: the menu. With one: a code that one person can take it up with, once. */
export async function invite(acting: Acting, args: readonly string[]): Promise<Outcome> {
  const { ctx, network, person } = acting
  const { t } = ctx.speech.texts
  const role = readRole(args[0] ?? '')
  if (!role) {
    const answers = ROLES.map(one => to(network.id, 'invite', roleName(ctx.speech, one), roleWord(one)))
    return menu(ctx, 'network-invite-question', {}, answers, back(ctx.speech, network.id))
  }
  if (!isSecret(ctx)) return inPrivate(ctx, token('network', 'invite', network.id))
  const code = ctx.ids.code()
  const expiresAt = new Date(ctx.speech.now.getTime() + 7 * DAY)
  await ctx.tx.invitation.create({ data: { hash: hashOf(code), networkId: network.id, role, createdBy: person.id, expiresAt } })
  return shownOnce(ctx, network.id, {
    lines: [t('network-invite-made', { role }), t('network-invite-say', { code })],
    link: { label: 'network-invite-link', url: ctx.chat.privateLink(token('network', 'take', plainCode(code))) },
    ...{ how: 'network-invite-how', brief: 'network-invite-brief', expiresAt },
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
    const asked = { name: grant.person.name, role, network: acting.network.name }
    const button = to(acting.network.id, 'unrole', does, grant.personId, roleWord(role), 'yes')
    const no = back(ctx.speech, acting.network.id, page)
    return confirm(ctx, own ? 'network-give-up-sure' : 'network-remove-sure', asked, button, no)
  }
  return remove(acting, { personId: grant.personId, name: grant.person.name, role, own })
}

/** One removal at a time in a network: who removes must still be a coordinator then, and the last coordinator stays. */
async function remove(acting: Acting, o: { personId: string; name: string; role: Role; own: boolean }): Promise<Outcome> {
  const { ctx, network, person, tools } = acting
  const { tx } = ctx
  await lockNetwork(tx, network.id)
  const has = async (personId: string, role: Role): Promise<boolean> =>
    (await tx.grant.findUnique({ where: { personId_role: { personId, role } } })) !== null
  if (!o.own && !(await has(person.id, 'coordinator'))) return unchanged(ctx, 'app-needs-role', { role: 'coordinator' })
  if (!(await has(o.personId, o.role))) return unchanged(ctx, 'network-role-gone')
  if (o.role === 'coordinator' && (await roleCount(tx, network.id, 'coordinator')) === 1) return unchanged(ctx, 'network-last-coordinator')
  await tx.grant.delete({ where: { personId_role: { personId: o.personId, role: o.role } } })
  if (o.role === 'coordinator') await closeDoors(tx, network.id, o.personId, ctx.speech.now)
  await notifyOthers(tx, tools.deps, network, {
    except: person.id,
    also: o.own ? [] : [o.personId],
    key: o.own ? 'network-told-gave-up' : 'network-told-removed',
    args: { by: person.name, name: o.name, role: o.role },
  })
  const { t } = ctx.speech.texts
  const said = t(o.own ? 'network-gave-up' : 'network-removed', { name: o.name, role: o.role })
  if (!o.own) return turnTo(ctx, await listPage(acting, undefined, said))
  const roles = new Set([...ctx.roles].filter(role => role !== o.role))
  return turnTo(ctx, await cardFor({ ...acting, ctx: { ...ctx, roles } }, said))
}
