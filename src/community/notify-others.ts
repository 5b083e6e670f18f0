import { post } from '../delivery/outbox.ts'
import type { Deps } from '../feature/feature.ts'
import type { PersonRef } from '../platform/adapter.ts'
import type { Network } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Args } from '../texts/texts.ts'
import { sentence } from '../view/make.ts'
import type { Button } from '../view/view.ts'
import { toPerson } from './notify.ts'

interface News {
  /** Who did it: they know. */
  readonly except: string
  /** Persons who hear it beside the coordinators. */
  readonly also?: readonly string[]
  readonly key: TextKey
  readonly args: Args
  readonly buttons?: (t: (key: TextKey) => string) => readonly (readonly Button[])[]
}

/** Tells the other coordinators, each in private and in their own language, what one of them has done. */
export async function notifyOthers(tx: Tx, deps: Deps, network: Network, { except, also = [], key, args, buttons }: News): Promise<void> {
  const members = await tx.membership.findMany({
    where: {
      networkId: network.id,
      personId: { not: except },
      OR: [{ personId: { in: [...also] } }, { person: { grants: { some: { role: 'coordinator' } } } }],
    },
    include: { identity: true },
  })
  const news = deps.ids.id()
  const posts = members.flatMap(({ identity }) => {
    const { t, locale } = deps.texts.in(identity.locale ?? network.locale)
    const view = sentence(locale, t(key, { ...args, network: network.name }), buttons?.(t) ?? [])
    return toPerson(deps, {
      ref: identity.ref as PersonRef,
      networkId: network.id,
      key: `network/news/${news}`,
      subject: 'network_news',
      view,
    })
  })
  await post(tx, posts, deps.clock.now())
}
