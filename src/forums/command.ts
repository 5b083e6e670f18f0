import { mayStart } from '../community/permissions.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { homeSpace } from '../kit/draft-rows.ts'
import { press } from '../kit/presses.ts'
import { type Command, runVerb, type Verb } from '../kit/verbs.ts'
import { type Problem, spanOr } from '../schedule/asked-time.ts'
import type { EndOf } from '../texts/texts.ts'
import { fullTime, shortTime } from '../texts/when.ts'
import { sentence } from '../view/make.ts'
import { sameKey, sanitizeLine, shorten, splitBars } from '../view/sanitize.ts'
import { checkIn } from './answer.ts'
import { openCycle } from './cycle.ts'
import { isCode, LIMITS, mayCheckIn, nameOf, stageOf } from './domain.ts'
import { forumDrafts } from './draft.ts'
import { loadForums, type WholeForum } from './forum.ts'
import { managing } from './manage.ts'
import { defaults, type ForumSettings, lasting } from './settings.ts'
import { listView, readForum } from './show.ts'
import { isOpenTo } from './target.ts'

/** `/forum`: for everybody the list; for coordinators also the ways to make and change one. */

const DAY = 86_400_000
/** How many are looked at, of those ahead and of those that are over. */
const MOST = 50

const CHANGING = ['planned', 'ahead', 'on']
const AFTERWARDS = ['on', 'over']

export function forumCommand(deps: Deps): Command<EndOf<'forums-verb-'>, WholeForum> {
  const does = (name: string, stages?: readonly string[]): Verb<WholeForum> => ({
    known: ctx => known(ctx, stages),
    does: (ctx, { id }) => press(managing(deps), ctx, name, [id]),
  })
  return {
    verbs: {
      list: { forAll: true, alone: async ctx => ({ again: whisper(await listView(ctx)) }) },
      show: { forAll: true, known, does: async (ctx, one) => ({ again: whisper(await readForum(ctx, one)) }) },
      here: { forAll: true, alone: (ctx, code) => here(ctx, deps, code) },
      new: { alone: ctx => forumDrafts(deps).open(ctx) },
      cycle: { alone: ctx => openCycle(ctx) },
      ...{ edit: does('edit', CHANGING), cancel: does('stop', CHANGING), who: does('who') },
      ...{ notes: does('write', AFTERWARDS), summary: does('summary', AFTERWARDS) },
    },
    about: name => `forums-verb-${name}`,
    wordsOf: one => one.theme,
    nameOf: one => nameOf(one.theme),
    feature: 'forums',
    detailOf: (one, ctx) =>
      [one.startsAt ? shortTime(one.startsAt, ctx.speech) : '', shorten(one.address ?? '', 30)].filter(Boolean).join(', '),
    which: 'forums-which',
    list: listView,
    line: (ctx, args) => mayStart(ctx) ?? draftLine(ctx, deps, args),
  }
}

export async function runForum(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  return args === '' ? { again: whisper(await listView(ctx)) } : runVerb(forumCommand(deps), ctx, args)
}

/** Forums that may be known here, the nearest first: what is written afterwards needs one that has begun, changes one that has not ended. */
async function known(ctx: Ctx, stages?: readonly string[]): Promise<readonly WholeForum[]> {
  const networkId = ctx.network?.id ?? ''
  const since = new Date(ctx.speech.now.getTime() - 90 * DAY)
  const dayAgo = new Date(ctx.speech.now.getTime() - DAY)
  const ahead = await loadForums(ctx, { networkId, startsAt: { gt: dayAgo } }, { first: 'asc', most: MOST })
  const past = await loadForums(ctx, { networkId, startsAt: { gt: since, lte: dayAgo } }, { first: 'desc', most: MOST })
  return [...ahead, ...past].filter(one => isOpenTo(ctx, one) && (!stages || stages.includes(stageOf(one, ctx.speech.now))))
}

/** `here CODE` checks in; `here` alone is for hosts, who get the code. */
async function here(ctx: Ctx, deps: Deps, code: string): Promise<Outcome> {
  const { now } = ctx.speech
  const standing = { networkId: ctx.network?.id ?? '', state: 'standing' as const }
  const recent = new Date(now.getTime() - 2 * DAY)
  if (code !== '') {
    const near = await loadForums(ctx, { ...standing, code: { not: null }, startsAt: { gt: recent, lt: new Date(now.getTime() + DAY) } })
    const one = near.find(forum => isCode(code, forum.code ?? '') && mayCheckIn(forum, now))
    return one ? checkIn(ctx, deps, one) : unchanged(ctx, 'forums-here-wrong')
  }
  const mine = await loadForums(ctx, { ...standing, hostId: ctx.person?.id ?? '', startsAt: { gt: recent } }, { first: 'asc', most: 20 })
  const next = mine.find(one => stageOf(one, now) !== 'over')
  if (!next) return unchanged(ctx, 'forums-here-how')
  return press(managing(deps), ctx, 'here', [next.id])
}

/** `Strengths | when: 14 Jan 6pm | place: Grange Community Centre`: the draft card, from where it is posted. */
async function draftLine(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  const { t, locale } = ctx.speech.texts
  const [theme = '', ...parts] = splitBars(args).map(sanitizeLine)
  const wrong = (text: string): Outcome => ({ again: whisper(sentence(locale, `${text}\n${t('forums-right-way')}`)) })
  if (theme === '' || theme.length > LIMITS.theme) return wrong(t('forums-wrong-long', { max: LIMITS.theme, length: theme.length }))
  let settings: ForumSettings = defaults(theme, ctx.person?.name ?? '', await homeSpace(ctx, ctx.space?.id))
  let unsure: Problem<Date> | undefined
  let note: string | undefined
  for (const part of parts) {
    const said = await partOf(ctx, part)
    if ('problem' in said && said.nearest.length === 0) return wrong(said.problem)
    if ('problem' in said) unsure = said
    else {
      settings = { ...settings, ...said.changes }
      note = said.note ?? note
    }
  }
  return unsure ? offerTimes(ctx, deps, settings, unsure) : forumDrafts(deps).begin(ctx, settings, note)
}

const NONE = { nearest: [], meant: [] }

/** `when: 14 Jan 6pm`, or `place: Grange Community Centre`. */
async function partOf(ctx: Ctx, part: string): Promise<{ changes: Partial<ForumSettings>; note?: string } | Problem<Date>> {
  const { t } = ctx.speech.texts
  const [, key = '', value = ''] = /^(when|place)\s*:\s*(.+)$/i.exec(part) ?? []
  if (key === '') return { problem: t('forums-wrong-key', { said: shorten(part, 40) }), ...NONE }
  if (sameKey(key) === 'place') {
    const isLong = value.length > LIMITS.address
    if (isLong) return { problem: t('forums-wrong-long', { max: LIMITS.address, length: value.length }), ...NONE }
    return { changes: { address: value } }
  }
  const when = await spanOr(ctx, value)
  return 'problem' in when ? when : { changes: lasting(when), ...(when.note ? { note: when.note } : {}) }
}

/** The times that may have been meant, each a button. */
function offerTimes(ctx: Ctx, deps: Deps, settings: ForumSettings, { problem, nearest }: Problem<Date>): Promise<Outcome> {
  const readings = nearest.map(at => ({ label: fullTime(at, ctx.speech), changes: { startsAt: at.toISOString() } }))
  return forumDrafts(deps).offer(ctx, settings, { problem, readings, another: id => token('forums', 'edit', id, 'time') })
}
