import { DateTime } from 'luxon'
import type { WhenBlock } from '../view/view.ts'

/** Who reads: the language, the zone and the present moment, made for a space or for a person. */
export interface Reader {
  readonly locale: string
  /** IANA zone. */
  readonly zone: string
  readonly now: Date
}

/** A moment in full, such as "Friday 5 December 2026, 18:00 (UTC+0)": weekday, date, and the offset so that nobody has to guess. */
export function fullTime(at: Date, reader: Reader): string {
  const time = DateTime.fromJSDate(at, { zone: reader.zone }).setLocale(regional(reader.locale))
  const year = time.year === DateTime.fromJSDate(reader.now, { zone: reader.zone }).year ? '' : ` ${time.toFormat('yyyy')}`
  return `${time.toFormat('cccc d LLLL')}${year}, ${time.toFormat('HH:mm')} (UTC${offset(time.offset)})`
}

/** A moment as a block says it. `text`: the words around it, where there are some, from the moment in full. */
export function moment(at: Date, reader: Reader, text: (when: string) => string = when => when): Pick<WhenBlock, 'at' | 'text' | 'clock'> {
  return { at: at.toISOString(), text: text(fullTime(at, reader)), clock: shortTime(at, reader) }
}

/** What was written lately: everybody who votes in a poll is told the same closing time. */
const written = new Map<string, string>()
const MOST_WRITTEN = 500

/** A moment for a line of small print: "Friday 5 December, 18:00". */
export function shortTime(at: Date, reader: Reader): string {
  // Years begin on a quarter of an hour, wherever that is.
  const quarter = Math.floor(reader.now.getTime() / 900_000)
  const key = `${at.getTime()} ${quarter} ${reader.zone} ${reader.locale}`
  const known = written.get(key)
  if (known !== undefined) return known
  if (written.size >= MOST_WRITTEN) written.clear()
  const made = writeShort(at, reader)
  written.set(key, made)
  return made
}

function writeShort(at: Date, reader: Reader): string {
  const time = DateTime.fromJSDate(at, { zone: reader.zone }).setLocale(regional(reader.locale))
  const year = time.year === DateTime.fromJSDate(reader.now, { zone: reader.zone }).year ? '' : ` ${time.toFormat('yyyy')}`
  return `${time.toFormat('cccc d LLLL')}${year}, ${time.toFormat('HH:mm')}`
}

/** A month, given by its first day: "December 2026". */
export function monthName(firstDay: Date, { locale }: Pick<Reader, 'locale'>): string {
  return DateTime.fromJSDate(firstDay, { zone: 'utc' }).setLocale(regional(locale)).toFormat('LLLL yyyy')
}

/** The language with the region whose ways of writing dates are meant. */
export function regional(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale
}

/** "+1", "-3:30", "+0" */
function offset(minutes: number): string {
  const hours = Math.trunc(Math.abs(minutes) / 60)
  const rest = Math.abs(minutes) % 60
  return `${minutes < 0 ? '-' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`
}
