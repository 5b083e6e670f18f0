import { needsCoordinator } from '../community/permissions.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { EVERYWHERE } from '../kit/audience.ts'
import { press } from '../kit/presses.ts'
import { type Command, runVerb, type Verb } from '../kit/verbs.ts'
import { weekFromNow } from '../schedule/plain-time.ts'
import type { PollState, Prisma } from '../store/generated/client.ts'
import type { EndOf } from '../texts/texts.ts'
import { sentence, view } from '../view/make.ts'
import { beginsAlike, sameKey, sanitizeLine } from '../view/sanitize.ts'
import type { Button, View } from '../view/view.ts'
import { createPoll } from './create.ts'
import { checkWords, readPollLine } from './domain.ts'
import { pollDrafts, takeMessage } from './draft.ts'
import { finish, managing, showPoll } from './manage.ts'
import { loadPolls, type WholePoll } from './poll.ts'
import { defaults } from './settings.ts'
import { postedView, stateLine } from './view-manage.ts'

export function pollCommand(deps: Deps): Command<EndOf<'polls-verb-'>, WholePoll> {
  const on = (does: (ctx: Ctx, poll: WholePoll, rest: string) => Outcome | Promise<Outcome>, alsoClosed = false): Verb<WholePoll> => ({
    known: ctx => known(ctx, alsoClosed, {}, LISTED),
    find: (ctx, words) => find(ctx, words, alsoClosed),
    does,
  })
  const pressed = (name: string) => on((ctx, { id }) => press(managing(deps), ctx, name, [id]))
  const show = async (ctx: Ctx, poll: WholePoll): Promise<Outcome> => ({ again: whisper(await showPoll(ctx, poll)) })
  return {
    verbs: {
      list: { forAll: true, alone: async ctx => ({ again: whisper(await listView(ctx)) }) },
      show: { ...on(show, true), forAll: true },
      remind: pressed('remind'),
      edit: on(show),
      ...{ again: pressed('again'), hide: pressed('hide'), withdraw: pressed('withdraw') },
      close: on((ctx, poll, rest) => (rest ? finish(ctx, deps, poll, sanitizeLine(rest)) : press(managing(deps), ctx, 'close', [poll.id]))),
    },
    about: name => `polls-verb-${name}`,
    ...{ wordsOf: poll => poll.question, nameOf: poll => poll.question },
    which: ctx => listView(ctx, ctx.speech.texts.t('polls-which')),
    line: (ctx, args) => postLine(ctx, deps, args),
  }
}

/** Somebody's message is to become a poll. */
export async function pollFrom(ctx: Ctx, deps: Deps, text: string): Promise<Outcome> {
  return ctx.roles.has('coordinator') ? takeMessage(ctx, deps, text) : needsCoordinator(ctx)
}

/** `/poll` with what stands after it. */
export async function runPoll(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  if (args !== '') return runVerb(pollCommand(deps), ctx, args)
  return ctx.roles.has('coordinator') ? pollDrafts(deps).open(ctx) : { again: whisper(await listView(ctx)) }
}

async function postLine(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  if (!ctx.roles.has('coordinator')) return needsCoordinator(ctx)
  const { t, locale } = ctx.speech.texts
  const { question, options } = readPollLine(args)
  const wrong = checkWords(question, options)
  if (wrong) return { again: whisper(sentence(locale, `${t(wrong.key, wrong.args)}\n${t('polls-right-way')}`)) }
  if (ctx.space) return postAtOnce(ctx, deps, question, options)
  return unchanged(ctx, 'polls-line-in-private', {}, [[{ label: t('polls-form-title'), token: token('polls', 'new') }]])
}

/** `/poll Question? | A | B`: posted here with the network's defaults; the private answer leads to its settings. */
async function postAtOnce(ctx: Ctx, deps: Deps, question: string, options: readonly string[]): Promise<Outcome> {
  if (!ctx.network || !ctx.person || !ctx.space) return []
  const settings = {
    ...defaults(question, options, ctx.space.id, weekFromNow(ctx.speech)),
    places: {
      ...EVERYWHERE,
      audience: ctx.space.audience === 'steering' ? ('steering' as const) : ('residents' as const),
      spaces: [ctx.space.id],
    },
  }
  const made = await createPoll(ctx.tx, deps, { networkId: ctx.network.id, personId: ctx.person.id, settings, id: ctx.ids.id() })
  if ('key' in made) return unchanged(ctx, made.key, made.args)
  return whisper(postedView(made, ctx.speech))
}

/** The poll that words begin with (its id, or its question); else the only open one of this space or network. */
async function find(ctx: Ctx, words: string, alsoClosed: boolean): Promise<{ found: readonly WholePoll[]; rest: string }> {
  const [first = '', ...more] = words.split(/\s+/)
  const [byId] = first ? await known(ctx, alsoClosed, { id: sameKey(first) }, 1) : []
  if (byId) return { found: [byId], rest: more.join(' ') }
  const byWords = words ? await beginning(ctx, alsoClosed, words) : []
  if (byWords.length === 1) return { found: byWords, rest: '' }
  return { found: await known(ctx, false, { state: 'open' }, 2), rest: words }
}

/** How many are listed. */
const LISTED = 20
const BUTTONS = 10

/** Those whose question begins with these words: as it is written, else alike among the newest. */
async function beginning(ctx: Ctx, alsoClosed: boolean, words: string): Promise<readonly WholePoll[]> {
  const written = await known(ctx, alsoClosed, { question: { startsWith: words, mode: 'insensitive' } }, 2)
  return written.length > 0 ? written : (await known(ctx, alsoClosed, {}, LISTED)).filter(poll => beginsAlike(poll.question, words))
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

async function listView(ctx: Ctx, note?: string): Promise<View> {
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
      ...(note ? [{ kind: 'text', text: note } as const] : []),
      { kind: 'title', text: t('polls-list-title') },
      ...empty,
      ...(found.length > LISTED ? [{ kind: 'quiet', text: t('polls-list-more') } as const] : []),
    ],
    buttons: [...rows, add],
  })
}
