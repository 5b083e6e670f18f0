import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import { RecentMap } from '../platform/remember.ts'

/** Which poll's card somebody saw last in private: in memory alone, so that nothing of it is stored. Whoever says "2" after a restart is asked. */
const seen = new WeakMap<Deps, RecentMap<string, string>>()

const MOST = 5_000

export function noteSeen(ctx: Ctx, deps: Deps, pollId: string): void {
  if (ctx.inbound.place !== 'private' || !ctx.person) return
  const map = seen.get(deps) ?? new RecentMap<string, string>(MOST)
  seen.set(deps, map.set(ctx.person.id, pollId))
}

export function lastSeen(deps: Deps, personId: string): string | undefined {
  return seen.get(deps)?.get(personId)
}
