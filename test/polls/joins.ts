import fs from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Pool } from 'pg'
import { type Election, OPTIONS } from './secret-votes.ts'

/** A row of any table as somebody reads it who looks for a way from a person to a choice. */
interface Line {
  /** All columns as text, and (of a live table) in which transaction it was written. */
  readonly values: Readonly<Record<string, string>>
  /** Whom it names, by their place in `Election.voters`. */
  readonly people: readonly number[]
  /** By poll: the one option that it tells of. */
  readonly choices: ReadonlyMap<string, number>
}

/** A table in the order in which its rows lie. */
export interface Lines {
  readonly name: string
  readonly lines: readonly Line[]
}

/** A way to guess choices, and how often it was right. */
export interface Finding {
  readonly way: string
  readonly right: number
  readonly of: number
}

/**
 * By chance a way is right for one of `OPTIONS` in the long run. It counts as found where chance would do as well only once in e^36 tries (Chernoff's bound);
 * with some 10,000 ways tried, that is once in 10^11 runs.
 */
const EVIDENCE = 36

/** All tables of the store as they are now: columns, `xmin`, and by place. */
export async function liveTables(pool: Pool, seen: Election): Promise<readonly Lines[]> {
  const names = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  )
  const tables: Lines[] = []
  for (const { name } of names.rows) {
    const { rows } = await pool.query<{ values: object; xmin: string }>(
      `SELECT to_jsonb(t) AS values, t.xmin::text FROM "${name}" t ORDER BY t.ctid`,
    )
    tables.push({ name, lines: rows.map(row => lineOf({ ...row.values, xmin: row.xmin }, seen)) })
  }
  return tables
}

/** The tables of a backup, in the order of its lines. */
export function backupTables(file: string, seen: Election): readonly Lines[] {
  const tables: { name: string; columns: readonly string[]; lines: Line[] }[] = []
  for (const text of gunzipSync(fs.readFileSync(file)).toString('utf8').trim().split('\n')) {
    const entry = JSON.parse(text)
    if ('table' in entry) tables.push({ name: `backup ${entry.table}`, columns: entry.columns, lines: [] })
    const table = tables.at(-1)
    if (Array.isArray(entry) && table)
      table.lines.push(lineOf(Object.fromEntries(table.columns.map((column, i) => [column, entry[i]])), seen))
  }
  return tables
}

function lineOf(row: object, { voters, options }: Election): Line {
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(row))
    if (value !== null) values[name] = typeof value === 'string' ? value : JSON.stringify(value)
  const words = new Set(Object.values(values).flatMap(value => value.toLowerCase().match(/[a-z0-9]+/g) ?? []))
  const people = voters.flatMap((voter, i) => (voter.words.some(one => words.has(one)) ? [i] : []))
  const receipts = voters.filter(voter => words.has(voter.receipt))
  const named = [...words].flatMap(word => options.get(word) ?? [])
  const number = /^[[{]?(\d+)[\]}]?$/.exec(values['option'] ?? values['options'] ?? '')?.[1]
  const counted = number && number !== '0' && values['pollId'] ? [{ pollId: values['pollId'], option: Number(number) }] : []
  const told = receipts.length > 0 ? receipts : [...named, ...counted]
  const choices = new Map<string, number>()
  for (const { pollId } of told) {
    const all = new Set(told.filter(one => one.pollId === pollId).map(one => one.option))
    const [only] = all
    if (all.size === 1 && only !== undefined) choices.set(pollId, only)
  }
  return { values, people, choices }
}

/** Every way from a person to a choice that is better than chance: in one row, by equal values of two tables, or by the order of a table. */
export function findJoins(tables: readonly Lines[], seen: Election): readonly Finding[] {
  const persons = tables.filter(table => table.lines.some(line => line.people.length > 0))
  const telling = tables.filter(table => table.lines.some(line => line.choices.size > 0))
  const alone = persons.flatMap(from => [sameRow(from, seen), ...ordersOf(from).map(order => bySteps(from, order, seen))])
  const pairs = persons.flatMap(from => telling.flatMap(to => between(from, to, seen)))
  return [...alone, ...pairs].filter(isFound)
}

function between(from: Lines, to: Lines, seen: Election): readonly Finding[] {
  const values = columnsOf(from).flatMap(a => columnsOf(to).map(b => byValue(from, a, to, b, seen)))
  return [...values, ...ordersOf(from).flatMap(a => ordersOf(to).map(b => byOrder(from, a, to, b, seen)))]
}

