import type { Speech } from '../feature/context.ts'
import type { BulletinItem, PackItem, Period } from '../feature/parts.ts'
import { token } from '../feature/token.ts'
import type { Prisma } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { fullTime } from '../texts/when.ts'
import { listed } from '../view/direction.ts'
import { talliesOf } from './draw.ts'
import { show, type Tally, type Visible } from './gate.ts'
import { loadPolls, openOptions, type WholePoll } from './poll.ts'
import { areaLines, noFigures } from './view-post.ts'

/** What a meeting and what residents read of polls. Figures pass the same gate as in posts: what everybody may see, and no more. */

/** So many of one kind at the most: the newest. */
const MOST = 200

interface Read {
  readonly poll: WholePoll
  readonly figures: Visible<Tally> | undefined
}

async function closedIn(tx: Tx, { networkId, from, to }: Period, where: Parameters<typeof loadPolls>[1] = {}): Promise<readonly Read[]> {
  const polls = await loadPolls(tx, { ...where, networkId, state: 'closed', closedAt: { gte: from, lt: to } }, MOST)
  const tallies = await talliesOf(tx, polls)
  const read = polls.map(poll => {
    const tally = tallies.get(poll.id)
    return { poll, figures: tally && show(tally, poll, { voted: false }) }
  })
  return read.toSorted((a, b) => timeOf(a.poll).getTime() - timeOf(b.poll).getTime())
}

function timeOf({ closedAt, createdAt }: WholePoll): Date {
  return closedAt ?? createdAt
}

/** Whole polls that closed in the period, oldest first. */
export async function pollsForPack(tx: Tx, period: Period, speech: Speech): Promise<readonly PackItem[]> {
  const read = await closedIn(tx, period)
  return read.map(({ poll, figures }) => ({ at: timeOf(poll), title: poll.question, lines: packLines(poll, figures, speech) }))
}

function packLines(poll: WholePoll, figures: Visible<Tally> | undefined, speech: Speech): readonly string[] {
  const { t, n } = speech.texts
  const outcome = poll.outcome ? [t('polls-pack-outcome', { outcome: poll.outcome })] : []
  if (!figures) return [...outcome, noFigures(poll, speech)]
  const options = openOptions(poll).map(option =>
    t('polls-pack-option', { option: option.text, n: n(figures.options.get(option.number) ?? 0) }),
  )
  const answers = t('polls-answers', { n: figures.ballots })
  const areas = areaLines(poll, figures, speech)
  return [...outcome, answers, ...options, ...areas, ...(areas.length > 0 ? [t('polls-area-rounded')] : [])]
}

/** Open ones, soonest to close first, then what closed in the period; of those alone that residents may know of. */
export async function pollsForBulletin(tx: Tx, period: Period, speech: Speech): Promise<readonly BulletinItem[]> {
  const known: Prisma.PollWhereInput = { voters: 'everyone', spaces: { some: { space: { audience: 'residents' } } } }
  const open = await loadPolls(tx, { ...known, networkId: period.networkId, state: 'open' }, MOST)
  const closed = await closedIn(tx, period, known)
  return [
    ...open.map(poll => openItem(poll, speech)).toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    ...closed.map(one => closedItem(one, speech)),
  ]
}

function openItem(poll: WholePoll, speech: Speech): BulletinItem {
  const { t } = speech.texts
  const { question, closesAt } = poll
  const line = closesAt
    ? t('polls-bulletin-open', { question, when: fullTime(closesAt, speech) })
    : t('polls-bulletin-open-end', { question })
  return { at: closesAt ?? openSince(poll), line, token: token('polls', 'mine', poll.id) }
}

/** Since when it has been open. */
function openSince({ opensAt, createdAt }: WholePoll): Date {
  return opensAt ?? createdAt
}

function closedItem({ poll, figures }: Read, { texts: { t } }: Speech): BulletinItem {
  const { question, outcome } = poll
  const closed = figures ? t('polls-bulletin-closed', { question, n: figures.ballots }) : t('polls-bulletin-closed-few', { question })
  const at = timeOf(poll)
  const most = figures ? leading(poll, figures) : []
  const line = outcome
    ? t('polls-bulletin-outcome', { closed, outcome })
    : most.length > 0
      ? t('polls-bulletin-most', { closed, options: listed(most) })
      : closed
  return { at, line, token: token('polls', 'mine', poll.id) }
}

/** What most have chosen: one option, or several with as many. */
function leading(poll: WholePoll, figures: Visible<Tally>): readonly string[] {
  const options = openOptions(poll).map(({ number, text }) => ({ text, n: figures.options.get(number) ?? 0 }))
  const most = Math.max(1, ...options.map(option => option.n))
  return options.filter(option => option.n === most).map(option => option.text)
}
