import type { webApi } from '@slack/bolt'
import { RecentMap } from '../../src/platform/remember.ts'
import { within } from '../../src/platform/waiting.ts'
import { sanitizeLine } from '../../src/view/sanitize.ts'

/** What a delivery does not say: the name that somebody chose, and their language. */
export interface Known {
  readonly name?: string
  readonly locale?: string
}

/** Looks somebody up by id. `ask`: Slack may be asked, for a while; else only what is known or on its way is told. */
export type People = (user: string, ask: boolean) => Promise<Known>

/** Below what an answer may take. */
const mostMs = 1_500
const most = 20_000
/** Names and languages change rarely; so long they are believed, in milliseconds. */
const goodForMs = 6 * 3_600_000

export function createPeople(client: webApi.WebClient, now: () => Date, patienceMs: number = mostMs): People {
  const kept = new RecentMap<string, { readonly at: number; readonly known: Promise<Known> }>(most)

  async function look(user: string): Promise<Known> {
    try {
      const { user: found } = await client.users.info({ user, include_locale: true })
      const name = sanitizeLine(found?.profile?.display_name || found?.real_name || '')
      return { ...(name && { name }), ...(found?.locale && { locale: found.locale }) }
    } catch {
      kept.delete(user)
      return {}
    }
  }

  return async (user, ask) => {
    const found = kept.get(user)
    const at = now().getTime()
    if (found && (!ask || at - found.at < goodForMs)) return within(patienceMs, found.known, {})
    if (!ask) return {}
    const known = look(user)
    kept.set(user, { at, known })
    return within(patienceMs, known, {})
  }
}
