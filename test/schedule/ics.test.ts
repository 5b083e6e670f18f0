import fc from 'fast-check'
import ical, { type VEvent } from 'node-ical'
import { tzlib_get_offset } from 'timezones-ical-library'
import { describe, expect, test } from 'vitest'
import type { Happening } from '../../src/schedule/happening.ts'
import { icsOf } from '../../src/schedule/ics.ts'
import { sanitize, sanitizeLine } from '../../src/view/sanitize.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { components, linesOf, wordsOf } from './ics-reader.ts'

const options = { network: 'net1', now: new Date('2026-11-06T12:00:00Z'), cancelled: (name: string) => `Cancelled: ${name}` }
const forum: Happening = {
  id: 'forums_f1',
  sequence: 0,
  name: 'Forum: what we are good at',
  about: 'Tea from half past five.',
  startsAt: new Date('2026-12-05T18:00:00Z'),
  endsAt: new Date('2026-12-05T20:00:00Z'),
  zone: 'Europe/London',
  place: 'Library, Hyde Road',
  isCancelled: false,
  changedAt: new Date('2026-11-05T09:30:00Z'),
}

const file = (given: Partial<Happening> = {}, more: object = {}): string => icsOf([{ ...forum, ...given }], { ...options, ...more })

function readBack(text: string): VEvent {
  const event = Object.values(ical.sync.parseICS(text)).find(one => one?.type === 'VEVENT')
  if (event?.type !== 'VEVENT') throw new Error('There is no event in it.')
  return event
}

const names = (text: string): readonly string[] => linesOf(text).map(line => line.name)

describe('A calendar file', () => {
  test('says what, when, where, and how often it was changed', () => {
    const event = readBack(file({ sequence: 3, link: 'https://example.org/forum' }))
    expect(event).toMatchObject({
      uid: 'forums_f1@net1.folkmoot',
      sequence: 3,
      summary: 'Forum: what we are good at',
      location: 'Library, Hyde Road',
      description: 'Tea from half past five.\n\nhttps://example.org/forum',
      url: { val: 'https://example.org/forum' },
      status: 'CONFIRMED',
      transparency: 'OPAQUE',
      start: forum.startsAt,
      end: forum.endsAt,
      dtstamp: options.now,
      lastmodified: forum.changedAt,
    })
  })

  test('keeps its UID over all changes, and another date or another network has another', () => {
    const uid = (given: Partial<Happening>, more = {}) => readBack(file(given, more)).uid
    expect(uid({ name: 'Other', startsAt: new Date('2026-12-05T19:00:00Z'), sequence: 9, isCancelled: true })).toBe(uid({}))
    expect(uid({ id: 'forums_f1_2' })).not.toBe(uid({}))
    expect(uid({}, { network: 'net2' })).not.toBe(uid({}))
  })

  test('begins with what every calendar asks for, then zones, then events', () => {
    const text = file({}, { name: 'Ancoats and around' })
    const all = names(text)
    expect(linesOf(text).slice(0, 4)).toMatchObject([
      { name: 'BEGIN', value: 'VCALENDAR' },
      { name: 'VERSION', value: '2.0' },
      { name: 'PRODID', value: '-//Folkmoot//Folkmoot//EN' },
      { name: 'METHOD', value: 'PUBLISH' },
    ])
    const begins = linesOf(text).flatMap(({ name, value }, i) => (name === 'BEGIN' && value !== 'VCALENDAR' ? [[value, i] as const] : []))
    expect(begins.map(([kind]) => kind)).toEqual(['VTIMEZONE', 'DAYLIGHT', 'STANDARD', 'VEVENT'])
    for (const property of ['X-WR-CALNAME', 'REFRESH-INTERVAL', 'X-PUBLISHED-TTL'])
      expect(all.indexOf(property), property).toBeLessThan(begins[0]?.[1] ?? 0)
    expect(all.indexOf('X-WR-CALNAME')).toBeGreaterThan(0)
    expect(text).toContain('\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n')
  })

  test('for one happening has no name, so that no program makes a new calendar of it', () => {
    expect(names(file())).not.toContain('X-WR-CALNAME')
  })

  test('an empty one is a calendar too', () => {
    const text = icsOf([], { ...options, name: 'Nothing yet' })
    expect(wordsOf(components(text, 'VCALENDAR')[0] ?? [], 'X-WR-CALNAME')).toBe('Nothing yet')
    expect(Object.values(ical.sync.parseICS(text)).filter(one => one?.type === 'VEVENT')).toEqual([])
  })

  test('what does not take place says so twice, for calendars that do not read the status', () => {
    expect(readBack(file({ isCancelled: true }))).toMatchObject({
      status: 'CANCELLED',
      summary: 'Cancelled: Forum: what we are good at',
      transparency: 'TRANSPARENT',
    })
    expect(file({ isCancelled: true }, { method: 'CANCEL' })).toContain('\r\nMETHOD:CANCEL\r\n')
  })

  test('a moment has no end and keeps nobody busy', () => {
    const { endsAt: _, ...moment } = forum
    const text = icsOf([moment], options)
    expect(names(text)).not.toContain('DTEND')
    expect(readBack(text)).toMatchObject({ start: forum.startsAt, transparency: 'TRANSPARENT' })
  })

  test('without words, a place or a link these lines are left out', () => {
    const { place: _, ...bare } = forum
    const text = icsOf([{ ...bare, about: '' }], options)
    expect(names(text)).not.toEqual(expect.arrayContaining(['LOCATION']))
    expect(text).not.toMatch(/DESCRIPTION|URL/)
  })
})

