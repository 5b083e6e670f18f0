import { AUDIENCES } from './domain.ts'
import { type AnnouncementSettings, EVERYWHERE, type KeptPlaces } from './settings.ts'
import type { Known } from './view-card.ts'

/** What a button of the menu of places makes of them; undefined where it names nothing that is there: anybody can write any token. */
export function choose(s: AnnouncementSettings, known: Known, kind: string | undefined, id = ''): KeptPlaces | undefined {
  const { audience } = s.places
  const unnamed = { ...s.places, spaces: [] }
  switch (kind) {
    case 'here':
      return known.spaces.some(space => space.id === s.home) ? { ...EVERYWHERE, audience, spaces: [s.home ?? ''] } : undefined
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
export function toggleSpace(s: AnnouncementSettings, known: Known, id: string | undefined): KeptPlaces | undefined {
  if (!id || !known.spaces.some(space => space.id === id)) return undefined
  return { ...EVERYWHERE, audience: s.places.audience, spaces: toggled(s.places.spaces, id) }
}

function toggled(all: readonly string[], one: string): string[] {
  return all.includes(one) ? all.filter(other => other !== one) : [...all, one]
}
