import { capabilities } from '../../adapters/telegram/capabilities.ts'
import { encode } from '../../adapters/telegram/encode.ts'
import type { Drawn, Target } from '../../src/feature.ts'
import { secretName } from '../../src/polls/cast.ts'
import type { Delivery } from '../../src/store/generated/client.ts'
import { fit } from '../../src/view/fit.ts'
import type { Telegram } from '../../test/platforms/telegram/server.ts'
import type { Stage } from '../stage.ts'
import type { Crowd } from './crowd.ts'
import { agrees, fold, type Pressed } from './model.ts'
import type { Posts } from './posts.ts'

/** What is wrong, a line each. */
export type Faults = readonly string[]

export interface Evidence {
  readonly stage: Stage
  readonly tg: Telegram
  readonly crowd: Crowd
  readonly posts: Posts
  /** When the bot was killed, in milliseconds since 1970. */
  readonly kills: readonly number[]
}

/** Deliveries that the store knows nothing of, of these. */
export async function unknownTo(stage: Stage, ids: readonly string[]): Promise<number> {
  const { rows } = await stage.pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM unnest($1::text[]) AS asked(one) WHERE NOT EXISTS (SELECT 1 FROM "Seen" s WHERE s."id" = asked.one)',
    [ids],
  )
  return rows[0]?.n ?? ids.length
}

/** How many counters differ from a recount of the ballots; in one statement, so at one moment. */
export async function wrongCounts(stage: Stage): Promise<number> {
  const { rows } = await stage.pool.query<{ n: number }>(`
    WITH cast_in AS (
      SELECT b."pollId", b."areaId", b."options" FROM "Ballot" b UNION ALL SELECT c."pollId", c."areaId", c."options" FROM "ClosedBallot" c
    ), valid AS (
      SELECT v."pollId", coalesce(v."areaId", '') AS area, v."options" FROM cast_in v JOIN "Poll" p ON p."id" = v."pollId"
      WHERE cardinality(v."options") >= greatest(p."min", 1)
    ), recount AS (
      SELECT "pollId", area, 0 AS option, count(*)::int AS n FROM valid GROUP BY 1, 2
      UNION ALL SELECT "pollId", area, o, count(*)::int FROM valid, unnest("options") AS o GROUP BY 1, 2, 3
    )
    SELECT count(*)::int AS n FROM recount r
    FULL JOIN (SELECT * FROM "Count" WHERE "n" <> 0) c ON c."pollId" = r."pollId" AND c."areaId" = r.area AND c."option" = r.option
    WHERE r.n IS DISTINCT FROM c."n"`)
  return rows[0]?.n ?? 1
}

/** Everything that must hold once all is quiet and the bot has ended. */
export async function judge(evidence: Evidence): Promise<Faults> {
  const { stage, crowd, posts } = evidence
  const lost = await unknownTo(
    stage,
    [...crowd.seats.values()].flatMap(presses => presses.map(one => one.id)),
  )
  const wrong = await wrongCounts(stage)
  const moved = posts.changedAfterFinal()
  return [
    ...(lost > 0 ? [`${lost} presses are lost`] : []),
    ...(wrong > 0 ? [`${wrong} counters differ from a recount`] : []),
    ...moved.map(message => `${message} was edited after it was final`),
    ...(await ballotFaults(evidence)),
    ...(await postFaults(evidence)),
  ]
}

/** Each person's ballot is what their presses led to, and nobody has two. */
async function ballotFaults({ stage, crowd }: Evidence): Promise<Faults> {
  const polls = await stage.prisma.poll.findMany()
  const keys = new Map((await stage.prisma.pollKey.findMany()).map(row => [row.pollId, row.key]))
  const members = new Map((await stage.prisma.membership.findMany()).map(row => [row.identityRef, row.personId]))
  const ballots = await stage.prisma.ballot.findMany()
  const byVoter = new Map(ballots.map(row => [`${row.pollId} ${row.voter}`, row.options]))
  const faults: string[] = []
  const people = await stage.prisma.person.count()
  if (people !== members.size + 1) faults.push(`${people - 1} persons stand for ${members.size} accounts`)
  for (const poll of polls) {
    const seats = [...crowd.seats].filter(([seat]) => seat.startsWith(`${poll.id} `))
    const open = poll.state === 'open'
    if (poll.secret && !open) {
      faults.push(...(await shuffledFaults(stage, poll.id, seats)))
      continue
    }
    const voted = seats.filter(([, presses]) => open || presses.some(one => one.told === 'counted'))
    const stored = ballots.filter(row => row.pollId === poll.id).length
    if (stored < voted.length || stored > seats.length) faults.push(`${stored} ballots of ${seats.length} people in "${poll.question}"`)
    for (const [seat, presses] of seats) {
      const personId = members.get(`telegram:${seat.slice(poll.id.length + 1)}`) ?? ''
      const voter = poll.secret ? secretName(personId, { id: poll.id, key: keys.get(poll.id) ?? null }) : personId
      const ballot = byVoter.get(`${poll.id} ${voter}`) ?? []
      if (!agrees(ballot, presses, { max: poll.max, open })) faults.push(disagreement(poll.question, seat, ballot, presses, poll.max))
    }
  }
  return faults
}

