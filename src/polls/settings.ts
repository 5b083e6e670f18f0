import { z } from 'zod'
import { EVERYWHERE, KeptPlaces, usualPlaces } from '../kit/audience.ts'
import { CLOSING } from './closing.ts'
import { RESULTS } from './domain.ts'

/** A poll as it is being set up: the data of a draft. Times are ISO instants. */
const Settings = z.object({
  question: z.string(),
  options: z.array(z.string()),
  min: z.number().int().min(1),
  max: z.number().int().min(1),
  secret: z.boolean(),
  results: z.enum(RESULTS),
  addOptions: z.boolean(),
  opensAt: z.iso.datetime().nullable(),
  closesAt: z.iso.datetime().nullable(),
  /** When chats where few have answered are reminded. Drafts of before have none. */
  closing: z.enum(CLOSING).default('usual'),
  /** Where it is posted. One for the steering group is answered by that group alone. */
  places: KeptPlaces,
  /** The space where it was begun. */
  home: z.string().nullable(),
})
export type PollSettings = z.infer<typeof Settings>

/** As drafts named their places once. */
const Before = z.looseObject({
  places: z.undefined().optional(),
  voters: z.enum(['everyone', 'steering']),
  where: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('space'), spaceId: z.string() }),
    z.object({ kind: z.literal('area'), areaId: z.string() }),
    z.object({ kind: z.literal('all') }),
  ]),
})

/** Settings as a draft keeps them, also one that was begun before all things that are posted had the same places. */
export const PollSettings: z.ZodType<PollSettings> = z.preprocess(kept => {
  const before = Before.safeParse(kept)
  if (!before.success) return kept
  const { where, voters, ...rest } = before.data
  const audience = voters === 'steering' ? 'steering' : 'residents'
  const spaces = where.kind === 'space' ? [where.spaceId] : []
  return { ...rest, places: { ...EVERYWHERE, audience, spaces, areas: where.kind === 'area' ? [where.areaId] : [] } }
}, Settings)

/** When it is open, as it is set up so far. */
export function timesOf(
  { opensAt, closesAt }: Pick<PollSettings, 'opensAt' | 'closesAt'>,
  now: Date,
): { opensAt: Date; closesAt: Date | null } {
  return { opensAt: opensAt ? new Date(opensAt) : now, closesAt: closesAt ? new Date(closesAt) : null }
}

/** Who may answer what is set up so. */
export function votersOf({ places }: Pick<PollSettings, 'places'>): 'everyone' | 'steering' {
  return places.audience === 'steering' ? 'steering' : 'everyone'
}

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
    opensAt: null,
    closesAt: closesAt.toISOString(),
    closing: 'usual',
    places: usualPlaces(home),
    home: home ?? null,
  }
}
