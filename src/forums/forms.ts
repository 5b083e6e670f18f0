import { type Asked, items, link, type Sheet, sheet, when, whole, words } from '../kit/forms.ts'
import { pictureSheet } from '../pictures/picture-form.ts'
import { spanOr } from '../schedule/asked-time.ts'
import { isPicked } from '../schedule/time-field.ts'
import type { EndOf } from '../texts/texts.ts'
import { parseLink } from '../view/link.ts'
import { sanitize, shorten, tooLong } from '../view/sanitize.ts'
import type { CycleSettings } from './cycle-settings.ts'
import { fitInSummary, LENGTH, LIMITS, readItems, readLength, WEEKS } from './domain.ts'
import type { WholeForum } from './forum.ts'
import { type ForumSettings, lasting } from './settings.ts'

/** The forms of forums. */

/** The parts that can be changed, each by a form of its own. */
export const PARTS = ['words', 'time', 'place', 'people'] as const
export type Part = (typeof PARTS)[number]

/** Fields that have a label and a hint. */
type Name = EndOf<'forums-field-'> & EndOf<'forums-hint-'>
type Said<One extends Name> = { readonly name: One; readonly label: `forums-field-${One}`; readonly hint: `forums-hint-${One}` }

function said<One extends Name>(name: One): Said<One> {
  return { name, label: `forums-field-${name}`, hint: `forums-hint-${name}` }
}

const long = { long: 'forums-wrong-long' } as const

function text<One extends Name & keyof typeof LIMITS>(name: One, kind: 'line' | 'lines'): ReturnType<typeof words<One>> {
  return words(name, kind, { ...said(name), max: LIMITS[name], wrong: long })
}

function list<One extends Name>(name: One, most: number, letters: number): ReturnType<typeof items<One>> {
  return items(name, { ...said(name), max: most * (letters + 1) }, typed => {
    const all = readItems(typed)
    const isRight = all.length <= most && all.every(item => tooLong(item, letters) === undefined)
    return isRight ? [...all] : { key: 'forums-wrong-agenda', args: { most, letters } }
  })
}

/** The code at the door. */
export const DOOR = sheet({
  ...{ title: 'forums-door-title', submit: 'forums-do-arrive' },
  asks: [
    words('code', 'line', {
      ...{ label: 'forums-door-label', hint: 'forums-door-hint', required: true, max: 20 },
      wrong: { none: 'forums-here-how', long: 'forums-here-wrong' },
    }),
  ],
})

const theme = words('theme', 'line', {
  ...{ ...said('theme'), required: true, max: LIMITS.theme, wrong: { ...long, none: 'forums-wrong-no-theme' } },
})

/** A time that is left empty, or as it was, stays as it is. */
function time(name: 'when' | 'announce', set: 'startsAt' | 'postsAt'): Asked<ForumSettings> {
  const must = name === 'when'
  const ask = when<ForumSettings>(
    { ...said(name), pick: `forums-hint-${name}`, required: now => must && !now[set], now: now => now[set] },
    (at, note) => ({ changes: { [set]: at.toISOString() }, said: note }),
    ({ now }) => (must && now[set] === null ? { key: 'forums-wrong-no-time' } : { changes: {} }),
  )
  const read = must ? begins(ask) : ask.read
  return { ...ask, read: (typed, on) => (isSame(typed.trim(), on.now[set]) ? { changes: {} } : read(typed, on)) }
}

/** When it begins; with "6pm-8pm" also how long it lasts. */
function begins(ask: Asked<ForumSettings>): Asked<ForumSettings>['read'] {
  return async (typed, on) => {
    if (typed.trim() === '') return ask.read(typed, on)
    const read = await spanOr(on.ctx, typed)
    return 'problem' in read ? read : { changes: lasting(read), said: read.note }
  }
}

/** A picker that was left alone sends what it stood on, without the fractions of its second. */
function isSame(typed: string, kept: string | null): boolean {
  if (kept === null || !isPicked(typed)) return false
  return Math.floor(Date.parse(typed) / 1000) === Math.floor(Date.parse(kept) / 1000)
}

