import { type PersonRef, platformOf } from '../adapter.ts'
import { fitParts, post } from '../delivery/outbox.ts'
import type { Post } from '../delivery/post.ts'
import type { Deps, Tx } from '../feature.ts'
import { sentence } from '../view/make.ts'
import type { View } from '../view/view.ts'

interface Troubled {
  readonly id: string
  readonly networkId: string
  readonly trouble: string
}

/** Tells the coordinators of a network, each in private, that a space cannot be posted in any more. */
export async function tellCoordinators(tx: Tx, deps: Deps, spaces: readonly Troubled[]): Promise<void> {
  const now = deps.clock.now()
  const names = new Map(
    (await tx.space.findMany({ where: { id: { in: spaces.map(space => space.id) } } })).map(space => [space.id, space.title]),
  )
  const coordinators = await tx.membership.findMany({
    where: { networkId: { in: spaces.map(space => space.networkId) }, person: { grants: { some: { role: 'coordinator' } } } },
    include: { identity: true, person: { include: { network: true } } },
  })
  const posts = spaces.flatMap(space =>
    coordinators
      .filter(one => one.networkId === space.networkId)
      .flatMap(({ identity, person }) => {
        const { t, locale } = deps.texts.in(identity.locale ?? person.network.locale)
        const text = t('space-trouble-told', { space: names.get(space.id) ?? '?', network: person.network.name, why: t(space.trouble) })
        return toPerson(deps, {
          ref: identity.ref as PersonRef,
          networkId: space.networkId,
          key: `trouble/${space.id}/${now.toISOString()}`,
          subject: 'network_trouble',
          view: sentence(locale, text),
        })
      }),
  )
  await post(tx, posts, now)
}

/** A finished message to one person, as posts; none where their platform is off. */
export function toPerson(deps: Deps, o: { ref: PersonRef; networkId: string; key: string; subject: string; view: View }): readonly Post[] {
  const platform = deps.platform(platformOf(o.ref))
  if (!platform) return []
  const { ref, key, ...rest } = o
  return fitParts(
    { ...rest, key: `${key}/${ref}`, to: { personRef: ref }, platform: platformOf(ref), lane: platform.lane(ref), unsure: 'drop' },
    platform.can.limits,
  )
}
