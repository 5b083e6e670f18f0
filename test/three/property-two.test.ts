import { LONG_MS } from '../helpers/patience.ts'
import { HALF, holds, lean } from './property.ts'

// Of the two halves each has a file of its own, so that they may run side by side.

lean(`${HALF} random steps on three platforms come to the same tally as a map (up to two answers each)`, { timeout: LONG_MS }, ({ on }) =>
  holds(on, { max: 2, many: HALF, seed: 20_261_123 }),
)
