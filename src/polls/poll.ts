import type { Prisma, PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'

/** All that its posts show. */
const SHOWN = {
  options: { orderBy: { number: 'asc' } },
  network: { include: { areas: true } },
} as const satisfies Prisma.PollInclude

/** And where it stands. */
const WHOLE = { ...SHOWN, spaces: { include: { space: true } } } as const satisfies Prisma.PollInclude

export type ShownPoll = Prisma.PollGetPayload<{ include: typeof SHOWN }>
export type WholePoll = Prisma.PollGetPayload<{ include: typeof WHOLE }>

/** Polls as their posts need them: these are drawn again and again while votes come in. */
export async function loadShown(tx: Tx | PrismaClient, ids: readonly string[]): Promise<readonly ShownPoll[]> {
  return tx.poll.findMany({ where: { id: { in: [...ids] } }, include: SHOWN })
}

/** Polls of one network (or of all, for the bot's own work), newest first; `most`: no more than so many. */
export async function loadPolls(tx: Tx | PrismaClient, where: Prisma.PollWhereInput, most?: number): Promise<readonly WholePoll[]> {
  return tx.poll.findMany({
    ...{ where, include: WHOLE, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] },
    ...(most === undefined ? {} : { take: most }),
  })
}

export async function loadPoll(tx: Tx | PrismaClient, id: string | undefined, networkId?: string): Promise<WholePoll | undefined> {
  if (!id) return undefined
  const [poll] = await loadPolls(tx, { id, ...(networkId ? { networkId } : {}) })
  return poll
}

/** The same, held until the end of the transaction: two who change its words come one after the other, and the second one sees what the first one wrote. */
export async function holdPoll(tx: Tx, id: string | undefined): Promise<WholePoll | undefined> {
  if (id) await tx.$queryRaw`SELECT 1 AS locked FROM "Poll" WHERE "id" = ${id} FOR NO KEY UPDATE`
  return loadPoll(tx, id)
}

/** The options that may be chosen. */
export function openOptions(poll: Pick<WholePoll, 'options'>): WholePoll['options'] {
  return poll.options.filter(option => option.hiddenAt === null)
}

export function areaName(poll: Pick<WholePoll, 'network'>, areaId: string): string | undefined {
  return poll.network.areas.find(area => area.id === areaId)?.name
}

/** What its reminders show, in token grammar. */
export const reminderOf = (pollId: string): string => `polls_remind_${pollId}`

/** Every post that shows how a poll stands. Votes touch the first alone: a reminder says how many there were when it was sent. */
export const postsOfPoll = (pollId: string): readonly string[] => [`polls_post_${pollId}`, reminderOf(pollId)]
