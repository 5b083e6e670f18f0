import type { Dated } from '../../schedule/recurrence/dates.ts'
import type { SeriesState } from '../../store/generated/client.ts'

/** Something that repeats: a row that says when, and at each of its dates a thing of its feature is made. As it is kept, beside what the feature keeps there. */
export interface Series extends Dated {
  readonly id: string
  readonly networkId: string
  readonly createdBy: string | null
  readonly state: SeriesState
  /** Everything up to here is done with: made, missed or left out. */
  readonly doneTo: Date
  /** When its next date is. Null: there is none, or it is not active. */
  readonly nextAt: Date | null
  /** How many dates were missed so far, and the last of them. */
  readonly missed: number
  readonly lastMissed: Date | null
}

/** `active` with a date to come, `over` without one; else as it was left. */
export function stageOf({ state, nextAt }: Pick<Series, 'state' | 'nextAt'>): 'active' | 'over' | 'paused' | 'ended' {
  if (state === 'paused' || state === 'ended') return state
  return nextAt ? 'active' : 'over'
}
