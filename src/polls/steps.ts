import type { Figures } from '../kit/breakdown/table.ts'

/**
 * The numbers of a secret poll that is open. What is shown is always the full step before the newest one, so that at least as many different people as a step
 * is long have answered between any two things that anybody sees, the close included: nobody can tell whose tap moved which number. Pure.
 */
export interface Steps {
  /** The full step before the newest one. */
  readonly shown: Figures
  /** The newest full step: shown when the next one is reached. */
  readonly next: Figures
}

const NOTHING: Figures = { ballots: 0, options: new Map() }
export const NO_STEPS: Steps = { shown: NOTHING, next: NOTHING }

/** What people see of them: nothing of fewer answers than a step has, which may have become longer. */
export function seen({ shown }: Steps, step: number): Figures {
  return shown.ballots < step ? NOTHING : shown
}

/** So many answers there are when the numbers move next. */
export function movesAt({ next }: Steps, step: number): number {
  return next.ballots + (next.ballots < step ? 2 * step : step)
}

/** Whether a step is full with so many answers. */
export function isFull({ next }: Steps, ballots: number, step: number): boolean {
  return ballots >= next.ballots + step
}

/** The steps after answers have come in, of which `now` is the whole. */
export function advanced(steps: Steps, now: Figures, step: number): Steps {
  return isFull(steps, now.ballots, step) ? { shown: steps.next, next: now } : steps
}
