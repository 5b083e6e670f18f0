import { areaCount, areasOf } from '../community/lists.ts'
import { LIMITS, named, readName } from '../community/names.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { reply, turnTo, unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { danger, listed, page, text } from '../kit/page.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { Area } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Args } from '../texts/texts.ts'
import { sentence } from '../view/make.ts'
import { alike, sanitizeLine, shorten } from '../view/sanitize.ts'
import type { Button, View } from '../view/view.ts'
import { holdAreas, withKey } from './area-keys.ts'
import { type Acting, asMember, type Handler, type Tools } from './permissions.ts'
import { question } from './question.ts'
import { back, confirm, to } from './view.ts'

/** Neighbourhoods: added, renamed, retired by coordinators; chosen by everybody for themselves. */

export async function areaList(acting: Acting, [at]: readonly string[]): Promise<Outcome> {
  return { again: turnTo(acting.ctx, await listPage(acting, at)) }
}

async function listPage({ ctx: { tx, speech }, network: { id } }: Acting, at?: string, note?: string): Promise<View> {
  const { t } = speech.texts
  const total = await areaCount(tx, id)
  return listed(speech, {
    ...{ title: t('network-areas-title'), note, at, total },
    read: cut => areasOf(tx, id, cut),
    to: (n, label) => to(id, 'arealist', label, n),
    blocks: () => [text(t('network-areas-count', { n: total }))],
    button: area => to(id, 'areaone', area.name, area.id),
    below: [to(id, 'areaadd', t('network-do-area-add')), back(speech, id)],
  })
}

/** The list as it is now, with what has just happened. */
async function done(acting: Acting, key: TextKey, args: Args): Promise<Outcome> {
  return turnTo(acting.ctx, await listPage(acting, undefined, acting.ctx.speech.texts.t(key, args)))
}

/** An area in use of this network. */
async function areaHere({ ctx, network }: Acting, id: string | undefined): Promise<Area | null> {
  return id ? ctx.tx.area.findFirst({ where: { id, networkId: network.id, retiredAt: null } }) : null
}

/** A deed on the area that the token names; looked up in this network at this moment. */
function onArea(deed: (acting: Acting, area: Area, args: readonly string[]) => Promise<Outcome>): Handler {
  return async (acting, [id, ...args]) => {
    const area = await areaHere(acting, id)
    return area ? deed(acting, area, args) : unchanged(acting.ctx, 'network-area-unknown')
  }
}

export const areaOne = onArea(async ({ ctx, network }, area) => {
  const { t } = ctx.speech.texts
  const spaces = await ctx.tx.space.count({ where: { areaId: area.id, state: 'joined' } })
  const rows = [
    [to(network.id, 'arearename', t('network-do-rename'), area.id), danger(to(network.id, 'arearetire', t('network-do-retire'), area.id))],
    [back(ctx.speech, network.id, 'arealist')],
  ]
  return { again: turnTo(ctx, page(ctx.speech, { title: area.name, blocks: [text(t('network-area-spaces', { n: spaces }))], rows })) }
})

/** What is done with the area in use that words name; or they name none. */
export async function onNamed({ ctx, network }: Acting, words: string, deed: (area: Area) => Promise<Outcome>): Promise<Outcome> {
  const area = named(await areasOf(ctx.tx, network.id), words)
  return area ? deed(area) : unchanged(ctx, 'network-area-no-such', { name: shorten(sanitizeLine(words), 80) })
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
async function addArea(acting: Acting, words: string): Promise<Done> {
  const { ctx, network } = acting
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
  return done(acting, retired ? 'network-area-again' : 'network-area-added', { name })
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
  return onNamed(acting, old, area => RENAME.say(acting, [area.id], fresh.trim()))
}

async function renameArea(acting: Acting, area: Area, words: string): Promise<Done> {
  const { ctx, network } = acting
  const name = readName(words, LIMITS.area)
  if (!name) return { wrong: { key: 'network-area-wrong', args: LIMITS.area } }
  const areas = await holdAreas(ctx.tx, network.id)
  const same = areas.find(other => other.id !== area.id && alike(other.name, name))
  if (same) return { wrong: { key: same.retiredAt ? 'network-area-taken-retired' : 'network-area-taken', args: { name: same.name } } }
  await ctx.tx.area.update({ where: { id: area.id }, data: withKey(name) })
  return done(acting, 'network-area-renamed', { old: area.name, name })
}

/** `/network area retire NAME` */
export function areaRetireWords(acting: Acting, words: string): Promise<Outcome> {
  return onNamed(acting, words, area => areaRetire(acting, [area.id], {}))
}

/** Asks first, and says what becomes of its chats. */
export const areaRetire = onArea(async (acting, { id: areaId, name }, [yes]) => {
  const { ctx, network } = acting
  if (yes !== 'yes') {
    const n = await ctx.tx.space.count({ where: { areaId, state: { not: 'left' } } })
    const button = to(network.id, 'arearetire', ctx.speech.texts.t('network-do-retire'), areaId, 'yes')
    return confirm(ctx, 'network-area-retire-sure', { name, n }, button, back(ctx.speech, network.id, 'arealist'))
  }
  const retired = await ctx.tx.area.updateMany({ where: { id: areaId, retiredAt: null }, data: { retiredAt: ctx.speech.now } })
  if (retired.count === 0) return unchanged(ctx, 'network-area-unknown')
  await ctx.tx.space.updateMany({ where: { areaId }, data: { areaId: null } })
  await ctx.tx.person.updateMany({ where: { areaId }, data: { areaId: null } })
  await ctx.tx.joinCode.updateMany({ where: { networkId: network.id, areaId, revokedAt: null }, data: { revokedAt: ctx.speech.now } })
  return done(acting, 'network-area-retired', { name })
})

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
