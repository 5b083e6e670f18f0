import { ICalCalendar, ICalCalendarMethod, ICalEvent, type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { DateTime, IANAZone } from 'luxon'
import { tzlib_get_ical_block, tzlib_get_offset } from 'timezones-ical-library'
import type { Happening } from './happening.ts'

export interface IcsOptions {
  /** The id of the network: with the happening's own id it makes a UID that is the same in every file and feed. */
  readonly network: string
  /** DTSTAMP. A feed that gives the time of its newest change here stays the same, byte for byte, until the next one. */
  readonly now: Date
  /** The name of something that does not take place: some calendars show no other sign of it. */
  readonly cancelled: (name: string) => string
  /** What a feed is called. Left out in a file for one happening: some programs make a new calendar of a file with a name. */
  readonly name?: string
  readonly method?: 'PUBLISH' | 'CANCEL'
}

/** How often a calendar should look for changes, in seconds. Some keep to times of their own. */
const REFRESH = 3_600

/**
 * An iCalendar file (text/calendar, UTF-8, CRLF, folded lines). Times stand in the zone in which they were set, with its VTIMEZONE; in UTC where that zone
 * would tell them wrong or twice. Pure. Throws for a date that is none.
 */
export function icsOf(happenings: readonly Happening[], o: IcsOptions): string {
  const calendar = new ICalCalendar({
    prodId: { company: 'Folkmoot', product: 'Folkmoot' },
    method: ICalCalendarMethod[o.method ?? 'PUBLISH'],
  })
  if (o.name !== undefined) calendar.name(escaped(o.name)).ttl(REFRESH)
  const zones = new Map<string, Zone>()
  const events = happenings.map(one => {
    const zone = zoneFor(one)
    if (zone) zones.set(zone.id, zone)
    return new ICalEvent(eventOf(one, zone, o), calendar).toString()
  })
  const end = 'END:VCALENDAR'
  const properties = calendar.toString().slice(0, -end.length)
  // Zones stand after the properties of the calendar and before its first event, as RFC 5545 wants it; the library would put them among the properties.
  return [properties, ...[...zones.values()].map(zone => zone.block), ...events.map(folded), end, '\r\n'].join('')
}

function eventOf(one: Happening, zone: Zone | undefined, { network, now, cancelled }: IcsOptions): ICalEventData {
  // A bare Date the library would write in the zone of this computer.
  const local = (at: Date) => DateTime.fromJSDate(at)
  const url = one.link === undefined ? undefined : webAddress(one.link)
  return {
    id: `${one.id}@${network}.folkmoot`,
    sequence: one.sequence,
    stamp: now,
    lastModified: one.changedAt,
    start: local(one.startsAt),
    end: one.endsAt ? local(one.endsAt) : null,
    timezone: zone?.id ?? null,
    summary: one.isCancelled ? cancelled(one.name) : one.name,
    description: aboutOf(one, url),
    location: one.place || null,
    url: url ?? null,
    status: one.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    // A moment keeps nobody busy, nor does what does not take place.
    transparency: one.endsAt && !one.isCancelled ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
  }
}

/** The link stands in the words too: not every calendar shows the other one. */
function aboutOf({ about, link }: Happening, url: string | undefined): string | null {
  const also = url !== undefined && link !== undefined && !about.includes(link) ? link : ''
  return [about, also].filter(part => part !== '').join('\n\n') || null
}

/** An http(s) address without the signs that the library would escape, as if an address were words. */
function webAddress(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined
  const { protocol, href } = new URL(link)
  if (protocol !== 'http:' && protocol !== 'https:') return undefined
  return href.replaceAll(/[\\;,]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Words as iCalendar writes them: the library does so for events, but not for the name of a calendar. */
function escaped(words: string): string {
  return words.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '\\n')
}

/** How a zone is called in the file, and the lines that say there when its clocks change. */
interface Zone {
  readonly id: string
  readonly block: string
}

const known = new Map<string, Zone | undefined>()

function zoneCalled(name: string): Zone | undefined {
  if (known.has(name)) return known.get(name)
  const isUtc = /^(Etc\/)?(UTC|UCT|GMT|Zulu|Universal|Greenwich)$/.test(name)
  const [block, id] = isUtc || !IANAZone.isValidZone(name) ? [] : tzlib_get_ical_block(name)
  // An older name of a zone leads to its present one, which is then used everywhere.
  const lines = block?.trim().replaceAll(/\r?\n/g, '\r\n')
  const zone = lines && id?.startsWith('TZID=') ? { block: `${lines}\r\n`, id: id.slice('TZID='.length) } : undefined
  known.set(name, zone)
  return zone
}

/** The zone to write a happening in; undefined for UTC. */
function zoneFor({ zone: name, startsAt, endsAt }: Happening): Zone | undefined {
  const zone = zoneCalled(name)
  return zone && [startsAt, endsAt ?? startsAt].every(at => isPlain(at, name)) ? zone : undefined
}

/** What was found out lately: the same times stand in many calendars, and asking the library takes long. */
const asked = new Map<string, boolean>()
const MOST_ASKED = 5_000

/** Whether the wall clock of a zone tells this instant, and no other: not in the hour that comes twice, nor where the library's rules are not ours. */
function isPlain(at: Date, zone: string): boolean {
  const key = `${at.getTime()} ${zone}`
  const before = asked.get(key)
  if (before !== undefined) return before
  const local = DateTime.fromJSDate(at, { zone })
  const is =
    local.getPossibleOffsets().length === 1 &&
    tzlib_get_offset(zone, local.toFormat('yyyy-MM-dd'), local.toFormat('HH:mm')) === local.toFormat('ZZZ')
  if (asked.size >= MOST_ASKED) asked.clear()
  asked.set(key, is)
  return is
}

/** The most bytes of a line. */
const LINE = 75

/** Lines of an event, cut between characters. The library can do so too, but measures each character by encoding it, which takes ten times as long. */
function folded(text: string): string {
  return text.split('\r\n').map(foldLine).join('\r\n')
}

function foldLine(line: string): string {
  // No character has more than three bytes for each of its UTF-16 units.
  if (line.length * 3 <= LINE) return line
  const lines = ['']
  let room = LINE
  for (const character of line) {
    const size = bytesOf(character.codePointAt(0) ?? 0)
    if (size > room) {
      lines.push('')
      room = LINE - 1
    }
    lines[lines.length - 1] += character
    room -= size
  }
  return lines.join('\r\n ')
}

function bytesOf(point: number): number {
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}
