import { expect, test } from 'vitest'
import { isAway } from '../../src/store/away.ts'

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
  ['any of them as the cause of another', new Error('It did not work.', { cause: thrown('write EPIPE', { code: 'EPIPE' }) })],
])('%s means that the store is away', (_, error) => {
  expect(isAway(error)).toBe(true)
})

test.each([
  ['a statement that is wrong', thrown('Raw query failed.', driver({ originalCode: '42601', kind: 'postgres' }))],
  ['a rule that is broken', thrown('Unique constraint failed', { code: 'P2002' })],
  ['somebody’s words about connections', thrown('Invalid value "Connection terminated ECONNREFUSED"', { code: 'P2009' })],
  ['a fault of ours', new TypeError('x is not a function')],
  ['what is no error', 'ECONNREFUSED'],
])('%s does not', (_, error) => {
  expect(isAway(error)).toBe(false)
})
