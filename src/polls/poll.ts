import type { Tx } from '../feature.ts'
import type { Prisma, PrismaClient } from '../store/generated/client.ts'
import type { Results } from './domain.ts'

/** A poll with all that its posts and cards show. */
const WHOLE = {
  options: { orderBy: { number: 'asc' } },
  network: { include: { areas: true } },
  spaces: { include: { space: { include: { area: true } } } },
} as const satisfies Prisma.PollInclude

type Row = Prisma.PollGetPayload<{ include: typeof WHOLE }>
export type WholePoll = Omit<Row, 'results' | 'voters'> & { readonly results: Results; readonly voters: 'everyone' | 'steering' }

/** Polls of one network (or of all, for the house's own work), newest first. */
export async function loadPolls(tx: Tx | PrismaClient, where: Prisma.PollWhereInput): Promise<readonly WholePoll[]> {
  const rows = await tx.poll.findMany({ where, include: WHOLE, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] })
  return rows.map(row => row as WholePoll)
}

export async function loadPoll(tx: Tx | PrismaClient, id: string | undefined, networkId?: string): Promise<WholePoll | undefined> {
  if (!id) return undefined
  const [poll] = await loadPolls(tx, { id, ...(networkId ? { networkId } : {}) })
  return poll
}

/** The options that may be chosen. */
export function openOptions(poll: Pick<WholePoll, 'options'>): WholePoll['options'] {
  return poll.options.filter(option => option.hiddenAt === null)
}

export function areaName(poll: Pick<WholePoll, 'network'>, areaId: string): string | undefined {
  return poll.network.areas.find(area => area.id === areaId)?.name
}
