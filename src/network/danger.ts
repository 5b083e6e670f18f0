import { roleCount } from '../community/lists.ts'
import { notifyOthers } from '../community/notify-others.ts'
import { post, resume } from '../delivery/outbox.ts'
import { sendAgain } from '../delivery/replan.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { danger } from '../kit/page.ts'
import type { Network } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Args } from '../texts/texts.ts'
import { fullTime } from '../texts/when.ts'
import { sentence } from '../view/make.ts'
import { cardFor } from './card.ts'
import { DAY } from './codes.ts'
import { goodbyePosts } from './goodbye.ts'
import { type Acting, lockNetwork } from './permissions.ts'
import { back, confirm, to } from './view.ts'

/** Pausing a network, going on, and the end of it. */

const NOT_ASKED = { deleteAskedBy: null, deleteAskedAt: null } as const
/** For how long a second coordinator may confirm. */
const ASKED_FOR = 7 * DAY
/** How long the only coordinator must think it over. */
const ALONE_AFTER = DAY

export async function pause(acting: Acting, [word]: readonly string[]): Promise<Outcome> {
  const { ctx, network, person, tools } = acting
  if (network.state === 'paused') return unchanged(ctx, 'network-paused-already')
  if (word !== 'yes') {
    const yes = to(network.id, 'pause', ctx.speech.texts.t('network-do-pause'), 'yes')
    return confirm(ctx, 'network-pause-sure', { network: network.name }, yes, back(ctx.speech, network.id))
  }
  const changed = await ctx.tx.network.updateMany({ where: { id: network.id, state: 'active' }, data: { state: 'paused' } })
  if (changed.count === 0) return unchanged(ctx, 'network-paused-already')
  await notifyOthers(ctx.tx, tools.deps, network, { except: person.id, key: 'network-told-paused', args: { by: person.name } })
  return done(acting, { state: 'paused' }, 'network-paused')
}

export async function goOn(acting: Acting): Promise<Outcome> {
  const { ctx, network } = acting
  const changed = await ctx.tx.network.updateMany({ where: { id: network.id, state: 'paused' }, data: { state: 'active' } })
  if (changed.count === 0) return unchanged(ctx, 'network-not-paused')
  await resume(ctx.tx, { networkId: network.id }, ctx.speech.now)
  return done(acting, { state: 'active' }, 'network-resumed')
}

/** The card with what has just changed. */
async function done(acting: Acting, changes: Partial<Network>, key: TextKey, args: Args = {}): Promise<Outcome> {
  const now = { ...acting, network: { ...acting.network, ...changes } }
  return turnTo(acting.ctx, await cardFor(now, acting.ctx.speech.texts.t(key, args)))
}

/** Sends once more what has failed in chats in the last seven days; but no hello or goodbye, whose time is over. */
export async function retry(acting: Acting): Promise<Outcome> {
  const { ctx, network } = acting
  const since = new Date(ctx.speech.now.getTime() - 7 * DAY)
  const lost = {
    networkId: network.id,
    state: 'failed' as const,
    spaceId: { not: null },
    runAt: { gt: since },
    NOT: { subject: { startsWith: 'network_' } },
  }
  const posts = await ctx.tx.delivery.findMany({ where: lost, select: { subject: true }, distinct: ['subject'] })
  const subjects = posts.map(({ subject }) => subject)
  const n = await sendAgain(ctx.tx, { networkId: network.id, subjects, now: ctx.speech.now })
  return done(acting, {}, 'network-retried', { n })
}

interface Officers {
  readonly count: number
  /** Who asked to delete the network, while they are a coordinator. */
  readonly asker: string | undefined
}

async function officersOf({ ctx: { tx } }: Acting, { id: networkId, deleteAskedBy }: Network): Promise<Officers> {
  const asked = { id: deleteAskedBy ?? '', networkId, grants: { some: { role: 'coordinator' } } } as const
  const asker = await tx.person.findFirst({ where: asked, select: { name: true } })
  return { count: await roleCount(tx, networkId, 'coordinator'), asker: asker?.name }
}

/** Where a wish to delete the network stands. */
type Wish = 'none' | 'mine' | 'mine alone' | 'another'

function wishOf({ network, person, ctx }: Acting, officers: number): Wish {
  const { deleteAskedAt: at, deleteAskedBy: by } = network
  const now = ctx.speech.now.getTime()
  if (!at || !by || now - at.getTime() > ASKED_FOR) return 'none'
  if (by !== person.id) return 'another'
  return officers === 1 && now - at.getTime() >= ALONE_AFTER ? 'mine alone' : 'mine'
}

