import { IANAZone } from 'luxon'
import { type OnTheWall, onTheWall, wallOf } from '../wall-clock.ts'
import type { Found } from './clock.ts'

/** Zones that people name beside a time. Pure. */

/** `home`: IANA. `offset`: in minutes, where the name says that too, as BST does. Without a home it is a distance from UTC. */
export type Zone = { readonly home: string; readonly offset?: number } | { readonly offset: number }

const SHORT: Readonly<Record<string, Zone>> = {
  ...{ utc: { offset: 0 }, z: { offset: 0 }, gmt: { home: 'Europe/London', offset: 0 }, bst: { home: 'Europe/London', offset: 60 } },
  ...{ wet: { home: 'Europe/Lisbon', offset: 0 }, west: { home: 'Europe/Lisbon', offset: 60 } },
  ...{ cet: { home: 'Europe/Paris', offset: 60 }, cest: { home: 'Europe/Paris', offset: 120 } },
  ...{ eet: { home: 'Europe/Athens', offset: 120 }, eest: { home: 'Europe/Athens', offset: 180 } },
  ...{ est: { home: 'America/New_York', offset: -300 }, edt: { home: 'America/New_York', offset: -240 } },
  ...{ pst: { home: 'America/Los_Angeles', offset: -480 }, pdt: { home: 'America/Los_Angeles', offset: -420 } },
  ...{ aest: { home: 'Australia/Sydney', offset: 600 }, aedt: { home: 'Australia/Sydney', offset: 660 } },
  ...{ nzst: { home: 'Pacific/Auckland', offset: 720 }, nzdt: { home: 'Pacific/Auckland', offset: 780 } },
}

/** "UK time"; of places that have a zone of their own name, such as London, the name is enough. */
const PLACES: Readonly<Record<string, string>> = {
  ...{ uk: 'Europe/London', british: 'Europe/London', england: 'Europe/London', irish: 'Europe/Dublin', french: 'Europe/Paris' },
  ...{ german: 'Europe/Berlin', polish: 'Europe/Warsaw', spanish: 'Europe/Madrid', indian: 'Asia/Kolkata' },
}

let cities: ReadonlyMap<string, string> | undefined

function cityZone(name: string): string | undefined {
  cities ??= new Map(Intl.supportedValuesOf('timeZone').map(zone => [zone.replace(/^.*\//, '').replaceAll('_', ' ').toLowerCase(), zone]))
  return cities.get(name)
}

const NAMED = /([a-z]+(?:\/[a-z_+-]+){1,2})(?: time)?(?![\p{L}\p{N}])/uy
const LETTERS = /([a-z]{1,4})(?: time)?(?![\p{L}\p{N}])/uy
const PLACE = /(local|[a-z]+(?: [a-z]+)?) time(?![\p{L}\p{N}])/uy
/** A dash alone is that of "22:00-02:00". */
const FROM_UTC = /(?:(?:utc|gmt) ?(?=[+-])|(?=\+))([+-])(\d{1,2})(?::?(\d\d))?(?![\p{L}\p{N}:])/uy

/** The zone that is named at a place of a text, in small letters. `own`: that of the reader. */
export function zonesAt(text: string, at: number, own: string): readonly Found<Zone>[] {
  const found: Found<Zone>[] = []
  const look = (like: RegExp, read: (match: RegExpExecArray) => Zone | undefined): void => {
    like.lastIndex = at
    const match = like.exec(text)
    const value = match && read(match)
    if (value) found.push({ end: like.lastIndex, value })
  }
  look(NAMED, ([, name = '']) => (IANAZone.isValidZone(name) ? { home: name } : undefined))
  look(LETTERS, ([, name = '']) => (Object.hasOwn(SHORT, name) ? SHORT[name] : undefined))
  look(PLACE, ([, name = '']) => {
    const home = name === 'local' ? own : Object.hasOwn(PLACES, name) ? PLACES[name] : cityZone(name)
    return home === undefined ? undefined : { home }
  })
  look(FROM_UTC, ([, sign, hours, minutes]) => {
    const offset = Number(hours) * 60 + Number(minutes ?? 0)
    return offset > 840 ? undefined : { offset: sign === '-' ? -offset : offset }
  })
  return found
}

/** What the clocks show there, as if it were UTC. */
export function wallIn(zone: Zone, now: Date): number {
  return 'home' in zone ? wallOf(now, zone.home) : now.getTime() + zone.offset * 60_000
}

/** The instant of a local time there. `isOther`: the clocks do not stand as the name says on that day. */
export function instantIn(zone: Zone, local: number, own: string): OnTheWall & { readonly isOther?: true } {
  if (!('home' in zone)) return { at: new Date(local - zone.offset * 60_000) }
  const there = onTheWall(local, zone.home)
  if (zone.offset === undefined || local - there.at.getTime() === zone.offset * 60_000) return there
  const here = onTheWall(local, own)
  return local - here.at.getTime() === zone.offset * 60_000 ? here : { ...there, isOther: true }
}
