import { z } from 'zod'
import { COMING_OR_HERE, spacesAt } from '../community/audience.ts'
import { named, ON_BUTTON } from '../community/chat-names.ts'
import type { Ctx } from '../feature/context.ts'

/** Choosing where something goes: the same for everything that coordinators send. */

export const AUDIENCES = ['residents', 'steering', 'everyone'] as const

/** Where something goes, as it is kept: see `Places`. */
export const KeptPlaces = z.object({
  spaces: z.array(z.string()),
  areas: z.array(z.string()),
  platforms: z.array(z.string()),
  audience: z.enum(AUDIENCES),
})
export type KeptPlaces = z.infer<typeof KeptPlaces>

/** All chats of residents. */
export const EVERYWHERE: KeptPlaces = { spaces: [], areas: [], platforms: [], audience: 'residents' }

/** Where something goes before anybody chooses: the chat where it was begun; in private, all chats of residents. */
export function usualPlaces(home: string | undefined): KeptPlaces {
  return { ...EVERYWHERE, spaces: home ? [home] : [] }
}

/** What is chosen so far; `home`: the space where it was begun. */
export interface Choosing {
  readonly places: KeptPlaces
  readonly home: string | null
}

/** What the menus need to name places. */
export interface KnownPlaces {
  readonly areas: readonly { readonly id: string; readonly name: string }[]
  readonly spaces: readonly { readonly id: string; readonly title: string }[]
  readonly platforms: readonly string[]
  /** How many chats are meant by what is chosen. */
  readonly reach: number
}

/** The places of the network that somebody is at work on: at most `LIMITS.areas` and `LIMITS.chats`. */
export async function knownPlaces(ctx: Ctx, places: KeptPlaces): Promise<KnownPlaces> {
  const networkId = ctx.network?.id ?? ''
  const areas = await ctx.tx.area.findMany({ where: { networkId, retiredAt: null }, orderBy: { name: 'asc' } })
  const found = await ctx.tx.space.findMany({
    where: { networkId, state: COMING_OR_HERE },
    include: { area: true },
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
  })
  const spaces = named(found, ON_BUTTON)
  const reach = await spacesAt(ctx.tx, networkId, places)
  return { areas, spaces, platforms: [...new Set(spaces.map(space => space.platform))].sort(), reach: reach.length }
}

/** What a button of the menu of places makes of them; undefined where it names nothing that is there: anybody can write any token. */
export function choosePlaces({ places, home }: Choosing, known: KnownPlaces, kind: string | undefined, id = ''): KeptPlaces | undefined {
  const unnamed = { ...places, spaces: [] }
  switch (kind) {
    case 'here':
      return known.spaces.some(space => space.id === home) ? { ...EVERYWHERE, audience: places.audience, spaces: [home ?? ''] } : undefined
    case 'space':
      return known.spaces.some(space => space.id === id) ? { ...EVERYWHERE, audience: places.audience, spaces: [id] } : undefined
    case 'all':
      return { ...unnamed, areas: [] }
    case 'area':
      return known.areas.some(area => area.id === id) ? { ...unnamed, areas: toggled(unnamed.areas, id) } : undefined
    case 'platform':
      return known.platforms.includes(id) ? { ...unnamed, platforms: toggled(unnamed.platforms, id) } : undefined
    case 'audience': {
      const chosen = AUDIENCES.find(one => one === id)
      return chosen && { ...unnamed, audience: chosen }
    }
    default:
      return undefined
  }
}

/** Named chats stand for themselves: areas and platforms are set aside. */
export function toggleSpace({ places }: Choosing, known: KnownPlaces, id: string | undefined): KeptPlaces | undefined {
  if (!id || !known.spaces.some(space => space.id === id)) return undefined
  return { ...EVERYWHERE, audience: places.audience, spaces: toggled(places.spaces, id) }
}

function toggled(all: readonly string[], one: string): string[] {
  return all.includes(one) ? all.filter(other => other !== one) : [...all, one]
}
