import type { Adapter, Place, SpaceRef } from '../platform/adapter.ts'
import type { Tx } from '../store/tx.ts'
import { sanitizeLine, shorten } from '../view/sanitize.ts'
import { spacesOfChat } from './lists.ts'

/** How spaces are called: after their chat; a part of a chat (a topic) by the chat and its own name. */

type Named = Exclude<Place, 'private'>

const BETWEEN = ' › '
const MOST = 80
const MOST_PART = 39

/** '' where the platform tells no name. */
export function titleOf({ title = '', part = '' }: Pick<Named, 'title' | 'part'>): string {
  const whole = sanitizeLine(title)
  const name = shorten(sanitizeLine(part), MOST_PART)
  return name === '' ? shorten(whole, MOST) : `${shorten(whole, MOST - BETWEEN.length - name.length)}${BETWEEN}${name}`
}

/** The chat, or the part of it that an event comes from, has another name. Nothing else of the event is kept. */
export async function renamed(tx: Tx, adapter: Pick<Adapter, 'lane'>, place: Named): Promise<void> {
  if (place.part !== undefined) {
    await tx.space.updateMany({ where: { ref: place.space, state: { not: 'left' } }, data: { title: titleOf(place) } })
    return
  }
  for (const { id, ref, title: before } of await spacesOfChat(tx, (one: SpaceRef) => adapter.lane(one), place.space)) {
    const [, part] = ref === place.space ? [] : before.split(BETWEEN)
    await tx.space.update({ where: { id }, data: { title: titleOf({ ...place, ...(part && { part }) }) } })
  }
}

/** What a space was not told when it joined: whose part of the chat it is. */
export async function partKnown(tx: Tx, space: { readonly id: string; readonly title: string }, place: Place): Promise<void> {
  if (place === 'private' || place.part === undefined || space.title !== titleOf({ ...(place.title && { title: place.title }) })) return
  await tx.space.update({ where: { id: space.id }, data: { title: titleOf(place) } })
}
