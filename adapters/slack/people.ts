import { setTimeout as wait } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import { tameLine } from '../../src/view/tame.ts'

export interface Known {
  readonly name?: string
  readonly locale?: string
}

/** What a delivery does not say: the name that people chose, and their language. */
export interface People {
  /** `ask`: Slack may be asked, for as long as `patienceMs`; else only what is known or on its way. */
  of(user: string, ask: boolean): Promise<Known>
}

const patienceMs = 1_500
const most = 20_000
/** Names and languages change rarely; so long they are believed, in milliseconds. */
const goodForMs = 6 * 3_600_000

export function createPeople(client: webApi.WebClient, now: () => Date): People {
  const kept = new Map<string, { readonly at: number; readonly known: Promise<Known> }>()

  function look(user: string): Promise<Known> {
    if (kept.size >= most) kept.clear()
    const known = client.users.info({ user, include_locale: true }).then(({ user: found }): Known => {
      const name = tameLine(found?.profile?.display_name || found?.real_name || '')
      return { ...(name && { name }), ...(found?.locale && { locale: found.locale }) }
    })
    const safe = known.catch((): Known => {
      kept.delete(user)
      return {}
    })
    kept.set(user, { at: now().getTime(), known: safe })
    return safe
  }

  return {
    async of(user, ask) {
      const found = kept.get(user)
      const isGood = found !== undefined && now().getTime() - found.at < goodForMs
      if (!isGood && !ask) return found?.known ?? {}
      const end = new AbortController()
      const late = wait(patienceMs, {} as Known, { signal: end.signal }).catch((): Known => ({}))
      return Promise.race([isGood ? found.known : look(user), late]).finally(() => end.abort())
    },
  }
}
