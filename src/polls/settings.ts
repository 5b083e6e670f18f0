import { z } from 'zod'
import { RESULTS } from './domain.ts'

/** Where a poll is posted. */
const Where = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('space'), spaceId: z.string() }),
  z.object({ kind: z.literal('area'), areaId: z.string() }),
  z.object({ kind: z.literal('all') }),
])
export type Where = z.infer<typeof Where>

/** A poll as it is being set up: the data of a draft. Times are ISO instants. */
export const PollSettings = z.object({
  question: z.string(),
  options: z.array(z.string()),
  min: z.number().int().min(1),
  max: z.number().int().min(1),
  secret: z.boolean(),
  results: z.enum(RESULTS),
  addOptions: z.boolean(),
  voters: z.enum(['everyone', 'steering']),
  opensAt: z.iso.datetime().nullable(),
  closesAt: z.iso.datetime().nullable(),
  where: Where,
  /** The space where it was begun. */
  home: z.string().nullable(),
})
export type PollSettings = z.infer<typeof PollSettings>

/** What a new poll is set to before anybody chooses otherwise. */
export function defaults(question: string, options: readonly string[], home: string | undefined, closesAt: Date): PollSettings {
  return {
    question,
    options: [...options],
    min: 1,
    max: 1,
    secret: true,
    results: 'live',
    addOptions: false,
    voters: 'everyone',
    opensAt: null,
    closesAt: closesAt.toISOString(),
    where: home ? { kind: 'space', spaceId: home } : { kind: 'all' },
    home: home ?? null,
  }
}
