import type { Prisma } from './generated/client.ts'

/** The store inside a transaction. */
export type Tx = Prisma.TransactionClient
