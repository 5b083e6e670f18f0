import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { createBatch } from '../../src/base/batch.ts'
import { startEmbedded } from '../../src/store/embedded.ts'
import { PrismaClient } from '../../src/store/generated/client.ts'

export interface Vote {
  readonly poll: string
  readonly voter: string
  readonly option: number
}

/** One table in the same PostgreSQL and client as the bot's. */
export interface Table {
  /** Commits these votes together. */
  save(votes: readonly Vote[]): Promise<void>
  /** Commits one vote, together with all that came while the commit before it was under way. */
  saveOne(vote: Vote): Promise<unknown>
  close(): Promise<void>
}

/** Keeps nothing. */
export const noTable: Table = { save: async () => {}, saveOne: async () => {}, close: async () => {} }

export async function openTable(stateDir: string): Promise<Table> {
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const server = await startEmbedded({ stateDir, log })
  const pool = new pg.Pool({ ...server.connection, max: 8 })
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  await prisma.$executeRaw`
    CREATE TABLE IF NOT EXISTS "BareBallot" ("poll" text, "voter" text, "option" int NOT NULL, PRIMARY KEY ("poll", "voter"))`

  async function save(votes: readonly Vote[]): Promise<void> {
    // A person who pressed twice within one commit: the last one counts.
    const last = [...new Map(votes.map(vote => [`${vote.poll} ${vote.voter}`, vote])).values()]
    if (last.length === 0) return
    await prisma.$executeRaw`
      INSERT INTO "BareBallot" ("poll", "voter", "option")
      SELECT * FROM unnest(${last.map(vote => vote.poll)}::text[], ${last.map(vote => vote.voter)}::text[], ${last.map(vote => vote.option)}::int[])
      ON CONFLICT ("poll", "voter") DO UPDATE SET "option" = EXCLUDED."option"`
  }

  const saveOne = createBatch<Vote, true>(async votes => {
    await save(votes)
    return votes.map(() => true)
  })
  return {
    save,
    saveOne,
    async close() {
      await prisma.$disconnect()
      await pool.end()
      await server.stop()
    },
  }
}

/** What a button of a poll says: "polls_v_POLL_OPTION". */
export function readVote(token: string, voter: string): Vote {
  const [, , poll = '', option = ''] = token.split('_')
  return { poll, voter, option: Number(option) }
}

/** What every voter is told. */
export const counted = 'Counted. You can change it until Friday.'
