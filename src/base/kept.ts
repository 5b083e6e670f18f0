/** How long everything is kept that holds people's words, or says what they did in private. Nothing else says so: the sweep, `/mine` and the docs read this. */

/** What an operator can change: days, from `least` to `most`, by the name of the setting. */
export const KEPT_SETTINGS = {
  KEEP_DRAFTS_DAYS: { days: 90, least: 7, most: 730 },
  KEEP_PRIVATE_DAYS: { days: 30, least: 7, most: 365 },
  KEEP_POSTS_DAYS: { days: 90, least: 30, most: 730 },
} as const

export type KeptSettings = { readonly [Name in keyof typeof KEPT_SETTINGS]: number }

export interface Keeping {
  /** How long; a setting, or fixed. */
  readonly term: keyof KeptSettings | { readonly days: number } | { readonly hours: number }
  /** The columns that it is about, as `Model.column` of the schema. */
  readonly holds: readonly string[]
}

/** Each kind has its sentence in the catalogues (`kept-` and its name): what it is, and from when on it is counted. */
export const KEPT = {
  drafts: {
    term: 'KEEP_DRAFTS_DAYS',
    holds: ['Draft.data'],
  },
  left: { term: { hours: 1 }, holds: ['Draft.data'] },
  questions: { term: { hours: 1 }, holds: ['Asking.form', 'Asking.answers'] },
  waiting: {
    term: { days: 3 },
    holds: ['Waiting.view'],
  },
  private: {
    term: 'KEEP_PRIVATE_DAYS',
    holds: ['Delivery.view', 'Delivery.key', 'Delivery.personRef', 'Delivery.message'],
  },
  answers: { term: { days: 3 }, holds: ['Seen.id', 'Seen.replies'] },
  posts: {
    term: 'KEEP_POSTS_DAYS',
    holds: ['Delivery.view'],
  },
  records: {
    term: { days: 400 },
    holds: ['Delivery.key', 'Delivery.message', 'Delivery.why'],
  },
  acts: { term: { days: 365 }, holds: ['Acted.personId', 'Acted.spaceId'] },
  codes: { term: { days: 7 }, holds: ['JoinCode.hash', 'Invitation.hash', 'Invitation.networkName'] },
  tries: { term: { hours: 1 }, holds: ['Fact.name'] },
  pictures: { term: { days: 1 }, holds: ['Picture.name', 'Picture.bytes', 'Picture.about'] },
  needs: { term: { days: 7 }, holds: ['Rsvp.needs'] },
  links: { term: { hours: 1 }, holds: ['Feed.hash'] },
} as const satisfies Readonly<Record<string, Keeping>>

export type Kind = keyof typeof KEPT

/** What `/mine` tells, in this order; the rest is about chats and codes, and stands in the docs alone. */
export const TOLD = [
  'drafts',
  'left',
  'questions',
  'waiting',
  'private',
  'answers',
  'pictures',
  'needs',
  'links',
  'acts',
] as const satisfies readonly Kind[]

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The settings as they are where nobody has said otherwise. */
export const USUAL: KeptSettings = {
  KEEP_DRAFTS_DAYS: KEPT_SETTINGS.KEEP_DRAFTS_DAYS.days,
  KEEP_PRIVATE_DAYS: KEPT_SETTINGS.KEEP_PRIVATE_DAYS.days,
  KEEP_POSTS_DAYS: KEPT_SETTINGS.KEEP_POSTS_DAYS.days,
}

/** How long a kind is kept, as it is told. */
export function termOf(kind: Kind, settings: KeptSettings = USUAL): { readonly n: number; readonly unit: 'days' | 'hours' } {
  const { term }: Keeping = KEPT[kind]
  if (typeof term === 'string') return { n: settings[term], unit: 'days' }
  return 'hours' in term ? { n: term.hours, unit: 'hours' } : { n: term.days, unit: 'days' }
}

/** The same in milliseconds. */
export function keptMs(kind: Kind, settings: KeptSettings = USUAL): number {
  const { n, unit } = termOf(kind, settings)
  return n * (unit === 'days' ? DAY : HOUR)
}