describe('Times', () => {
  const dates = (text: string) =>
    linesOf(text)
      .filter(({ name }) => name === 'DTSTART' || name === 'DTEND')
      .slice(-2)

  test.each([
    ['in winter', '2026-12-05T18:00:00Z', 'Europe/London', ';TZID=Europe/London:20261205T180000'],
    ['in summer', '2027-07-05T17:00:00Z', 'Europe/London', ';TZID=Europe/London:20270705T180000'],
    ['under an older name of a zone', '2027-07-05T17:00:00Z', 'Asia/Calcutta', ';TZID=Asia/Kolkata:20270705T223000'],
    ['in UTC', '2027-07-05T17:00:00Z', 'UTC', ':20270705T170000Z'],
    ['in the hour that comes twice, first', '2027-10-31T00:30:00Z', 'Europe/London', ':20271031T003000Z'],
    ['in the hour that comes twice, again', '2027-10-31T01:30:00Z', 'Europe/London', ':20271031T013000Z'],
    ['in a zone that nobody knows', '2027-07-05T17:00:00Z', 'Mars/Olympus', ':20270705T170000Z'],
  ])('%s', (_, start, zone, line) => {
    const startsAt = new Date(start)
    const text = file({ startsAt, endsAt: new Date(startsAt.getTime() + 60_000), zone })
    const [found] = dates(text)
    expect(`${found?.params}:${found?.value}`).toBe(line)
    expect(readBack(text).start.getTime()).toBe(startsAt.getTime())
  })

  test('over a clock change both ends are right', () => {
    const text = file({ startsAt: new Date('2027-03-28T00:30:00Z'), endsAt: new Date('2027-03-28T02:00:00Z') })
    expect(dates(text).map(one => one.value)).toEqual(['20270328T003000', '20270328T030000'])
  })

  test('every zone of this computer tells the same instant, whoever’s rules are newer; no time floats; each zone stands once', {
    timeout: LONG_MS,
  }, () => {
    const zones = Intl.supportedValuesOf('timeZone')
    const all = zones.flatMap(zone =>
      ['2027-01-15T12:00:00Z', '2027-07-15T12:00:00Z'].map((at, i): Happening => {
        const startsAt = new Date(at)
        return { ...forum, id: `forums_${zones.indexOf(zone)}_${i}`, zone, startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) }
      }),
    )
    const text = icsOf(all, options)
    const blocks = components(text, 'VTIMEZONE').map(lines => wordsOf(lines, 'TZID'))
    expect(new Set(blocks).size).toBe(blocks.length)
    expect(blocks.length).toBeGreaterThan(300)
    const used = components(text, 'VEVENT').flatMap(lines => lines.filter(({ name }) => name === 'DTSTART' || name === 'DTEND'))
    for (const { params, value } of used) {
      const zone = /^;TZID=(.+)$/.exec(params)?.[1]
      if (zone === undefined) expect(value).toMatch(/Z$/)
      else expect(blocks).toContain(zone)
    }
    // Read by the rules that stand in the file itself.
    const local = used.flatMap(({ params, value }) => {
      const zone = /^;TZID=(.+)$/.exec(params)?.[1]
      if (zone === undefined) return []
      const [, date = '', hour, minute] = /^(\d{8})T(\d\d)(\d\d)00$/.exec(value) ?? []
      const day = date.replace(/(....)(..)(..)/, '$1-$2-$3')
      return [new Date(`${day}T${hour}:${minute}:00${tzlib_get_offset(zone, day, `${hour}:${minute}`)}`).toISOString().slice(5)]
    })
    expect([...new Set(local)].sort()).toEqual(['01-15T12:00:00.000Z', '01-15T13:00:00.000Z', '07-15T12:00:00.000Z', '07-15T13:00:00.000Z'])
    const back = Object.values(ical.sync.parseICS(text)).filter(one => one?.type === 'VEVENT')
    const wrong = all.filter((one, i) => (back[i] as VEvent | undefined)?.start.getTime() !== one.startsAt.getTime())
    expect(wrong.map(one => one.zone)).toEqual([])
  })
})

