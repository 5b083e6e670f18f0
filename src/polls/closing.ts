import { LEAST } from '../kit/breakdown/breakdown.ts'

/** Reminders of a poll that closes soon, in chats where few have answered. Pure. */

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** `usual`: a day before, where it is open for more than three days; else off. */
export const CLOSING = ['usual', 'off', 'day', 'hour'] as const
export type Closing = (typeof CLOSING)[number]
/** What a coordinator may choose. */
export const CHOICES = ['off', 'day', 'hour'] as const satisfies readonly Closing[]
export type Choice = (typeof CHOICES)[number]

const USUAL_FROM = 3 * DAY
const MINUTES = { off: null, day: 1_440, hour: 60 } as const satisfies Readonly<Record<Choice, number | null>>

/** With less time than this before the close nobody is reminded any more: it would come with the result. */
const LEAST_LEFT = 30 * MINUTE

interface Times {
  readonly opensAt: Date
  readonly closesAt: Date | null
}

/** What is chosen, or follows from how long it is open. */
export function choiceOf(closing: Closing, { opensAt, closesAt }: Times): Choice {
  if (closing !== 'usual') return closing
  return closesAt && closesAt.getTime() - opensAt.getTime() > USUAL_FROM ? 'day' : 'off'
}

/** How many minutes before the close; null: not at all. */
export function minutesOf(closing: Closing, times: Times): number | null {
  return MINUTES[choiceOf(closing, times)]
}

/** When the reminder is due; null where there is none, or where it would come before the poll has opened. `since`: from when on it may come. */
export function remindsAt(minutes: number | null, closesAt: Date | null, since: Date): Date | null {
  if (minutes === null || closesAt === null) return null
  const at = new Date(closesAt.getTime() - minutes * MINUTE)
  return at > since ? at : null
}

/** Until when a reminder is of use. */
export function remindsUntil(closesAt: Date): Date {
  return new Date(closesAt.getTime() - LEAST_LEFT)
}

interface Chat {
  readonly areaId: string | null
}

/**
 * The chats where few have answered: none, or fewer than half of what the chat in the middle has. A chat has the answers of its area; one for all areas has
 * those that belong to no other chat of the poll. Only full fives count, and none below the number from which the network shows areas at all: whether a chat
 * is reminded never hangs on one single answer that somebody could be known by. `answers`: by area, '' is "not said".
 */
export function fewIn<One extends Chat>(chats: readonly One[], answers: ReadonlyMap<string, number>, under: number): readonly One[] {
  const named = new Set(chats.flatMap(chat => chat.areaId ?? []))
  const others = [...answers].filter(([area]) => !named.has(area)).reduce((sum, [, n]) => sum + n, 0)
  const has = ({ areaId }: One): number => fives(areaId === null ? others : (answers.get(areaId) ?? 0), under)
  const middle = median(chats.map(has))
  return chats.filter(chat => has(chat) === 0 || has(chat) < middle / 2)
}

function fives(n: number, under: number): number {
  return n < under ? 0 : Math.floor(n / LEAST) * LEAST
}

function median(all: readonly number[]): number {
  const sorted = all.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const [low = 0, high = 0] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return (low + high) / 2
}
