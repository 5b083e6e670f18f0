import { named, ON_BUTTON } from '../community/chat-names.ts'
import { areasOf, type SpaceRow, spaceCount, spacesOf } from '../community/lists.ts'
import { languageName, readZone } from '../community/names.ts'
import { post } from '../delivery/outbox.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo, unchanged } from '../feature/replies.ts'
import { danger, listed, page, quiet, text } from '../kit/page.ts'
import type { Prisma } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import { sentence } from '../view/make.ts'
import type { View } from '../view/view.ts'
import { spaceLine } from './card.ts'
import { goodbyePosts } from './goodbye.ts'
import type { Acting, Handler } from './permissions.ts'
import { question } from './question.ts'
import { ZONE } from './settings.ts'
import { back, confirm, menu, to } from './view.ts'

/** The chats of a network, as coordinators look after them. */

export async function spaceList({ ctx, network: { id } }: Acting, [at]: readonly string[]): Promise<Outcome> {
  const { tx, speech } = ctx
  const { t } = speech.texts
  const view = await listed(speech, {
    ...{ title: t('network-spaces-title'), at, total: await spaceCount(tx, id) },
    read: async cut => named(await spacesOf(tx, id, cut), ON_BUTTON),
    to: (n, label) => to(id, 'spaces', label, n),
    blocks: some =>
      some.length > 0 ? [{ kind: 'list', items: some.map(one => spaceLine(one, speech)) }] : [text(t('network-spaces-none'))],
    button: space => to(id, 'space', space.title, space.id),
    below: [back(speech, id)],
  })
  return { again: turnTo(ctx, view) }
}

/** A space of this network that has not left. */
async function spaceHere({ ctx, network }: Acting, id: string | undefined): Promise<SpaceRow | null> {
  return id
    ? ctx.tx.space.findFirst({ where: { id, networkId: network.id, state: { notIn: ['left', 'leaving'] } }, include: { area: true } })
    : null
}

/** A deed on the space that the token names; looked up in this network at this moment. */
function onSpace(deed: (acting: Acting, space: SpaceRow, args: readonly string[]) => Promise<Outcome>): Handler {
  return async (acting, [id, ...args]) => {
    const space = await spaceHere(acting, id)
    return space ? deed(acting, space, args) : unchanged(acting.ctx, 'network-space-unknown')
  }
}

export const spaceOne = onSpace(async (acting, space) => ({ again: turnTo(acting.ctx, spacePage(acting, space)) }))

function spacePage({ ctx, network }: Acting, space: SpaceRow, said?: string): View {
  const { speech } = ctx
  const { t } = speech.texts
  const go = (action: string, key: TextKey) => to(network.id, action, t(key), space.id)
  return page(speech, {
    title: space.title,
    note: said,
    blocks: [
      {
        kind: 'facts',
        rows: [
          { name: t('network-fact-area'), value: space.area?.name ?? t('network-all-areas') },
          { name: t('network-fact-audience'), value: t('network-audience', { audience: space.audience }) },
          { name: t('network-fact-state'), value: t('network-state', { state: space.state }) },
          { name: t('network-fact-language'), value: space.locale ? languageName(space.locale) : t('network-as-network') },
          { name: t('network-fact-zone'), value: space.zone ?? t('network-as-network') },
        ],
      },
      ...(space.trouble ? [quiet(speech.texts.named(space.trouble))] : []),
    ],
    rows: [
      [go('spacearea', 'network-do-area'), go('audience', space.audience === 'steering' ? 'network-do-residents' : 'network-do-steering')],
      [go('spacelang', 'network-do-language'), go('spacezone', 'network-do-zone')],
      [danger(go('leave', 'network-do-leave')), back(speech, network.id, 'spaces')],
    ],
  })
}