const length: Asked<ForumSettings> = {
  ...{ ...said('length'), kind: 'line', max: 20 },
  now: ({ minutes }) => String(minutes),
  read(typed, { now }) {
    // As it was: an end that was said with the time stands.
    if (['', String(now.minutes)].includes(typed.trim())) return { changes: {} }
    const minutes = readLength(typed)
    return minutes ? { changes: { minutes } } : { key: 'forums-wrong-length', args: { least: LENGTH.least, most: LENGTH.most / 60 } }
  },
}

const website = link('link', { ...said('link'), max: LIMITS.link }, typed => {
  const read = parseLink(typed, LIMITS.link)
  return 'url' in read ? read : { key: 'forums-wrong-link' }
})

const capacity = whole('capacity', {
  ...{ ...said('capacity'), max: 6, from: 1, to: LIMITS.capacity, none: null },
  wrong: { key: 'forums-wrong-capacity', args: { most: LIMITS.capacity } },
})

const SAVED = { submit: 'forums-form-save' } as const

/** Of a draft, or of a forum that stands. */
export const SHEETS: Readonly<Record<Part, Sheet<ForumSettings>>> = {
  words: part('words', [theme, text('about', 'lines'), list('agenda', LIMITS.agenda, LIMITS.item)]),
  time: part('time', [time('when', 'startsAt'), length, time('announce', 'postsAt')]),
  place: part('place', [text('address', 'line'), text('directions', 'lines'), website]),
  people: part('people', [capacity, text('host', 'line'), text('contact', 'line')]),
}

function part(name: Part, asks: readonly Asked<ForumSettings>[]): Sheet<ForumSettings> {
  return sheet({ ...SAVED, title: `forums-form-${name}`, asks })
}

/** Theme, time, place: the three things that matter. */
export const NEW = sheet<ForumSettings>({
  ...{ title: 'forums-form-title', submit: 'forums-form-submit' },
  asks: [theme, time('when', 'startsAt'), text('address', 'line')],
})

const weeks = whole('weeks', {
  ...{ ...said('weeks'), max: 3, from: WEEKS.least, to: WEEKS.most, none: WEEKS.usual },
  wrong: { key: 'forums-wrong-weeks', args: { least: WEEKS.least, most: WEEKS.most } },
})

/** Three meetings in one go: the first time, how many weeks between them, the place of all. */
export const CYCLE = sheet<CycleSettings>({
  ...{ title: 'forums-cycle-title', submit: 'forums-form-submit' },
  asks: [
    {
      ...{ ...said('first'), pick: 'forums-hint-first', kind: 'when' },
      required: ({ first }) => first === null,
      now: ({ first }) => first,
      async read(typed, { ctx, now: { first } }) {
        if (first !== null && (typed.trim() === '' || isSame(typed.trim(), first))) return { changes: {} }
        const read = await spanOr(ctx, typed)
        if ('problem' in read) return read
        const { startsAt: at, minutes } = lasting(read)
        return { changes: { first: at ?? first, ...(minutes === undefined ? {} : { minutes }) }, said: read.note }
      },
    },
    weeks,
    text('address', 'line'),
  ],
})

/** What somebody needs to be able to come. */
export const NEEDS = sheet<{ readonly needs: string }>({
  ...{ ...SAVED, title: 'forums-do-needs', intro: ({ ctx }) => ctx.speech.texts.t('forums-needs-intro') },
  asks: [{ ...text('needs', 'lines'), read: typed => ({ changes: { needs: shorten(sanitize(typed).trim(), LIMITS.needs) } }) }],
})

/** Why it is cancelled. */
export const CANCEL = sheet<{ readonly why: string }>({
  ...{ title: 'forums-form-cancel', submit: 'forums-do-cancel' },
  asks: [{ ...text('why', 'lines'), now: () => null, read: typed => ({ changes: { why: shorten(sanitize(typed).trim(), LIMITS.why) } }) }],
})

/** What the host writes down afterwards. */
export const NOTES = sheet<Pick<WholeForum, 'notes' | 'outcomes'>>({
  ...{ ...SAVED, title: 'forums-do-notes' },
  asks: [text('notes', 'lines'), list('outcomes', LIMITS.outcomes, LIMITS.outcome)],
  check: after => (fitInSummary(after) ? undefined : { outcomes: { key: 'forums-wrong-together' } }),
})

/** The picture that goes with what came out of it. */
export const PHOTO = pictureSheet<WholeForum>({ ...SAVED, title: 'forums-do-photo' })
