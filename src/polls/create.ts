import { randomBytes } from 'node:crypto'
import { postIn, spacesAt } from '../community/audience.ts'
import { post } from '../delivery/outbox.ts'
import type { Post } from '../delivery/post.ts'
import type { Deps } from '../feature/feature.ts'
import { LEAST } from '../kit/breakdown/breakdown.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { minutesOf, remindsAt } from './closing.ts'
import { checkWords } from './domain.ts'
import { loadPoll, type WholePoll } from './poll.ts'
import { type PollSettings, timesOf, votersOf } from './settings.ts'

/**
 * Makes a poll from its settings, in the caller's transaction: scheduled, or open with a post for each of its spaces; or says why not. `spaces`: in place of
 * where the settings say.
 */
export async function createPoll(
  tx: Tx,
  deps: Deps,
  o: { networkId: string; personId: string; settings: PollSettings; id: string; spaces?: readonly Space[] },
): Promise<WholePoll | Refusal> {
  const { settings, networkId } = o
  const now = deps.clock.now()
  const opensAt = settings.opensAt ? new Date(settings.opensAt) : null
  const closesAt = settings.closesAt ? new Date(settings.closesAt) : null
  const spaces = o.spaces ?? (await spacesAt(tx, networkId, settings.places))
  const wrong =
    checkWords(settings.question, settings.options) ??
    checkTimes(now, opensAt, closesAt) ??
    checkAnswers(settings) ??
    (spaces.length === 0 ? { key: 'polls-wrong-nowhere' } : undefined)
  if (wrong) return wrong
  const open = opensAt === null
  const times = timesOf(settings, now)
  const remindMinutes = minutesOf(settings.closing, times)
  const network = await tx.network.findUniqueOrThrow({ where: { id: networkId }, select: { hideUnder: true } })
  await tx.poll.create({
    data: {
      id: o.id,
      networkId,
      state: open ? 'open' : 'scheduled',
      question: settings.question,
      min: settings.min,
      max: settings.max,
      secret: settings.secret,
      results: settings.results,
      addOptions: settings.addOptions,
      voters: votersOf(settings),
      opensAt: opensAt ?? now,
      closesAt,
      remindMinutes,
      remindAt: remindsAt(remindMinutes, closesAt, times.opensAt),
      hideUnder: Math.max(LEAST, network.hideUnder),
      createdBy: o.personId,
      createdAt: now,
      options: { create: settings.options.map((text, i) => ({ number: i + 1, text })) },
      spaces: { create: spaces.map(space => ({ spaceId: space.id })) },
    },
  })
  if (settings.secret) await tx.pollKey.create({ data: { pollId: o.id, key: randomBytes(32) } })
  if (open) await post(tx, postsOf(deps, o.id, networkId, spaces, 1), now)
  const made = await loadPoll(tx, o.id)
  if (!made) throw new Error('A poll that was just made is not there.')
  return made
}

function checkTimes(now: Date, opensAt: Date | null, closesAt: Date | null): Refusal | undefined {
  if (opensAt && opensAt <= now) return { key: 'polls-wrong-opens-past' }
  if (closesAt && closesAt <= now) return { key: 'polls-wrong-closes-past' }
  if (opensAt && closesAt && closesAt <= opensAt) return { key: 'polls-wrong-closes-before-opens' }
  return undefined
}

function checkAnswers({ min, max, options, addOptions }: PollSettings): Refusal | undefined {
  if (min > max) return { key: 'polls-wrong-min-max', args: { min, max } }
  return max > options.length && !addOptions ? { key: 'polls-wrong-max-options', args: { max, count: options.length } } : undefined
}

/** One post a space. `posting` is raised when a poll is shown again. */
export function postsOf(
  deps: Deps,
  pollId: string,
  networkId: string,
  spaces: readonly Pick<Space, 'id' | 'ref' | 'platform'>[],
  posting: number,
): Post[] {
  return spaces.map(space => ({
    ...postIn(deps, networkId, space),
    key: `polls/${pollId}/${space.id}/${posting}`,
    subject: `polls_post_${pollId}`,
  }))
}