/** One coordinator asks, a second one confirms. Without `word` it only says how that stands. */
export async function deletion(acting: Acting, [word]: readonly string[]): Promise<Outcome> {
  const { ctx } = acting
  await lockNetwork(ctx.tx, acting.network.id)
  // As it is now that nobody else can change it.
  const network = await ctx.tx.network.findUniqueOrThrow({ where: { id: acting.network.id } })
  const here = { ...acting, network }
  const mine = { personId_role: { personId: acting.person.id, role: 'coordinator' } } as const
  if (!(await ctx.tx.grant.findUnique({ where: mine }))) return unchanged(ctx, 'app-needs-role', { role: 'coordinator' })
  if (network.state === 'deleting') return unchanged(ctx, 'network-refused-ending', { network: network.name })
  const officers = await officersOf(acting, network)
  const wish = wishOf(here, officers.count)
  if (word === 'stop') return stop(here)
  if (word === 'ask' && wish === 'none') return ask(here, officers)
  if (word === 'yes' && (wish === 'another' || wish === 'mine alone')) return end(here)
  return { again: turnTo(ctx, howItStands(here, wish, officers)) }
}

function howItStands({ ctx, network }: Acting, wish: Wish, officers: Officers) {
  const { t, locale } = ctx.speech.texts
  const at = network.deleteAskedAt ?? ctx.speech.now
  const args = {
    network: network.name,
    alone: officers.count === 1 ? 'yes' : 'no',
    name: officers.asker ?? t('network-somebody'),
    until: fullTime(new Date(at.getTime() + ASKED_FOR), ctx.speech),
    from: fullTime(new Date(at.getTime() + ALONE_AFTER), ctx.speech),
  }
  const no = back(ctx.speech, network.id)
  const go = (word: string, key: TextKey) => danger(to(network.id, 'delete', t(key), word))
  const halt = to(network.id, 'delete', t('network-do-delete-stop'), 'stop')
  if (wish === 'none') return sentence(locale, t('network-delete-sure', args), [[go('ask', 'network-do-delete-ask'), no]])
  if (wish === 'mine') return sentence(locale, t('network-delete-waits', args), [[halt, no]])
  return sentence(locale, t('network-delete-confirm', args), [[go('yes', 'network-do-delete-yes')], [halt, no]])
}

async function ask(acting: Acting, officers: Officers): Promise<Outcome> {
  const { ctx, person, tools } = acting
  const network = await ctx.tx.network.update({
    where: { id: acting.network.id },
    data: { deleteAskedBy: person.id, deleteAskedAt: ctx.speech.now },
  })
  const button = (t: (key: TextKey) => string) => [[{ label: t('network-do-delete'), token: token('network', 'delete', network.id) }]]
  await notifyOthers(ctx.tx, tools.deps, network, {
    except: person.id,
    key: 'network-told-delete-asked',
    args: { by: person.name },
    buttons: button,
  })
  return turnTo(ctx, howItStands({ ...acting, network }, 'mine', { ...officers, asker: person.name }))
}

async function stop(acting: Acting): Promise<Outcome> {
  const { ctx, person, tools } = acting
  const stopped = await ctx.tx.network.updateMany({
    where: { id: acting.network.id, deleteAskedAt: { not: null } },
    data: NOT_ASKED,
  })
  const told = { except: person.id, key: 'network-told-delete-stopped', args: { by: person.name } } as const
  if (stopped.count > 0) await notifyOthers(ctx.tx, tools.deps, acting.network, told)
  return done(acting, NOT_ASKED, 'network-delete-stopped')
}

/**
 * The end: nothing more is posted but a goodbye in every chat; when these stand, or cannot be posted, the rows go. The goodbyes are in the outbox, so that a
 * crash loses none; that is why the network is there a little longer, as `deleting`, where nothing can be done any more.
 */
async function end({ ctx, network, person, tools }: Acting): Promise<Outcome> {
  const { tx, speech } = ctx
  await tx.network.update({ where: { id: network.id }, data: { state: 'deleting', deleteAskedAt: speech.now } })
  await tx.$executeRaw`UPDATE "Delivery" SET "state" = CASE WHEN "state" = 'waiting' THEN 'removed' ELSE "state" END, "dueAt" = NULL WHERE "networkId" = ${network.id} AND "leaseBy" IS NULL AND "dueAt" IS NOT NULL`
  await tx.space.updateMany({ where: { networkId: network.id, state: { in: ['joined', 'joining'] } }, data: { state: 'leaving' } })
  const spaces = await tx.space.findMany({ where: { networkId: network.id, state: 'leaving' } })
  await post(tx, goodbyePosts(tools.deps, network, spaces, ctx.ids.id(), 'network-goodbye-deleted'), speech.now)
  await notifyOthers(tx, tools.deps, network, { except: person.id, key: 'network-told-deleted', args: { by: person.name } })
  return turnTo(ctx, sentence(speech.locale, speech.texts.t('network-deleted', { network: network.name })))
}
