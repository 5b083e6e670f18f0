import type { Refusal } from '../kit/refusal.ts'
import type { EndOf } from '../texts/texts.ts'
import { hostOf, parseLink } from '../view/link.ts'
import { sanitize, shorten, tooLong } from '../view/sanitize.ts'

/** The rules of announcements, pure: no store, no clock, no platform. */

/**
 * UTF-16 units. The whole post is one message on every platform, so that it can be changed and taken back. `beside`: of all that stands beside a picture,
 * what it shows included; not every platform takes more than 1,024, and the rest is for words of ours.
 */
export const LIMITS = { words: 3000, link: 400, beside: 900 } as const

/** How many hours late an announcement may still be posted. */
export const LATE = [1, 12, 72] as const
export type Late = (typeof LATE)[number]
export const LATE_DEFAULT: Late = 12

const HOUR = 3_600_000

/** Words as they are kept: no empty lines at the ends, at most one between two others. */
export function tidy(text: string): string {
  return sanitize(text)
    .replaceAll(/[^\S\n]+\n/gu, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

export function checkWords(words: string): Refusal | undefined {
  if (words.length === 0) return { key: 'announcements-wrong-no-words' }
  const length = tooLong(words, LIMITS.words)
  return length === undefined ? undefined : { key: 'announcements-wrong-words-long', args: { max: LIMITS.words, length } }
}

/** With a picture there is less room, in the units that platforms count. The host of the link is written out beside it. */
export function checkBeside(one: {
  readonly words: string
  readonly link: string | null
  readonly picture: { readonly about: string } | null
}): Refusal | undefined {
  if (!one.picture) return undefined
  const link = one.link === null ? 0 : one.link.length + hostOf(one.link).length
  const length = one.words.length + link + one.picture.about.length
  return length > LIMITS.beside ? { key: 'announcements-wrong-beside', args: { max: LIMITS.beside, length } } : undefined
}

/** The address of a page; `https` may be left out. */
export function readLink(words: string): { readonly url: string } | Refusal {
  const read = parseLink(words, LIMITS.link)
  if ('url' in read) return read
  return read.wrong === 'link' ? { key: 'announcements-wrong-link' } : { key: 'announcements-wrong-link-long', args: { max: LIMITS.link } }
}

/** The first line is a title where more follows it. */
export function parts(words: string): { readonly title?: string; readonly text: string } {
  const [first = '', ...rest] = words.split('\n')
  const text = rest.join('\n').trim()
  return text !== '' && first.length <= 120 ? { title: first, text } : { text: words }
}

/** An announcement in one short line. */
export function nameOf(words: string): string {
  return shorten(words.replaceAll(/\s+/g, ' '), 60)
}

/** What may still become of an announcement. */
export interface Course {
  readonly state: string
  readonly postsAt: Date
  readonly lateHours: number
}

/** After this it is not posted any more where it was not. */
export function usefulUntil({ postsAt, lateHours }: Pick<Course, 'postsAt' | 'lateHours'>): Date {
  return new Date(postsAt.getTime() + lateHours * HOUR)
}

/** `coming`: its posts wait for their time; `out`: that has come; `withdrawn`. */
export function stageOf({ state, postsAt }: Pick<Course, 'state' | 'postsAt'>, now: Date): 'coming' | 'out' | 'withdrawn' {
  if (state === 'withdrawn') return 'withdrawn'
  return postsAt > now ? 'coming' : 'out'
}

/** How the post in one chat stands, as the delivery knows it. */
export interface Standing {
  readonly state: string
  readonly why: string | null
  readonly spaceId: string | null
}

type Whole = Course & { readonly changedAt: Date | null; readonly struckIn: readonly string[] }

/** The end of a text's key. */
export type Status = EndOf<'announcements-at-'>

/** What there is to say of a post in one chat. */
export function statusOf(post: Standing, one: Whole, now: Date): Status {
  switch (post.state) {
    case 'sent':
      return sentFate(post, one)
    case 'waiting':
      return waitingFate(post, one, now)
    case 'removed':
      return removedFate(post, one)
    case 'missed':
    case 'gone':
    case 'unsure':
      return post.state
    default:
      return post.why?.startsWith('refused') ? 'refused' : post.why === 'too long' ? 'long' : 'failed'
  }
}

function sentFate({ why, spaceId }: Standing, { state, struckIn, changedAt }: Whole): Status {
  if (state === 'withdrawn') return struckIn.includes(spaceId ?? '') ? 'struck' : 'going'
  return changedAt && why ? 'stale' : 'sent'
}

function waitingFate({ why }: Standing, one: Whole, now: Date): Status {
  if (stageOf(one, now) === 'coming') return 'coming'
  if (usefulUntil(one) < now) return 'missed'
  return why ? 'trying' : 'soon'
}

function removedFate({ why }: Standing, { state }: Whole): Status {
  if (state === 'withdrawn') return 'withdrawn'
  return why === 'gone' ? 'deleted' : 'left-out'
}

/** Whether trying again can help a post. */
export function mayTryAgain(status: string): boolean {
  return ['refused', 'failed', 'missed', 'long'].includes(status)
}
