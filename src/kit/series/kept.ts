import { z } from 'zod'

/** What is kept of a series as JSON. */

/** How often: see `Repeats`. */
export const KeptRepeats = z.object({ rule: z.string(), start: z.string(), zone: z.string() })

/** Dates that were moved: one ISO instant to another. */
export const KeptMoved = z.record(z.string(), z.string())
