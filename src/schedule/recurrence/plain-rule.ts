import { DateTime } from 'luxon'
import type { TextKey } from '../../texts/keys.ts'
import { type Moment, readTime } from '../plain-time.ts'
import { localNumber, localText, onTheWall, wallOf } from '../wall-clock.ts'
import { signsOf, takeTime } from './phrase-words.ts'
import { canBe, everyOf } from './phrases.ts'
import { type End, type Every, isOfTheWall, type Repeats, type Rule, WEEKDAYS, writeRule } from './rule.ts'

/** Reads "every second Tuesday at 18:30 until 31 March" and its like. */

/** A rule read from plain words, or why not, as a key of a text with its figures. */
export type PlainRule = { readonly repeats: Repeats } | { readonly key: TextKey; readonly args?: Readonly<Record<string, string | number>> }

/** The hour that words without one mean, as for a single time. */
const EVENING = 18 * 60
/** A chat that hears from us more often than that turns us off. */
const LEAST_MINUTES = 15
/** The most of each unit between two dates. */
const MOST = { minute: 1_440, hour: 168, day: 366, week: 53, month: 24, year: 5 } as const
const MOST_TIMES = 1_000
const YEARS = 5
const MINUTE_MS = 60_000

const REPEATS =
  /\b(every|each|hourly|daily|weekly|fortnightly|monthly|quarterly|yearly|annually|alternate|weekdays|weekends|(mon|tues|wednes|thurs|fri|satur|sun)days)\b|\bof (the|a) (month|quarter|year)\b|\b\w+ times?\b/i

/** Whether words are about something that repeats, not about one time. */
export function isRepeating(words: string): boolean {
  return REPEATS.test(words)
}

export async function readRepeats(words: string, moment: Moment): Promise<PlainRule> {
  const parts = partsOf(words)
  if ('key' in parts) return parts
  const from = await dayOf(parts.from, moment)
  if (parts.from !== undefined && !from) return { key: 'repeat-from-unknown' }
  const today = localText(wallOf(moment.now, moment.zone)).slice(0, 10)
  const begin = from && from > today ? from : today
  const every = everyIn(parts.phrase, begin)
  if ('key' in every) return every
  const end = await endOf(parts, begin, moment)
  if (end && 'key' in end) return end
  return anchored({ every, ...(end ? { end } : {}) }, { begin, minutes: parts.minutes, moment })
}

interface Parts {
  readonly phrase: string
  /** Of the day; undefined where no time was said. */
  readonly minutes: number | undefined
  readonly from: string | undefined
  readonly until: string | undefined
  readonly times: string | undefined
}

const KEYWORD = /\b(until|till|up to|through|starting from|starting on|starting|beginning on|beginning|from)\b/i

function partsOf(words: string): Parts | { key: TextKey } {
  const times = /,?\s*\b(?:for\s+)?(\w+) times?\b/i.exec(words)
  const [head = '', ...clauses] = words.replace(times?.[0] ?? '', ' ').split(KEYWORD)
  const said = new Map<string, string>()
  for (let i = 0; i + 1 < clauses.length; i += 2) {
    const name = /^(until|till|up to|through)$/i.test(clauses[i] ?? '') ? 'until' : 'from'
    if (said.has(name)) return { key: 'repeat-unknown' }
    said.set(name, (clauses[i + 1] ?? '').replaceAll(/^[\s,]+|[\s,.]+$/g, ''))
  }
  // The time may stand last, as in "every Monday until March at 9".
  const [own, from, until] = [takeTime(head), takeTime(said.get('from') ?? ''), takeTime(said.get('until') ?? '')]
  const read = [own, from, until].filter(one => one.time)
  if (own.wrong || from.wrong || until.wrong || read.length > 1) return { key: 'repeat-unknown' }
  return {
    phrase: own.rest,
    minutes: read[0]?.time?.minutes,
    from: said.has('from') ? from.rest.trim() : undefined,
    until: said.has('until') ? until.rest.trim() : undefined,
    times: times?.[1]?.toLowerCase(),
  }
}

