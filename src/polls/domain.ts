import type { Refusal } from '../kit/refusal.ts'
import { sameKey, sanitizeLine, shorten, tooLong } from '../view/sanitize.ts'

/** The rules of polls, pure: no store, no clock, no platform. */

export const RESULTS = ['live', 'voted', 'closed'] as const
export type Results = (typeof RESULTS)[number]

/** What may be set up for a poll. */
export interface Rules {
  /** How many options one ballot must and may hold. */
  readonly min: number
  readonly max: number
  readonly secret: boolean
  /** When figures may be seen: at once, by who has voted, or after the close. */
  readonly results: Results
  readonly addOptions: boolean
  readonly voters: 'everyone' | 'steering'
}

export const LIMITS = { question: 300, option: 80, options: 20, outcome: 400 } as const

interface Known {
  readonly state: string
  readonly voters: Rules['voters']
  readonly spaces: readonly { readonly id: string }[]
}

/** Somebody with regard to a poll. `isIn`: the id of the space where they are. */
interface Knowing {
  readonly isOfficer: boolean
  readonly isIn: string | undefined
  readonly isPrivate: boolean
  readonly hasAnswered: boolean
  /** One of its chats reaches them where they are alone with the bot (`reaches`). */
  readonly isReached: boolean
}

/**
 * Whether somebody may know of a poll: whoever has a role in its network; others once it is open, in the chats where it stands, and in private what is for
 * everyone, if one of its chats reaches them or they have answered it.
 */
export function mayKnow(poll: Known, who: Knowing): boolean {
  if (who.isOfficer) return true
  if (poll.state === 'scheduled') return false
  if (!who.isPrivate) return poll.spaces.some(space => space.id === who.isIn)
  return poll.voters === 'everyone' && (who.hasAnswered || who.isReached)
}

/** What one press (or reply) wants: choose an option, take one back, or take all back. */
export type Wish = { readonly choose: number } | { readonly drop: number } | 'drop all'

/** What came of it. `options` is the whole ballot afterwards, in the order of the options. */
export interface Decided {
  readonly options: readonly number[]
  readonly what: 'counted' | 'changed' | 'added' | 'same' | 'dropped' | 'full' | 'nothing to drop'
}

/** Decides a wish on a ballot. A press sets and never toggles; with one answer a new choice takes the old one's place. */
export function decide(ballot: readonly number[], wish: Wish, rules: Pick<Rules, 'max'>): Decided {
  if (wish === 'drop all') return { options: [], what: ballot.length > 0 ? 'dropped' : 'nothing to drop' }
  if ('drop' in wish) {
    const options = ballot.filter(option => option !== wish.drop)
    return { options, what: options.length < ballot.length ? 'dropped' : 'nothing to drop' }
  }
  if (ballot.includes(wish.choose)) return { options: ballot, what: 'same' }
  if (rules.max === 1) return { options: [wish.choose], what: ballot.length > 0 ? 'changed' : 'counted' }
  if (ballot.length >= rules.max) return { options: ballot, what: 'full' }
  return { options: [...ballot, wish.choose].sort((a, b) => a - b), what: ballot.length > 0 ? 'added' : 'counted' }
}

/** What a ballot puts into the tally: nothing until it holds as many options as it must. Hidden options do not count. */
export function counted(options: readonly number[], rules: Pick<Rules, 'min'>, hidden: ReadonlySet<number>): readonly number[] {
  const valid = options.filter(option => !hidden.has(option))
  return valid.length >= Math.max(rules.min, 1) ? valid : []
}

/** Option 0 counts ballots. */
export const BALLOTS = 0

/** Adds to `into` what a ballot's change does to the counts of its area: key is the option, value is the difference. */
export function difference(before: readonly number[], after: readonly number[], into: Map<number, number>): void {
  const add = (option: number, by: number) => into.set(option, (into.get(option) ?? 0) + by)
  if (before.length > 0) add(BALLOTS, -1)
  if (after.length > 0) add(BALLOTS, 1)
  for (const option of before) add(option, -1)
  for (const option of after) add(option, 1)
}

