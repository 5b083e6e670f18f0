import process from 'node:process'
import { PrismaPg } from '@prisma/adapter-pg'
import { Api } from 'grammy'
import type { Update } from 'grammy/types'
import pg from 'pg'
import { startEmbedded } from '../src/store/embedded.ts'
import { PrismaClient } from '../src/store/generated/client.ts'

/**
 * What the bot is measured against: the bare library, the same loop (fetch 100, commit them together, answer, only then confirm), the same PostgreSQL and
 * client, and one upsert into one table. It checks nothing, counts nothing, posts nothing. With `BARE_STORE=off` it only acknowledges.
 */

interface Vote {
  readonly poll: string
  readonly voter: string
  readonly option: number
}

/** Commits votes together. */
type Save = (votes: readonly Vote[]) => Promise<void>

const atOnce = 100
const holdSeconds = 30

async function openTable(stateDir: string): Promise<{ save: Save; close: () => Promise<void> }> {
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const server = await startEmbedded({ stateDir, log })
  const pool = new pg.Pool({ ...server.connection, max: 8 })
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  await prisma.$executeRaw`
    CREATE TABLE IF NOT EXISTS "BareBallot" ("poll" text, "voter" text, "option" int NOT NULL, PRIMARY KEY ("poll", "voter"))`
  return {
    async save(votes) {
      // A person who pressed twice within one fetch: the last one counts.
      const last = [...new Map(votes.map(vote => [`${vote.poll} ${vote.voter}`, vote])).values()]
      if (last.length === 0) return
      await prisma.$executeRaw`
        INSERT INTO "BareBallot" ("poll", "voter", "option")
        SELECT * FROM unnest(${last.map(vote => vote.poll)}::text[], ${last.map(vote => vote.voter)}::text[], ${last.map(vote => vote.option)}::int[])
        ON CONFLICT ("poll", "voter") DO UPDATE SET "option" = EXCLUDED."option"`
    },
    async close() {
      await prisma.$disconnect()
      await pool.end()
      await server.stop()
    },
  }
}

function votesOf(updates: readonly Update[]): readonly Vote[] {
  return updates.flatMap(({ callback_query: press }) => {
    const [, , poll = '', option = ''] = press?.data?.split('_') ?? []
    return press ? [{ poll, voter: String(press.from.id), option: Number(option) }] : []
  })
}

async function main(): Promise<void> {
  const api = new Api(process.env['TELEGRAM_TOKEN'] ?? '', { apiRoot: process.env['TELEGRAM_API_ROOT'] ?? '' })
  const table = process.env['BARE_STORE'] === 'off' ? undefined : await openTable(process.env['STATE_DIR'] ?? '')
  let stopping = false
  process.once('SIGTERM', () => {
    stopping = true
    void table?.close().finally(() => process.exit(0))
    if (!table) process.exit(0)
  })
  const answer = (press: string) =>
    api.raw.answerCallbackQuery({ callback_query_id: press, text: 'Counted. You can change it until Friday.' }).catch(() => undefined)
  await api.getMe()
  let offset = 0
  let answering: Promise<unknown> = Promise.resolve()
  while (!stopping) {
    const updates = await api.getUpdates({ limit: atOnce, timeout: holdSeconds, offset, allowed_updates: ['callback_query'] })
    await table?.save(votesOf(updates))
    const before = answering
    answering = Promise.all(updates.flatMap(update => (update.callback_query ? [answer(update.callback_query.id)] : [])))
    await before
    offset = updates.reduce((next, update) => Math.max(next, update.update_id + 1), offset)
  }
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`)
  process.exit(1)
})
