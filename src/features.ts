import type { Deps, Feature } from './feature.ts'
import { guideFeature } from './guide/feature.ts'
import { pollsFeature } from './polls/feature.ts'
export function makeFeatures(deps: Deps, _lastBackup: () => Promise<Date | undefined>): readonly Feature[] {
  const own = [pollsFeature(deps)]
  return [...own, guideFeature(own)]
}
