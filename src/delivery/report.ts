import { CHAT, chatNames } from '../community/chat-names.ts'
import type { PrismaClient } from '../store/generated/client.ts'

type Db = Pick<PrismaClient, 'delivery'>

/** How one post stands in one place, for people. */
export interface Standing {
  readonly key: string
  readonly subject: string
  readonly part: number
  /** The space's name among those of this report; null for a person. */
  readonly title: string | null
  readonly spaceId: string | null
  readonly personRef: string | null
  /** waiting, sent, failed, missed, gone, unsure, removed */
  readonly state: string
  /** It may stand there twice. */
  readonly doubled: boolean
  readonly sentAt: Date | null
  /** When it is to be sent or tried again; null: nothing is to be done. */
  readonly dueAt: Date | null
  readonly why: string | null
}

/** Where a subject's posts are: which spaces have it since when, which do not and why, which may have it twice. */
export async function whereIs(db: Db, which: { readonly networkId: string; readonly subject: string }): Promise<readonly Standing[]> {
  return standings(db, which, 1_000)
}

/** The newest posts of a network that did not arrive, or not surely once. */
export async function whatFailed(db: Db, networkId: string, most = 50): Promise<readonly Standing[]> {
  return standings(
    db,
    { networkId, OR: [{ state: { in: ['failed', 'missed', 'gone', 'unsure'] } }, { state: 'sent', doubled: true }] },
    most,
  )
}

type Where = NonNullable<Parameters<PrismaClient['delivery']['findMany']>[0]>['where']

async function standings(db: Db, where: Where, take: number): Promise<readonly Standing[]> {
  const rows = await db.delivery.findMany({
    where: where ?? {},
    include: { space: { select: CHAT } },
    orderBy: { id: 'desc' },
    take,
  })
  const names = chatNames(rows.flatMap(({ space }) => space ?? []))
  return rows.map(row => ({
    key: row.key,
    subject: row.subject,
    part: row.part,
    title: row.space && (names.get(row.space.id) ?? row.space.title),
    spaceId: row.spaceId,
    personRef: row.personRef,
    state: row.state,
    doubled: row.doubled,
    sentAt: row.sentAt,
    dueAt: row.dueAt,
    why: row.why,
  }))
}
