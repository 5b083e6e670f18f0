import { spacesAt } from '../community/audience.ts'
import type { PollWish } from '../feature/events.ts'
import type { Deps } from '../feature/feature.ts'
import type { Tx } from '../store/tx.ts'
import { createPoll } from './create.ts'
import { defaults } from './settings.ts'

/** A poll that another feature asks for, in the same chats as what it is about. */
export async function pollFor(tx: Tx, deps: Deps, wish: PollWish): Promise<'made' | 'not made'> {
  const { id, networkId, personId, question, options, places, opensAt, closesAt } = wish
  const settings = {
    ...defaults(question, options, undefined, closesAt),
    ...{ addOptions: true, opensAt: opensAt?.toISOString() ?? null },
  }
  const meant = await spacesAt(tx, networkId, places)
  // A chat that was given to residents since then must not get what is for the steering group.
  const spaces = meant.filter(space => places.audience !== 'steering' || space.audience === 'steering')
  const made = await createPoll(tx, deps, { networkId, personId, settings, id, spaces })
  return 'key' in made ? 'not made' : 'made'
}
