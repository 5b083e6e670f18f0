import { closePoll } from '../../src/polls/close.ts'
import { createPoll } from '../../src/polls/create.ts'
import type { Rules } from '../../src/polls/domain.ts'
import { defaults } from '../../src/polls/settings.ts'
import type { Tx } from '../../src/store/tx.ts'
import { bot, DAY, network, resident } from '../helpers/town.ts'

/** What a person leaves in the store, and how to look for it. */

/** A poll in all chats of residents, made by this person. */
export async function openPoll(personId: string, question: string, rules: Partial<Rules> = {}): Promise<string> {
  const id = bot.deps.ids.id()
  const settings = { ...defaults(question, ['Bench', 'Bin', 'Both'], undefined, new Date(bot.clock.at + 7 * DAY)), ...rules }
  await inOne(tx => createPoll(tx, bot.deps, { networkId: network.id, personId, id, settings }))
  return id
}

export async function close(pollId: string, outcome: string | null = null): Promise<void> {
  await inOne(tx => closePoll(tx, bot.deps, pollId, outcome))
}

export function inOne<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return bot.store.prisma.$transaction(work)
}

export type Polls = Readonly<Record<'named' | 'secret' | 'named and closed' | 'secret and closed', string>>

/** Polls of all sorts, all open still. */
export async function openPolls(personId: string): Promise<Polls> {
  return {
    named: await openPoll(personId, 'Which corner?', { secret: false, addOptions: true }),
    secret: await openPoll(personId, 'Which street?', { secret: true }),
    'named and closed': await openPoll(personId, 'Which wall?', { secret: false, max: 2 }),
    'secret and closed': await openPoll(personId, 'Which gate?', { secret: true }),
  }
}

/** Something of everything of one person, who is a coordinator. `n` tells two of them apart. */
export async function live(name: string, polls: Polls, forumId: string, n: number): Promise<string> {
  const { prisma } = bot.store
  const here = resident(name)
  const id = await bot.grant(network, here, 'coordinator', n === 1 ? 'steering' : 'decisionMaker')
  for (const pollId of Object.values(polls)) await here.forge(`polls_v_${pollId}_${n}`)
  await here.forgeForm(`polls_add_${polls.named}`, { option: `Added ${n}` })
  const alone = here.alone
  await alone.say(`/forum Theme ${n} | when: in 9 days`)
  await alone.press('Post')
  await alone.say(`/announce Words ${n}`)
  await alone.press('Post')
  await alone.say(`/announce Words ${n} | when: every Monday at 6pm`)
  await alone.press('Post')
  await alone.say(`/announce Draft ${n}`)
  await alone.forge(`network_invite_${network.id}_steering`)
  await here.forge(`forums_go_${forumId}`)
  await here.forgeForm(`forums_needs_${forumId}`, { needs: `Needs ${n}` })
  await alone.say('/mine')
  await bot.deps.acts.write()
  const of = { networkId: network.id, expiresAt: new Date(bot.clock.at + DAY) }
  await prisma.joinCode.create({ data: { ...of, hash: `code ${n}`, createdBy: id } })
  await prisma.feed.create({ data: { id: `feed${n}`, networkId: network.id, personId: id, kind: 'person', hash: `hash ${n}` } })
  await prisma.asking.create({
    data: { identityRef: here.ref, place: 'private', form: {}, answers: [name], step: 1, expiresAt: new Date(bot.clock.at + DAY) },
  })
  await prisma.delivery.create({
    data: {
      ...{ key: `told/${here.ref}`, networkId: network.id, personRef: here.ref, platform: 'chat', lane: 'chat' },
      ...{ subject: 'forums_told_x', view: { text: name }, state: 'failed', dueAt: null },
    },
  })
  if (n === 1) await alone.forge(`network_delete_${network.id}_ask`)
  // Shown with the next private answer, so it comes last.
  await prisma.waiting.create({ data: { id: `waiting${n}`, identityRef: here.ref, view: { text: name } } })
  await bot.tick()
  return id
}

export type Row = Readonly<Record<string, unknown>>

/** All rows of all tables, by table. */
export async function everything(): Promise<ReadonlyMap<string, readonly Row[]>> {
  const tables = await bot.store.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_prisma%' ORDER BY 1`,
  )
  const all = new Map<string, readonly Row[]>()
  for (const { name } of tables.rows) {
    const { rows } = await bot.store.pool.query<{ row: Row }>(`SELECT to_jsonb(t) AS row FROM "${name}" t`)
    all.set(
      name,
      rows.map(one => one.row),
    )
  }
  return all
}

export function speaksOf(row: Row, words: readonly string[]): boolean {
  const text = JSON.stringify(row).toLowerCase()
  return words.some(word => text.includes(word.toLowerCase()))
}

/** Where one of these words stands, as `Table.column`. */
export async function placesOf(words: readonly string[]): Promise<readonly string[]> {
  const found = [...(await everything())].flatMap(([table, rows]) =>
    rows.flatMap(row => Object.entries(row).flatMap(([column, value]) => (speaksOf({ value }, words) ? [`${table}.${column}`] : []))),
  )
  return [...new Set(found)]
}

/** The tallies as they are kept, and as they are counted anew from the ballots: `poll area option`. */
export async function tallies(): Promise<{ readonly kept: Row; readonly counted: Row }> {
  const read = async (sql: string): Promise<Row> => {
    const { rows } = await bot.store.pool.query<{ key: string; n: number }>(sql)
    return Object.fromEntries(rows.map(({ key, n }) => [key, n]))
  }
  return {
    kept: await read(`SELECT concat_ws(' ', "pollId", "areaId", "option") AS key, "n" FROM "Count" WHERE "n" <> 0`),
    counted: await read(`
      WITH ballot AS (
        SELECT "pollId", coalesce("areaId", '') AS area, "options" FROM "Ballot" UNION ALL
        SELECT "pollId", coalesce("areaId", '') AS area, "options" FROM "ClosedBallot"
      ), valid AS (SELECT b.* FROM ballot b JOIN "Poll" p ON p."id" = b."pollId" WHERE cardinality(b."options") >= p."min")
      SELECT concat_ws(' ', "pollId", area, o) AS key, count(*)::int AS n FROM valid CROSS JOIN LATERAL unnest("options" || 0) AS o GROUP BY 1`),
  }
}

/** The figures of forums as they are kept, and as they are counted anew from the answers. */
export async function halls(
  where: { id?: string; startsAt?: { gt: Date } } = {},
): Promise<readonly { readonly kept: Row; readonly counted: Row }[]> {
  const all = await bot.store.prisma.forum.findMany({ where, include: { rsvps: true } })
  return all.map(({ coming, maybe, cant, waiting, taken, came, rsvps }) => {
    const those = (answer: string) => rsvps.filter(one => one.answer === answer)
    const people = (answers: readonly string[]) => answers.flatMap(those).reduce((n, one) => n + one.party, 0)
    const counted = {
      ...{ coming: people(['coming']), taken: people(['coming', 'offered']) },
      ...{ maybe: those('maybe').length, cant: those('cant').length, waiting: those('waiting').length },
      came: rsvps.filter(one => one.cameAt).length,
    }
    return { kept: { coming, taken, maybe, cant, waiting, came }, counted }
  })
}