function everyIn(phrase: string, begin: string): Every | { key: TextKey; args?: Record<string, number> } {
  const day = DateTime.fromISO(begin, { zone: 'utc' })
  const signs = signsOf(phrase)
  const every = signs && everyOf(signs, { weekday: WEEKDAYS[day.weekday - 1] ?? 'MO', day: day.day, month: day.month })
  if (!every || every.step === 0) return { key: 'repeat-unknown' }
  if (every.unit === 'minute' && every.step < LEAST_MINUTES) return { key: 'repeat-too-often', args: { n: LEAST_MINUTES } }
  if (every.step > MOST[every.unit]) return { key: 'repeat-too-seldom' }
  return canBe(every) ? every : { key: 'repeat-never' }
}

async function endOf({ until, times }: Parts, begin: string, moment: Moment): Promise<End | { key: TextKey } | undefined> {
  if (until !== undefined && times !== undefined) return { key: 'repeat-two-ends' }
  if (times !== undefined) {
    const n = Number(/^\d+$/.test(times) ? times : signsOf(times))
    return Number.isInteger(n) && n >= 1 && n <= MOST_TIMES ? { times: n } : { key: 'repeat-times-unknown' }
  }
  if (until === undefined) return undefined
  const last = await dayOf(until, { ...moment, now: laterOf(moment, begin) })
  if (!last) return { key: 'repeat-until-unknown' }
  return last >= begin ? { until: last } : { key: 'repeat-never' }
}

/** The end is meant after the beginning. */
function laterOf({ zone, now }: Moment, begin: string): Date {
  const start = onTheWall(Date.parse(`${begin}T12:00:00Z`), zone).at
  return start > now ? start : now
}

/** A day in plain words, as `2027-03-31`; a past one is none. */
async function dayOf(words: string | undefined, moment: Moment): Promise<string | undefined> {
  if (words === undefined) return undefined
  const [, month] = /^(?:the )?end of (.+)$/i.exec(words) ?? []
  const read = await readTime(/^\d{4}-\d\d-\d\d$/.test(words) ? `${words}T23:59` : (month ?? words), moment)
  const [year] = /\b\d{4}\b/.exec(words) ?? []
  if ('key' in read) return undefined
  const day = DateTime.fromJSDate(read.at, { zone: moment.zone })
  if (year && Number(year) !== day.year) return undefined
  return (month ? day.endOf('month') : day).toISODate() ?? undefined
}

interface Begin {
  /** The first day that it may be on. */
  readonly begin: string
  readonly minutes: number | undefined
  readonly moment: Moment
}

/** The rule from its first date on: of "every second Tuesday" that is the next Tuesday. */
async function anchored(rule: Rule, { begin, minutes, moment }: Begin): Promise<PlainRule> {
  const { zone, now } = moment
  const { firstDate } = await import('./dates.ts')
  const midnight = localNumber(`${begin}T00:00`)
  const isRound = minutes === undefined && !isOfTheWall(rule.every)
  const round = MINUTE_MS * (rule.every.unit === 'minute' ? rule.every.step : 60)
  const from = isRound
    ? Math.max(midnight, Math.ceil((wallOf(now, zone) + 1) / round) * round)
    : midnight + (minutes ?? EVENING) * MINUTE_MS
  const near: Rule = { ...rule, every: { ...rule.every, step: isOfTheWall(rule.every) ? 1 : rule.every.step } }
  const first = firstDate({ rule: writeRule(near), start: localText(from), zone }, now)
  if (first === undefined) return { key: 'repeat-never' }
  if (onTheWall(first, zone).at.getTime() > now.getTime() + YEARS * 366 * 86_400_000) return { key: 'time-too-far' }
  return { repeats: { rule: writeRule(rule), start: localText(first), zone } }
}
