import { areaCount, areasOf } from '../community/lists.ts'
import { LIMITS, named, readName } from '../community/names.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { reply, turnTo, unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { type Cut, danger, page, paged, sure, text } from '../kit/page.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { Area } from '../store/generated/client.ts'
import { sentence } from '../view/make.ts'
import { alike, sanitizeLine, shorten } from '../view/sanitize.ts'
import type { Button, View } from '../view/view.ts'
import { holdAreas, withKey } from './area-keys.ts'
import { type Acting, asMember, type Tools } from './permissions.ts'
import { question } from './question.ts'
import { back, to } from './view.ts'

/** Neighbourhoods: added, renamed, retired by coordinators; chosen by everybody for themselves. */

export async function areaList({ ctx, network }: Acting, args: readonly string[]): Promise<Outcome> {
  return { again: turnTo(ctx, await listPage(ctx, network.id, args[0])) }
}

async function listPage(ctx: Ctx, networkId: string, at?: string, said?: string): Promise<View> {
  const { speech } = ctx
  const { t } = speech.texts
  const total = await areaCount(ctx.tx, networkId)
  const long = { total, read: (cut: Cut) => areasOf(ctx.tx, networkId, cut) }
  const { some, turn } = await paged(long, at, speech, (n, label) => to(networkId, 'arealist', label, n))
  return page(speech, {
    title: t('network-areas-title'),
    note: said,
    blocks: [text(t('network-areas-count', { n: total }))],
    rows: [
      ...some.map((area): Button[] => [to(networkId, 'areaone', area.name, area.id)]),
      turn,
      [to(networkId, 'areaadd', t('network-do-area-add')), back(speech, networkId)],
    ],
  })
}

export async function areaOne(acting: Acting, args: readonly string[]): Promise<Outcome> {
  const area = await areaHere(acting, args[0])
  if (!area) return unchanged(acting.ctx, 'network-area-unknown')
  const { ctx, network } = acting
  const { t } = ctx.speech.texts
  const spaces = await ctx.tx.space.count({ where: { areaId: area.id, state: 'joined' } })
  const rows = [
    [to(network.id, 'arearename', t('network-do-rename'), area.id), danger(to(network.id, 'arearetire', t('network-do-retire'), area.id))],
    [back(ctx.speech, network.id, 'arealist')],
  ]
  return { again: turnTo(ctx, page(ctx.speech, { title: area.name, blocks: [text(t('network-area-spaces', { n: spaces }))], rows })) }
}

/** An area in use of this network. */
async function areaHere({ ctx, network }: Acting, id: string | undefined): Promise<Area | null> {
  return id ? ctx.tx.area.findFirst({ where: { id, networkId: network.id, retiredAt: null } }) : null
}

/** An area in use, by its name. */
export async function areaNamed({ ctx, network }: Acting, words: string): Promise<Area | undefined> {
  return named(await areasOf(ctx.tx, network.id), words)
}

const FIELD = { name: 'name', required: true, max: LIMITS.area.max } as const

/** `/network area add NAME`, or by a form. */
export const ADD = question({
  ...{ action: 'areaadd', key: 'network-form-area', field: FIELD },
  find: async acting => acting,
  value: () => '',
  does: (acting, _, words) => addArea(acting, words),
})

type Done = Outcome | { readonly wrong: Refusal }

/** An area of a name that was retired comes back with its history. */
async function addArea({ ctx, network }: Acting, words: string): Promise<Done> {
  const name = readName(words, LIMITS.area)
  if (!name) return { wrong: { key: 'network-area-wrong', args: LIMITS.area } }
  const areas = await holdAreas(ctx.tx, network.id)
  const taken = areas.find(area => !area.retiredAt && alike(area.name, name))
  if (taken) return { wrong: { key: 'network-area-taken', args: { name: taken.name } } }
  const now = withKey(name)
  const retired = areas.find(area => area.key === now.key)
  // What reads all areas of a network relies on it: there are never more.
  if (areas.filter(area => !area.retiredAt).length >= LIMITS.areas)
    return { wrong: { key: 'network-areas-full', args: { most: LIMITS.areas } } }
  if (!retired && areas.length >= LIMITS.areasEver) return { wrong: { key: 'network-areas-full-ever', args: { most: LIMITS.areasEver } } }
  if (!retired) await ctx.tx.area.create({ data: { id: ctx.ids.id(), networkId: network.id, ...now } })
  else await ctx.tx.area.update({ where: { id: retired.id }, data: { ...now, retiredAt: null } })
  const said = ctx.speech.texts.t(retired ? 'network-area-again' : 'network-area-added', { name })
  return whisper(await listPage(ctx, network.id, undefined, said))
}

export const RENAME = question<Area>({
  ...{ action: 'arearename', key: 'network-form-area', field: FIELD },
  find: async (acting, args) => (await areaHere(acting, args[0])) ?? { refused: unchanged(acting.ctx, 'network-area-unknown') },
  value: area => area.name,
  does: renameArea,
})

