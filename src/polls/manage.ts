import { post, touch } from '../delivery/outbox.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged, update, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { sure } from '../kit/page.ts'
import type { Handlers } from '../kit/presses.ts'
import { type Found, target } from '../kit/target.ts'
import { onThing, type ThingForm, thingForm } from '../kit/thing.ts'
import { numbered } from '../view/direction.ts'
import { sentence } from '../view/make.ts'
import { tooLong } from '../view/sanitize.ts'
import type { Button, View } from '../view/view.ts'
import { RETIME, reword } from './change.ts'
import { closePoll, withdrawPoll } from './close.ts'
import { postsOf } from './create.ts'
import { fitTogether, LIMITS, mayBecome, RESULTS, type Rules } from './domain.ts'
import { outcomeSheet } from './forms.ts'
import { hideOption, tellHidden } from './hidden.ts'
import { whoChoseWhat } from './names.ts'
import { openOptions, postsOfPoll, type WholePoll } from './poll.ts'
import { remind, showAgain, spacesToRemind } from './repost.ts'
import { done, notOpen, showPoll } from './show.ts'
import { POLL } from './target.ts'

/** What a coordinator does with a poll that stands: every action looks the poll, the network and the role up again. */

export function managing(deps: Deps): Handlers<Found<WholePoll>> {
  return onThing(
    'polls',
    POLL,
    'coordinator',
    {
      show: async (ctx, poll) => ({ again: whisper(await showPoll(ctx, poll)) }),
      remind: (ctx, poll, [, yes]) => remindAll(ctx, deps, poll, yes === 'yes'),
      again: async (ctx, poll) =>
        poll.state === 'open' ? done(ctx, poll, 'polls-done-again', { n: await showAgain(ctx, deps, poll) }) : notOpen(ctx),
      names: whoChoseWhat,
      hide: (ctx, poll, [, number, yes]) => hideMenu(ctx, deps, poll, Number(number ?? 0), yes === 'yes'),
      rules: rulesMenu,
      withdraw: (ctx, poll, [, yes]) => (yes === 'yes' ? withdraw(ctx, poll) : { again: update(confirmWithdraw(poll, ctx.speech)) }),
      offer: (ctx, poll, [, spaceId]) => offer(ctx, deps, poll, spaceId),
    },
    { retime: RETIME, reword, close: finishing('close', deps), outcome: finishing('outcome', deps) },
  )
}

function finishing(action: 'close' | 'outcome', deps: Deps): ThingForm<WholePoll> {
  return thingForm({
    sheet: outcomeSheet(action),
    of: poll => poll,
    take: (ctx, poll, { outcome }) => finish(ctx, deps, poll, outcome ?? ''),
  })
}

/** A poll's card, for whoever may know of it. */
export async function seePoll(ctx: Ctx, id: string | undefined): Promise<Outcome> {
  const found = await target(ctx, POLL, id)
  return 'refused' in found ? found.refused : { again: whisper(await showPoll(found.ctx, found.thing)) }
}

/** A reminder for more than one chat is asked back first. */
async function remindAll(ctx: Ctx, deps: Deps, poll: WholePoll, isSure: boolean): Promise<Outcome> {
  if (poll.state !== 'open') return notOpen(ctx)
  const spaces = await spacesToRemind(ctx.tx, poll, ctx.speech.now)
  if (spaces.length === 0) return { again: whisper(await showPoll(ctx, poll, ctx.speech.texts.t('polls-remind-lately'))) }
  if (spaces.length > 1 && !isSure) return { again: update(confirmRemind(poll, spaces.length, ctx.speech)) }
  await remind(ctx.tx, deps, poll, { spaces, about: ctx.inbound.id, usefulUntil: poll.closesAt })
  return done(ctx, poll, 'polls-done-remind', { n: spaces.length })
}

async function hideMenu(ctx: Ctx, deps: Deps, poll: WholePoll, number: number, isSure: boolean): Promise<Outcome> {
  if (poll.state !== 'open') return notOpen(ctx)
  const options = openOptions(poll)
  if (options.length < 3) return unchanged(ctx, 'polls-hide-two')
  const chosen = options.find(option => option.number === number)
  if (chosen && !isSure) return { again: update(confirmHide(poll, chosen, ctx.speech)) }
  if (chosen) {
    await hideOption(ctx.tx, poll, number, ctx.speech.now)
    await tellHidden(ctx, deps, poll, chosen)
    return done(ctx, poll, 'polls-done-hide', { option: chosen.text })
  }
  const rows = options.map((option): Button[] => [
    { label: numbered(option.number, option.text), token: token('polls', 'hide', poll.id, option.number) },
  ])
  return unchanged(ctx, 'polls-hide-question', {}, rows)
}

