import type { Breakdown } from '../kit/breakdown/breakdown.ts'
import type { Results } from './domain.ts'

/** Counts that may be looked at only through the gate. */
export interface Tally {
  /** Ballots in all. */
  readonly ballots: number
  /** By option number. */
  readonly options: ReadonlyMap<number, number>
  readonly areas: Breakdown
  /** Of a secret poll that is open, its numbers stand as of `ballots` answers: how many there are when they move next. */
  readonly movesAt: number | undefined
  /** A secret poll has closed with so few answers that they would tell who chose what. */
  readonly tooFew: boolean
}

declare const gate: unique symbol
/** Figures that passed the gate: every view, file and page takes nothing else. */
export type Visible<T> = T & { readonly [gate]: true }

export interface Viewer {
  /** A space, or a person who has (or has not) a counted ballot. */
  readonly voted: boolean
}

/** The only maker of a `Visible<Tally>`: undefined while the poll's rule does not allow this viewer to see it. */
export function show(
  tally: Tally,
  poll: { readonly state: string; readonly results: Results },
  viewer: Viewer,
): Visible<Tally> | undefined {
  if (tally.tooFew) return undefined
  if (poll.state === 'closed') return tally as Visible<Tally>
  if (poll.state !== 'open') return undefined
  if (poll.results === 'live' || (poll.results === 'voted' && viewer.voted)) return tally as Visible<Tally>
  return undefined
}

/** How many have answered, as far as it may be said: no figure of a choice. A secret poll's moves in steps like all its figures. */
export function turnout(tally: Tally): number {
  return tally.ballots
}

/** How many have answered, as it may be said; `isStep`: of a secret poll, at its last full step. */
export interface Turnout {
  readonly n: number
  readonly isStep: boolean
}
