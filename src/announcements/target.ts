import { isMeant } from '../community/audience.ts'
import type { Kind, Member } from '../kit/target.ts'
import { loadAnnouncement, type WholeAnnouncement } from './announcement.ts'
import { stageOf } from './domain.ts'
import { holdSeries, type WholeSeries } from './series.ts'

/** An announcement: what is still to come is known to coordinators alone, what is out to those for whom it was. */
export const ANNOUNCEMENT: Kind<WholeAnnouncement> = {
  find: loadAnnouncement,
  isOpenTo: (one, there) => isCoordinator(there) || (stageOf(one, there.speech.now) === 'out' && isFor(one, there)),
  unknown: 'announcements-unknown',
}

/** A series, held until the end of the transaction, for coordinators. */
export const SERIES: Kind<WholeSeries> = { find: holdSeries, isOpenTo: (_, there) => isCoordinator(there), unknown: 'series-unknown' }

function isCoordinator({ roles }: Member): boolean {
  return roles.has('coordinator')
}

function isFor({ places }: WholeAnnouncement, { space, roles }: Member): boolean {
  return space ? isMeant(space, places) : places.audience !== 'steering' || roles.size > 0
}
