import { announcementsFeature } from '../announcements/feature.ts'
import { calendarFeature } from '../calendar/feature.ts'
import { forumsFeature } from '../forums/feature.ts'
import { guideFeature } from '../guide/feature.ts'
import { networkFeature } from '../network/feature.ts'
import type { Links } from '../network/permissions.ts'
import { pollsFeature } from '../polls/feature.ts'
import { forgetNetworkPolls } from '../polls/personal-data.ts'
import type { Deps, Feature } from './feature.ts'

/** The list of features: the one line to add. `known`: what the bot tells for the health part of `/network`. */
export function makeFeatures(deps: Deps, known: Pick<Links, 'lastBackup' | 'troubles'>): readonly Feature[] {
  const dated = [pollsFeature(deps), announcementsFeature(deps), forumsFeature(deps)]
  const own = [...dated, calendarFeature(deps, dated)]
  const network = networkFeature(deps, {
    ...known,
    offers: async (tx, spaceId, speech) => (await Promise.all(own.map(feature => feature.spaceJoined(tx, spaceId, speech)))).flat(),
    forExport: async (tx, networkId) => Object.assign({}, ...(await Promise.all(own.map(feature => feature.forExport(tx, networkId))))),
    forgetNetwork: (tx, networkId) => forgetNetworkPolls(tx, networkId, deps.clock.now()),
  })
  return [...own, network, guideFeature(deps, [...own, network])]
}
