import { defineFeature } from '../feature/define.ts'
import type { Deps, Feature } from '../feature/feature.ts'
import { networkActions } from './actions.ts'
import { networkAlarms } from './alarms.ts'
import type { Tools } from './permissions.ts'
import { personalDataLines, waitingSections } from './personal-data.ts'

// What coordinators do is loaded when the first of them comes: votes need none of it, and wait for it at every start otherwise.
const command = () => import('./command.ts')
const people = () => import('./people.ts')

/** What everything else stands on: networks, their areas, chats and people. */
export function networkFeature(deps: Deps): Feature {
  const tools: Tools = { deps }
  return defineFeature({
    name: 'network',
    commands: [
      {
        ...{ name: 'network', about: 'network-command', where: 'anywhere' },
        run: async (ctx, args) => (await command()).runNetwork(ctx, tools, args),
        suggest: async (ctx, typed) => (await import('../kit/verbs.ts')).suggestVerbs((await command()).networkCommand(tools), ctx, typed),
      },
    ],
    ...networkActions(tools),
    alarms: networkAlarms(tools),
    forPerson: waitingSections,
    personalData: personalDataLines,
    forget: async (tx, who) => (await people()).forgetInNetwork(tx, who),
    join: async (tx, who) => (await people()).joinInNetwork(tx, who),
    forExport: async (tx, networkId) => (await import('./export.ts')).exportOwn(tx, networkId),
  })
}
