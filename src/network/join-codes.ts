import { areasOf } from '../community/lists.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { inPrivate, isSecret, turnTo, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { type Cut, danger, listed, text } from '../kit/page.ts'
import type { Area, Audience, Invitation, JoinCode } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { shortTime } from '../texts/when.ts'
import { sameKey } from '../view/sanitize.ts'
import type { View } from '../view/view.ts'
import { onNamed } from './areas.ts'
import { DAY, hashOf, shortHash } from './codes.ts'
import type { Acting } from './permissions.ts'
import { back, menu, shownOnce, to } from './view.ts'

/** Codes with which admins of other chats bring these in: made, listed, revoked. */

const ALL = 'all'
const AUDIENCES = ['residents', 'steering'] as const

/** Area, then audience, then the code: each step's button carries what was chosen before. */
export async function newCode(acting: Acting, args: readonly string[]): Promise<Outcome> {
  const { ctx, network } = acting
  const { t } = ctx.speech.texts
  const [area, audience] = args
  const pick = (label: string, ...chosen: string[]) => to(network.id, 'newcode', label, ...chosen)
  if (network.sample) return unchanged(ctx, 'network-sample-code')
  const areas = await areasOf(ctx.tx, network.id)
  if (!area) {
    const answers = areas.map(one => pick(one.name, one.id))
    return menu(ctx, 'network-code-area-question', {}, answers, pick(t('network-all-areas'), ALL), back(ctx.speech, network.id))
  }
  const found = area === ALL ? null : areas.find(one => one.id === area)
  if (found === undefined) return unchanged(ctx, 'network-area-unknown')
  if (audience !== 'residents' && audience !== 'steering') {
    const answers = AUDIENCES.map(one => pick(t('network-audience', { audience: one }), area, one))
    return menu(ctx, 'network-code-audience-question', {}, answers, back(ctx.speech, network.id, 'newcode'))
  }
  if (!isSecret(ctx)) return inPrivate(ctx, token('network', 'newcode', network.id, area))
  return makeCode(acting, found, audience)
}

async function makeCode({ ctx, network, person }: Acting, area: Area | null, audience: Audience): Promise<Outcome> {
  const code = ctx.ids.code()
  const expiresAt = new Date(ctx.speech.now.getTime() + 7 * DAY)
  await ctx.tx.joinCode.create({
    data: { hash: hashOf(code), networkId: network.id, areaId: area?.id ?? null, audience, createdBy: person.id, expiresAt },
  })
  const { t } = ctx.speech.texts
  return shownOnce(ctx, network.id, {
    lines: [t('network-code-made', { area: area?.name ?? t('network-all-areas'), audience }), t('network-code-say', { code })],
    link: { label: 'network-code-link', url: ctx.chat.chatLink(token('network', 'join', code)) },
    ...{ how: 'network-code-how', brief: 'network-code-brief', expiresAt },
  })
}

/** `/network code`, perhaps with an area (or "all") and an audience. */
export async function codeWords(acting: Acting, words: string): Promise<Outcome> {
  const said = words.trim().split(/\s+/).filter(Boolean)
  const last = sameKey(said.at(-1) ?? '')
  const audience = AUDIENCES.find(one => one === last)
  const [rest, whom] = audience ? [said.slice(0, -1), [audience]] : [said, []]
  const name = rest.join(' ')
  if (!name) return newCode(acting, audience ? [ALL, audience] : [])
  return sameKey(name) === ALL ? newCode(acting, [ALL, ...whom]) : onNamed(acting, name, area => newCode(acting, [area.id, ...whom]))
}

/** What is open: join codes, and invitations that nobody has taken up. */
export async function codeList(acting: Acting, [at]: readonly string[]): Promise<Outcome> {
  return { again: turnTo(acting.ctx, await listPage(acting, at)) }
}

async function listPage({ ctx, network: { id } }: Acting, at?: string, note?: string): Promise<View> {
  const { speech } = ctx
  const { t } = speech.texts
  return listed(speech, {
    ...{ title: t('network-codes-title'), note, at, ...(await openCodes(ctx, id)) },
    to: (n, label) => to(id, 'codes', label, n),
    blocks: some => (some.length > 0 ? some.map((one, i) => text(`${i + 1}. ${one.line}`)) : [text(t('network-codes-none'))]),
    button: (one, i) => danger(to(id, 'revoke', t('network-do-revoke', { n: i + 1 }), shortHash(one.hash))),
    below: [to(id, 'newcode', t('network-do-code')), back(speech, id)],
  })
}

interface Open {
  readonly hash: string
  readonly line: string
}

const SOONEST = [{ expiresAt: 'asc' as const }, { hash: 'asc' as const }]

/** Join codes first, then invitations, each by the time that they end. */
async function openCodes({ tx, speech }: Ctx, networkId: string): Promise<{ total: number; read: (cut: Cut) => Promise<readonly Open[]> }> {
  const stands = { networkId, expiresAt: { gt: speech.now } }
  const joins = { ...stands, revokedAt: null }
  const invited = { ...stands, usedAt: null }
  const first = await tx.joinCode.count({ where: joins })
  return {
    total: first + (await tx.invitation.count({ where: invited })),
    async read({ skip, take }) {
      const codes = await tx.joinCode.findMany({ where: joins, orderBy: SOONEST, skip, take })
      const left = { skip: Math.max(0, skip - first), take: take - codes.length }
      const invitations = left.take > 0 ? await tx.invitation.findMany({ where: invited, orderBy: SOONEST, ...left }) : []
      return codeLines(tx, speech, codes, invitations)
    },
  }
}

async function codeLines(tx: Tx, speech: Speech, codes: readonly JoinCode[], invitations: readonly Invitation[]): Promise<readonly Open[]> {
  const { t } = speech.texts
  const areaIds = codes.flatMap(one => one.areaId ?? [])
  const makers = [...codes, ...invitations].flatMap(one => one.createdBy ?? [])
  const areas = await tx.area.findMany({ where: { id: { in: areaIds } }, select: { id: true, name: true } })
  const people = await tx.person.findMany({ where: { id: { in: makers }, grants: { some: {} } }, select: { id: true, name: true } })
  const common = (one: JoinCode | Invitation) => ({
    by: people.find(person => person.id === one.createdBy)?.name ?? t('network-somebody'),
    until: shortTime(one.expiresAt, speech),
  })
  const areaName = (id: string | null) => areas.find(area => area.id === id)?.name ?? t('network-all-areas')
  return [
    ...codes.map(one => ({
      hash: one.hash,
      line: t('network-code-line', { ...common(one), area: areaName(one.areaId), audience: one.audience }),
    })),
    ...invitations.map(one => ({ hash: one.hash, line: t('network-invitation-line', { ...common(one), role: one.role }) })),
  ]
}

export async function revoke(acting: Acting, args: readonly string[]): Promise<Outcome> {
  const { ctx, network } = acting
  const [short = ''] = args
  if (!/^[0-9a-f]{16}$/.test(short)) return unchanged(ctx, 'network-code-unknown')
  const mine = { networkId: network.id, hash: { startsWith: short } }
  const codes = await ctx.tx.joinCode.updateMany({ where: { ...mine, revokedAt: null }, data: { revokedAt: ctx.speech.now } })
  const invitations = await ctx.tx.invitation.deleteMany({ where: { ...mine, usedAt: null } })
  if (codes.count + invitations.count === 0) return unchanged(ctx, 'network-code-unknown')
  return turnTo(ctx, await listPage(acting, undefined, ctx.speech.texts.t('network-code-revoked')))
}
