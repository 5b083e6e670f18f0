import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Log } from '../../src/base/log.ts'
import { backup } from '../../src/store/backup.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { cleanUp, temporary } from '../store/programs.ts'
import { quiet } from '../store/quiet.ts'
import { backupTables, findJoins, type Lines, liveTables } from './joins.ts'
import { type Election, election } from './secret-votes.ts'

let stateDir: string
let store: Store
let seen: Election
let before: readonly Lines[]
let live: readonly Lines[]
let after: readonly Lines[]
/** By file of the store: which receipts stand in it, right after the wiping. */
let written: ReadonlyMap<string, number>
let ballots: string
const said: string[] = []

beforeAll(async () => {
  stateDir = temporary()
  store = await openStore({ stateDir, log: quiet })
  const note = (data: object, message: string) => void said.push(`${message} ${JSON.stringify(data)}`)
  const log: Log = { debug: note, info: note, warn: note, error: note }
  seen = await election(store, log)
  before = await backed('before')
  await store.pool.query('CHECKPOINT')
  await seen.close()
  written = receiptsInFiles()
  const { rows } = await store.pool.query<{ file: string }>(`SELECT pg_relation_filepath('"ClosedBallot"') AS file`)
  ballots = rows[0]?.file ?? ''
  live = await liveTables(store.pool, seen)
  after = await backed('after')
}, 600_000)

afterAll(async () => {
  await seen.bot.close()
  await store.close()
  cleanUp()
})

async function backed(name: string): Promise<readonly Lines[]> {
  const { file } = await backup(store, { dir: path.join(stateDir, name), now: new Date(0), log: quiet })
  return backupTables(file, seen).map(table => ({ ...table, name: `${name} ${table.name}` }))
}

function receiptsInFiles(): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const entry of fs.readdirSync(path.join(stateDir, 'pg18'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const content = fs.readFileSync(path.join(entry.parentPath, entry.name))
    const n = seen.voters.filter(voter => content.includes(voter.receipt)).length
    if (n > 0) found.set(path.relative(path.join(stateDir, 'pg18'), path.join(entry.parentPath, entry.name)), n)
  }
  return found
}

test('the polls were closed as they should: every choice is there once, and no key', async () => {
  const closed = await store.prisma.closedBallot.findMany()
  expect(closed.map(row => row.receipt).sort()).toEqual(seen.voters.map(voter => voter.receipt).sort())
  expect(closed.every(row => seen.voters.some(voter => voter.receipt === row.receipt && voter.option === row.options[0]))).toBe(true)
  expect(await store.prisma.tookPart.count()).toBe(seen.voters.length)
  expect(await store.prisma.ballot.count()).toBe(0)
  expect(await store.prisma.pollKey.count()).toBe(0)
  expect(await store.prisma.fact.count({ where: { name: { contains: 'polls' } } })).toBe(0)
})

test('a receipt stands nowhere but with its ballot', () => {
  const where = (tables: readonly Lines[]) => [
    ...new Set(
      tables.flatMap(({ name, lines }) => {
        const text = JSON.stringify(lines.map(line => line.values))
        return seen.voters.some(voter => text.includes(voter.receipt)) ? [name] : []
      }),
    ),
  ]
  expect(where(live)).toEqual(['ClosedBallot'])
  expect(where(before)).toEqual(['before backup Ballot'])
  expect(where(after)).toEqual(['after backup ClosedBallot'])
})

test('no two tables, nor one alone, nor their order lead from a person to a choice', () => {
  expect(findJoins(live, seen)).toEqual([])
})

test('nor do the backups, with each other and with the store', () => {
  expect(findJoins([...before, ...live, ...after], seen)).toEqual([])
})

test('nor the log', () => {
  const told = said.filter(line => seen.voters.some(voter => line.includes(voter.receipt) || line.includes(`_${voter.pollId}_`)))
  expect(told).toEqual([])
})

test('nor the files of the database and its journal: ballots stand in their own file alone', () => {
  expect(Object.fromEntries(written)).toEqual({ [ballots]: seen.voters.length })
})

test('what finds such ways would find them', () => {
  const someone = (n: number) => seen.voters[n]?.words[0] ?? ''
  const line = (n: number, values: Record<string, string>) => ({
    values: { ...values, who: someone(n) },
    people: [n],
    choices: new Map<string, number>(),
  })
  const tell = (n: number, values: Record<string, string>) => {
    const { pollId = '', option = 0 } = seen.voters[n] ?? {}
    return { values, people: [], choices: new Map([[pollId, option]]) }
  }
  const all = seen.voters.map((_, n) => n)
  const ways = findJoins(
    [
      { name: 'A', lines: all.map(n => line(n, { xmin: `${n}` })) },
      { name: 'B', lines: all.map(n => tell(n, { xmin: `${n}` })) },
    ],
    seen,
  ).map(found => found.way)
  expect(ways).toContain('A.xmin = B.xmin')
  expect(ways).toContain('A by place ~ B by place')
  expect(ways).toContain('A by place ~ the steps of the figures')
})
