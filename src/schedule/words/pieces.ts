import { type Clock, clocksAt, type Found, type Span, spansOf } from './clock.ts'
import { type Away, awaysAt, type Day, daysAt } from './days.ts'
import { type Zone, zonesAt } from './zones.ts'

/** Words taken apart: every way in which the whole of a text is made of pieces that have a meaning. Pure. */

export const PARTS = ['morning', 'lunchtime', 'afternoon', 'evening', 'night'] as const
export type Part = (typeof PARTS)[number]

type Meaning =
  | { readonly is: 'day'; readonly day: Day }
  | { readonly is: 'away'; readonly away: Away }
  | { readonly is: 'clock'; readonly clock: Clock; readonly isAt: boolean }
  | { readonly is: 'spans'; readonly spans: readonly Span[]; readonly isBare: boolean }
  | { readonly is: 'part'; readonly part: Part; readonly isToday: boolean }
  | { readonly is: 'zone'; readonly zone: Zone }
  | { readonly is: 'nothing' }
  /** A word that means nothing here. */
  | { readonly is: 'unread' }

export type Piece = Meaning & { readonly said: string }

const AT = /(?:at |@ ?)/uy
const TO = / ?(?:-|to|until|till) ?/uy
const FROM = /(?:from |between )?/uy
const AND = / and /uy
const FILLER = /(?:at|on|@|the)(?= )/uy
const PART = /(?:in the |at |(this ))?(morning|lunchtime|lunch|afternoon|evening|night)(?![\p{L}\p{N}])/uy
const TONIGHT = /tonight(?![\p{L}\p{N}])/uy
const SEPARATOR = /[ ,;]*/uy
const WORD = /[^ ,;]+/uy

function match(like: RegExp, text: string, at: number): RegExpExecArray | undefined {
  like.lastIndex = at
  return like.exec(text) ?? undefined
}

/** No words that people say take more steps than that. */
const MOST_STEPS = 20_000
/** Words that may go unread where the nearest reading is looked for. */
const MOST_UNREAD = 4

/** All ways with as few unread words as can be; none where next to nothing is understood. */
export function waysOf(text: string, zone: string): readonly (readonly Piece[])[] {
  for (let unread = 0; unread <= MOST_UNREAD; unread += 1) {
    const search: Search = { text, zone, ways: [], steps: 0 }
    collect(search, 0, unread, [])
    if (search.steps > MOST_STEPS) return []
    if (search.ways.length > 0) return search.ways
  }
  return []
}

interface Search {
  readonly text: string
  readonly zone: string
  readonly ways: (readonly Piece[])[]
  steps: number
}

function collect(search: Search, from: number, unread: number, before: readonly Piece[]): void {
  const { text, ways } = search
  const at = from + (match(SEPARATOR, text, from)?.[0].length ?? 0)
  search.steps += 1
  if (search.steps > MOST_STEPS) return
  if (at >= text.length) {
    if (unread === 0) ways.push(before)
    return
  }
  const on = (end: number, meaning: Meaning, left: number) =>
    collect(search, end, left, [...before, { ...meaning, said: text.slice(at, end) }])
  for (const { end, value } of piecesAt(text, at, search.zone)) on(end, value, unread)
  const word = unread > 0 ? match(WORD, text, at)?.[0] : undefined
  if (word) on(at + word.length, { is: 'unread' }, unread - 1)
}

function piecesAt(text: string, at: number, zone: string): readonly Found<Meaning>[] {
  const filler = match(FILLER, text, at)
  return [
    ...daysAt(text, at).map(({ end, value }) => ({ end, value: { is: 'day', day: value } as const })),
    ...awaysAt(text, at).map(({ end, value }) => ({ end, value: { is: 'away', away: value } as const })),
    ...timesAt(text, at),
    ...partsAt(text, at),
    ...zonesAt(text, at, zone).map(({ end, value }) => ({ end, value: { is: 'zone', zone: value } as const })),
    ...(filler ? [{ end: at + filler[0].length, value: { is: 'nothing' } as const }] : []),
  ]
}

function timesAt(text: string, at: number): readonly Found<Meaning>[] {
  const said = match(AT, text, at)
  const begin = at + (said?.[0].length ?? 0)
  const singles = clocksAt(text, begin, true).map(({ end, value }) => ({
    end,
    value: { is: 'clock', clock: value, isAt: said !== undefined } as const,
  }))
  return [...singles, ...spansAt(text, at)]
}

function spansAt(text: string, at: number): readonly Found<Meaning>[] {
  const from = match(FROM, text, at)?.[0] ?? ''
  return clocksAt(text, at + from.length, true).flatMap(first => {
    const to = match(from === 'between ' ? AND : TO, text, first.end)
    if (!to) return []
    return clocksAt(text, first.end + to[0].length, true).map(last => ({
      end: last.end,
      value: {
        is: 'spans',
        spans: spansOf(first.value, last.value),
        isBare: first.value.isBare === true && last.value.isBare === true && from === '',
      } as const,
    }))
  })
}

function partsAt(text: string, at: number): readonly Found<Meaning>[] {
  const tonight = match(TONIGHT, text, at)
  if (tonight) return [{ end: at + tonight[0].length, value: { is: 'part', part: 'evening', isToday: true } }]
  const [whole = '', today, named = ''] = match(PART, text, at) ?? []
  const part = PARTS.find(one => named !== '' && one.startsWith(named.slice(0, 5)))
  return part ? [{ end: at + whole.length, value: { is: 'part', part, isToday: today !== undefined } }] : []
}
