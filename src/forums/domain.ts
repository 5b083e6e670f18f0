import { keptMs } from '../base/kept.ts'
import type { Refusal } from '../kit/refusal.ts'
import { lengthIn } from '../schedule/words/length.ts'
import { sameKey, sanitize, sanitizeLine, shorten } from '../view/sanitize.ts'

/** The rules of forums, pure: no store, no clock, no platform. */

/** The most characters (UTF-16 units) and pieces. The whole post is one message on every platform. */
export const LIMITS = {
  ...{ theme: 120, about: 800, agenda: 10, item: 120, address: 200, directions: 300, link: 400, host: 80, contact: 120 },
  ...{ capacity: 10_000, party: 10, option: 80, needs: 500, why: 300, notes: 1_500, outcomes: 10, outcome: 200 },
} as const

export const STEP_FREE = ['unsaid', 'yes', 'no'] as const
export const SUPPORT = ['interpreter', 'childcare', 'travel'] as const
/** Minutes before the start at which a reminder can go out. */
export const REMIND = [10_080, 1_440, 60] as const
/** How long a forum may last, in minutes. */
export const LENGTH = { least: 15, most: 1_440, usual: 120 } as const

/** Weeks between the meetings of a cycle. */
export const WEEKS = { least: 1, most: 26, usual: 4 } as const

export const ANSWERS = ['coming', 'maybe', 'cant', 'waiting', 'offered'] as const
export type Answer = (typeof ANSWERS)[number]

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What somebody has said, as far as places go. `place`: on the waiting list. */
export interface Said {
  readonly answer: Answer
  readonly party: number
  readonly place: number | null
}

/** The places of a forum. `taken`: by those who come and those to whom one is offered. */
export interface Room {
  readonly capacity: number | null
  readonly taken: number
  /** Answers on the waiting list. */
  readonly waiting: number
  /** The number of the last one who came to the list. */
  readonly lastPlace: number
}

/** How many places are free: all the world where no capacity is set, and never less than none. */
export function free({ capacity, taken }: Room): number {
  return capacity === null ? Number.POSITIVE_INFINITY : Math.max(0, capacity - taken)
}

/** How many more come, or are offered a place, than there are places. */
export function overBy({ capacity, taken }: Pick<Room, 'capacity' | 'taken'>): number {
  return capacity === null ? 0 : Math.max(0, taken - capacity)
}

/** How many places an answer takes. */
export function seats(said: Said | undefined): number {
  return said?.answer === 'coming' || said?.answer === 'offered' ? said.party : 0
}

/** What becomes of an answer. Whoever comes to a full forum, or to one that others wait for, goes to the end of the waiting list. */
export function decide(now: Said | undefined, wish: 'coming' | 'maybe' | 'cant', room: Room): Said {
  if (wish !== 'coming') return { answer: wish, party: now?.party ?? 1, place: null }
  if (now?.answer === 'coming' || now?.answer === 'waiting') return now
  if (now?.answer === 'offered') return { answer: 'coming', party: now.party, place: null }
  // Who alone would never fit would keep all others waiting for good.
  const party = Math.min(now?.party ?? 1, room.capacity ?? LIMITS.party)
  const fits = room.waiting === 0 && party <= free(room)
  return fits ? { answer: 'coming', party, place: null } : { answer: 'waiting', party, place: room.lastPlace + 1 }
}

/** How many somebody brings, themselves among them. More than there is room for is refused, and what they had stays. */
export function bring(now: Said, party: number, room: Room): Said | Refusal {
  if (!Number.isInteger(party) || party < 1 || party > LIMITS.party) return { key: 'forums-wrong-party', args: { most: LIMITS.party } }
  const more = party - now.party
  const isSeated = seats(now) > 0
  const left = isSeated && room.waiting > 0 ? 0 : free(room)
  if (isSeated && more > left) return { key: 'forums-wrong-full', args: { left } }
  // Who alone would never fit would keep all others waiting for good.
  if (room.capacity !== null && party > room.capacity) return { key: 'forums-wrong-full', args: { left: room.capacity } }
  return { ...now, party }
}

/** Who waits with others that do not fit may come without them: at once where they are the first to wait and a place is free. */
export function comeAlone(now: Said, isFirst: boolean, room: Room): Said {
  if (now.answer !== 'waiting') return now
  return isFirst && free(room) > 0 ? { answer: 'coming', party: 1, place: null } : { ...now, party: 1 }
}

/** Who is offered a place: from the head of the list, in its order, as long as they fit; nobody is passed over. */
export function promoted<T extends { readonly party: number }>(list: readonly T[], room: Room): readonly T[] {
  let left = free(room)
  const out: T[] = []
  for (const one of list) {
    if (one.party > left) break
    left -= one.party
    out.push(one)
  }
  return out
}

/** Until when a place is held: a day, but near the start a quarter of the time that is left, and never beyond the start. */
export function offerUntil(now: Date, startsAt: Date): Date {
  const left = startsAt.getTime() - now.getTime()
  return new Date(now.getTime() + Math.max(0, Math.min(DAY, Math.max(left / 4, Math.min(left, 20 * MINUTE)))))
}

