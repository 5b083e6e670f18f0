import { needsCoordinator } from '../community/permissions.ts'
import type { Ctx, Deps, Outcome } from '../feature/feature.ts'
import { whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { EVERYWHERE } from '../kit/audience.ts'
import { press } from '../kit/presses.ts'
import { weekFromNow } from '../schedule/plain-time.ts'
import type { PollState, Prisma } from '../store/generated/client.ts'
import { sentence, view } from '../view/make.ts'
import { beginsAlike, folded, sameKey, sanitizeLine, shorten } from '../view/sanitize.ts'
import type { Button, Choice, View } from '../view/view.ts'
import { createPoll } from './create.ts'
import { checkWords, readPollLine } from './domain.ts'
import { pollDrafts, takeMessage } from './draft.ts'
import { finish, managing, showPoll } from './manage.ts'
import { loadPolls, type WholePoll } from './poll.ts'
import { defaults } from './settings.ts'
import { postedView, stateLine } from './view-manage.ts'

/** Verbs of `/poll`: each but the first two and `edit` is named like the button action that it stands for. */
const VERBS = ['list', 'show', 'remind', 'edit', 'again', 'hide', 'withdraw', 'close'] as const

/** Somebody's message is to become a poll. */
export async function pollFrom(ctx: Ctx, deps: Deps, text: string): Promise<Outcome> {
  return ctx.roles.has('coordinator') ? takeMessage(ctx, deps, text) : needsCoordinator(ctx)
}

/** `/poll` with what stands after it. */
export async function runPoll(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  const { t, locale } = ctx.speech.texts
  const [first = '', ...rest] = args.split(/\s+/)
  const verb = VERBS.find(one => one === folded(first))
  const officer = ctx.roles.has('coordinator')
  if (verb && !args.includes('|')) return doVerb(ctx, deps, verb, rest.join(' '))
  if (!officer) return args === '' ? { again: whisper(await listView(ctx)) } : needsCoordinator(ctx)
  if (args === '') return pollDrafts(deps).open(ctx)
  const { question, options } = readPollLine(args)
  const wrong = checkWords(question, options)
  if (wrong) return { again: whisper(sentence(locale, `${t(wrong.key, wrong.args)}\n${t('polls-right-way')}`)) }
  if (!ctx.space)
    return {
      again: whisper(sentence(locale, t('polls-line-in-private'), [[{ label: t('polls-form-title'), token: token('polls', 'new') }]])),
    }
  return postAtOnce(ctx, deps, question, options)
}

/** `/poll Question? | A | B`: posted here with the network's defaults; the private answer leads to its settings. */
async function postAtOnce(ctx: Ctx, deps: Deps, question: string, options: readonly string[]): Promise<Outcome> {
  if (!ctx.network || !ctx.person || !ctx.space) return []
  const { t, locale } = ctx.speech.texts
  const settings = {
    ...defaults(question, options, ctx.space.id, weekFromNow(ctx.speech)),
    places: {
      ...EVERYWHERE,
      audience: ctx.space.audience === 'steering' ? ('steering' as const) : ('residents' as const),
      spaces: [ctx.space.id],
    },
  }
  const made = await createPoll(ctx.tx, deps, { networkId: ctx.network.id, personId: ctx.person.id, settings, id: ctx.ids.id() })
  if ('key' in made) return { again: whisper(sentence(locale, t(made.key, made.args))) }
  return whisper(postedView(made, ctx.speech))
}

/** A verb, on the poll that the words after it name; with none named, on the only one there is, else the list to choose from. */
async function doVerb(ctx: Ctx, deps: Deps, verb: string, words: string): Promise<Outcome> {
  if (verb === 'list') return { again: whisper(await listView(ctx)) }
  const { poll, rest } = await find(ctx, words, verb === 'show')
  if (!poll) return { again: whisper(await listView(ctx, ctx.speech.texts.t('polls-which'))) }
  if (verb === 'show') return { again: whisper(await showPoll(ctx, poll)) }
  if (!ctx.roles.has('coordinator')) return needsCoordinator(ctx)
  if (verb === 'edit') return { again: whisper(await showPoll(ctx, poll)) }
  if (verb === 'close' && rest) return finish(ctx, deps, poll, sanitizeLine(rest))
  return press(managing(deps), ctx, verb, [poll.id])
}

/** The poll that words begin with (its id, or its question); else the only open one of this space or network. */
async function find(ctx: Ctx, words: string, alsoClosed: boolean): Promise<{ poll: WholePoll | undefined; rest: string }> {
  const [first = '', ...more] = words.split(/\s+/)
  const [byId] = first ? await known(ctx, alsoClosed, { id: sameKey(first) }, 1) : []
  if (byId) return { poll: byId, rest: more.join(' ') }
  const byWords = words ? await beginning(ctx, alsoClosed, words) : []
  if (byWords.length === 1) return { poll: byWords[0], rest: '' }
  const open = await known(ctx, false, { state: 'open' }, 2)
  return { poll: open.length === 1 ? open[0] : undefined, rest: words }
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

/** Verbs first, then what is open. */
export async function suggest(ctx: Ctx, typed: string): Promise<readonly Choice[]> {
  const { t } = ctx.speech.texts
  const said = folded(typed)
  const officer = ctx.roles.has('coordinator')
  const verbs = VERBS.filter(
    verb => (officer || verb === 'list' || verb === 'show') && (verb.startsWith(said) || said.startsWith(`${verb} `)),
  )
  const named = verbs.length === 1 && said.startsWith(`${verbs[0]} `)
  if (!named) return verbs.map(verb => ({ value: verb, label: `${verb}: ${t(`polls-verb-${verb}`)}` }))
  const polls = await known(ctx, verbs[0] === 'show', {}, LISTED)
  return polls.map(poll => ({ value: `${verbs[0]} ${poll.id}`, label: shorten(`${verbs[0]}: ${poll.question}`, 95) }))
}