/** The words of a new poll; a refusal for what no platform could show. */
export function checkWords(question: string, options: readonly string[]): Refusal | undefined {
  if (question.length === 0) return { key: 'polls-wrong-no-question' }
  const length = tooLong(question, LIMITS.question)
  if (length !== undefined) return { key: 'polls-wrong-question-long', args: { max: LIMITS.question, length } }
  if (options.length < 2) return { key: 'polls-wrong-two-options' }
  if (options.length > LIMITS.options) return { key: 'polls-wrong-many-options', args: { max: LIMITS.options, count: options.length } }
  const long = options.find(option => tooLong(option, LIMITS.option) !== undefined)
  if (long) return { key: 'polls-wrong-option-long', args: { max: LIMITS.option, option: shorten(long, 31) } }
  const seen = new Set<string>()
  for (const option of options) {
    if (seen.has(sameKey(option))) return { key: 'polls-wrong-same-option', args: { option } }
    seen.add(sameKey(option))
  }
  return fitTogether(question, options) ? undefined : { key: 'polls-wrong-together' }
}

/** Whether one post holds all of it, on every platform. What takes no more units than it may have characters always does. */
export function fitTogether(question: string, options: readonly string[], outcome = ''): boolean {
  const most = LIMITS.question + LIMITS.options * LIMITS.option + (outcome === '' ? 0 : LIMITS.outcome)
  return [question, ...options, outcome].reduce((units, words) => units + words.length, 0) <= most
}

/** A poll in somebody's words: the first line asks, every other one is an option, its bullet or number taken off. Never longer than a form takes. */
export function readPollText(text: string): { readonly question: string; readonly options: readonly string[] } {
  const [question = '', ...options] = text.trim().split(/[|\n]/u).map(sanitizeLine)
  const plain = options
    .filter(Boolean)
    .slice(0, LIMITS.options)
    .map(option => shorten(option.replace(/^(?:[-*•–]|\d{1,2}[.)])\s+/u, ''), LIMITS.option))
  return { question: shorten(question, LIMITS.question), options: plain }
}

/** Which option words mean: its number, or its words; undefined when they mean none, or more than one. */
export function readOption(words: string, options: readonly { readonly number: number; readonly text: string }[]): number | undefined {
  const said = sameKey(words)
  const byNumber = /^\d{1,2}$/.test(said) ? options.find(option => option.number === Number(said)) : undefined
  if (byNumber) return byNumber.number
  const exact = options.filter(option => sameKey(option.text) === said)
  return exact.length === 1 ? exact[0]?.number : undefined
}

/**
 * Which options words mean: one, or, where a ballot may hold several, "1, 3" and "1 and 3". Undefined where some part means none, or they are more than a
 * ballot may hold.
 */
export function readOptions(words: string, options: Parameters<typeof readOption>[1], max: number): readonly number[] | undefined {
  const whole = readOption(words, options)
  if (whole !== undefined) return [whole]
  const parts = words.split(/[,;&+/]|\band\b/iu).map(part => part.trim())
  const numbers = parts.filter(part => part !== '').map(part => readOption(part, options))
  const known = [...new Set(numbers.filter(number => number !== undefined))]
  return known.length > 0 && known.length === numbers.length && known.length <= max && max > 1 ? known : undefined
}

/** Whether a change of rules after posting is allowed: secret never becomes named, figures are never shown earlier than was promised. */
export function mayBecome(before: Rules, after: Rules): Refusal | undefined {
  if (before.secret && !after.secret) return { key: 'polls-wrong-secret-stays' }
  if (RESULTS.indexOf(after.results) < RESULTS.indexOf(before.results)) return { key: 'polls-wrong-results-stay' }
  return undefined
}
