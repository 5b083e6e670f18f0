import { createHmac } from 'node:crypto'
import type { Ids } from '../base/clock.ts'
import type { Role } from '../community/members.ts'
import { reaches } from '../community/reach.ts'
import type { Sql } from '../store/sql.ts'
import type { TextKey } from '../texts/keys.ts'
import { BALLOTS, counted, type Decided, decide, difference, mayKnow } from './domain.ts'
import { createStepping } from './stepping.ts'
import type { Steps } from './steps.ts'
import { type Locked, type Vote, type Voter, type Voters, votersOf } from './voters.ts'
import { type BallotRow, type PollNow, readPolls, save } from './votes.ts'

/** `what` as decided, the ballot as it stands after the whole group; or why nothing was done, as a key of a text. */
export type Cast =
  | { readonly refused: TextKey; readonly poll?: PollNow }
  | {
      readonly decided: Decided
      readonly poll: PollNow
      readonly ballot: BallotRow
      readonly voter: Voter
      readonly zone: string
      /** Of a secret poll, with this vote. */
      readonly steps: Steps | undefined
    }

const OFFICERS: readonly Role[] = ['steering', 'coordinator', 'decisionMaker']

/**
 * Casts votes in the caller's transaction, in order: two look-ups and one write, however many votes and however many were cast before.
 */
export async function castAll(sql: Sql, votes: readonly Vote[], ids: Ids, now: Date): Promise<readonly Cast[]> {
  const voters = await votersOf(sql, votes, ids, now)
  // Each id counts once, also within this group.
  const fresh = new Set(voters.fresh)
  const names = votes.map(vote => nameOf(vote, voters))
  const places = votes.flatMap((vote, i) => ({ pollId: vote.pollId, voter: names[i] ?? '' }))
  const personIds = [...voters.people.values()].map(voter => voter.personId)
  const { polls, ballots: rows, present: still } = await readPolls(sql, [...voters.locked.keys()], places, personIds)
  const changed = new Map<string, { readonly ballot: BallotRow; readonly seat: Seat }>()
  const counts: Moves = new Map()
  const stepping = new Map([...polls.values()].filter(poll => poll.secret).map(poll => [poll.id, createStepping(poll)]))
  const results = votes.map((vote, i): Cast => {
    const key = `${vote.pollId} ${names[i]}`
    const before = changed.get(key)?.ballot ?? rows.get(key)
    const found = seat(vote, voters, polls.get(vote.pollId), names[i], before !== undefined)
    if ('refused' in found) return found
    // Forgotten, or joined with another person, while this vote waited for its poll: it would be nobody's.
    if (!still.has(found.voter.personId)) return { refused: 'polls-refused-unknown' }
    const blocked = refusal(vote, found, before)
    if (blocked) return { refused: blocked, poll: found.poll }
    const present = before ?? { pollId: found.poll.id, voter: found.name, options: [], areaId: found.area, receipt: ids.id() }
    // A repeated delivery changes nothing: it is told what stands.
    const decided = fresh.delete(vote.id)
      ? decide(present.options, vote.wish, found.poll)
      : ({ options: present.options, what: 'same' } as const)
    const ballot = { ...present, options: decided.options }
    if (decided.what !== 'same' && decided.what !== 'full' && decided.what !== 'nothing to drop') {
      changed.set(key, { ballot, seat: found })
      recount(counts, found.poll, present, ballot)
      stepping.get(found.poll.id)?.count(countedNow(present, found.poll), countedNow(ballot, found.poll))
    }
    const steps = stepping.get(found.poll.id)?.now()
    return { decided, poll: found.poll, ballot, voter: found.voter, zone: found.zone, steps }
  })
  const tookPart = [...changed.values()].flatMap(({ ballot, seat: { poll, voter } }) =>
    poll.secret ? [{ pollId: poll.id, personId: voter.personId, gone: ballot.options.length === 0 }] : [],
  )
  const steps = [...stepping].flatMap(([pollId, one]) => (one.hasMoved() ? [{ pollId, steps: one.now() }] : []))
  await save(sql, { ballots: [...changed.values()].map(({ ballot }) => ballot), counts: [...counts.values()], tookPart, steps })
  return results
}

interface Seat {
  readonly poll: PollNow
  readonly voter: Voter
  /** How the ballot names its voter. */
  readonly name: string
  /** Where a first ballot would count. */
  readonly area: string | null
  /** IANA zone of the place. */
  readonly zone: string
}