function disagreement(question: string, seat: string, ballot: readonly number[], presses: readonly Pressed[], max: number): string {
  const told = presses.map(one => `${one.id.split(':')[2]} ${JSON.stringify(one.wish)} ${one.told ?? 'unanswered'}`).join('; ')
  return `the ballot of ${seat} in "${question}" is [${ballot}], not [${fold(presses, max)}] (${told})`
}

/** Of a secret poll that is closed, nothing tells whose ballot is whose: only how many there are. */
async function shuffledFaults(stage: Stage, pollId: string, seats: readonly (readonly [string, readonly Pressed[]])[]): Promise<Faults> {
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

/** What stands in the groups is what would be drawn now, once, or twice where it is marked. */
async function postFaults(evidence: Evidence): Promise<Faults> {
  const { stage } = evidence
  const rows = await stage.prisma.delivery.findMany({ where: { spaceId: { not: null } }, orderBy: { id: 'asc' } })
  const draws = await stage.house.app.draw([...new Set(rows.map(row => row.subject))], new Date())
  const questions = new Map((await stage.prisma.poll.findMany()).map(poll => [poll.id, poll.question]))
  return rows.flatMap(row => {
    const draw = draws.get(row.subject)
    if (row.state !== 'sent' || !row.message || !draw) return [`${row.key} is ${row.state} (${row.why ?? 'no reason given'})`]
    return [...textFaults(evidence, row, draw), ...copyFaults(evidence, row, questions)]
  })
}

function textFaults({ stage, tg }: Evidence, row: Delivery, draw: (to: Target) => Drawn): Faults {
  const texts = stage.house.deps.texts.in('en')
  const drawn = draw({
    ...{ texts, locale: texts.locale, zone: 'Europe/London', now: new Date(), can: capabilities },
    ...{ spaceId: row.spaceId, personRef: row.personRef },
  })
  const [view] = typeof drawn === 'object' ? fit({ ...drawn.view, whole: true }, capabilities.limits) : []
  const [, chat, message] = /:(-?\d+)\/(\d+)$/.exec(row.message ?? '') ?? []
  const posted = tg.world.chats.get(Number(chat))?.messages.get(Number(message))
  if (!view || !posted) return [`${row.key} says that it stands at ${row.message}, but it does not`]
  const fresh = encode(view)
  if (posted.text === fresh.text && posted.keyboard.length === (fresh.markup?.inline_keyboard.length ?? 0)) return []
  return [`${row.key} (wanted ${row.wanted}, shown ${row.shown}) says\n${posted.text}\ninstead of\n${fresh.text}`]
}

/** A post may stand twice only where it was in flight when the bot was killed, and then it is marked. */
function copyFaults({ posts, kills }: Evidence, row: Delivery, questions: ReadonlyMap<string, string>): Faults {
  const [, kind, id] = row.subject.split('_')
  const question = questions.get(id ?? '') ?? ''
  const chat = Number(/:(-?\d+)\//.exec(row.message ?? '')?.[1])
  const copies = posts.copies(chat, kind === 'outcome' ? `Result: ${question}` : question).map(posted => posted.at)
  const between = (from: number, to: number) => kills.some(at => at >= from && at <= to)
  const bad = copies.slice(1).some((at, i) => !between(copies[i] ?? 0, at))
  return [
    ...(copies.length > 1 && !row.doubled ? [`${row.key} stands ${copies.length} times and is not marked`] : []),
    ...(bad ? [`${row.key} was posted again although it was not in flight when the bot was killed`] : []),
  ]
}
