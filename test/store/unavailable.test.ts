import { expect } from 'vitest'
import { inTransaction } from '../../src/store/sql.ts'
import { isConflict, isUnavailable } from '../../src/store/unavailable.ts'
import { test } from './fixtures.ts'

/** As the libraries throw them when PostgreSQL is killed under them. */
function thrown(message: string, more: object = {}): Error {
  return Object.assign(new Error(message), more)
}

function driver(cause: object): object {
  return { code: 'P2010', meta: { driverAdapterError: { cause } } }
}

test.each([
  ['a socket that is not there', thrown('connect ENOENT /data/.s.PGSQL.5432', { code: 'ENOENT' })],
  ['a connection that broke while we wrote', thrown('write EPIPE', { code: 'EPIPE' })],
  ['a connection that broke while we waited', thrown('Connection terminated unexpectedly')],
  ['a connection that had broken before', thrown('Client has encountered a connection error and is not queryable')],
  ['a server that starts', thrown('the database system is starting up', { code: '57P03' })],
  ['a server that ends, in a statement of ours', thrown('Raw query failed.', driver({ originalCode: '57P01', kind: 'postgres' }))],
  ['no server, in a statement of ours', thrown('Raw query failed. Code: `N/A`.', driver({ kind: 'DatabaseNotReachable' }))],
  ['no server, in a statement of Prisma', thrown('Cannot reach database server', { code: 'P1001' })],
  ['no room for a transaction', thrown('Unable to start a transaction in the given time.', { code: 'P2028' })],
  ['a disk that is full, in a statement of ours', thrown('Raw query failed.', driver({ originalCode: '53100', kind: 'postgres' }))],
  ['a disk that fails', thrown('could not read block 0 in file', { code: '58030' })],
  ['a disk that may only be read', thrown('could not extend file "base/5/1": Read-only file system', { code: '42501' })],
  ['a server that may only be read', thrown('cannot execute INSERT in a read-only transaction', { code: '25006' })],
  ['a transaction that stood still for too long', thrown('terminating connection', { code: '25P03' })],
  ['no connection free', thrown('sorry, too many clients already', { code: '53300' })],
  ['no connection free, in a statement of Prisma', thrown('Too many database connections opened', { code: 'P2037' })],
  ['a password that is not taken any more', thrown('Authentication failed', { code: 'P1000' })],
  ['an answer that took too long', thrown('Operations timed out', { code: 'P1008' })],
  ['a connection that Prisma found closed', thrown('Server has closed the connection.', { code: 'P1017' })],
  ['a place in the pool that was not free in time', thrown('Timed out fetching a new connection', { code: 'P2024' })],
  ['a conflict that came twice', thrown('Transaction failed due to a write conflict', { code: 'P2034' })],
  ['what Prisma’s adapter throws by itself', new Error('no', { cause: { kind: 'TooManyConnections' } })],
  ['any of them as the cause of another', new Error('It did not work.', { cause: thrown('write EPIPE', { code: 'EPIPE' }) })],
])('%s means that the store is away', (_, error) => {
  expect(isUnavailable(error)).toBe(true)
})

test.each([
  ['a statement that is wrong', thrown('Raw query failed.', driver({ originalCode: '42601', kind: 'postgres' }))],
  ['a rule that is broken', thrown('Unique constraint failed', { code: 'P2002' })],
  ['somebody’s words about connections', thrown('Invalid value "Connection terminated ECONNREFUSED"', { code: 'P2009' })],
  ['a fault of ours', new TypeError('x is not a function')],
  ['what is no error', 'ECONNREFUSED'],
])('%s does not', (_, error) => {
  expect(isUnavailable(error)).toBe(false)
})

test.for(['53100', '53300', '25006', '57P03', '58030', '40P01', '40001'])(
  'as PostgreSQL says %s, through each of our ways',
  async (code, { stores }) => {
    const { prisma, pool } = stores.store
    const says = `DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$`
    const fact = { name: code, at: new Date(0) }
    await pool.query(`CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $f$ ${says.slice(6, -3)} $f$`)
    await pool.query('CREATE OR REPLACE TRIGGER refuse BEFORE INSERT ON "Fact" FOR EACH ROW EXECUTE FUNCTION refuse()')
    const ways = [
      () => prisma.fact.create({ data: fact }),
      () => prisma.$transaction(tx => tx.fact.create({ data: fact })),
      () => prisma.$transaction(tx => tx.$queryRawUnsafe(says)),
      () => inTransaction(pool, sql => sql.query(says, [])),
    ]
    for (const way of ways) {
      const error: unknown = await way().then(
        () => undefined,
        (cause: unknown) => cause,
      )
      expect([isUnavailable(error), isConflict(error)]).toEqual([true, code.startsWith('40')])
    }
  },
)

test('as PostgreSQL says it where it may only be read', async ({ stores }) => {
  const { prisma, pool } = await stores.fresh()
  const refused = (way: Promise<unknown>) => way.then(() => false, isUnavailable)
  const inReadOnly = prisma.$transaction(async tx => {
    await tx.$executeRawUnsafe('SET TRANSACTION READ ONLY')
    return tx.fact.create({ data: { name: 'x', at: new Date(0) } })
  })
  expect(await refused(inReadOnly)).toBe(true)
  expect(
    await refused(
      inTransaction(pool, async sql => {
        await sql.query('SET TRANSACTION READ ONLY', [])
        await sql.query(`INSERT INTO "Fact" VALUES ('x', now())`, [])
      }),
    ),
  ).toBe(true)
})
