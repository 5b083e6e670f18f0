import { codeOf } from './store-error.ts'

// Of the way there: the operating system; PostgreSQL (connection; resources: a full disk, no connection free; starting up or shutting down; who may come in;
// the disk fails or may only be read, as on a server in recovery; a transaction that stood still for too long); Prisma's own numbers for these, and for a
// transaction that could not begin or end in time.
const codes =
  /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|08...|53...|57P0.|28000|28P01|3D000|58030|25006|25P03|25P04|P1000|P1001|P1002|P1003|P1008|P1011|P1017|P2024|P2028|P2037)$/

/** Two transactions stood in each other's way, and this one gave in. */
const conflicts = /^(40001|40P01|P2034)$/

/** What Prisma's adapter calls it in an error of a statement that we wrote ourselves. */
const kinds: ReadonlySet<string> = new Set([
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections', 'TlsConnectionError'],
  ...['AuthenticationFailed', 'DatabaseAccessDenied', 'DatabaseDoesNotExist'],
])

/** What pg says, without a code, about a connection that has ended or could not be had; and PostgreSQL about a disk that was turned to read only. */
const words =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)|^could not .*: Read-only file system$/

/** Whether an error means that the store did not answer or can take nothing now, rather than that it said no: nothing was done, and the same may work later. */
export function isUnavailable(error: unknown): boolean {
  return causes(error).some(({ code, kind, message }) => codes.test(code) || conflicts.test(code) || kinds.has(kind) || words.test(message))
}

/** Whether it was done in by another transaction at the same moment (a deadlock, a serialization failure): done again at once, it works. */
export function isConflict(error: unknown): boolean {
  return causes(error).some(({ code, kind }) => conflicts.test(code) || kind === 'TransactionWriteConflict')
}

/** Does it, and once more where it met a conflict. */
export async function twiceInConflict<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    if (!isConflict(cause)) throw cause
    return work()
  }
}

interface Cause {
  readonly code: string
  readonly kind: string
  readonly message: string
}

/** The error and what is behind it, as far as it is told. */
function causes(error: unknown): readonly Cause[] {
  if (!(error instanceof Error)) return []
  const { meta } = error as { meta?: { driverAdapterError?: unknown } }
  const own = { code: codeOf(error), kind: '', message: error.message }
  return [own, ...behind(error.cause), ...behind(meta?.driverAdapterError)]
}

/** Prisma's adapter puts what the driver said into a plain object. */
function behind(cause: unknown): readonly Cause[] {
  if (cause instanceof Error) return causes(cause)
  if (typeof cause !== 'object' || cause === null) return []
  const told = cause as { kind?: unknown; originalCode?: unknown; originalMessage?: unknown; cause?: unknown }
  const own = { code: asText(told.originalCode), kind: asText(told.kind), message: asText(told.originalMessage) }
  return [own, ...behind(told.cause)]
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
