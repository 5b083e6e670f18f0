import { ICalCalendar, ICalCalendarMethod, type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
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
  for (const one of happenings) {
    const zone = zoneFor(one)
    if (zone) zones.set(zone.id, zone)
    calendar.createEvent(eventOf(one, zone, o))
  }
  return withZones(`${calendar.toString()}\r\n`, [...zones.values()])
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

/** How a zone is called in the file, and what is said there of its clock changes. */
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
  const zone = block && id?.startsWith('TZID=') ? { block, id: id.slice('TZID='.length) } : undefined
  known.set(name, zone)
  return zone
}

/** The zone to write a happening in; undefined for UTC. */
function zoneFor({ zone: name, startsAt, endsAt }: Happening): Zone | undefined {
  const zone = zoneCalled(name)
  return zone && [startsAt, endsAt ?? startsAt].every(at => isPlain(at, name)) ? zone : undefined
}

/** Whether the wall clock of a zone tells this instant, and no other: not in the hour that comes twice, nor where the library's rules are not ours. */
function isPlain(at: Date, zone: string): boolean {
  const local = DateTime.fromJSDate(at, { zone })
  if (local.getPossibleOffsets().length > 1) return false
  return tzlib_get_offset(zone, local.toFormat('yyyy-MM-dd'), local.toFormat('HH:mm')) === local.toFormat('ZZZ')
}

/** The zones stand after the properties of the calendar and before its first event, as RFC 5545 wants it; the library would put them among the properties. */
function withZones(text: string, zones: readonly Zone[]): string {
  const at = text.search(/^(BEGIN:VEVENT|END:VCALENDAR)\r$/m)
  return [text.slice(0, at), ...zones.map(({ block }) => `${block.replaceAll(/\r?\n/g, '\r\n').trim()}\r\n`), text.slice(at)].join('')
}
