import { announcementsFeature } from '../announcements/feature.ts'
import { calendarFeature } from '../calendar/feature.ts'
import { forumsFeature } from '../forums/feature.ts'
import { guideFeature } from '../guide/feature.ts'
import { networkFeature } from '../network/feature.ts'
import { pollsFeature } from '../polls/feature.ts'
import type { MakeFeature } from './define.ts'

/** The list of features: the one line to add. */
export const FEATURES: readonly MakeFeature[] = [
  pollsFeature,
  announcementsFeature,
  forumsFeature,
  calendarFeature,
  networkFeature,
  guideFeature,
]