describe('Words', () => {
  /** Anything that people may write, once it has entered the bot. */
  const any = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(
          '\n',
          '\\',
          '\\n',
          '\\N',
          ';',
          ',',
          ':',
          '"',
          '🎉',
          '👩‍👩‍👧',
          'é',
          'مرحبا',
          'END:VEVENT',
          '\r\nX-EVIL:1',
          ' ',
          '\t',
          'ß'.repeat(80),
        ),
      ),
      { maxLength: 30 },
    )
    .map(parts => sanitize(parts.join('')))
  const line = any.map(sanitizeLine)

  test('come back the same, whatever they are and however long', () => {
    fc.assert(
      fc.property(line, any, line, line, (name, about, place, calendar) => {
        const text = file({ name, about, place }, { name: calendar })
        const [event = []] = components(text, 'VEVENT')
        expect(wordsOf(event, 'SUMMARY')).toBe(name)
        expect(wordsOf(event, 'DESCRIPTION') ?? '').toBe(about)
        expect(wordsOf(event, 'LOCATION') ?? '').toBe(place)
        const [whole = []] = components(text, 'VCALENDAR')
        expect(wordsOf(whole, 'X-WR-CALNAME') ?? '').toBe(calendar)
        expect(whole.filter(({ name: key, value }) => key === 'X-EVIL' || (key === 'END' && value === 'VEVENT'))).toHaveLength(1)
      }),
      { numRuns: 300 },
    )
  })

  test('another reader sees them too', () => {
    fc.assert(
      // That reader takes an escaped backslash before an n for a line break, and trims what it reads.
      fc.property(
        line.filter(words => words !== '' && !/\\n|^"|"$/i.test(words)),
        name => {
          expect(readBack(file({ name })).summary).toBe(name)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('a long text is folded, and no character is cut', () => {
    const about = '🎉 Straßenfest, wirklich; '.repeat(400).trim()
    expect(readBack(file({ about })).description).toBe(about)
  })

  test.each([
    ['https://example.org/a,b;c?d=e,f', 'https://example.org/a%2Cb%3Bc?d=e%2Cf'],
    ['https://example.org/ä b', 'https://example.org/%C3%A4%20b'],
  ])('the address %s stays one', (link, written) => {
    expect(readBack(file({ link })).url).toMatchObject({ val: written })
    expect(readBack(file({ link })).description).toContain(link)
  })

  test.each(['javascript:alert(1)', 'not a link', 'file:///etc/passwd'])('%s is no address', link => {
    expect(file({ link })).not.toMatch(/URL|javascript|passwd|not a link/)
  })

  test('a link that the words have already is not said twice', () => {
    const about = 'See https://example.org/forum for more.'
    expect(readBack(file({ about, link: 'https://example.org/forum' })).description).toBe(about)
  })
})
