import { whereIs } from '../delivery/report.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import { unreadBlocks } from '../kit/unread.ts'
import { sayRepeats } from '../schedule/recurrence/say-rule.ts'
import type { Prisma } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import { shortTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { loadAnnouncements, postsOf, type WholeAnnouncement } from './announcement.ts'
import { nameOf } from './domain.ts'
import { comingOf, type Planned } from './planned.ts'
import { loadSeries, type WholeSeries } from './series.ts'
import { announcementCard, listLine } from './view-manage.ts'

/** How many are listed, of those to come, of one series, of those that rest and of the last ones. */
const COMING = 15
const EACH = 5
const PAUSED = 5
const LAST = 8
const WEEKS_MS = 28 * 86_400_000

/** How an announcement stands, in every chat, with what a coordinator can do about it. */
export async function showAnnouncement(ctx: Ctx, one: WholeAnnouncement, said?: string): Promise<View> {
  const posts = await whereIs(ctx.tx, { networkId: one.networkId, subject: postsOf(one.id) })
  return announcementCard(one, posts, ctx.speech, said)
}

/** What is to come in the next weeks, soonest first, what rests, and the last ones that went out. */
export async function listView(ctx: Ctx): Promise<View> {
  const { t, locale } = ctx.speech.texts
  const networkId = ctx.network?.id ?? ''
  const { now } = ctx.speech
  const {
    first: coming,
    isMore,
    unread,
  } = await comingOf(ctx, { networkId, now, to: new Date(now.getTime() + WEEKS_MS), most: COMING, each: EACH })
  const resting = await loadSeries(ctx, { networkId, state: 'paused' }, PAUSED + 1)
  const paused = resting.slice(0, PAUSED)
  const gone: Prisma.AnnouncementWhereInput = { networkId, NOT: { state: 'standing', postsAt: { gt: now } } }
  const out = await loadAnnouncements(ctx, gone, { first: 'desc', most: LAST + 1 })
  const last = out.slice(0, LAST)
  const more = (key: TextKey, is: boolean): Block[] => (is ? [{ kind: 'quiet', text: t(key) }] : [])
  const blocks: Block[] = [
    ...part(
      t('announcements-list-coming'),
      coming.map(one => plannedLine(one, ctx.speech)),
    ),
    ...more('announcements-list-more-coming', isMore),
    ...part(
      t('series-list-paused'),
      paused.map(one => t('series-list-paused-line', { words: nameOf(one.words), rule: sayRepeats(one, ctx.speech.texts) })),
    ),
    ...more('announcements-list-more-paused', resting.length > PAUSED),
    ...part(
      t('announcements-list-last'),
      last.map(one => listLine(one, ctx.speech)),
    ),
    ...more('announcements-list-more-last', out.length > LAST),
    ...unreadBlocks(ctx, unread + resting.unread + out.unread),
  ]
  const rows = [...coming.map(buttonOf), ...paused.map(seriesButton), ...last.map(oneButton)]
  if (rows.length === 0) blocks.push({ kind: 'text', text: t('announcements-list-empty') })
  const home = ctx.space ? [ctx.space.id] : []
  const add: Button = { label: t('announcements-form-title'), token: token('announcements', 'new', ...home), look: 'main' }
  const page: Button = { label: t('announcements-do-page'), token: token('calendar', 'page', ...(networkId ? [networkId] : [])) }
  return view({ lang: locale, blocks, buttons: [...once(rows).map(button => [button]), [add, page]] })
}

function part(title: string, items: readonly string[]): Block[] {
  return items.length === 0
    ? []
    : [
        { kind: 'title', text: title },
        { kind: 'list', items },
      ]
}

function plannedLine(planned: Planned, speech: Speech): string {
  if ('one' in planned) return listLine(planned.one, speech)
  const { series, at } = planned
  return speech.texts.t('series-list-line', { when: shortTime(at, { ...speech, zone: series.zone }), words: nameOf(series.words) })
}

type Tap = Extract<Button, { token: string }>

function buttonOf(planned: Planned): Tap {
  return 'one' in planned ? oneButton(planned.one) : seriesButton(planned.series)
}

function oneButton(one: WholeAnnouncement): Tap {
  return { label: nameOf(one.words), token: token('announcements', 'show', one.id) }
}

function seriesButton(one: WholeSeries): Tap {
  return { label: nameOf(one.words), token: token('announcements', 'series', one.id) }
}

/** A series has one button, however many of its dates are listed. */
function once(rows: readonly Tap[]): readonly Tap[] {
  return [...new Map(rows.map(row => [row.token, row])).values()]
}
