import { z } from 'zod'
import { KeptPlaces, usualPlaces } from '../kit/audience.ts'
import { KeptRepeats } from '../kit/series/kept.ts'
import { KeptPicture } from '../pictures/pictures.ts'
import type { Space } from '../store/generated/client.ts'
import { LATE, LATE_DEFAULT } from './domain.ts'

/** An announcement as it is being set up: the data of a draft. */
export const AnnouncementSettings = z.object({
  words: z.string(),
  link: z.string().nullable(),
  /** ISO instant; null: as soon as it is posted. */
  postsAt: z.iso.datetime().nullable(),
  /** Null: once. */
  repeats: KeptRepeats.nullable().default(null),
  lateHours: z.literal([...LATE]),
  pin: z.boolean(),
  picture: KeptPicture.nullable().default(null),
  places: KeptPlaces,
  /** The space where it was begun. */
  home: z.string().nullable(),
})
export type AnnouncementSettings = z.infer<typeof AnnouncementSettings>

/** What a new announcement is set to: this chat, or in private all chats of residents. */
export function defaults(words: string, home: Pick<Space, 'id'> | undefined): AnnouncementSettings {
  return {
    words,
    link: null,
    postsAt: null,
    repeats: null,
    lateHours: LATE_DEFAULT,
    pin: false,
    picture: null,
    places: usualPlaces(home?.id),
    home: home?.id ?? null,
  }
}
