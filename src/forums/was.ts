import { z } from 'zod'

/** What calendars take over, and people must hear of. */
export const MATTERS = ['startsAt', 'minutes', 'address', 'directions', 'link'] as const

/** Time and place before the last change that people heard of, as the forum keeps them. */
export const Was = z.object({
  startsAt: z.iso.datetime(),
  minutes: z.int(),
  address: z.string(),
  directions: z.string(),
  link: z.string().nullable(),
})
export type Was = z.infer<typeof Was>
