import { mayTry, needsCoordinator } from '../community/permissions.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { formOf } from '../kit/forms.ts'
import { press } from '../kit/presses.ts'
import { type Command, findByWords, runVerb, type Verb } from '../kit/verbs.ts'
import type { PollState, Prisma } from '../store/generated/client.ts'
import type { EndOf } from '../texts/texts.ts'
import { view } from '../view/make.ts'
import { sameKey, shorten } from '../view/sanitize.ts'
import type { Button, View } from '../view/view.ts'
import { LIMITS } from './domain.ts'
import { pollDrafts, takeMessage } from './draft.ts'
import { outcomeSheet } from './forms.ts'
import { pollLine } from './line.ts'
import { managing } from './manage.ts'
import { loadPolls, openOptions, type WholePoll } from './poll.ts'
import { showPoll } from './show.ts'
import { stateLine } from './view-manage.ts'

export function pollCommand(deps: Deps): Command<EndOf<'polls-verb-'>, WholePoll> {
  const on = (does: (ctx: Ctx, poll: WholePoll, rest: string) => Outcome | Promise<Outcome>, alsoClosed = false): Verb<WholePoll> => ({
    known: ctx => known(ctx, alsoClosed, {}, LISTED),
    find: (ctx, words) => find(ctx, words, alsoClosed, false),
    does,
  })
  const pressed = (name: string) => on((ctx, { id }) => press(managing(deps), ctx, name, [id]))
  // Suggested, and asked about, are those that it can be done with; words may mean another one, and then say why not.
  const inOpen = (verb: Verb<WholePoll>, can = (_: WholePoll) => true): Verb<WholePoll> => ({
    ...verb,
    known: async ctx => (await known(ctx, false, { state: 'open' }, LISTED)).filter(can),
  })
  const show = async (ctx: Ctx, poll: WholePoll): Promise<Outcome> => ({ again: whisper(await showPoll(ctx, poll)) })
  return {
    verbs: {
      list: { forAll: true, alone: async ctx => ({ again: whisper(await listView(ctx)) }) },
      show: { ...on(show, true), forAll: true },
      remind: inOpen(pressed('remind')),
      edit: on(show),
      ...{
        again: inOpen(pressed('again')),
        hide: inOpen(pressed('hide'), poll => openOptions(poll).length > 2),
        withdraw: pressed('withdraw'),
      },
      // Whatever is said after it is only what the form begins with: nothing closes before that is sent.
      close: { ...inOpen(on((ctx, poll, rest) => askToClose(ctx, poll, rest))), find: (ctx, words) => find(ctx, words, false, true) },
    },
    feature: 'polls',
    about: name => `polls-verb-${name}`,
    ...{ wordsOf: poll => poll.question, nameOf: poll => poll.question },
    detailOf: (poll, ctx) => stateLine(poll, ctx.speech),
    which: 'polls-which',
    list: listView,
    line: (ctx, args) => mayTry(ctx) ?? pollLine(ctx, deps, args),
  }
}

/** Somebody's message is to become a poll. */
export async function pollFrom(ctx: Ctx, deps: Deps, text: string): Promise<Outcome> {
  return ctx.roles.has('coordinator') ? takeMessage(ctx, deps, text) : needsCoordinator(ctx)
}

/** `/poll` with what stands after it. */
export async function runPoll(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  if (args !== '') return runVerb(pollCommand(deps), ctx, args)
  const drafts = pollDrafts(deps)
  return ctx.roles.has('coordinator') ? ((await drafts.left(ctx)) ?? drafts.open(ctx)) : { again: whisper(await listView(ctx)) }
}

/** What the only open poll is to be closed with, or the poll that is to be closed: the form says which, and closes it when it is sent. */
function askToClose(ctx: Ctx, poll: WholePoll, outcome: string): Outcome {
  const now = { ...poll, outcome: shorten(outcome, LIMITS.outcome) || poll.outcome }
  return { again: ask(formOf(token('polls', 'close', poll.id), outcomeSheet('close'), { ctx, now })) }
}

/** The polls that words mean (an id, or any part of the question); without words the only open one. `goesOn`: words that mean none are for that one. */
async function find(ctx: Ctx, words: string, alsoClosed: boolean, goesOn: boolean): Promise<{ found: readonly WholePoll[]; rest: string }> {
  const [first = '', ...more] = words.split(/\s+/)
  const [byId] = first ? await known(ctx, alsoClosed, { id: sameKey(first) }, 1) : []
  if (byId) return { found: [byId], rest: more.join(' ') }
  const byWords = words ? await meant(ctx, alsoClosed, words) : []
  if (byWords.length > 0 || (words !== '' && !goesOn)) return { found: byWords, rest: '' }
  return { found: await known(ctx, false, { state: 'open' }, 2), rest: words }
}

/** How many are listed. */
const LISTED = 20
const BUTTONS = 10

/** As they are written among all, else alike among the newest. */
async function meant(ctx: Ctx, alsoClosed: boolean, words: string): Promise<readonly WholePoll[]> {
  const parts = words.split(/\s+/).map(part => ({ question: { contains: part, mode: 'insensitive' as const } }))
  const written = await known(ctx, alsoClosed, { AND: parts }, LISTED)
  return findByWords(written.length > 0 ? written : await known(ctx, alsoClosed, {}, LISTED), words, poll => poll.question)
}

/** Polls that this person may see listed: those of the space, or in private those of the network's residents' (and for officers all) spaces. Newest first. */
async function known(ctx: Ctx, alsoClosed: boolean, which: Prisma.PollWhereInput, most: number): Promise<readonly WholePoll[]> {
  const officer = ctx.roles.size > 0
  const states: PollState[] = ['open']
  if (officer) states.push('scheduled')
  if (alsoClosed) states.push('closed')
  const there =
    ctx.space && !officer ? { some: { spaceId: ctx.space.id } } : officer ? {} : { some: { space: { audience: 'residents' as const } } }
  const may = {
    networkId: ctx.network?.id ?? '',
    state: { in: states },
    ...(Object.keys(there).length > 0 ? { spaces: there } : {}),
  }
  return loadPolls(ctx.tx, { AND: [may, which] }, most)
}

async function listView(ctx: Ctx): Promise<View> {
  const { t, locale } = ctx.speech.texts
  const found = await known(ctx, true, {}, LISTED + 1)
  const polls = found.slice(0, LISTED)
  const items = polls.map(poll => t('polls-list-line', { question: poll.question, state: stateLine(poll, ctx.speech) }))
  const rows = polls.slice(0, BUTTONS).map((poll): Button[] => [{ label: poll.question, token: token('polls', 'see', poll.id) }])
  const add: Button[] = ctx.roles.has('coordinator')
    ? [{ label: t('polls-form-title'), token: ctx.space ? token('polls', 'new', ctx.space.id) : token('polls', 'new'), look: 'main' }]
    : []
  const empty = polls.length === 0 ? [{ kind: 'text', text: t('polls-list-empty') } as const] : [{ kind: 'list', items } as const]
  return view({
    lang: locale,
    blocks: [
      { kind: 'title', text: t('polls-list-title') },
      ...empty,
      ...(found.length > LISTED ? [{ kind: 'quiet', text: t('polls-list-more') } as const] : []),
    ],
    buttons: [...rows, add],
  })
}
