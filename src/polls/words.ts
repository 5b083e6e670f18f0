import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import type { Claim, Said } from '../feature/parts.ts'
import { tell, whisper } from '../feature/replies.ts'
import { readToken, token } from '../feature/token.ts'
import { target } from '../kit/target.ts'
import { listed } from '../view/direction.ts'
import { sentence } from '../view/make.ts'
import { sanitizeLine, shorten } from '../view/sanitize.ts'
import type { Button } from '../view/view.ts'
import { castChoices, myBallot } from './ballot.ts'
import { readOptions } from './domain.ts'
import { openForMe } from './personal-data.ts'
import { openOptions, type WholePoll } from './poll.ts'
import { lastSeen, noteSeen } from './seen.ts'
import { POLL } from './target.ts'
import { receiptView } from './view-mine.ts'

/** Answers in words. In a group only what reads as an option is one; everything else there is conversation, and is left alone. */

/** Polls that may be meant by a bare number, offered at once. */
const MOST = 10

/** A reply to a poll's post or card; in private, what may be meant for the card that was seen last, or else for any open poll. */
export async function claimWords(ctx: Ctx, deps: Deps, said: Said): Promise<Claim | undefined> {
  const replied = repliedTo(said)
  if (replied) return { strength: 'replied', hear: () => voteByWords(ctx, deps, said.text, replied, true) }
  if (ctx.inbound.place !== 'private' || !ctx.person) return undefined
  const last = lastSeen(deps, ctx.person.id)
  if (last) return { strength: 'own', hear: () => voteByWords(ctx, deps, said.text, last, false) }
  return { strength: 'guess', hear: () => askWhich(ctx, said.text) }
}

const POSTS: readonly string[] = ['post', 'remind', 'old']
const CARDS: readonly string[] = ['v', 'pick', 'back', 'mine']

/** The poll of the post, or of the card, that the words reply to. */
function repliedTo({ subject, tokens = [] }: Said): string | undefined {
  const [feature, kind = '', id] = subject?.split('_') ?? []
  if (feature === 'polls' && POSTS.includes(kind)) return id
  const found = tokens.map(readToken).find(one => one?.feature === 'polls' && CARDS.includes(one.action))
  return found?.args[0]
}

/** `isMeant`: the words reply to this poll. */
async function voteByWords(ctx: Ctx, deps: Deps, text: string, pollId: string, isMeant: boolean): Promise<Outcome | undefined> {
  const found = await target(ctx, POLL, pollId)
  if ('refused' in found) return undefined
  const { thing: poll, ctx: there } = found
  const isPrivate = ctx.inbound.place === 'private' || ctx.inbound.isUnseen === true
  const numbers = readOptions(sanitizeLine(text), openOptions(poll), poll.max)
  if (numbers === undefined) return isPrivate && isMeant ? notUnderstood(ctx, poll) : undefined
  if (poll.secret && !isPrivate) return secretReply(ctx, poll)
  const held = (await myBallot(there, poll))?.options ?? []
  const isNew = numbers.some(number => !held.includes(number))
  if (held.length > 0 && isNew) return askToChange(ctx, poll, held, numbers)
  const cast = await castChoices(ctx, deps, poll.id, numbers)
  noteSeen(there, deps, poll.id)
  return {
    again: tell('whisper', receiptView(cast, there.speech, (ctx.chat.whisper?.buttons ?? false) || ctx.inbound.place === 'private')),
  }
}

function notUnderstood(ctx: Ctx, poll: WholePoll): Outcome {
  const { t, locale } = ctx.speech.texts
  return { again: whisper(sentence(locale, t('polls-which-option', { n: poll.options.length, question: shorten(poll.question, 80) }))) }
}

/** A choice said aloud in a secret poll: not counted, removed where the bot may, and the person is told how. */
async function secretReply(ctx: Ctx, poll: WholePoll): Promise<Outcome> {
  const { event } = ctx.inbound
  const { t, locale } = ctx.speech.texts
  const removed = event.kind === 'text' && event.message ? await ctx.chat.remove(event.message) : false
  const view = sentence(locale, t(removed ? 'polls-refused-secret-reply-gone' : 'polls-refused-secret-reply'), [
    [{ label: t('polls-my-vote'), token: token('polls', 'mine', poll.id) }],
  ])
  return { again: whisper(view) }
}

/** Bare words never change what somebody has answered: they are shown what would change, with a button for it; of a secret poll, where it stands. */
function askToChange(ctx: Ctx, poll: WholePoll, held: readonly number[], numbers: readonly number[]): Outcome {
  const { t, locale } = ctx.speech.texts
  const own = [mine(poll, t('polls-my-vote'))]
  if (poll.secret) return { again: whisper(sentence(locale, t('polls-words-open'), [own])) }
  const named = (all: readonly number[]) => poll.options.filter(option => all.includes(option.number))
  const rows = named(numbers.filter(number => !held.includes(number))).map((option): Button[] => [
    { label: t('polls-words-choose', { option: option.text }), token: token('polls', 'pick', poll.id, option.number) },
  ])
  const chosen = named(held).map(option => option.text)
  const words = t('polls-words-change', { chosen: listed(chosen), question: shorten(poll.question, 80) })
  return { again: whisper(sentence(locale, words, [...rows, own])) }
}

const mine = (poll: WholePoll, label: string): Button => ({ label, token: token('polls', 'mine', poll.id) })

/** Words that are an option of some open poll, without a card that they could be for. What is asked is kept for a while: it does not repeat the words. */
async function askWhich(ctx: Ctx, text: string): Promise<Outcome | undefined> {
  const { t, locale } = ctx.speech.texts
  const words = sanitizeLine(text)
  const polls = (await openForMe(ctx)).map(one => one.poll).filter(poll => readOptions(words, openOptions(poll), poll.max) !== undefined)
  if (polls.length === 0) return undefined
  const rows = polls.slice(0, MOST).map((poll): Button[] => [mine(poll, shorten(poll.question, 60))])
  return { again: whisper(sentence(locale, t('polls-words-which', { n: polls.length }), rows)) }
}
