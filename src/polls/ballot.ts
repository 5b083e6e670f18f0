import { createBatch, soon } from '../base/batch.ts'
import { reaches, reachOf } from '../community/reach.ts'
import { touch } from '../delivery/outbox.ts'
import type { Ctx } from '../feature/context.ts'
import type { BulkAction, Deps, Press, Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, tell, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { target } from '../kit/target.ts'
import { platformOf } from '../platform/adapter.ts'
import { whisperTo } from '../platform/whisper.ts'
import { inTransaction, sqlOf } from '../store/sql.ts'
import { isUnavailable } from '../store/unavailable.ts'
import type { TextKey } from '../texts/keys.ts'
import { sentence } from '../view/make.ts'
import { alike, sanitizeLine, tooLong } from '../view/sanitize.ts'
import type { Form } from '../view/view.ts'
import { type Cast, castAll, secretName } from './cast.ts'
import { counted, fitTogether, LIMITS, type Wish } from './domain.ts'
import { tallyNow } from './draw.ts'
import { show } from './gate.ts'
import { postsOfPoll, type WholePoll } from './poll.ts'
import { noteSeen } from './seen.ts'
import { HELD, POLL } from './target.ts'
import { type MyBallot, myVoteView, receiptView } from './view-mine.ts'
import type { Vote } from './voters.ts'

/** How long after a vote its tally is looked at. */
const POKE_MS = 200

/** Votes by button, committed in groups: the promise resolves after the commit. */
export function bulkVotes(deps: Deps): BulkAction['run'] {
  const gather = createBatch<Vote, Cast>(
    votes => inTransaction(deps.pool, sql => castAll(sql, votes, deps.ids, deps.clock.now())),
    isUnavailable,
  )
  // Platforms take an edit every few seconds: looking for what is to be edited after each group would only take time from the votes.
  const poke = soon(() => deps.poke(), POKE_MS)
  return async ([pollId = '', number = ''], inbound) => {
    const { id, place, person } = inbound
    const cast = await gather({ id, pollId, wish: { choose: Number(number) }, place, person, lately: deps.acts.lately(person.ref) })
    poke()
    const poll = cast.poll
    const texts = deps.texts.in(inbound.person.locale ?? poll?.locale)
    const speech = { texts, locale: texts.locale, zone: 'zone' in cast ? cast.zone : (poll?.zone ?? 'UTC'), now: deps.clock.now() }
    const can = deps.platform(platformOf(inbound.person.ref))?.can
    const buttons = inbound.place === 'private' || (can && whisperTo(can, inbound)?.buttons)
    return tell('whisper', receiptView(cast, speech, buttons ?? false), !('refused' in cast))
  }
}

/** Buttons that change one's own ballot. */
export async function ballotPress(ctx: Ctx, deps: Deps, { action, args: [pollId, option] }: Press): Promise<Outcome> {
  if (action === 'backall') return change(ctx, deps, pollId, 'drop all')
  return change(ctx, deps, pollId, action === 'pick' ? { choose: Number(option) } : { drop: Number(option) })
}

/** `My vote`. */
export async function openMine(ctx: Ctx, deps: Deps, pollId: string | undefined): Promise<Outcome> {
  const found = await target(ctx, POLL, pollId)
  if ('refused' in found) return found.refused
  const { thing: poll, ctx: there } = found
  // A group that cannot carry a private card with buttons: the private chat opens and shows it there.
  if (ctx.inbound.place !== 'private' && !ctx.chat.whisper?.buttons) {
    const { t, locale } = ctx.speech.texts
    const view = sentence(locale, t('polls-mine-in-private'))
    return { again: [{ kind: 'go private', payload: token('polls', 'mine', poll.id), view, label: t('app-open-private') }] }
  }
  noteSeen(there, deps, poll.id)
  return { again: tell('whisper', await mineView(there, poll)) }
}

async function mineView(ctx: Ctx, poll: WholePoll, note?: string): Promise<ReturnType<typeof myVoteView>> {
  const ballot = await myBallot(ctx, poll)
  const hidden = new Set(poll.options.filter(option => option.hiddenAt).map(option => option.number))
  const voted = counted(ballot?.options ?? [], poll, hidden).length > 0
  const tally = await tallyNow(ctx.tx, poll)
  const mine = { ballot, isOpen: await mayAnswer(ctx, poll, ballot) }
  return myVoteView(poll, mine, show(tally, poll, { voted }), ctx.speech, note)
}

/** Whether this person's answer would be taken where they are. */
async function mayAnswer(ctx: Ctx, poll: WholePoll, ballot: MyBallot | undefined): Promise<boolean> {
  if (ctx.inbound.place !== 'private' || ballot) return true
  const reach = await reachOf(ctx)
  return poll.spaces.some(({ space }) => reaches(reach, space))
}

/** What this person has chosen; of a secret poll only while it is open. */
export async function myBallot(ctx: Ctx, poll: WholePoll): Promise<MyBallot | undefined> {
  if (!ctx.person) return undefined
  const key = poll.secret ? await ctx.tx.pollKey.findUnique({ where: { pollId: poll.id } }) : null
  if (poll.secret && !key) return undefined
  const voter = key ? secretName(ctx.person.id, { id: poll.id, key: key.key }) : ctx.person.id
  const row = await ctx.tx.ballot.findUnique({ where: { pollId_voter: { pollId: poll.id, voter } } })
  return row
    ? { options: row.options, receipt: row.receipt, area: poll.network.areas.find(area => area.id === row.areaId)?.name }
    : undefined
}

async function change(ctx: Ctx, deps: Deps, pollId: string | undefined, wish: Wish): Promise<Outcome> {
  const cast = await castOne(ctx, deps, pollId ?? '', wish)
  if ('refused' in cast) return { again: tell('whisper', receiptView(cast, ctx.speech, false)) }
  const found = await target(ctx, POLL, pollId)
  if ('refused' in found) return found.refused
  const { thing: poll, ctx: there } = found
  noteSeen(there, deps, poll.id)
  const note = ctx.speech.texts.t(noteOf(cast.decided.what), { max: poll.max })
  return { again: tell('update', await mineView(there, poll, note)) }
}

function noteOf(what: string): TextKey {
  if (what === 'full') return 'polls-note-full'
  return what === 'dropped' ? 'polls-taken-back' : 'polls-note-saved'
}

/** A vote that comes with other work, in its transaction. Its guard has a name of its own. */
async function castOne(ctx: Ctx, deps: Deps, pollId: string, wish: Wish, name = 'vote'): Promise<Cast> {
  const { id, place, person } = ctx.inbound
  const [cast] = await castAll(
    sqlOf(ctx.tx),
    [{ id: `${id}/${name}`, pollId, wish, place, person, lately: ctx.lately }],
    deps.ids,
    ctx.speech.now,
  )
  if (!cast) throw new Error('A vote came back without a result.')
  return cast
}

/** Several options at once; what came of the last one, with the whole ballot. */
export async function castChoices(ctx: Ctx, deps: Deps, pollId: string, numbers: readonly number[]): Promise<Cast> {
  let cast: Cast = { refused: 'polls-refused-option' }
  for (const number of numbers) {
    cast = await castOne(ctx, deps, pollId, { choose: number }, `vote ${number}`)
    if ('refused' in cast) return cast
  }
  return cast
}

export async function openAdd(ctx: Ctx, pollId: string | undefined): Promise<Outcome> {
  const poll = await mayAdd(ctx, pollId)
  return 'refused' in poll ? poll.refused : { again: ask(addForm(ctx, poll)) }
}

async function mayAdd(ctx: Ctx, pollId: string | undefined, kind = POLL): Promise<WholePoll | { readonly refused: Outcome }> {
  const found = await target(ctx, kind, pollId)
  if ('refused' in found) return found
  const { thing: poll, ctx: there } = found
  const wrong = addRefusal(there, poll)
  return wrong === undefined ? poll : { refused: { again: whisper(sentence(ctx.speech.locale, ctx.speech.texts.t(wrong))) } }
}

function addRefusal(ctx: Ctx, poll: WholePoll): TextKey | undefined {
  if (ctx.space && !poll.spaces.some(one => one.spaceId === ctx.space?.id)) return 'polls-refused-not-here'
  if (poll.state !== 'open' || !poll.addOptions) return 'polls-add-not-allowed'
  if (poll.voters === 'steering' && ctx.roles.size === 0) return 'polls-refused-steering'
  return poll.options.length >= LIMITS.options ? 'polls-add-full' : undefined
}

function addForm(ctx: Ctx, poll: WholePoll, value = ''): Form {
  const { t, locale } = ctx.speech.texts
  const intro = poll.question
  return {
    token: token('polls', 'add', poll.id),
    title: t('polls-add-title'),
    intro,
    submit: t('polls-add-submit'),
    lang: locale,
    fields: [
      { name: 'option', label: t('polls-add-label'), hint: t('polls-add-hint'), kind: 'line', required: true, max: LIMITS.option, value },
    ],
  }
}

/** An option that somebody adds while the poll is open. Of two who add at once the second one sees the first one's. */
export async function submitAdd(ctx: Ctx, submit: Submit): Promise<Outcome> {
  const poll = await mayAdd(ctx, submit.args[0], HELD)
  const { t, locale } = ctx.speech.texts
  if ('refused' in poll) return poll.refused
  const text = sanitizeLine(submit.values['option'] ?? '')
  const same = poll.options.some(option => alike(option.text, text))
  const long = tooLong(text, LIMITS.option) === undefined ? undefined : 'polls-add-long'
  const all = [...poll.options.map(option => option.text), text]
  const wrong =
    text === ''
      ? 'polls-add-empty'
      : (long ?? (same ? 'polls-add-same' : fitTogether(poll.question, all) ? undefined : 'polls-add-no-room'))
  if (wrong) return { again: [{ kind: 'wrong', form: addForm(ctx, poll, text), fields: { option: t(wrong, { max: LIMITS.option }) } }] }
  const number = Math.max(...poll.options.map(option => option.number)) + 1
  await ctx.tx.option.create({ data: { pollId: poll.id, number, text, addedBy: ctx.person?.id ?? null } })
  await touch(ctx.tx, postsOfPoll(poll.id))
  return whisper(sentence(locale, t('polls-add-done', { option: text })))
}
