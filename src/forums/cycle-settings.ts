import { z } from 'zod'
import { KeptPlaces, usualPlaces } from '../kit/audience.ts'
import { LENGTH, WEEKS } from './domain.ts'

/** Three forums in one go, as they are being set up: the data of a draft. */
export const CycleSettings = z.object({
  /** When the first one begins, an ISO instant; null: not said yet. */
  first: z.iso.datetime().nullable(),
  minutes: z.int(),
  /** Between two of them. */
  weeks: z.int(),
  address: z.string(),
  places: KeptPlaces,
  /** The space where it was begun. */
  home: z.string().nullable(),
})
export type CycleSettings = z.infer<typeof CycleSettings>

/** As the rows of these drafts are called. */
export const CYCLE_ROWS = 'forums-cycle'

export function cycleDefaults(home: string | undefined): CycleSettings {
  return { first: null, minutes: LENGTH.usual, weeks: WEEKS.usual, address: '', places: usualPlaces(home), home: home ?? null }
}
