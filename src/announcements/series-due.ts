import type { Deps } from '../feature/feature.ts'
import { seriesDue as due } from '../kit/series/due.ts'
import type { Turn } from '../runtime/alarm.ts'
import { SERIES } from './series.ts'

/** Makes posts of the dates that have come. */
export function seriesDue(deps: Deps, turn: Turn): Promise<void> {
  return due(SERIES, async () => (await import('./series-turn.ts')).TURNING, deps, turn)
}
