import { DateTime } from 'luxon'
import type { TextKey } from '../../texts/keys.ts'
import { shorten } from '../../view/sanitize.ts'
import { type Moment, readTime } from '../plain-time.ts'
import { onTheWall } from '../wall-clock.ts'
import { numberOf } from '../words/vocabulary.ts'
import { type TimeOfDay, takeTime } from './phrase-words.ts'
import type { End, Repeats } from './rule.ts'

/** Words of repetition, taken apart: how often, at what time, from when, until when or how many times. */

/** Words that are no rule, as a key of a text with its figures. `nearest`: what they may have been meant for, the likeliest first. */
export interface NoRule {
  readonly key: TextKey
  readonly args?: Readonly<Record<string, string | number>>
  readonly nearest?: readonly Repeats[]
}

export interface Parts {
  readonly phrase: string
  /** Undefined where no time was said. */
  readonly time: TimeOfDay | undefined
  readonly from: string | undefined
  readonly until: string | undefined
  readonly times: string | undefined
}

const KEYWORD = /\b(until|till|up to|starting from|starting on|starting|beginning on|beginning|from)\b/
const TIMES = /,?(?: |^)(?:for )?([^ ]+) times?$|,?(?: |^)(?:for )?([^ ]+) times?(?=[ ,])/
/** How often in a week, and not on which days. */
const SO_OFTEN = /\b(twice|thrice|[^ ]+ times) (?:an?|per|each|every) (?:day|week|fortnight|month|year)\b/
const MOST_TIMES = 1_000
const END_OF_DAY = 24 * 60 - 1

/** What words are about, as texts name them. */
export function saying(words: string): { readonly said: string } {
  return { said: shorten(words, 60) }
}

/** `text`: in small letters. */
export function partsOf(text: string, zone: string): Parts | NoRule {
  const [often] = SO_OFTEN.exec(text) ?? []
  if (often) return { key: 'repeat-which-days', args: saying(often) }
  // A zone is no number of times: "6pm UK time".
  const times = /\btimes\b|\b(?:1|one) time\b/.test(text) ? TIMES.exec(text) : null
  const [head = '', ...clauses] = text.replace(times?.[0] ?? '', ' ').split(KEYWORD)
  const said = new Map<string, string>()
  for (let i = 0; i + 1 < clauses.length; i += 2) {
    const name = /^(?:until|till|up to)$/.test(clauses[i] ?? '') ? 'until' : 'from'
    if (said.has(name)) return { key: 'repeat-word', args: saying(clauses[i] ?? '') }
    said.set(name, (clauses[i + 1] ?? '').replaceAll(/^[\s,]+|[\s,.]+$/g, ''))
  }
  // The time may stand last, as in "every Monday until March at 9".
  const [own, from, until] = [takeTime(head, zone), takeTime(said.get('from') ?? '', zone), takeTime(said.get('until') ?? '', zone)]
  const [time, other] = [own, from, until].flatMap(one => (one.time ? [one.time] : []))
  if (other) return { key: 'repeat-word', args: saying(other.said) }
  return {
    ...{ phrase: own.rest, time },
    from: said.has('from') ? from.rest.trim() : undefined,
    until: said.has('until') ? until.rest.trim() : undefined,
    times: times?.[1] ?? times?.[2],
  }
}

/** The end, if there is one; several where the words can mean either. */
export async function endsOf({ until, times }: Parts, begin: string, moment: Moment): Promise<readonly (End | undefined)[] | NoRule> {
  if (until !== undefined && times !== undefined) return { key: 'repeat-two-ends' }
  if (times !== undefined) {
    const n = numberOf(times)
    return Number.isInteger(n) && n >= 1 && n <= MOST_TIMES ? [{ times: n }] : { key: 'repeat-times-unknown', args: saying(times) }
  }
  if (until === undefined) return [undefined]
  const days = await daysOf(until, { ...moment, now: laterOf(moment, begin) })
  if (days.length === 0) return { key: 'repeat-until-unknown', args: saying(until) }
  const ends = days.filter(day => day >= begin)
  return ends.length > 0 ? ends.map(day => ({ until: day })) : { key: 'repeat-never' }
}

/** The end is meant after the beginning. */
function laterOf({ zone, now }: Moment, begin: string): Date {
  const start = onTheWall(Date.parse(`${begin}T12:00:00Z`), zone).at
  return start > now ? start : now
}

/** The days that plain words can mean, as `2027-03-31`; past ones are none. */
export async function daysOf(words: string, moment: Moment): Promise<readonly string[]> {
  // A month alone can be its first day or its last.
  const isMonth = /^[a-z]{3,9}(?: \d{4})?$/.test(words)
  const all = isMonth ? [words, `1 ${words}`, `end of ${words}`] : [words]
  const read = await Promise.all(all.map(one => readTime(one, moment, END_OF_DAY)))
  const found = read.flatMap(one => ('key' in one ? [] : [DateTime.fromJSDate(one.at, { zone: moment.zone }).toISODate() ?? '']))
  return [...new Set(found)]
}