/** When something is. */
export interface Course {
  readonly state: string
  readonly startsAt: Date
  readonly minutes: number
  readonly postsAt: Date
}

export function endsAt({ startsAt, minutes }: Pick<Course, 'startsAt' | 'minutes'>): Date {
  return new Date(startsAt.getTime() + minutes * MINUTE)
}

/** `planned`: not announced yet; `ahead`; `on`: it has begun; `over`; `cancelled`. */
export function stageOf(one: Course, now: Date): 'planned' | 'ahead' | 'on' | 'over' | 'cancelled' {
  if (one.state === 'cancelled') return 'cancelled'
  if (now >= endsAt(one)) return 'over'
  if (now >= one.startsAt) return 'on'
  return now < one.postsAt ? 'planned' : 'ahead'
}

/** Whether it has been announced: one that was cancelled before that never is. */
export function isOut(one: Pick<Course, 'postsAt'> & { readonly cancelledAt: Date | null }, now: Date): boolean {
  return one.postsAt <= now && (one.cancelledAt === null || one.cancelledAt >= one.postsAt)
}

/** Whether people can check in: from an hour before until two hours after. */
export function mayCheckIn(one: Course, now: Date): boolean {
  return one.state === 'standing' && now.getTime() >= one.startsAt.getTime() - HOUR && now.getTime() < endsAt(one).getTime() + 2 * HOUR
}

/** Looked after by the clock. */
export interface Watch extends Course {
  readonly remind: readonly number[]
  readonly reminded: readonly number[]
  readonly settledAt: Date | null
  readonly overAt: Date | null
  readonly needsGoneAt: Date | null
}

/** How long after the start what was missed is looked after: what is under way then has ended. */
const SETTLED_MS = MINUTE
const NEEDS_MS = keptMs('needs')

/** When access needs are deleted. */
export function needsGo(one: Pick<Course, 'startsAt' | 'minutes'>): Date {
  return new Date(endsAt(one).getTime() + NEEDS_MS)
}

export function settlesAt({ startsAt }: Pick<Course, 'startsAt'>): Date {
  return new Date(startsAt.getTime() + SETTLED_MS)
}

/** The distances whose time has come and that nobody has looked after yet. */
export function dueReminders({ remind, reminded, startsAt }: Watch, now: Date): readonly number[] {
  return remind.filter(minutes => !reminded.includes(minutes) && startsAt.getTime() - minutes * MINUTE <= now.getTime())
}

/** When to look after it next; null: never again. `offers`: until when places are held. */
export function nextLook(one: Watch, offers: readonly Date[]): Date | null {
  const standing = one.state === 'standing'
  const times = [
    ...(standing && one.settledAt === null ? [settlesAt(one), ...offers] : []),
    ...(standing ? one.remind.filter(m => !one.reminded.includes(m)).map(m => new Date(one.startsAt.getTime() - m * MINUTE)) : []),
    ...(standing && one.overAt === null ? [endsAt(one)] : []),
    ...(one.needsGoneAt === null ? [needsGo(one)] : []),
  ]
  return times.reduce<Date | null>((least, time) => (least === null || time < least ? time : least), null)
}

/** One item a line, without dashes and numbers in front; empty lines left out. */
export function readItems(text: string): readonly string[] {
  return sanitize(text)
    .split('\n')
    .map(line => sanitizeLine(line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/u, '')))
    .filter(line => line !== '')
}

/** "2 hours", "90 minutes", "1h30", "2:30", "6pm-8pm" or a bare number of minutes; undefined for anything else, and for what is too long or too short. */
export function readLength(text: string): number | undefined {
  const minutes = lengthIn(text) ?? 0
  return minutes >= LENGTH.least && minutes <= LENGTH.most ? minutes : undefined
}

/** A forum in one short line. */
export function nameOf(theme: string): string {
  return shorten(sanitizeLine(theme), 60)
}

/** Whether what people said is the code, whatever its dashes and case. */
export function isCode(said: string, code: string): boolean {
  const bare = (text: string) => sameKey(text).replaceAll(/[^0-9a-z]/g, '')
  return bare(said) !== '' && bare(said) === bare(code)
}

interface Described extends Readonly<Record<'theme' | 'about' | 'address' | 'directions' | 'host' | 'contact', string>> {
  readonly agenda: readonly string[]
  readonly link: string | null
}

/** Whether one post holds all of it, on every platform. What takes no more units than it may have characters always does. */
export function fitTogether(one: Described): boolean {
  const { theme, about, agenda, item, address, directions, link, host, contact } = LIMITS
  const all = [one.theme, one.about, ...one.agenda, one.address, one.directions, one.link ?? '', one.host, one.contact]
  return unitsIn(all) <= theme + about + agenda * item + address + directions + link + host + contact
}

/** The same of what is posted afterwards. */
export function fitInSummary({ notes, outcomes }: { readonly notes: string; readonly outcomes: readonly string[] }): boolean {
  return unitsIn([notes, ...outcomes]) <= LIMITS.notes + LIMITS.outcomes * LIMITS.outcome
}

const unitsIn = (all: readonly string[]): number => all.reduce((sum, words) => sum + words.length, 0)
