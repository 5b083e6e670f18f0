import { areasOf, officersOf, type SpaceRow, spaceCount, spacesOf } from '../community/lists.ts'
import { waysIn } from '../community/permissions.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { type Cut, danger, page, paged, quiet, text } from '../kit/page.ts'
import type { Network } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import { shortTime } from '../texts/when.ts'
import { sentence } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { type Health, healthOf, healthRows } from './health.ts'
import { type Acting, asMember, type Tools } from './permissions.ts'
import { back, names, roleName, roleWord, settingFacts, to } from './view.ts'

/** `/network`: the whole card to coordinators, a few lines to everybody else. */

const MOST_LINES = 15

/** `/network` alone. */
export async function openCard(ctx: Ctx, tools: Tools): Promise<Outcome> {
  if (!ctx.network) return noNetwork(ctx)
  const acting = await asMember(ctx, tools, ctx.network.id)
  return 'refused' in acting ? acting.refused : { again: turnTo(ctx, await cardFor(acting)) }
}

/** Where it is not clear which network is meant, or there is none. */
export function noNetwork(ctx: Ctx): Outcome {
  const none = ctx.inbound.place === 'private' ? 'network-none' : 'app-no-network-here'
  return unchanged(ctx, ctx.networks.length > 1 ? 'app-which-network' : none, {}, [waysIn(ctx)])
}

/** The card that this person may see. `said`: what has just happened. */
export async function cardFor(acting: Acting, said?: string): Promise<View> {
  return acting.ctx.roles.has('coordinator') ? fullCard(acting, said) : shortCard(acting, said)
}

async function fullCard({ ctx, network, tools }: Acting, note?: string): Promise<View> {
  const { tx, speech } = ctx
  const chats = await spaceCount(tx, network.id)
  const spaces = await spacesOf(tx, network.id, { skip: 0, take: MOST_LINES })
  const { first, counts } = await officersOf(tx, network.id)
  const health = await healthOf(tx, network.id, tools.deps, speech.now)
  const { t } = speech.texts
  const rows = [
    await areaFact(ctx, network),
    { name: t('network-fact-spaces'), value: t('network-spaces-count', { n: chats }) },
    { name: t('network-fact-coordinators'), value: names(speech, first, counts.coordinator) },
    { name: t('network-fact-others'), value: t('network-others-count', { steering: counts.steering, makers: counts.decisionMaker }) },
    ...settingFacts(network, speech),
  ]
  return page(speech, {
    ...{ title: network.name, note, rows: cardButtons(network, health, speech) },
    blocks: [
      ...stateBlocks(network, speech),
      { kind: 'facts', rows },
      { kind: 'list', items: spaces.map(space => spaceLine(space, speech)) },
      ...(chats > spaces.length ? [quiet(t('network-more', { n: chats - spaces.length }))] : []),
      { kind: 'facts', rows: healthRows(health, speech) },
    ],
  })
}

async function areaFact({ tx, speech }: Ctx, { id }: Network): Promise<{ name: string; value: string }> {
  const areas = await areasOf(tx, id)
  const all = areas.map(area => area.name)
  return { name: speech.texts.t('network-fact-areas'), value: names(speech, all) }
}

function stateBlocks(network: Network, { texts: { t } }: Speech): Block[] {
  const sample = network.sample ? [quiet(t('network-is-sample'))] : []
  const paused = network.state === 'paused' ? [text(t('network-is-paused'))] : []
  return [...sample, ...paused, ...(network.deleteAskedAt ? [text(t('network-is-delete-asked'))] : [])]
}

function cardButtons({ id, state }: Network, { failed, troubled, undone }: Health, { texts: { t } }: Speech): Button[][] {
  const go = (action: string, key: TextKey) => to(id, action, t(key))
  const isBad = failed > 0 || troubled.length > 0 || undone.length > 0
  const paused = state === 'paused'
  return [
    [go('arealist', 'network-do-areas'), go('spaces', 'network-do-spaces')],
    [go('newcode', 'network-do-code'), go('codes', 'network-do-codes')],
    [go('roles', 'network-do-roles'), go('invite', 'network-do-invite')],
    [go('settings', 'network-do-settings'), go('health', isBad ? 'network-do-health-bad' : 'network-do-health')],
    [paused ? go('resume', 'network-do-resume') : go('pause', 'network-do-pause'), go('export', 'network-do-export')],
    [danger(go('delete', 'network-do-delete'))],
  ]
}

