import { toPerson } from '../community/notify.ts'
import { post } from '../delivery/outbox.ts'
import type { Speech } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import type { PersonRef } from '../platform/adapter.ts'
import type { Tx } from '../store/tx.ts'
import type { View } from '../view/view.ts'
import type { WholeForum } from './forum.ts'

/** A word in private to people who have answered: on every account that they have, each in its own language. */
export interface Word {
  readonly personIds: readonly string[]
  /** Not said twice: a token-like name of the occasion. */
  readonly about: string
  view(speech: Speech): View
  /** Of no use after that. */
  readonly usefulUntil?: Date
  /** Where a send was cut off and nobody can tell: say it again (default), or let it be. */
  readonly unsure?: 'repeat' | 'drop'
}

export async function tellPeople(tx: Tx, deps: Deps, one: WholeForum, word: Word): Promise<void> {
  if (word.personIds.length === 0) return
  const now = deps.clock.now()
  const accounts = await tx.membership.findMany({
    where: { networkId: one.networkId, personId: { in: [...word.personIds] } },
    include: { identity: true },
    orderBy: { identityRef: 'asc' },
  })
  const network = await tx.network.findUniqueOrThrow({ where: { id: one.networkId }, select: { locale: true } })
  const posts = accounts.flatMap(({ identity }) => {
    const texts = deps.texts.in(identity.locale ?? network.locale)
    return toPerson(deps, {
      ref: identity.ref as PersonRef,
      networkId: one.networkId,
      key: `forums/${one.id}/${word.about}`,
      subject: token('forums', 'told', one.id),
      view: word.view({ texts, locale: texts.locale, zone: one.zone, now }),
    }).map(made => ({
      ...made,
      ...(word.usefulUntil ? { usefulUntil: word.usefulUntil } : {}),
      unsure: word.unsure ?? 'repeat',
    }))
  })
  await post(tx, posts, now)
}
