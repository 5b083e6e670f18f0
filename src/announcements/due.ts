import { CHAT, chatNames } from '../community/chat-names.ts'
import { notifyCoordinators, type Word } from '../community/notify.ts'
import { touch } from '../delivery/outbox.ts'
import type { Deps } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import type { Turn } from '../runtime/alarm.ts'
import type { Tx } from '../store/tx.ts'
import { listed } from '../view/direction.ts'
import { loadAnnouncement, postsOf, type WholeAnnouncement } from './announcement.ts'
import { nameOf } from './domain.ts'

/** When posts are looked at again that were under way, or are still to be deleted: the longer it has taken, the later. */
const AGAIN_MS = 30_000
const SLOWER = 20
/** For so long a platform that is away may come back and delete what was withdrawn. */
const PATIENCE_MS = 30 * 86_400_000
const MOST_NAMES = 10

/** Looks after announcements whose time to be looked after has come: one look at an index while there is none. The posts themselves are the delivery's. */
export async function announcementsDue(deps: Deps, turn: Turn): Promise<void> {
  const { now, resting } = turn
  const due = await deps.store.announcement.findMany({
    where: { checkAt: { lte: now }, id: { notIn: [...resting] } },
    select: { id: true, networkId: true, words: true },
    orderBy: { checkAt: 'asc' },
    take: 50,
  })
  const rows = due.map(({ words, ...row }) => ({ ...row, title: nameOf(words) }))
  await turn.each(rows, ({ id }) => deps.store.$transaction(tx => lookAfter(tx, deps, id, now)))
}

async function lookAfter(tx: Tx, deps: Deps, id: string, now: Date): Promise<void> {
  // Taken away first: of two that look, one finds it.
  const taken = await tx.announcement.updateMany({ where: { id, checkAt: { lte: now } }, data: { checkAt: null } })
  const one = taken.count > 0 ? await loadAnnouncement(tx, id) : undefined
  if (!one) return
  const again = one.state === 'withdrawn' ? await strike(tx, one, now) : await tellMissed(tx, deps, one, now)
  if (!again) return
  const age = now.getTime() - (one.withdrawnAt ?? now).getTime()
  await tx.announcement.update({ where: { id }, data: { checkAt: new Date(now.getTime() + AGAIN_MS + age / SLOWER) } })
}

/** Where a withdrawn post could not be deleted it is marked. Whether some are still to be deleted. */
async function strike(tx: Tx, one: WholeAnnouncement, now: Date): Promise<boolean> {
  const subject = postsOf(one.id)
  const left = await tx.delivery.findMany({ where: { subject, state: { in: ['sent', 'waiting'] } } })
  const stays = left.filter(row => row.state === 'sent' && !row.retired && row.why?.startsWith('not removed') && row.spaceId)
  const fresh = stays.flatMap(row => row.spaceId ?? []).filter(id => !one.struckIn.includes(id))
  if (fresh.length > 0) {
    await tx.announcement.update({ where: { id: one.id }, data: { struckIn: [...one.struckIn, ...fresh] } })
    await touch(tx, [subject])
  }
  const withdrawn = one.withdrawnAt ?? now
  return left.some(row => row.retired) && now.getTime() - withdrawn.getTime() < PATIENCE_MS
}

/** After its last useful moment: whoever made it hears in which chats it was missed. Whether some posts are still under way. */
async function tellMissed(tx: Tx, deps: Deps, one: WholeAnnouncement, now: Date): Promise<boolean> {
  const rows = await tx.delivery.findMany({
    where: { subject: postsOf(one.id), state: { in: ['missed', 'waiting'] } },
    include: { space: { select: CHAT } },
    orderBy: { id: 'asc' },
  })
  if (rows.some(row => row.leaseBy !== null)) return true
  // What waits now is too late whenever it is looked at; what may have been sent is not called missed.
  const missed = rows.filter(row => row.state === 'missed' || (row.sendingAt === null && row.usefulUntil !== null && row.usefulUntil < now))
  if (missed.length > 0) {
    const titles = [...chatNames(missed.flatMap(({ space }) => space ?? [])).values()]
    await tell(tx, deps, one, titles)
  }
  return false
}

/** To whoever made it, if they are still a coordinator; else all coordinators hear it. */
async function tell(tx: Tx, deps: Deps, one: WholeAnnouncement, titles: readonly string[]): Promise<void> {
  const { id, networkId, createdBy, lateHours: hours } = one
  const more = titles.length - MOST_NAMES
  const word: Word = {
    ...{ networkId, about: `announcements/${id}/missed`, maker: createdBy },
    words({ t }, network) {
      const names = listed([...titles.slice(0, MOST_NAMES), ...(more > 0 ? [t('places-more', { n: more })] : [])])
      return t('announcements-missed', { words: nameOf(one.words), network, n: titles.length, names, hours })
    },
    buttons: ({ t }) => [[{ label: t('announcements-do-look'), token: token('announcements', 'show', id) }]],
  }
  await notifyCoordinators(tx, deps, [word])
}
