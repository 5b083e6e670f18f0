import type { Pool } from 'pg'
import type { Prisma } from './generated/client.ts'
import { twiceInConflict } from './unavailable.ts'

/**
 * One transaction, for the few statements that are asked for every vote: they are written by hand, and prepared once on each connection. `text` is always
 * the same words; what differs goes into `values`.
 */
export interface Sql {
  query<Row>(text: string, values: readonly unknown[]): Promise<readonly Row[]>
}

/** The same statements in a transaction that has more to do. */
export function sqlOf(tx: Prisma.TransactionClient): Sql {
  return { query: (text, values) => tx.$queryRawUnsafe(text, ...values) }
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text) ?? `folkmoot${names.size}`
  names.set(text, known)
  return known
}

/** Commits what `work` has done, or nothing of it. Where another transaction did it in, it is done once more. Rejects with what went wrong. */
export function inTransaction<Result>(pool: Pool, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  return twiceInConflict(() => attempt(pool, work))
}

async function attempt<Result>(pool: Pool, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await work({
      query: async (text, values) => (await client.query({ name: nameOf(text), text, values: [...values] })).rows,
    })
    await client.query('COMMIT')
    client.release()
    return result
  } catch (cause) {
    // A connection that cannot even do that is thrown away.
    await client.query('ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    )
    throw cause
  }
}
