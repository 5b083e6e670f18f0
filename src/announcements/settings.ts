import { z } from 'zod'
import { KeptPicture } from '../network/pictures.ts'
import type { Space } from '../store/generated/client.ts'
import { AUDIENCES, LATE, LATE_DEFAULT } from './domain.ts'

/** Where it goes, as it is kept: see `Places`. */
export const KeptPlaces = z.object({
  spaces: z.array(z.string()),
  areas: z.array(z.string()),
  platforms: z.array(z.string()),
  audience: z.enum(AUDIENCES),
})
export type KeptPlaces = z.infer<typeof KeptPlaces>

/** An announcement as it is being set up: the data of a draft. */
export const AnnouncementSettings = z.object({
  words: z.string(),
  link: z.string().nullable(),
  /** ISO instant; null: as soon as it is posted. */
  postsAt: z.iso.datetime().nullable(),
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
    lateHours: LATE_DEFAULT,
    pin: false,
    picture: null,
    places: { ...EVERYWHERE, spaces: home ? [home.id] : [] },
    home: home?.id ?? null,
  }
}

/** All chats of residents. */
export const EVERYWHERE: KeptPlaces = { spaces: [], areas: [], platforms: [], audience: 'residents' }