/** `/network area rename OLD | NEW` */
export async function areaRenameWords(acting: Acting, words: string): Promise<Outcome> {
  const [old = '', fresh = ''] = words.split('|')
  const area = await areaNamed(acting, old)
  if (!area) return unchanged(acting.ctx, 'network-area-no-such', { name: shorten(sanitizeLine(old), 80) })
  return RENAME.say(acting, area, fresh)
}

async function renameArea({ ctx, network }: Acting, area: Area, words: string): Promise<Done> {
  const name = readName(words, LIMITS.area)
  if (!name) return { wrong: { key: 'network-area-wrong', args: LIMITS.area } }
  const areas = await holdAreas(ctx.tx, network.id)
  const same = areas.find(other => other.id !== area.id && alike(other.name, name))
  if (same) return { wrong: { key: same.retiredAt ? 'network-area-taken-retired' : 'network-area-taken', args: { name: same.name } } }
  await ctx.tx.area.update({ where: { id: area.id }, data: withKey(name) })
  return whisper(await listPage(ctx, network.id, undefined, ctx.speech.texts.t('network-area-renamed', { old: area.name, name })))
}

/** `/network area retire NAME` */
export async function areaRetireWords(acting: Acting, words: string): Promise<Outcome> {
  const area = await areaNamed(acting, words)
  return area ? areaRetire(acting, [area.id]) : unchanged(acting.ctx, 'network-area-no-such', { name: shorten(sanitizeLine(words), 80) })
}

/** Asks first, and says what becomes of its chats. */
export async function areaRetire(acting: Acting, args: readonly string[]): Promise<Outcome> {
  const { ctx, network } = acting
  const { t } = ctx.speech.texts
  const area = await areaHere(acting, args[0])
  if (!area) return unchanged(ctx, 'network-area-unknown')
  const here = { areaId: area.id, state: { not: 'left' as const } }
  if (args[1] !== 'yes') {
    const n = await ctx.tx.space.count({ where: here })
    const yes = to(network.id, 'arearetire', t('network-do-retire'), area.id, 'yes')
    const no = back(ctx.speech, network.id, 'arealist')
    return { again: turnTo(ctx, sure(ctx.speech, { key: 'network-area-retire-sure', args: { name: area.name, n }, yes, no })) }
  }
  const retired = await ctx.tx.area.updateMany({ where: { id: area.id, retiredAt: null }, data: { retiredAt: ctx.speech.now } })
  if (retired.count === 0) return unchanged(ctx, 'network-area-unknown')
  await ctx.tx.space.updateMany({ where: { areaId: area.id }, data: { areaId: null } })
  await ctx.tx.person.updateMany({ where: { areaId: area.id }, data: { areaId: null } })
  await ctx.tx.joinCode.updateMany({
    where: { networkId: network.id, areaId: area.id, revokedAt: null },
    data: { revokedAt: ctx.speech.now },
  })
  return turnTo(ctx, await listPage(ctx, network.id, undefined, t('network-area-retired', { name: area.name })))
}

/** The areas to choose one's own from. */
export async function myAreas(ctx: Ctx, tools: Tools): Promise<Outcome> {
  const acting = await asMember(ctx, tools, ctx.network?.id)
  if ('refused' in acting) return acting.refused
  const { network, person } = acting
  const { t, locale } = ctx.speech.texts
  const areas = await areasOf(ctx.tx, network.id)
  if (areas.length === 0) return unchanged(ctx, 'network-my-area-none')
  const rows = areas.map((area): Button[] => [
    { label: area.name, token: token('network', 'area', area.id), ...(area.id === person.areaId ? { chosen: true } : {}) },
  ])
  const none: Button[] = person.areaId ? [to(network.id, 'noarea', t('network-do-no-area'))] : []
  return { again: whisper(sentence(locale, t('network-my-area-question'), [...rows, none])) }
}

/** One's own area: counts for votes in private and in chats for all areas. */
export async function chooseArea(ctx: Ctx, tools: Tools, areaId: string | undefined): Promise<Outcome> {
  const area = areaId ? await ctx.tx.area.findUnique({ where: { id: areaId } }) : null
  const acting = await asMember(ctx, tools, area?.networkId)
  if ('refused' in acting) return acting.refused
  if (!area || area.retiredAt) return unchanged(ctx, 'network-area-unknown')
  await ctx.tx.person.update({ where: { id: acting.person.id }, data: { areaId: area.id } })
  await tools.deps.publish(ctx.tx, 'area said', { networkId: area.networkId, personId: acting.person.id, areaId: area.id })
  return reply(acting.ctx, 'network-my-area-chosen', { name: area.name })
}

export async function chooseNoArea({ ctx, person }: Acting): Promise<Outcome> {
  await ctx.tx.person.update({ where: { id: person.id }, data: { areaId: null } })
  return reply(ctx, 'network-my-area-taken-back')
}
