import { postIn } from '../community/audience.ts'
import { CHAT, chatNames } from '../community/chat-names.ts'
import { notifyCoordinators } from '../community/notify.ts'
import { post, touch } from '../delivery/outbox.ts'
import type { Deps } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import type { Turn } from '../runtime/alarm.ts'
import type { Tx } from '../store/tx.ts'
import { listed } from '../view/direction.ts'
import { spacesWith } from './change.ts'
import { dueReminders, endsAt, nameOf, needsGo, settlesAt } from './domain.ts'
import { holdForum, postsOf, remindersOf, type WholeForum } from './forum.ts'
import { expireOffers, promote } from './seats.ts'
import { tellPeople } from './tell.ts'
import { lapsedView, remindedView } from './view-told.ts'

/** How many are looked after in one second. */
const MOST = 50
const MOST_NAMES = 10

/** Looks after forums whose time to be looked after has come: one look at an index while there is none. */
export async function forumsDue(deps: Deps, turn: Turn): Promise<void> {
  const { now, resting } = turn
  const due = await deps.store.forum.findMany({
    where: { lookAt: { lte: now }, id: { notIn: [...resting] } },
    select: { id: true, networkId: true, theme: true },
    orderBy: { lookAt: 'asc' },
    take: MOST,
  })
  const rows = due.map(({ theme, ...row }) => ({ ...row, title: nameOf(theme) }))
  await turn.each(rows, ({ id }) => deps.store.$transaction(tx => lookAfter(tx, deps, id, now)))
}

async function lookAfter(tx: Tx, deps: Deps, id: string, now: Date): Promise<void> {
  const one = await holdForum(tx, id)
  // Of two that look, one finds it.
  if (!one?.lookAt || one.lookAt > now) return
  const late = await expireOffers(tx, id, now)
  if (one.state === 'standing' && now < one.startsAt)
    await tellPeople(tx, deps, one, {
      ...{ personIds: late, about: `lapsed/${now.toISOString()}`, usefulUntil: one.startsAt },
      view: speech => lapsedView(one, speech),
    })
  if (one.state === 'standing') {
    await remind(tx, deps, one, now)
    if (one.settledAt === null && now >= settlesAt(one)) await settle(tx, deps, one, now)
    if (one.overAt === null && now >= endsAt(one)) await end(tx, deps, one, now)
  }
  if (one.needsGoneAt === null && now >= needsGo(one)) {
    await tx.rsvp.updateMany({ where: { forumId: id, needs: { not: null } }, data: { needs: null } })
    await tx.forum.update({ where: { id }, data: { needsGoneAt: now } })
  }
  // Offers what has come free, and sets when to look next.
  await promote(tx, deps, id)
}

/** The reminder whose time has come; of several that fell due while we were away only the last. None once it has begun. */
async function remind(tx: Tx, deps: Deps, one: WholeForum, now: Date): Promise<void> {
  const due = dueReminders(one, now)
  if (due.length === 0 || one.startsAt <= now) return
  await tx.forum.update({ where: { id: one.id }, data: { reminded: [...one.reminded, ...due] } })
  const minutes = Math.min(...due)
  const about = `remind/${one.startsAt.getTime()}/${minutes}`
  const spaces = await spacesWith(tx, one)
  const rows = spaces.map(space => ({
    ...postIn(deps, one.networkId, space),
    key: `forums/${one.id}/${about}/${space.id}`,
    subject: remindersOf(one.id),
    usefulUntil: one.startsAt,
    unsure: 'drop' as const,
  }))
  await post(tx, rows, now)
  const people = await tx.rsvp.findMany({ where: { forumId: one.id, answer: 'coming', remind: true }, select: { personId: true } })
  await tellPeople(tx, deps, one, {
    ...{ personIds: people.map(rsvp => rsvp.personId), about, usefulUntil: one.startsAt, unsure: 'drop' },
    view: speech => remindedView(one, speech),
  })
}

/** Once it is over: its posts take no more answers, and the host is asked what came out of it. */
async function end(tx: Tx, deps: Deps, one: WholeForum, now: Date): Promise<void> {
  await tx.forum.update({ where: { id: one.id }, data: { overAt: now } })
  await touch(tx, [postsOf(one.id)])
  await notifyCoordinators(tx, deps, [
    {
      ...{ networkId: one.networkId, about: `forums/${one.id}/over`, maker: one.hostId },
      words: ({ t }) => t('forums-over-told', { theme: nameOf(one.theme), came: one.came }),
      buttons: ({ t }) => [
        [
          { label: t('forums-do-notes'), token: token('forums', 'write', one.id), look: 'main' },
          { label: t('forums-do-missed'), token: token('forums', 'missed', one.id) },
        ],
        [{ label: t('forums-do-look'), token: token('forums', 'show', one.id) }],
      ],
    },
  ])
}

/** Once it has begun: the host hears of reminders and posts that did not get there in time. */
async function settle(tx: Tx, deps: Deps, one: WholeForum, now: Date): Promise<void> {
  const lost = await tx.delivery.findMany({
    where: { networkId: one.networkId, subject: { in: [postsOf(one.id), remindersOf(one.id)] }, state: { in: ['missed', 'failed'] } },
    include: { space: { select: CHAT } },
    orderBy: { id: 'asc' },
  })
  const unsent = one.remind.filter(minutes => !one.reminded.includes(minutes))
  await tx.forum.update({ where: { id: one.id }, data: { settledAt: now, reminded: one.remind } })
  const titles = [...chatNames(lost.flatMap(({ space }) => space ?? [])).values()]
  if (titles.length === 0 && unsent.length === 0) return
  await notifyCoordinators(tx, deps, [
    {
      ...{ networkId: one.networkId, about: `forums/${one.id}/missed`, maker: one.hostId },
      words({ t }) {
        const more = titles.length - MOST_NAMES
        const names = listed([...titles.slice(0, MOST_NAMES), ...(more > 0 ? [t('places-more', { n: more })] : [])])
        return t(titles.length > 0 ? 'forums-missed-in' : 'forums-missed-reminder', { theme: nameOf(one.theme), names })
      },
      buttons: ({ t }) => [[{ label: t('forums-do-look'), token: token('forums', 'show', one.id) }]],
    },
  ])
}
