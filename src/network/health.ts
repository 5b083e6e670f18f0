import { CHAT, chatNames } from '../community/chat-names.ts'
import type { Speech } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Trouble } from '../runtime/alarm.ts'
import type { DeliveryState } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { shortTime } from '../texts/when.ts'
import { DAY } from './codes.ts'

const MOST = 60
const MOST_UNDONE = 10
/** A date in an app's own calendar (`FEATURE_event_ID`) is a mirror: the post itself is what has to get there. */
const ITSELF = { subject: { not: { contains: '_event_' } } }
const MINUTE = 60_000

/** How a network fares: where we cannot post and why, what did not arrive in the last seven days, when it was backed up. */
export interface Health {
  /** Titles, each with the key of the text that says why. */
  readonly troubled: readonly { readonly title: string; readonly trouble: string }[]
  /** How many chats in trouble there are beside those. */
  readonly moreTroubled: number
  readonly failed: number
  readonly doubled: number
  readonly waiting: number
  /** The newest that did not arrive, or perhaps twice. `state`: failed, missed, gone, unsure, doubled. `place`: null for a person. */
  readonly last: readonly { readonly place: string | null; readonly at: Date; readonly state: string; readonly why: string }[]
  readonly backup: Date | undefined
  /** What was due and could not be done: of this network, and of the whole bot. */
  readonly undone: readonly Trouble[]
}

const LOST: DeliveryState[] = ['failed', 'missed', 'gone', 'unsure']

export async function healthOf(tx: Tx, networkId: string, deps: Pick<Deps, 'lastBackup' | 'troubles'>, now: Date): Promise<Health> {
  const since = { networkId, runAt: { gt: new Date(now.getTime() - 7 * DAY) }, ...ITSELF }
  // What could not be said to a person waits for them in /mine: it is not lost.
  const lost = { ...since, state: { in: LOST }, NOT: { spaceId: null, why: 'unreachable' } }
  const doubled = { ...since, state: 'sent' as const, doubled: true }
  const notLeft = { networkId, state: { not: 'left' as const }, trouble: { not: null } }
  const troubled = await tx.space.findMany({
    where: notLeft,
    select: { ...CHAT, trouble: true },
    orderBy: { title: 'asc' },
    take: MOST,
  })
  const nowhere = await tx.space.count({ where: notLeft })
  const failed = await tx.delivery.count({ where: lost })
  const twice = await tx.delivery.count({ where: doubled })
  const waiting = await tx.delivery.count({
    where: { networkId, state: 'waiting', runAt: { lt: new Date(now.getTime() - MINUTE) }, ...ITSELF },
  })
  const rows = await tx.delivery.findMany({
    where: { OR: [lost, doubled] },
    include: { space: { select: CHAT } },
    orderBy: { id: 'desc' },
    take: MOST,
  })
  const names = chatNames([...troubled, ...rows.flatMap(({ space }) => space ?? [])])
  const backup = await deps.lastBackup()
  const undone = deps.troubles().filter(({ row }) => row === undefined || row.networkId === networkId)
  return {
    troubled: troubled.map(({ id, title, trouble }) => ({ title: names.get(id) ?? title, trouble: trouble ?? '' })),
    moreTroubled: nowhere - troubled.length,
    ...{ failed, doubled: twice, waiting, backup, undone },
    last: rows.map(row => ({
      place: row.space && (names.get(row.space.id) ?? row.space.title),
      at: row.sentAt ?? row.runAt,
      state: row.state === 'sent' ? 'doubled' : row.state,
      why: row.why?.split(':')[0] ?? '',
    })),
  }
}

export function healthRows(health: Health, speech: Speech): { name: string; value: string }[] {
  const { t, named } = speech.texts
  const { failed, doubled, waiting, backup } = health
  return [
    ...health.troubled.map(({ title, trouble }) => ({ name: t('network-health-trouble', { title }), value: named(trouble) })),
    ...(health.moreTroubled > 0
      ? [{ name: t('network-do-health'), value: t('network-health-trouble-more', { n: health.moreTroubled }) }]
      : []),
    {
      name: t('network-health-posts'),
      value: failed + doubled === 0 ? t('network-health-well') : t('network-health-failed', { failed, doubled }),
    },
    ...(waiting > 0 ? [{ name: t('network-health-waiting'), value: t('network-health-waiting-count', { n: waiting }) }] : []),
    ...undoneRows(health.undone, speech),
    { name: t('network-health-backup'), value: backup ? shortTime(backup, speech) : t('network-health-no-backup') },
  ]
}

/** Each in words of its own, by its title where it has one; many are counted. */
function undoneRows(undone: readonly Trouble[], { texts: { t } }: Speech): { name: string; value: string }[] {
  const words = undone.map(({ key, row }) => t(key, { named: row?.title ? 'yes' : 'no', title: row?.title ?? '' }))
  const more = undone.length - MOST_UNDONE
  return [
    ...[...new Set(words)].slice(0, MOST_UNDONE).map(value => ({ name: t('network-health-undone'), value })),
    ...(more > 0 ? [{ name: t('network-health-undone'), value: t('network-health-undone-more', { n: more }) }] : []),
  ]
}
