import { spacesAt } from '../community/audience.ts'
import type { Deps } from '../feature/feature.ts'
import { withAudience } from '../kit/placed-posts.ts'
import type { Refusal } from '../kit/refusal.ts'
import { beginning } from '../kit/series/begin.ts'
import type { Repeats } from '../schedule/recurrence/rule.ts'
import type { Tx } from '../store/tx.ts'
import { checkLink } from './create.ts'
import { checkBeside, checkWords } from './domain.ts'
import { type WholeSeries, wholeSeries } from './series.ts'
import type { AnnouncementSettings } from './settings.ts'

export interface NewSeries {
  readonly networkId: string
  readonly personId: string
  readonly settings: AnnouncementSettings
  readonly repeats: Repeats
  readonly id: string
}

/** Makes a series from the settings of a draft, in the caller's transaction; or says why not. Its posts are made when its dates come. */
export async function createSeries(tx: Tx, deps: Deps, o: NewSeries): Promise<{ made: WholeSeries } | Refusal> {
  const { settings, networkId, id } = o
  const wrong = checkWords(settings.words) ?? checkLink(settings.link) ?? checkBeside(settings)
  if (wrong) return wrong
  const spaces = await spacesAt(tx, networkId, settings.places)
  if (spaces.length === 0) return { key: 'announcements-wrong-nowhere' }
  const { words, link, pin, lateHours, picture } = settings
  const timing = await beginning(o.repeats, deps.clock.now())
  if ('key' in timing) return timing
  const places = withAudience(settings.places, spaces)
  const what = { words, link, pin, lateHours, places, ...(picture ? { picture } : {}) }
  const row = await tx.announcementSeries.create({ data: { id, networkId, ...what, createdBy: o.personId, ...timing } })
  return { made: wholeSeries(row) }
}
