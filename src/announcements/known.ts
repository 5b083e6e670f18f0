import type { Ctx } from '../feature.ts'
import type { Known } from './view-card.ts'

/** The areas, chats and platforms of a network, as the cards name them. */
export async function knownPlaces(ctx: Ctx, networkId: string): Promise<Omit<Known, 'reach'>> {
  const areas = await ctx.tx.area.findMany({ where: { networkId, retiredAt: null }, orderBy: { name: 'asc' } })
  const spaces = await ctx.tx.space.findMany({ where: { networkId, state: 'joined' }, orderBy: [{ title: 'asc' }, { id: 'asc' }] })
  return { areas, spaces, platforms: [...new Set(spaces.map(space => space.platform))].sort() }
}
