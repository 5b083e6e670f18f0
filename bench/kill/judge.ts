import type { Stage } from '../stage.ts'
import { ballotFaults } from './ballots.ts'
import type { Crowd, Person } from './crowd.ts'
import type { Pressed } from './model.ts'
import type { Posts } from './posts.ts'
import { postFaults } from './standing.ts'

/** What is wrong, a line each. */
export type Faults = readonly string[]

export interface Evidence {
  readonly stage: Stage
  readonly sides: readonly Posts[]
  readonly crowd: Crowd
  readonly people: readonly Person[]
  /** When the bot was killed, in milliseconds since 1970. */
  readonly kills: readonly number[]
}

/** Which of these deliveries the store knows nothing of. */
export async function unknownTo(stage: Stage, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await stage.pool.query<{ one: string }>(
    'SELECT asked.one FROM unnest($1::text[]) AS asked(one) WHERE NOT EXISTS (SELECT 1 FROM "Seen" s WHERE s."id" = asked.one)',
    [ids],
  )
  return rows.map(row => row.one)
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

/** Everything that must hold once all is quiet and the bot has ended; and what is worth to be told. */
export async function judge(evidence: Evidence): Promise<{ readonly faults: Faults; readonly told: readonly string[] }> {
  const { stage, crowd, sides, kills } = evidence
  const unknown = new Set(
    await unknownTo(
      stage,
      crowd.pressed.map(one => one.id),
    ),
  )
  const wrong = await wrongCounts(stage)
  const statuses = sides.map(({ platform }) => fateOf(platform, crowd.pressed, unknown))
  const ballots = await ballotFaults(evidence, unknown)
  const posts = await postFaults(evidence)
  return {
    faults: [
      ...statuses.flatMap(one => one.faults),
      ...(wrong > 0 ? [`${wrong} counters differ from a recount`] : []),
      ...sides.flatMap(side => side.changedAfterFinal(kills.length)).map(message => `${message} was edited after it was final`),
      ...ballots.faults,
      ...posts.faults,
    ],
    told: [...statuses.map(one => one.told), ...ballots.told, ...posts.told],
  }
}

/** The bot may tell a platform that it has taken a press before it is stored only when that takes long: half a second, where it knows the store to be away. */
const soonMs = 450

/** What became of the presses on one platform. */
function fateOf(
  { name, presses, can }: Posts['platform'],
  all: readonly Pressed[],
  unknown: ReadonlySet<string>,
): { faults: Faults; told: string } {
  const here = all.filter(one => one.platform === name)
  const missing = here.filter(one => unknown.has(one.id))
  const lost = missing.filter(one => one.toldAt !== undefined).length
  const rash = missing.filter(one => one.told === undefined && one.takenAt !== undefined && one.takenAt - one.at < soonMs).length
  // What the platform gave up, after some tries, the person knows to have failed.
  const left = presses === 'kept' ? missing.filter(one => one.takenAt === undefined && !one.isFailed).length : 0
  const unheard = here.filter(one => !one.isKept).length
  const silent = here.filter(one => one.isKept && one.told === undefined)
  const waiting = here.filter(one => one.told === 'away')
  // Where the platform keeps a press, people were told that it will be done.
  const broken = can.keeps ? waiting.filter(one => unknown.has(one.id)).length : 0
  const count = silent.filter(one => !unknown.has(one.id)).length
  const slow = silent.filter(one => unknown.has(one.id) && one.takenAt !== undefined).length
  const failed = here.filter(one => one.isKept && one.isFailed).length
  return {
    faults: [
      ...(lost > 0 ? [`${name}: ${lost} acknowledged presses are lost`] : []),
      ...(rash > 0 ? [`${name}: ${rash} presses are lost that the bot had taken at once`] : []),
      ...(left > 0 ? [`${name}: ${left} presses are lost that the platform keeps`] : []),
      ...(broken > 0 ? [`${name}: ${broken} presses are lost that were promised`] : []),
    ],
    told:
      `${name}: ${here.length} presses, ${here.length - silent.length - waiting.length - unheard} acknowledged, of which lost ${lost}; ${waiting.length} told to wait or to tap again; ` +
      `${unheard} while no bot was connected; ${silent.length} handed over and never answered (${count} count, ${silent.length - count} do not, ` +
      `of which ${slow} were put off by the bot first); ${failed} handed over that the platform said had failed`,
  }
}
