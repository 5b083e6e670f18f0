import { isMeant } from '../community/audience.ts'
import type { Kind, Member } from '../kit/target.ts'
import { loadAnnouncement, type WholeAnnouncement } from './announcement.ts'
import { stageOf } from './domain.ts'

/** An announcement: what is still to come is known to coordinators alone, what is out to those for whom it was. */
export const ANNOUNCEMENT: Kind<WholeAnnouncement> = {
  find: loadAnnouncement,
  isOpenTo: (one, there) => there.roles.has('coordinator') || (stageOf(one, there.speech.now) === 'out' && isFor(one, there)),
  unknown: 'announcements-unknown',
}

function isFor({ places }: WholeAnnouncement, { space, roles }: Member): boolean {
  return space ? isMeant(space, places) : places.audience !== 'steering' || roles.size > 0
}
