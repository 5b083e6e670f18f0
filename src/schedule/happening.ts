import type { TextKey } from '../texts/keys.ts'

/** Something that has a time, as a calendar shows it. Made by features, shown by pages, files and feeds. */
export interface Happening {
  /** Token grammar, the feature first (`forums_ID`): the same over all changes, and for one date of a series its own. */
  readonly id: string
  /** Rises with every change that a calendar must take over. */
  readonly sequence: number
  readonly name: string
  /** Key of the text that says what of it is then, with `name`: "closes: …". Left out: it is what its name says. */
  readonly what?: TextKey
  readonly about: string
  readonly startsAt: Date
  /** Undefined: a moment, such as the posting of words. */
  readonly endsAt?: Date
  /** IANA zone in which it was set. */
  readonly zone: string
  /** Where, in one line. */
  readonly place?: string
  readonly link?: string
  readonly isCancelled: boolean
  readonly changedAt: Date
}

/**
 * Which happenings are asked for. `public`: those of an area (with all that are for every area) or of the whole network that any resident may know;
 * `person`: those that this person has said to come to; `planned`: all that coordinators have planned, posts included.
 */
export interface CalendarAsk {
  readonly networkId: string
  /** Those that end after `from` and begin before `to`. */
  readonly from: Date
  readonly to: Date
  readonly of:
    | { readonly kind: 'public'; readonly areaId?: string }
    | { readonly kind: 'person'; readonly personId: string }
    | { readonly kind: 'planned' }
}