/** Rules that may still change: figures later, options by residents. What a token asks for is checked as if anybody had written it. */
async function rulesMenu(ctx: Ctx, poll: WholePoll, args: readonly string[]): Promise<Outcome> {
  if (poll.state !== 'open') return notOpen(ctx)
  const { t } = ctx.speech.texts
  const later = poll.results === 'live' ? 'voted' : 'closed'
  const after = newRules(poll, args)
  if (!after) {
    const rows: Button[][] = [
      ...(poll.results === 'closed'
        ? []
        : [[{ label: t(`polls-rule-${later}`), token: token('polls', 'rules', poll.id, 'results', later) }]]),
      [{ label: t(poll.addOptions ? 'polls-set-add-off' : 'polls-set-add-on'), token: token('polls', 'rules', poll.id, 'add') }],
    ]
    return unchanged(ctx, 'polls-rules-question', {}, rows)
  }
  const wrong = mayBecome(poll, after)
  if (wrong) return unchanged(ctx, wrong.key, wrong.args)
  await ctx.tx.poll.update({ where: { id: poll.id }, data: { results: after.results, addOptions: after.addOptions, secret: after.secret } })
  await touch(ctx.tx, postsOfPoll(poll.id))
  return done(ctx, poll, 'polls-done-rules')
}

/** The rules that a button asks for; undefined where it asks for none. */
function newRules(poll: WholePoll, [, name, value]: readonly string[]): Rules | undefined {
  const results = RESULTS.find(one => one === value)
  if (name === 'results' && results) return { ...poll, results }
  if (name === 'add') return { ...poll, addOptions: !poll.addOptions }
  return name === 'named' ? { ...poll, secret: false } : undefined
}

function confirmRemind({ id, question }: WholePoll, n: number, speech: Speech): View {
  const { t } = speech.texts
  return sure(speech, {
    key: 'polls-remind-sure',
    args: { n, question },
    yes: { label: t('polls-do-remind'), token: token('polls', 'remind', id, 'yes') },
    no: { label: t('polls-back'), token: token('polls', 'show', id) },
  })
}

function confirmHide({ id }: WholePoll, { number, text }: WholePoll['options'][number], speech: Speech): View {
  const { t } = speech.texts
  return sure(speech, {
    key: 'polls-hide-sure',
    args: { option: text },
    yes: { label: t('polls-do-hide-it'), token: token('polls', 'hide', id, number, 'yes') },
    no: { label: t('polls-back'), token: token('polls', 'show', id) },
  })
}

function confirmWithdraw({ id, question }: WholePoll, speech: Speech): View {
  const { t } = speech.texts
  const yes = { label: t('polls-do-withdraw'), token: token('polls', 'withdraw', id, 'yes') }
  return sure(speech, {
    key: 'polls-withdraw-sure',
    args: { question },
    yes,
    no: { label: t('polls-back'), token: token('polls', 'show', id) },
  })
}

async function withdraw(ctx: Ctx, poll: WholePoll): Promise<Outcome> {
  const { t, locale } = ctx.speech.texts
  const gone = await withdrawPoll(ctx.tx, poll.id, ctx.speech.now)
  return gone ? update(sentence(locale, t('polls-done-withdraw'))) : notOpen(ctx)
}

/** Posts an open poll in one more space of its network. */
async function offer(ctx: Ctx, deps: Deps, poll: WholePoll, spaceId: string | undefined): Promise<Outcome> {
  const space = spaceId ? await ctx.tx.space.findFirst({ where: { id: spaceId, networkId: poll.networkId, state: 'joined' } }) : null
  const { t, locale } = ctx.speech.texts
  if (!space || poll.state !== 'open') return notOpen(ctx)
  await ctx.tx.pollSpace.createMany({ data: [{ pollId: poll.id, spaceId: space.id }], skipDuplicates: true })
  await post(ctx.tx, postsOf(deps, poll.id, poll.networkId, [space], 1), ctx.speech.now)
  return update(sentence(locale, t('polls-done-offer', { question: poll.question, space: space.title })))
}

/** Closes with its outcome sentence, or gives a closed poll one. */
export async function finish(ctx: Ctx, deps: Deps, poll: WholePoll, outcome: string): Promise<Outcome> {
  const length = tooLong(outcome, LIMITS.outcome)
  if (length !== undefined) return unchanged(ctx, 'polls-wrong-outcome-long', { max: LIMITS.outcome, length })
  const options = poll.options.map(option => option.text)
  if (outcome !== '' && !fitTogether(poll.question, options, outcome)) return unchanged(ctx, 'polls-wrong-together')
  if (poll.state === 'closed') {
    await ctx.tx.poll.update({ where: { id: poll.id }, data: { outcome: outcome || null } })
    await touch(ctx.tx, [...postsOfPoll(poll.id), `polls_outcome_${poll.id}`])
    return done(ctx, poll, 'polls-done-outcome')
  }
  return (await closePoll(ctx.tx, deps, poll.id, outcome || null)) ? done(ctx, poll, 'polls-done-close') : notOpen(ctx)
}
