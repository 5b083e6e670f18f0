import { areasOf } from '../community/lists.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { inPrivate, isSecret, turnTo, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { type Cut, danger, page, paged, quiet, text } from '../kit/page.ts'
import type { Area, Audience, Invitation, JoinCode } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { fullTime, shortTime } from '../texts/when.ts'
import { sentence, view } from '../view/make.ts'
import { sameKey, shorten } from '../view/sanitize.ts'
import type { Button, View } from '../view/view.ts'
import { areaNamed } from './areas.ts'
import { DAY, hashOf, shortHash } from './codes.ts'
import type { Acting } from './permissions.ts'
import { back, to } from './view.ts'

/** Codes with which admins of other chats bring these in: made, listed, revoked. */

const ALL = 'all'
const AUDIENCES = ['residents', 'steering'] as const

/** Area, then audience, then the code: each step's button carries what was chosen before. */
export async function newCode(acting: Acting, args: readonly string[]): Promise<Outcome> {
  const { ctx, network } = acting
  const [area, audience] = args
  if (network.sample) return unchanged(ctx, 'network-sample-code')
  if (!area) return { again: turnTo(ctx, await areaMenu(acting)) }
  const found = area === ALL ? null : await ctx.tx.area.findFirst({ where: { id: area, networkId: network.id, retiredAt: null } })
  if (area !== ALL && !found) return unchanged(ctx, 'network-area-unknown')
  if (audience !== 'residents' && audience !== 'steering') return { again: turnTo(ctx, audienceMenu(acting, area)) }
  if (!isSecret(ctx)) return inPrivate(ctx, token('network', 'newcode', network.id, area))
  return makeCode(acting, found, audience)
}

async function areaMenu({ ctx, network }: Acting): Promise<View> {
  const { t, locale } = ctx.speech.texts
  const areas = await areasOf(ctx.tx, network.id)
  const rows = areas.map((area): Button[] => [to(network.id, 'newcode', area.name, area.id)])
  return sentence(locale, t('network-code-area-question'), [
    ...rows,
    [to(network.id, 'newcode', t('network-all-areas'), ALL), back(ctx.speech, network.id)],
  ])
}

function audienceMenu({ ctx, network }: Acting, area: string): View {
  const { t, locale } = ctx.speech.texts
  const pick = (audience: string) => to(network.id, 'newcode', t('network-audience', { audience }), area, audience)
  return sentence(locale, t('network-code-audience-question'), [AUDIENCES.map(pick), [back(ctx.speech, network.id, 'newcode')]])
}

/** The code is in the answer alone: neither the store nor the guard against repeats keeps it. */
async function makeCode({ ctx, network, person }: Acting, area: Area | null, audience: Audience): Promise<Outcome> {
  const code = ctx.ids.code()
  const expiresAt = new Date(ctx.speech.now.getTime() + 7 * DAY)
  await ctx.tx.joinCode.create({
    data: { hash: hashOf(code), networkId: network.id, areaId: area?.id ?? null, audience, createdBy: person.id, expiresAt },
  })
  const { t, locale } = ctx.speech.texts
  const where = area?.name ?? t('network-all-areas')
  const link = ctx.chat.chatLink(token('network', 'join', code))
  const blocks = [
    text(t('network-code-made', { area: where, audience })),
    text(t('network-code-say', { code })),
    ...(link ? [{ kind: 'link', label: t('network-code-link'), url: link } as const] : []),
    quiet(t('network-code-how', { until: fullTime(expiresAt, ctx.speech) })),
  ]
  return {
    again: turnTo(
      ctx,
      view({
        lang: locale,
        blocks,
        buttons: [[to(network.id, 'codes', t('network-do-codes')), back(ctx.speech, network.id)]],
        brief: t('network-code-brief'),
      }),
    ),
  }
}

/** `/network code`, perhaps with an area (or "all") and an audience. */
export async function codeWords(acting: Acting, words: string): Promise<Outcome> {
  const said = words.trim().split(/\s+/).filter(Boolean)
  const last = sameKey(said.at(-1) ?? '')
  const audience = AUDIENCES.find(one => one === last)
  const name = said.slice(0, audience ? -1 : undefined).join(' ')
  if (!name) return newCode(acting, audience ? [ALL, audience] : [])
  if (sameKey(name) === ALL) return newCode(acting, [ALL, ...(audience ? [audience] : [])])
  const area = await areaNamed(acting, name)
  return area
    ? newCode(acting, [area.id, ...(audience ? [audience] : [])])
    : unchanged(acting.ctx, 'network-area-no-such', { name: shorten(name, 80) })
}

/** What is open: join codes, and invitations that nobody has taken up. */
export async function codeList(acting: Acting, args: readonly string[]): Promise<Outcome> {
  return { again: turnTo(acting.ctx, await listPage(acting, args[0])) }
}

async function listPage({ ctx, network }: Acting, at?: string, said?: string): Promise<View> {
  const { speech } = ctx
  const { t } = speech.texts
  const open = await openCodes(ctx, network.id)
  const { some, turn } = await paged(open, at, speech, (n, label) => to(network.id, 'codes', label, n))
  const lines = some.map((one, i) => `${i + 1}. ${one.line}`)
  const rows = some.map((one, i): Button[] => [danger(to(network.id, 'revoke', t('network-do-revoke', { n: i + 1 }), shortHash(one.hash)))])
  const blocks = open.total > 0 ? lines.map(text) : [text(t('network-codes-none'))]
  return page(speech, {
    title: t('network-codes-title'),
    note: said,
    blocks,
    rows: [...rows, turn, [to(network.id, 'newcode', t('network-do-code')), back(speech, network.id)]],
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
