import { codeOf } from './store-error.ts'

// Of the way there: the operating system, PostgreSQL's classes (connection, resources, shutting down or starting up), Prisma.
const codes =
  /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|08...|53...|57P0.|P1001|P1002|P1008|P1017|P2024|P2028)$/

/** What Prisma's adapter calls it in an error of a statement that we wrote ourselves. */
const kinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'])

/** What pg says, without a code, about a connection that has ended or could not be had. */
const words = /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)/

/** Whether an error means that the store did not answer, rather than that it said no: nothing was done, and the same may work later. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (codes.test(codeOf(error)) || words.test(error.message)) return true
  const { kind, originalCode } = driverCause(error)
  return kinds.has(kind ?? '') || codes.test(originalCode ?? '') || isAway(error.cause)
}

interface DriverCause {
  readonly kind?: string
  readonly originalCode?: string
}

function driverCause(error: Error): DriverCause {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: DriverCause } } }
  return meta?.driverAdapterError?.cause ?? {}
}
