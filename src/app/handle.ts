import { lifecycle } from '../community/lifecycle.ts'
import { partKnown, renamed } from '../community/titles.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps, Feature } from '../feature/feature.ts'
import type { Answer } from '../feature/outcome.ts'
import { createAsking, untilNothingIsWanted } from '../feature/wanted.ts'
import type { Adapter, Inbound, Reply, SpaceRef } from '../platform/adapter.ts'
import type { Tx } from '../store/tx.ts'
import { makeContext } from './context.ts'
import { type Handled, once } from './dedupe.ts'
import { readLater } from './files.ts'
import { placeAnswers, placeReplies, spoken } from './respond.ts'
import { createRouter, type Router } from './router.ts'
import { takeWaiting } from './waiting.ts'

/** Handles one event in one transaction, once however often it is delivered, and gives what the person is shown. */
export function createHandler(features: readonly Feature[], deps: Deps): (adapter: Adapter, raw: Inbound) => Promise<readonly Reply[]> {
  const router = createRouter(features)
  return async (adapter, raw) => {
    const asking = createAsking()
    const inbound = readLater(raw, asking)
    const work = async (tx: Tx): Promise<Handled> => {
      // Whoever gave a chat another name has done nothing with the bot: of them nothing is kept.
      if (inbound.event.kind === 'renamed') return named(tx, adapter, inbound)
      const handled = await respond(await makeContext({ tx, inbound, adapter, deps, asking }), deps, router, adapter)
      asking.check()
      return handled
    }
    const answers = await untilNothingIsWanted(() => once(deps.store, inbound.id, deps.clock.now(), work))
    deps.poke()
    return spoken(answers)
  }
}

async function named(tx: Tx, adapter: Adapter, { place }: Inbound): Promise<Handled> {
  if (place !== 'private') await renamed(tx, adapter, place)
  return []
}

async function respond(ctx: Ctx, deps: Deps, router: Router, adapter: Adapter): Promise<Handled> {
  const { tx, inbound } = ctx
  if (ctx.space) await partKnown(tx, ctx.space, inbound.place)
  const first = await lifecycle(ctx, deps)
  if (inbound.event.kind === 'moved') await spaceMoved(tx, deps, inbound.event.to)
  const outcome = 'again' in first || first.length > 0 ? first : await router.route(ctx)
  const waited = carriesMore(ctx, 'again' in outcome ? outcome.again : outcome) ? await takeWaiting(ctx) : []
  // What waited is given once: it is kept with the guard, whether the answer after it is or not.
  const placed = await placeReplies(
    ctx,
    waited.map(view => ({ kind: inbound.place === 'private' ? 'say' : 'whisper', view })),
    adapter,
  )
  const given = placed.map(reply => (reply.kind === 'whisper' ? { ...reply, ifLost: reply.view } : reply))
  if ('again' in outcome) return { given, again: await placeAnswers(ctx, outcome.again, adapter) }
  return [...given, ...(await placeReplies(ctx, outcome, adapter))]
}

/** Whether what waited for the person can go before this answer: in private always, in a group where it is for them alone and can be as much as it likes. */
function carriesMore({ inbound, chat }: Ctx, answers: readonly Answer[]): boolean {
  if (inbound.place === 'private') return true
  if (!chat.whisper?.buttons || inbound.isHome || inbound.event.kind === 'missed') return false
  const kinds = answers.map(answer => (answer.kind === 'secret' ? answer.how : answer.kind))
  return kinds.some(kind => kind === 'whisper' || kind === 'update') && !kinds.some(kind => kind === 'ask' || kind === 'wrong')
}

/** A space has a new address: those who have something standing there hear of it. */
export async function spaceMoved(tx: Tx, deps: Deps, ref: SpaceRef): Promise<void> {
  const space = await tx.space.findUnique({ where: { ref }, select: { id: true, networkId: true } })
  if (space) await deps.publish(tx, 'space moved', { networkId: space.networkId, spaceId: space.id })
}