/** `of * KL(right / of, 1 / OPTIONS)`: the exponent of Chernoff's bound. */
function isFound({ right, of }: Finding): boolean {
  const chance = 1 / OPTIONS
  const share = of === 0 ? 0 : right / of
  if (share <= chance) return false
  const rest = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - chance))
  return of * (share * Math.log(share / chance) + rest) > EVIDENCE
}

function score(
  way: string,
  guesses: readonly { readonly voter: number; readonly option: number | undefined }[],
  { voters }: Election,
): Finding {
  const made = new Map(guesses.flatMap(({ voter, option }) => (option === undefined ? [] : [[voter, option] as const])))
  const right = [...made].filter(([voter, option]) => voters[voter]?.option === option).length
  return { way, right, of: made.size }
}

function sameRow({ name, lines }: Lines, seen: Election): Finding {
  const guesses = lines.flatMap(line => line.people.map(voter => ({ voter, option: line.choices.get(seen.voters[voter]?.pollId ?? '') })))
  return score(`${name}: in one row`, guesses, seen)
}

function columnsOf({ lines }: Lines): readonly string[] {
  return [...new Set(lines.flatMap(line => Object.keys(line.values)))]
}

/** For whom rows with the same value tell of choices: the most frequent one. */
function byValue(from: Lines, a: string, to: Lines, b: string, seen: Election): Finding {
  const told = new Map<string, Map<string, number>>()
  for (const { values, choices } of to.lines) {
    const value = values[b]
    if (value === undefined) continue
    const tally = told.get(value) ?? new Map<string, number>()
    for (const [pollId, option] of choices) tally.set(`${pollId} ${option}`, (tally.get(`${pollId} ${option}`) ?? 0) + 1)
    told.set(value, tally)
  }
  const guesses = from.lines.flatMap(({ people, values }) =>
    people.map(voter => {
      const tally = told.get(values[a] ?? ' ')
      const pollId = seen.voters[voter]?.pollId
      const counts = Array.from({ length: OPTIONS }, (_, i) => tally?.get(`${pollId} ${i + 1}`) ?? 0)
      const most = Math.max(...counts)
      return { voter, option: most === 0 ? undefined : counts.indexOf(most) + 1 }
    }),
  )
  return score(`${from.name}.${a} = ${to.name}.${b}`, guesses, seen)
}

/** The rows of a table as they lie, and by each column. */
interface Order {
  readonly by: string
  readonly lines: readonly Line[]
}

const orders = new WeakMap<Lines, readonly Order[]>()

function ordersOf(table: Lines): readonly Order[] {
  const made = orders.get(table) ?? [
    { by: 'place', lines: table.lines },
    ...columnsOf(table).map(by => ({ by, lines: table.lines.toSorted((x, y) => compare(x.values[by] ?? '', y.values[by] ?? '')) })),
  ]
  orders.set(table, made)
  return made
}

function compare(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b)
  return a < b ? -1 : a > b ? 1 : 0
}

/** The voters of a poll in the order in which a table names them first. */
function votersIn({ lines }: Order, pollId: string, { voters }: Election): readonly number[] {
  return [...new Set(lines.flatMap(line => line.people.filter(voter => voters[voter]?.pollId === pollId)))]
}

/** Who comes first in the table chose what the figures showed first. */
function bySteps(from: Lines, order: Order, seen: Election): Finding {
  const guesses = [...seen.steps].flatMap(([pollId, steps]) => {
    const people = votersIn(order, pollId, seen)
    return people.map((voter, i) => ({ voter, option: steps[Math.floor((i * steps.length) / people.length)] }))
  })
  return score(`${from.name} by ${order.by} ~ the steps of the figures`, guesses, seen)
}

/** Who stands in the third place of one table chose what stands in the third place of the other. */
function byOrder(from: Lines, a: Order, to: Lines, b: Order, seen: Election): Finding {
  const guesses = [...seen.steps.keys()].flatMap(pollId => {
    const people = votersIn(a, pollId, seen)
    const told = b.lines.flatMap(line => line.choices.get(pollId) ?? [])
    return people.length === told.length ? people.map((voter, i) => ({ voter, option: told[i] })) : []
  })
  return score(`${from.name} by ${a.by} ~ ${to.name} by ${b.by}`, guesses, seen)
}