/** How the ballot names the voter: by the person's id, in a secret poll by what only its key makes of it. */
function nameOf(vote: Vote, { people, locked }: Voters): string | undefined {
  const poll = locked.get(vote.pollId)
  const voter = poll && people.get(`${vote.person.ref} ${poll.networkId}`)
  if (!poll || !voter) return undefined
  return poll.key === null ? voter.personId : secretName(voter.personId, poll)
}

/** Who this vote is by and where it would count, or why it is refused. */
function seat(
  vote: Vote,
  { people, spaces, locked }: Voters,
  poll: PollNow | undefined,
  name: string | undefined,
  hasAnswered: boolean,
): Seat | { refused: TextKey; poll?: PollNow } {
  const voter = poll && people.get(`${vote.person.ref} ${poll.networkId}`)
  const here = vote.place === 'private' ? undefined : spaces.get(vote.place.space)
  const isOfficer = OFFICERS.some(role => voter?.roles.has(role))
  const isReached = poll !== undefined && voter !== undefined && isWithin(poll, voter)
  const who = { isOfficer, isIn: here?.id, isPrivate: vote.place === 'private', hasAnswered, isReached }
  if (!poll || !voter || name === undefined || !mayKnow(poll, who)) return { refused: 'polls-refused-unknown' }
  if (poll.state !== 'open') return { refused: `polls-refused-${poll.state}`, poll }
  if (poll.paused) return { refused: 'polls-refused-paused', poll }
  if (poll.voters === 'steering' && !isOfficer) return { refused: 'polls-refused-steering', poll }
  // Keys are in no backup: in a poll that was brought back from one, votes stand as they are.
  if (poll.secret && !locked.get(poll.id)?.key) return { refused: 'polls-refused-restored', poll }
  if (vote.place !== 'private') {
    if (!here || !poll.spaces.some(space => space.id === here.id)) return { refused: 'polls-refused-not-here' }
    return { poll, voter, name, area: here.areaId ?? voter.areaId, zone: here.zone ?? poll.zone }
  }
  return { poll, voter, name, area: voter.areaId, zone: poll.zone }
}

/** What the ballot itself forbids. */
function refusal(vote: Vote, { poll, voter }: Seat, before: BallotRow | undefined): TextKey | undefined {
  if (vote.place === 'private' && !before && !isWithin(poll, voter)) return 'polls-refused-not-yours'
  if (vote.wish === 'drop all' || 'drop' in vote.wish) return undefined
  const { choose } = vote.wish
  const option = poll.options.find(one => one.number === choose)
  if (!option) return 'polls-refused-option'
  return option.hidden ? 'polls-refused-hidden' : undefined
}

/** In private, only for a poll that reaches this person. */
function isWithin(poll: PollNow, { roles, areaId, acted }: Voter): boolean {
  const reach = { isOfficer: OFFICERS.some(role => roles.has(role)), areaId, acted: new Set(acted) }
  return poll.spaces.some(space => reaches(reach, space))
}

/** How a secret poll's ballot names its voter; `key` in hex, or as it is kept. */
export function secretName(personId: string, poll: { readonly id: string; readonly key: Locked['key'] | Uint8Array }): string {
  if (!poll.key) throw new Error(`The secret poll ${poll.id} has no key.`)
  const key = typeof poll.key === 'string' ? Buffer.from(poll.key, 'hex') : poll.key
  return createHmac('sha256', key).update(personId).digest('base64url')
}

/** What a group of changes does to the counts, by poll and area. */
export type Moves = Map<string, { pollId: string; areaId: string; by: Map<number, number> }>

export function recount(counts: Moves, poll: PollNow, before: BallotRow, after: Pick<BallotRow, 'options'>): void {
  const areaId = before.areaId ?? ''
  const key = `${poll.id} ${areaId}`
  const entry = counts.get(key) ?? { pollId: poll.id, areaId, by: new Map([[BALLOTS, 0]]) }
  difference(countedNow(before, poll), countedNow(after, poll), entry.by)
  counts.set(key, entry)
}

/** What a ballot puts into the tally as the poll is now. */
export function countedNow({ options }: Pick<BallotRow, 'options'>, poll: PollNow): readonly number[] {
  const hidden = new Set(poll.options.filter(option => option.hidden).map(option => option.number))
  return counted(options, poll, hidden)
}
