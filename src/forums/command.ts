import { mayTry } from '../community/permissions.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { formOf } from '../kit/forms.ts'
import { press } from '../kit/presses.ts'
import { type Command, runVerb, type Verb } from '../kit/verbs.ts'
import type { EndOf } from '../texts/texts.ts'
import { shortTime } from '../texts/when.ts'
import { shorten } from '../view/sanitize.ts'
import { checkIn } from './answer.ts'
import { cycleDrafts } from './cycle.ts'
import { isCode, mayCheckIn, nameOf, stageOf } from './domain.ts'
import { forumDrafts } from './draft.ts'
import { DOOR } from './forms.ts'
import { loadForums, type WholeForum } from './forum.ts'
import { forumLine } from './line.ts'
import { managing } from './manage.ts'
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
      cycle: { alone: ctx => cycleDrafts(deps).open(ctx) },
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
    line: (ctx, args) => mayTry(ctx) ?? forumLine(ctx, deps, args),
  }
}

export async function runForum(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  if (args !== '') return runVerb(forumCommand(deps), ctx, args)
  return (await forumDrafts(deps).left(ctx)) ?? { again: whisper(await listView(ctx)) }
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

/** `here CODE` checks in; `here` alone gives hosts the code, and asks others for it. */
export async function here(ctx: Ctx, deps: Deps, code: string): Promise<Outcome> {
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
  if (!next) return openDoor(ctx)
  return press(managing(deps), ctx, 'here', [next.id])
}

/** The form that asks for the code at the door. */
export function openDoor(ctx: Ctx): Outcome {
  return { again: ask(formOf(token('forums', 'door'), DOOR, { ctx, now: { code: '' } })) }
}
