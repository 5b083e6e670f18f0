import { reaches, reachOf } from '../community/reach.ts'
import type { Kind, Member } from '../kit/target.ts'
import { mayKnow } from './domain.ts'
import { holdPoll, loadPoll, type WholePoll } from './poll.ts'

/** A poll, for whoever may know of it. */
export const POLL: Kind<WholePoll> = {
  find: (tx, id) => loadPoll(tx, id),
  async isOpenTo(poll, there) {
    const known = { ...poll, spaces: poll.spaces.map(({ space }) => space) }
    const who = { isOfficer: there.roles.size > 0, isIn: there.space?.id, isPrivate: there.inbound.place === 'private' }
    if (mayKnow(known, { ...who, hasAnswered: false, isReached: false })) return true
    if (!who.isPrivate) return false
    const reach = await reachOf(there)
    const isReached = known.spaces.some(space => reaches(reach, space))
    return mayKnow(known, { ...who, isReached, hasAnswered: isReached || (await hasAnswered(poll, there)) })
  },
  unknown: 'polls-refused-unknown',
}

/** The same, held until the end of the transaction. */
export const HELD: Kind<WholePoll> = { ...POLL, find: (tx, id) => holdPoll(tx, id) }

async function hasAnswered({ id: pollId, secret }: WholePoll, { tx, person: { id: personId } }: Member): Promise<boolean> {
  const found = secret
    ? await tx.tookPart.findUnique({ where: { pollId_personId: { pollId, personId } } })
    : await tx.ballot.findUnique({ where: { pollId_voter: { pollId, voter: personId } } })
  return found !== null
}
