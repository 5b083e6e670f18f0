import type { Deps, News, Tx } from '../feature.ts'
import { spacesAt } from '../network/places.ts'
import { createPoll } from './create.ts'
import { defaults } from './settings.ts'

/** A poll that another feature asks for, in the same chats as what it is about. Whether it was made. */
export async function pollFor(tx: Tx, deps: Deps, news: News): Promise<boolean> {
  const { id, networkId, personId, question, options, places, opensAt, closesAt } = news
  const settings = {
    ...defaults(question, options, undefined, closesAt),
    ...{ addOptions: true, opensAt: opensAt?.toISOString() ?? null },
  }
  const spaces = await spacesAt(tx, networkId, places)
  const made = await createPoll(tx, deps, { networkId, personId, settings, id, spaces })
  return !('key' in made)
}
