import type { WhenBlock } from './view.ts'

/** A moment in the words around it. `clock` is '' where no part of them can be drawn as the reader's own time. */
export interface Moment {
  readonly before: string
  /** Day and hour in the zone that the words were written for. */
  readonly clock: string
  /** That zone, in brackets, as it stands right behind: where the reader's own time is drawn it has no place. */
  readonly zone: string
  readonly after: string
}

/** Where the time stands in a block: what a platform draws in each reader's own zone, and what it leaves as words. */
export function momentIn({ name, text, clock }: WhenBlock): Moment {
  const lead = name === '' ? '' : `${name}: `
  // The last one: before it may stand people's words that say the same.
  const at = text.lastIndexOf(clock)
  if (!clock || at < 0) return { before: `${lead}${text}`, clock: '', zone: '', after: '' }
  const rest = text.slice(at + clock.length)
  const [zone = ''] = /^ \([^()]*\)/.exec(rest) ?? []
  return { before: `${lead}${text.slice(0, at)}`, clock, zone, after: rest.slice(zone.length) }
}

/** Seconds since 1970, as platforms count them. */
export const secondsOf = ({ at }: Pick<WhenBlock, 'at'>): number => Math.floor(Date.parse(at) / 1000)
