import { type Asked, link, sheet } from '../kit/forms.ts'
import type { Refusal } from '../kit/refusal.ts'
import { repeatAsked } from '../kit/series/forms.ts'
import { pictureSheet } from '../pictures/picture-form.ts'
import type { KeptPicture } from '../pictures/pictures.ts'
import { checkBeside, checkWords, LIMITS, readLink, tidy } from './domain.ts'
import { type Timing, timing, whenOr } from './read.ts'
import type { AnnouncementSettings } from './settings.ts'

/** The forms of announcements, of their drafts and of series. */

interface Said {
  readonly words: string
  readonly link: string | null
  /** What the words stand beside. */
  readonly picture: KeptPicture | null
}

const words: Asked<Said> = {
  ...{ name: 'words', label: 'announcements-form-words', hint: 'announcements-form-words-hint' },
  ...{ kind: 'lines', required: true, max: LIMITS.words },
  now: one => one.words,
  read: typed => checkWords(tidy(typed)) ?? { changes: { words: tidy(typed) } },
}

export const LINK = link('link', { label: 'announcements-form-link', hint: 'announcements-form-link-hint', max: LIMITS.link }, readLink)

function wrongBeside(after: Said): { words: Refusal } | undefined {
  const wrong = checkBeside(after)
  return wrong && { words: wrong }
}

const WHEN: Omit<Asked<unknown>, 'now' | 'read' | 'required'> = {
  ...{ name: 'when', label: 'announcements-form-when', hint: 'announcements-form-when-hint', pick: 'announcements-form-when-pick' },
  // How often takes more words than when.
  ...{ kind: 'when', max: 120 },
}

const when: Asked<Timing> = {
  ...WHEN,
  now: ({ postsAt }) => postsAt,
  async read(typed, { ctx }) {
    const read = await whenOr(ctx, typed)
    return 'problem' in read ? read : { changes: timing(read), said: read.note }
  },
}

const SAVED = { submit: 'announcements-form-save' } as const

/** Words, link, time: the three things that matter. */
export const NEW = sheet<AnnouncementSettings>({
  ...{ title: 'announcements-form-title', submit: 'announcements-form-submit', asks: [words, LINK, when], check: wrongBeside },
})

/** New words and link, of a draft, of an announcement that stands or of a series. */
export const WORDS = sheet<Said>({ ...SAVED, title: 'announcements-do-words', asks: [words, LINK], check: wrongBeside })

export const TIME = sheet<Timing>({ ...SAVED, title: 'announcements-do-move', asks: [when] })

/** Another time, of an announcement that still waits. */
export const MOVE = sheet<{ readonly postsAt: Date }>({
  ...{ ...SAVED, title: 'announcements-do-move' },
  asks: [
    {
      ...WHEN,
      now: ({ postsAt }) => postsAt.toISOString(),
      async read(typed, { ctx }) {
        const read = await whenOr(ctx, typed)
        if ('problem' in read) return read
        return read.repeats ? { key: 'series-one-time' } : { changes: { postsAt: read.at ?? ctx.speech.now }, said: read.note }
      },
    },
  ],
})

/** The picture of a draft, or of an announcement that stands. */
export const PICTURE = pictureSheet<Said>({
  ...{ ...SAVED, title: 'announcements-form-picture' },
  check: (now, about) => checkBeside({ ...now, picture: { about } }),
})

/** How often, of a draft. */
export const REPEAT = sheet<Timing>({
  ...{ ...SAVED, title: 'series-do-repeat' },
  asks: [repeatAsked<Timing>(repeats => (repeats ? { repeats, postsAt: null } : { repeats }))],
})
