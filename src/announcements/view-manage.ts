import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import { sure } from '../kit/page.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime, shortTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import { shorten } from '../view/sanitize.ts'
import type { Block, Button, View } from '../view/view.ts'
import type { WholeAnnouncement } from './announcement.ts'
import { mayTryAgain, nameOf, type Standing, type Status, stageOf, statusOf } from './domain.ts'

/** One post as the report shows it: its chat, how it stands there, since when. */
export interface Reported extends Standing {
  readonly title: string | null
  readonly doubled: boolean
  readonly sentAt: Date | null
}

/** Chats in one report at the most: those where something is wrong come first. */
const MOST = 40
/** Of the words: enough to know which it is. */
const WORDS = 400

/** The card after posting, and from the list: where it stands, what went wrong, and what can be done. Pure. */
export function announcementCard(one: WholeAnnouncement, posts: readonly Reported[], speech: Speech, said?: string): View {
  const { t, locale } = speech.texts
  const stage = stageOf(one, speech.now)
  const statuses = posts.map(post => ({ post, status: statusOf(post, one, speech.now) }))
  const [there, wrong] = [
    statuses.filter(({ status }) => status === 'sent' || status === 'stale'),
    statuses.filter(({ status }) => mayTryAgain(status)),
  ]
  const blocks: Block[] = [
    ...(said ? [{ kind: 'text', text: said } as const] : []),
    { kind: 'quote', text: shorten(one.words, WORDS) },
    ...(one.link ? [{ kind: 'quiet', text: one.link } as const] : []),
    ...(one.picture ? [{ kind: 'quiet', text: t('announcements-card-picture', { about: one.picture.about }) } as const] : []),
    { kind: 'text', text: stateLine(one, speech) },
    ...(stage === 'out' ? [{ kind: 'text', text: t('announcements-report-count', { n: there.length, of: posts.length }) } as const] : []),
    ...reportBlocks(statuses, one.postsAt, speech),
  ]
  const rows = stage === 'withdrawn' ? [] : manageButtons(one, stage, speech, wrong.length > 0)
  const all: Button = { label: t('announcements-do-list'), token: token('announcements', 'list', one.networkId) }
  return view({
    lang: locale,
    blocks,
    buttons: [...rows, [to(one, 'show', speech, 'announcements-do-show'), ...seriesOf(one, speech), all]],
    brief: said ?? nameOf(one.words),
  })
}

/** When it goes out, or did. */
function stateLine(one: WholeAnnouncement, speech: Speech): string {
  const { t } = speech.texts
  const stage = stageOf(one, speech.now)
  const late = t('announcements-late', { hours: one.lateHours })
  const when = fullTime(stage === 'withdrawn' ? (one.withdrawnAt ?? one.postsAt) : one.postsAt, speech)
  return t(`announcements-stage-${stage}`, { when, late })
}

interface Told {
  readonly post: Reported
  readonly status: Status
}

/** `postsAt`: of posts that are still to come. */
function reportBlocks(statuses: readonly Told[], postsAt: Date, speech: Speech): readonly Block[] {
  const { t } = speech.texts
  const goesOut = shortTime(postsAt, speech)
  const quiet = (status: string): number => (['sent', 'coming', 'withdrawn'].includes(status) ? 1 : 0)
  const sorted = statuses.toSorted((a, b) => quiet(a.status) - quiet(b.status) || (a.post.title ?? '').localeCompare(b.post.title ?? ''))
  if (sorted.length === 0) return []
  const items = sorted.slice(0, MOST).map(({ post, status }) => {
    const when = status === 'coming' ? goesOut : post.sentAt ? shortTime(post.sentAt, speech) : ''
    const how = t(`announcements-at-${status}`, { when })
    const whole = t('announcements-at', { space: post.title ?? '?', how })
    return post.doubled ? t('announcements-at-doubled', { line: whole }) : whole
  })
  const more = sorted.length - items.length
  return [{ kind: 'list', items: [...items, ...(more > 0 ? [t('announcements-at-more', { n: more })] : [])] }]
}

/** The way from one date to its series. */
function seriesOf({ seriesId }: WholeAnnouncement, { texts: { t } }: Speech): Button[] {
  return seriesId ? [{ label: t('series-of-series'), token: token('announcements', 'series', seriesId) }] : []
}

function to(one: WholeAnnouncement, action: string, { texts: { t } }: Speech, label: TextKey, ...args: string[]): Button {
  return { label: t(label), token: token('announcements', action, one.id, ...args) }
}

function manageButtons(one: WholeAnnouncement, stage: 'coming' | 'out', speech: Speech, again: boolean): Button[][] {
  const does = (action: string, label: TextKey): Button => to(one, action, speech, label)
  const withdraw: Button = { ...does('withdraw', 'announcements-do-withdraw'), look: 'danger' }
  // A picture that stands can be changed for another, but not every platform can take it away.
  const picture: Button[] = one.picture
    ? [does('repicture', 'announcements-do-picture'), to(one, 'repicture', speech, 'announcements-set-no-picture', 'none')]
    : [does('repicture', 'announcements-set-picture')]
  if (stage === 'coming')
    return [
      [does('reword', 'announcements-do-words'), does('move', 'announcements-do-move')],
      picture,
      [does('now', 'announcements-do-now'), withdraw],
    ]
  return [
    ...(again ? [[does('again', 'announcements-do-again')]] : []),
    [does('reword', 'announcements-do-words'), ...picture.slice(0, 1)],
    [withdraw],
  ]
}

/** One line of the list. */
export function listLine(one: WholeAnnouncement, speech: Speech): string {
  const stage = stageOf(one, speech.now)
  return speech.texts.t(`announcements-list-${stage === 'withdrawn' ? 'withdrawn' : 'line'}`, {
    when: shortTime(one.postsAt, speech),
    words: nameOf(one.words),
  })
}

/** "Really?" */
export function confirmWithdraw(one: WholeAnnouncement, speech: Speech): View {
  const key = stageOf(one, speech.now) === 'coming' ? 'announcements-withdraw-coming' : 'announcements-withdraw-sure'
  const yes = to(one, 'withdraw', speech, 'announcements-do-withdraw', 'yes')
  return sure(speech, { key, args: { words: nameOf(one.words) }, yes, no: to(one, 'show', speech, 'announcements-back') })
}
