import { difference } from './domain.ts'
import { readShown, wholeOf } from './figures.ts'
import { advanced, NO_STEPS, type Steps } from './steps.ts'
import type { PollNow } from './votes.ts'

/** The steps of one secret poll while answers come in, one after the other: a step is taken at the very answer that fills it. */
export interface Stepping {
  /** A ballot has become another; what of it counts, before and after. */
  count(before: readonly number[], after: readonly number[]): void
  now(): Steps
  hasMoved(): boolean
}

export function createStepping(poll: Pick<PollNow, 'counts' | 'shown' | 'hideUnder'>): Stepping {
  const shown = poll.shown === null || poll.shown === undefined ? undefined : readShown(poll.shown, true)
  const first = shown?.kind === 'steps' ? shown.steps : NO_STEPS
  const counts = new Map((poll.counts ?? []).map(({ option, n }) => [option, n]))
  let steps = first
  return {
    count(before, after) {
      difference(before, after, counts)
      steps = advanced(steps, wholeOf([...counts].map(([option, n]) => ({ option, n }))), poll.hideUnder)
    },
    now: () => steps,
    hasMoved: () => steps !== first,
  }
}
