import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { whisper } from '../feature/replies.ts'
import { press } from '../kit/presses.ts'
import { type Command, runVerb, type Verb } from '../kit/verbs.ts'
import type { Prisma } from '../store/generated/client.ts'
import type { EndOf } from '../texts/texts.ts'
import { shortTime } from '../texts/when.ts'
import { loadAnnouncements } from './announcement.ts'
import { nameOf } from './domain.ts'
import { announcementDrafts } from './draft.ts'
import { announceLine } from './line.ts'
import { managing } from './manage.ts'
import { loadSeries } from './series.ts'
import { MANAGING } from './series-manage.ts'
import { listView } from './show.ts'

/** `/announce`, for coordinators only: the bot has looked that up. */

/** An announcement or a series that a verb can be about. */
interface Named {
  readonly id: string
  readonly words: string
  readonly kind: 'one' | 'series'
  /** When it is posted, or next. */
  readonly at: Date | null
}

/** Which of a sort a verb can be about, and the press that it stands for. */
interface Sort<Where> {
  readonly does: string
  readonly where: Where
}

type Ones = Sort<(now: Date) => Prisma.AnnouncementWhereInput>
type Series = Sort<Prisma.AnnouncementSeriesWhereInput>

const MOST = 50
const STANDING: Ones['where'] = () => ({ state: 'standing' })
const COMING: Ones['where'] = now => ({ state: 'standing', postsAt: { gt: now } })
const ACTIVE: Series['where'] = { state: 'active' }
const GOING: Series['where'] = { state: { in: ['active', 'paused'] } }

export function announceCommand(deps: Deps): Command<EndOf<'announcements-verb-'>, Named> {
  const on = (one?: Ones, series?: Series): Verb<Named> => ({
    known: ctx => known(ctx, one, series),
    does: (ctx, { id, kind }) =>
      kind === 'one' ? press(managing(deps), ctx, one?.does ?? '', [id]) : press(MANAGING, ctx, series?.does ?? '', [id]),
  })
  const open = async (ctx: Ctx, words: string, args: string): Promise<Outcome> =>
    announceLine(ctx, deps, args, ctx.speech.texts.t('announcements-no-such', { words: nameOf(words) }))
  return {
    verbs: {
      list: { alone: async (ctx, words, args) => (words === '' ? { again: whisper(await listView(ctx)) } : open(ctx, words, args)) },
      show: on({ does: 'show', where: () => ({}) }, { does: 'series', where: {} }),
      edit: on({ does: 'reword', where: STANDING }, { does: 'rewrite', where: GOING }),
      move: on({ does: 'move', where: COMING }, { does: 'dates', where: ACTIVE }),
      now: on({ does: 'now', where: COMING }),
      skip: on(undefined, { does: 'skip', where: ACTIVE }),
      pause: on(undefined, { does: 'pause', where: ACTIVE }),
      resume: on(undefined, { does: 'resume', where: { state: 'paused' } }),
      end: on(undefined, { does: 'end', where: GOING }),
      withdraw: on({ does: 'withdraw', where: STANDING }, { does: 'end', where: GOING }),
    },
    about: name => `announcements-verb-${name}`,
    wordsOf: one => one.words,
    nameOf: one => nameOf(one.words),
    feature: 'announcements',
    detailOf: (one, ctx) => (one.at ? shortTime(one.at, ctx.speech) : one.id),
    which: 'announcements-which',
    list: listView,
    // "Now open: the garden" begins like a verb and is none.
    none: open,
    line: (ctx, args) => announceLine(ctx, deps, args),
  }
}

export async function runAnnounce(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  const drafts = announcementDrafts(deps)
  return args === '' ? ((await drafts.left(ctx)) ?? drafts.open(ctx)) : runVerb(announceCommand(deps), ctx, args)
}

/** The nearest first. A date of a series goes by its series. */
async function known(ctx: Ctx, one: Ones | undefined, series: Series | undefined): Promise<readonly Named[]> {
  const networkId = ctx.network?.id ?? ''
  const order = { first: one?.where === COMING ? 'asc' : 'desc', most: MOST } as const
  const ones = one ? await loadAnnouncements(ctx, { networkId, seriesId: null, ...one.where(ctx.speech.now) }, order) : []
  const repeated = series ? await loadSeries(ctx, { networkId, ...series.where }, MOST) : []
  return [
    ...ones.map(({ id, words, postsAt }) => ({ id, words, at: postsAt, kind: 'one' as const })),
    ...repeated.map(({ id, words, nextAt }) => ({ id, words, at: nextAt, kind: 'series' as const })),
  ]
}
