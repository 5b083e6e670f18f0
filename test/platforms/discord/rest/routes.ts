import type { Route } from './ask.ts'
import { callbackRoutes } from './callback.ts'
import { commandRoutes } from './commands.ts'
import { eventRoutes } from './events.ts'
import { messageRoutes } from './messages.ts'
import { placeRoutes } from './places.ts'
import { webhookRoutes } from './webhooks.ts'

interface Compiled {
  readonly route: Route
  readonly segments: readonly string[]
}

const all: readonly Compiled[] = [
  ...callbackRoutes,
  ...messageRoutes,
  ...webhookRoutes,
  ...commandRoutes,
  ...placeRoutes,
  ...eventRoutes,
].map(route => ({
  route,
  segments: route.route.split('/').slice(1),
}))

export interface Found {
  readonly route: Route
  readonly params: Record<string, string>
}

/** The route for a path without /api/v10: fixed words win over parameters. */
export function findRoute(method: string, path: string): Found | undefined {
  const given = path.split('/').slice(1)
  const [best] = all
    .filter(one => one.route.method === method && one.segments.length === given.length && fits(one.segments, given))
    .sort((a, b) => wild(a.segments) - wild(b.segments))
  if (!best) return undefined
  const params = best.segments.flatMap((segment, at) => (segment.startsWith(':') ? [[segment.slice(1), decode(given[at])]] : []))
  return { route: best.route, params: Object.fromEntries(params) as Record<string, string> }
}

const fits = (segments: readonly string[], given: readonly string[]): boolean =>
  segments.every((segment, at) => segment.startsWith(':') || segment === given[at] || segment === decode(given[at]))

const wild = (segments: readonly string[]): number => segments.filter(segment => segment.startsWith(':')).length

/** discord.js writes `@original` as `%40original`. */
function decode(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '')
  } catch {
    return part ?? ''
  }
}
