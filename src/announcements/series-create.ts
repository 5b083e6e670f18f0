import { spacesAt } from '../community/audience.ts'
import type { Deps } from '../feature/feature.ts'
import { withAudience } from '../kit/placed-posts.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { Repeats } from '../schedule/recurrence/rule.ts'
import { localNumber, localText, onTheWall, wallOf } from '../schedule/wall-clock.ts'
import type { Tx } from '../store/tx.ts'
import { checkLink } from './create.ts'
import { checkBeside, checkWords } from './domain.ts'
import { comingDates, loadOneSeries, nextOf, type WholeSeries } from './series.ts'
import type { AnnouncementSettings } from './settings.ts'

export interface NewSeries {
  readonly networkId: string
  readonly personId: string
  readonly settings: AnnouncementSettings
  readonly repeats: Repeats
  readonly id: string
}

/** Makes a series from the settings of a draft, in the caller's transaction; or says why not. Its posts are made when its dates come. */
export async function createSeries(tx: Tx, deps: Deps, o: NewSeries): Promise<WholeSeries | Refusal> {
  const { settings, networkId, repeats, id } = o
  const now = deps.clock.now()
  const wrong = checkWords(settings.words) ?? checkLink(settings.link) ?? checkBeside(settings)
  if (wrong) return wrong
  const spaces = await spacesAt(tx, networkId, settings.places)
  if (spaces.length === 0) return { key: 'announcements-wrong-nowhere' }
  const { words, link, pin, lateHours, picture } = settings
  const { rule, start, zone } = repeats
  const nextAt = await nextOf({ ...{ rule, start, zone, except: [], moved: {} }, state: 'active', doneTo: now })
  if (!nextAt) return { key: 'repeat-never' }
  const timing = { rule, start, zone, doneTo: now, nextAt, dueAt: nextAt, changedAt: now, createdAt: now }
  const places = withAudience(settings.places, spaces)
  const what = { words, link, pin, lateHours, places, ...(picture ? { picture } : {}) }
  await tx.announcementSeries.create({ data: { id, networkId, ...what, createdBy: o.personId, ...timing } })
  const made = await loadOneSeries(tx, id)
  if (!made) throw new Error('A series that was just made is not there.')
  return made
}

/** The same rule from its next date on, where the first has passed meanwhile; undefined where it holds as it is. */
export async function anchoredAnew(repeats: Repeats, now: Date): Promise<Repeats | undefined> {
  const { start, zone } = repeats
  if (onTheWall(localNumber(start), zone).at > now) return undefined
  const [next] = await comingDates({ ...repeats, except: [], moved: {} }, now, 1)
  if (!next) return undefined
  // A time that the clock jumped over stays what was said.
  const day = localText(wallOf(next.at, zone))
  return { ...repeats, start: next.odd === 'skipped' ? `${day.slice(0, 10)}${start.slice(10)}` : day }
}
