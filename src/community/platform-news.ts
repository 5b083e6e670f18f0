import type { Deps } from '../feature/feature.ts'
import type { PlatformStatus } from '../platform/adapter.ts'
import type { Alarm } from '../runtime/alarm.ts'
import type { Texts } from '../texts/texts.ts'
import { notifyCoordinators } from './notify.ts'

/** The key of the text that says why nothing is posted in a space whose platform will not come back without a person. */
const LOST = 'space-trouble-platform'

/** Looks at what became of the platforms (`statuses`); does something only after a change, and tries again where that failed. */
export function platformNews(deps: Deps, statuses: ReadonlyMap<string, { readonly state: PlatformStatus }>): Alarm {
  const known = new Map<string, PlatformStatus>()
  const fresh = (): (readonly [string, PlatformStatus])[] => {
    // What another process has now may have changed when it is ours again.
    for (const platform of known.keys()) if (!statuses.has(platform)) known.delete(platform)
    const all = [...statuses].map(([platform, { state }]) => [platform, state] as const)
    return all.filter(([platform, state]) => known.get(platform) !== state && (state === 'dead' || state === 'up'))
  }
  return {
    ...{ name: 'platforms', trouble: 'network-alarm-platforms', when: { asked: () => fresh().length > 0 } },
    async run() {
      for (const [platform, state] of fresh()) {
        if (state === 'dead') await lose(deps, platform)
        else await deps.store.space.updateMany({ where: { platform, trouble: LOST }, data: { trouble: null } })
        known.set(platform, state)
      }
    },
  }
}

/** Marks the spaces there, and tells the coordinators of their networks on the other platforms: once, whoever restarts the bot. */
async function lose(deps: Deps, platform: string): Promise<void> {
  await deps.store.$transaction(async tx => {
    const lost = await tx.space.updateManyAndReturn({ where: { platform, state: 'joined', trouble: null }, data: { trouble: LOST } })
    const counts = new Map<string, number>()
    for (const { networkId } of lost) counts.set(networkId, (counts.get(networkId) ?? 0) + 1)
    const name = platform.charAt(0).toUpperCase() + platform.slice(1)
    const news = [...counts].map(([networkId, n]) => ({
      networkId,
      about: `lost:${platform}`,
      words: ({ t }: Texts, network: string) => t('platform-lost-told', { platform: name, network, n }),
      except: platform,
    }))
    await notifyCoordinators(tx, deps, news)
  })
}
