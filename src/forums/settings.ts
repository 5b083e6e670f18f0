import { z } from 'zod'
import { KeptPlaces, usualPlaces } from '../kit/audience.ts'
import type { Forum } from '../store/generated/client.ts'
import { LENGTH, REMIND, STEP_FREE, SUPPORT } from './domain.ts'

/** A forum as it is being set up: the data of a draft, and what can be changed of one that stands. */
export const ForumSettings = z.object({
  theme: z.string(),
  about: z.string(),
  agenda: z.array(z.string()),
  /** ISO instant; null: not said yet. */
  startsAt: z.iso.datetime().nullable(),
  minutes: z.int(),
  /** When it is announced, an ISO instant; null: as soon as it is posted. */
  postsAt: z.iso.datetime().nullable(),
  address: z.string(),
  directions: z.string(),
  stepFree: z.enum(STEP_FREE),
  support: z.array(z.enum(SUPPORT)),
  link: z.string().nullable(),
  capacity: z.int().nullable(),
  host: z.string(),
  contact: z.string(),
  remind: z.array(z.literal([...REMIND])),
  places: KeptPlaces,
  /** The space where it was begun. */
  home: z.string().nullable(),
})
export type ForumSettings = z.infer<typeof ForumSettings>

/** What a new forum is set to: the usual places, hosted by whoever makes it. */
export function defaults(theme: string, host: string, home: string | undefined): ForumSettings {
  return {
    ...{ theme, about: '', agenda: [], startsAt: null, minutes: LENGTH.usual, postsAt: null },
    ...{ address: '', directions: '', stepFree: 'unsaid', support: [], link: null, capacity: null, host, contact: '' },
    ...{ remind: [...REMIND], places: usualPlaces(home), home: home ?? null },
  }
}

/** When it is, and where an end was said too, how long. */
export function lasting({ at, minutes }: { readonly at: Date; readonly minutes?: number }): Partial<ForumSettings> {
  return { startsAt: at.toISOString(), ...(minutes === undefined ? {} : { minutes: Math.max(LENGTH.least, minutes) }) }
}

/** The settings of a forum that stands. */
export function settingsOf(one: Omit<Forum, 'places' | 'picture' | 'was'> & { readonly places: KeptPlaces }): ForumSettings {
  return ForumSettings.parse({ ...one, startsAt: one.startsAt.toISOString(), postsAt: one.postsAt.toISOString(), home: null })
}