/** Changes a space and shows it as it is now. */
async function change(acting: Acting, { id }: SpaceRow, data: Prisma.SpaceUncheckedUpdateInput): Promise<Outcome> {
  const { ctx } = acting
  const changed = await ctx.tx.space.update({ where: { id }, data, include: { area: true } })
  return turnTo(ctx, spacePage(acting, changed, ctx.speech.texts.t('network-saved')))
}

/** Without an area: the menu. Votes that were cast there keep the area they were cast in. */
export const spaceArea = onSpace(async (acting, space, [choice]) => {
  const { ctx, network } = acting
  const areas = await areasOf(ctx.tx, network.id)
  if (choice === 'all') return change(acting, space, { areaId: null })
  const area = areas.find(one => one.id === choice)
  if (area) return change(acting, space, { areaId: area.id })
  const pick = (label: string, id: string) => to(network.id, 'spacearea', label, space.id, id)
  const all = pick(ctx.speech.texts.t('network-all-areas'), 'all')
  const answers = areas.map(one => pick(one.name, one.id))
  return menu(ctx, 'network-space-area-question', { space: space.title }, answers, all, back(ctx.speech, network.id, 'space', space.id))
})

export const spaceAudience = onSpace((acting, space) =>
  change(acting, space, { audience: space.audience === 'steering' ? 'residents' : 'steering' }),
)

export const spaceLanguage = onSpace(async (acting, space, [choice]) => {
  const { ctx, network, tools } = acting
  const { locales } = tools.deps.texts
  if (choice === 'none') return change(acting, space, { locale: null })
  if (choice && locales.includes(choice)) return change(acting, space, { locale: choice })
  const pick = (label: string, locale: string) => to(network.id, 'spacelang', label, space.id, locale)
  const none = pick(ctx.speech.texts.t('network-as-network'), 'none')
  const answers = locales.map(one => pick(languageName(one), one))
  return menu(ctx, 'network-language-question', { n: locales.length }, answers, none, back(ctx.speech, network.id, 'space', space.id))
})

export const SPACE_ZONE = question<SpaceRow>({
  ...{ action: 'spacezone', key: 'network-form-zone', field: ZONE },
  find: async (acting, args) => (await spaceHere(acting, args[0])) ?? { refused: unchanged(acting.ctx, 'network-space-unknown') },
  value: (space, { network }) => space.zone ?? network.zone,
  async does(acting, space, words) {
    const zone = readZone(words)
    return zone ? change(acting, space, { zone: zone === acting.network.zone ? null : zone }) : { wrong: { key: 'network-zone-wrong' } }
  },
})

/** Asks first; then a goodbye is posted, and when it stands there (or cannot be posted) the space has left. Its votes stay in the tallies. */
export const leave = onSpace(async (acting, space, [yes]) => {
  const { ctx, network, tools } = acting
  const { t } = ctx.speech.texts
  if (yes !== 'yes') {
    const button = to(network.id, 'leave', t('network-do-leave'), space.id, 'yes')
    const args = { space: space.title, network: network.name }
    return confirm(ctx, 'network-leave-sure', args, button, back(ctx.speech, network.id, 'space', space.id))
  }
  // Where the bot is not any more nothing can be said.
  const state = space.state === 'gone' ? 'left' : 'leaving'
  const left = await ctx.tx.space.updateMany({ where: { id: space.id, state: space.state }, data: { state } })
  if (left.count === 0) return unchanged(ctx, 'network-space-unknown')
  if (state === 'leaving') await post(ctx.tx, goodbyePosts(tools.deps, network, [space], ctx.ids.id(), 'network-goodbye'), ctx.speech.now)
  return turnTo(ctx, sentence(ctx.speech.locale, t('network-left', { space: space.title })))
})

/** `/network leave`, said in the space; elsewhere it is to be chosen which. */
export async function leaveHere(acting: Acting): Promise<Outcome> {
  const { ctx } = acting
  return ctx.space ? leave(acting, [ctx.space.id], {}) : spaceList(acting, [])
}
