import { secretName } from '../../src/polls/cast.ts'
import type { Poll } from '../../src/store/generated/client.ts'
import type { Evidence, Faults } from './judge.ts'
import { agrees, type Counted, fold, type Pressed } from './model.ts'

/** How long after the bot was killed a commit that was under way may still end, in milliseconds; none starts that soon. */
const commitMs = 500

interface Found {
  readonly faults: Faults
  readonly told: readonly string[]
}

/** Each person's ballot is what their presses led to, on whatever platforms, and nobody has two. */
export async function ballotFaults(evidence: Evidence, unknown: ReadonlySet<string>): Promise<Found> {
  const { stage, crowd, kills } = evidence
  const members = new Map((await stage.prisma.membership.findMany()).map(row => [row.identityRef, row.personId]))
  const faults = await peopleFaults(evidence, members)
  let [seconds, swapped, judged] = [0, 0, 0]
  for (const poll of await stage.prisma.poll.findMany()) {
    const seats = seatsOf(crowd.seats, poll.id, unknown)
    const isOpen = poll.state === 'open'
    if (poll.secret && !isOpen) {
      faults.push(...(await shuffledFaults(evidence, poll.id, seats)))
      continue
    }
    const { stored, ballotOf } = await ballotsOf(evidence, poll, members)
    const voted = seats.filter(([, presses]) => isOpen || presses.some(one => one.told === 'counted'))
    seconds += Math.max(0, stored - seats.length)
    if (stored < voted.length || stored > seats.length) faults.push(`${stored} ballots of ${seats.length} people in "${poll.question}"`)
    for (const [voter, presses] of seats) {
      const counted = countedOf(presses, poll.closedAt?.getTime(), kills)
      const verdict = verdictOn(ballotOf(voter), counted, poll.max)
      judged += 1
      if (verdict === 'swapped') swapped += 1
      if (verdict === 'wrong') faults.push(disagreement(poll, voter, ballotOf(voter), presses, counted))
    }
  }
  const told = [
    `${judged} ballots compared with what was pressed; second ballots ${seconds}`,
    `${swapped} ballots stand as the earlier of two presses says that one account made while neither was answered`,
  ]
  return { faults, told }
}

function verdictOn(ballot: readonly number[], counted: readonly Counted[], max: number): 'right' | 'swapped' | 'wrong' {
  if (agrees(ballot, counted, { max, order: 'account' })) return 'right'
  return agrees(ballot, counted, { max, order: 'moment' }) ? 'swapped' : 'wrong'
}

/** How many ballots a poll has, and each one's options by its voter: a person's id, or an account's address. */
async function ballotsOf({ stage }: Evidence, { id, secret }: Poll, members: ReadonlyMap<string, string>) {
  const rows = await stage.prisma.ballot.findMany({ where: { pollId: id } })
  const byVoter = new Map(rows.map(row => [row.voter, row.options]))
  const key = (await stage.prisma.pollKey.findUnique({ where: { pollId: id } }))?.key ?? null
  const nameOf = (person: string): string => (secret ? secretName(person, { id, key }) : person)
  return { stored: rows.length, ballotOf: (voter: string): readonly number[] => byVoter.get(nameOf(members.get(voter) ?? voter)) ?? [] }
}

async function peopleFaults({ stage, people }: Evidence, members: ReadonlyMap<string, string>): Promise<string[]> {
  const count = await stage.prisma.person.count()
  const known = people.filter(person => person.id !== undefined)
  const accounts = known.reduce((sum, person) => sum + Object.keys(person.accounts).length, 0)
  const expected = known.length + members.size - accounts
  // One more made the polls.
  return count - 1 === expected ? [] : [`${count - 1} persons stand for ${expected}`]
}

type Seat = readonly [voter: string, presses: readonly Pressed[]]

/** By voter, the presses on one poll that the store knows. */
function seatsOf(all: ReadonlyMap<string, readonly Pressed[]>, pollId: string, unknown: ReadonlySet<string>): readonly Seat[] {
  return [...all].flatMap(([seat, presses]): Seat[] => {
    const kept = presses.filter(one => !unknown.has(one.id))
    return seat.startsWith(`${pollId} `) && kept.length > 0 ? [[seat.slice(pollId.length + 1), kept]] : []
  })
}

/**
 * In an open poll all of them count; in one that was closed meanwhile those up to the close. One that was taken, whose answer was cut off by a kill and which
 * is handed over again after the close, is told that the poll is closed, and that the last answer counts: it may be this one.
 */
function countedOf(presses: readonly Pressed[], closedAt: number | undefined, kills: readonly number[]): readonly Counted[] {
  const isOpen = closedAt === undefined
  const all = presses.map(one => ({ one, by: storedBy(one, kills) }))
  const lastCounted = Math.max(...presses.map(one => (one.told === 'counted' ? one.at : 0)))
  return all
    .filter(({ one }) => isOpen || one.told !== 'closed' || one.at < closedAt)
    .map(({ one, by }) => {
      const must = isOpen || one.told === 'counted' || by < lastCounted
      return { platform: one.platform, wish: one.wish, at: one.at, by, must }
    })
}

/** When the store had it at the latest: before the person was told, or before the bot that took it was dead. What waits at its platform may wait on. */
function storedBy({ platform, toldAt, takenAt, at }: Pressed, kills: readonly number[]): number {
  if (toldAt !== undefined) return toldAt
  const handedOver = platform === 'discord' ? at : takenAt
  const killed = handedOver === undefined ? undefined : kills.find(kill => kill >= handedOver)
  return killed === undefined ? Number.POSITIVE_INFINITY : killed + commitMs
}

function disagreement(
  poll: Poll,
  voter: string,
  ballot: readonly number[],
  presses: readonly Pressed[],
  counted: readonly Counted[],
): string {
  const told = presses.map(one => {
    const took = one.toldAt === undefined ? 'unanswered' : `${one.told} after ${one.toldAt - one.at} ms`
    return `${one.id} ${JSON.stringify(one.wish)} at ${one.at % 1_000_000} ${took}`
  })
  return `the ballot of ${voter} in "${poll.question}" is [${ballot}], not [${fold(counted, poll.max)}] (${told.join('; ')})`
}

/** Of a secret poll that is closed, nothing tells whose ballot is whose: only how many there are. */
async function shuffledFaults({ stage }: Evidence, pollId: string, seats: readonly Seat[]): Promise<Faults> {
  const left = await stage.prisma.ballot.count({ where: { pollId } })
  const stored = await stage.prisma.closedBallot.count({ where: { pollId } })
  const isFull = (presses: readonly Pressed[]) => presses.every(one => typeof one.wish === 'object' && 'choose' in one.wish)
  const least = seats.filter(([, presses]) => presses.some(one => one.told === 'counted') && isFull(presses)).length
  return [
    ...(left > 0 ? [`${left} ballots of the closed secret poll ${pollId} still name their voters`] : []),
    ...(stored < least || stored > seats.length
      ? [`${stored} ballots of the closed secret poll ${pollId}, for ${least} to ${seats.length} people`]
      : []),
  ]
}