async function shortCard({ ctx, network, person }: Acting, note?: string): Promise<View> {
  const { tx, speech } = ctx
  const { t } = speech.texts
  const { first, counts } = await officersOf(tx, network.id)
  const mine = [...ctx.roles]
  const rows = [
    await areaFact(ctx, network),
    { name: t('network-fact-coordinators'), value: names(speech, first, counts.coordinator) },
    { name: t('network-fact-contact'), value: network.contact || t('network-not-said') },
    ...(mine.length > 0 ? [{ name: t('network-fact-mine'), value: mine.map(role => roleName(speech, role)).join(', ') }] : []),
  ]
  return page(speech, {
    ...{ title: network.name, note, blocks: [{ kind: 'facts', rows }] },
    rows: [
      [{ label: t('network-do-my-area'), token: token('network', 'areas') }],
      ...mine.map(role => [to(network.id, 'unrole', t('network-do-give-up', { role }), person.id, roleWord(role))]),
    ],
  })
}

/** `Who?`: who runs this network, and how to reach them. */
export async function who(ctx: Ctx): Promise<Outcome> {
  const { network, speech } = ctx
  if (!network || !ctx.person) return noNetwork(ctx)
  const people = await officersOf(ctx.tx, network.id)
  const { t, locale } = speech.texts
  const lines = [
    t('network-who', { network: network.name, names: names(speech, people.first, people.counts.coordinator) }),
    network.contact ? t('network-who-contact', { contact: network.contact }) : t('network-who-no-contact'),
  ]
  return { again: [{ kind: 'whisper', view: sentence(locale, lines.join('\n')) }] }
}

/** What needs attention: spaces in trouble, and the last posts that did not arrive. */
export async function healthPage(acting: Acting, args: readonly string[]): Promise<Outcome> {
  const { ctx, network, tools } = acting
  const { speech } = ctx
  const { t } = speech.texts
  const health = await healthOf(ctx.tx, network.id, tools.deps, speech.now)
  // The newest ones only: `healthOf` reads no more than `MOST` of them.
  const last = { total: health.last.length, read: async ({ skip, take }: Cut) => health.last.slice(skip, skip + take) }
  const { some, turn } = await paged(last, args[0], speech, (n, label) => to(network.id, 'health', label, n))
  const lines = some.map(({ place, at, state, why }) =>
    t('network-failed-line', { place: place ?? t('network-failed-person'), when: shortTime(at, speech), state, why }),
  )
  const blocks: Block[] = [
    { kind: 'facts', rows: [...healthRows(health, speech), ...(await pictureRows(ctx))] },
    ...(lines.length > 0 ? ([{ kind: 'list', items: lines }] as const) : []),
  ]
  const again = health.failed > 0 ? [to(network.id, 'retry', t('network-do-retry'))] : []
  return {
    again: turnTo(ctx, page(speech, { title: t('network-health-title'), blocks, rows: [turn, [...again, back(speech, network.id)]] })),
  }
}

/** Only where there is something wrong with them. */
async function pictureRows({ pictures, speech: { texts } }: Ctx): Promise<{ name: string; value: string }[]> {
  return (await pictures.work()) ? [] : [{ name: texts.t('network-health-pictures'), value: texts.t('network-health-no-pictures') }]
}

/** One space in one line: its title, area, audience, and what is wrong with it. */
export function spaceLine(space: SpaceRow, { texts: { t, named } }: Speech): string {
  const line = t('network-space-line', {
    title: space.title,
    area: space.area?.name ?? t('network-all-areas'),
    audience: space.audience,
    state: space.state,
  })
  return space.trouble ? `${line} ${named(space.trouble)}` : line
}
