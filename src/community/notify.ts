import { fitParts, post } from '../delivery/outbox.ts'
import type { Post } from '../delivery/post.ts'
import type { Deps } from '../feature/feature.ts'
import { type PersonRef, platformOf } from '../platform/adapter.ts'
import type { Tx } from '../store/tx.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Texts } from '../texts/texts.ts'
import { sentence } from '../view/make.ts'
import type { View } from '../view/view.ts'

interface Troubled {
  readonly id: string
  readonly networkId: string
  readonly trouble: string
}

/** Tells the coordinators of a network, each in private, that a space cannot be posted in any more. */
export async function notifyTrouble(tx: Tx, deps: Deps, spaces: readonly Troubled[]): Promise<void> {
  await tellCoordinators(
    tx,
    deps,
    spaces.map(({ id, networkId, trouble }) => ({ networkId, spaceId: id, key: 'space-trouble-told', why: trouble })),
  )
}

/** Tells them that somebody deleted a post of ours. */
export async function notifyDeleted(
  tx: Tx,
  deps: Deps,
  posts: readonly { readonly networkId: string; readonly spaceId: string | null }[],
): Promise<void> {
  const spaces = new Map(
    posts.flatMap(({ networkId, spaceId }) =>
      spaceId ? [[spaceId, { networkId, spaceId, key: 'space-post-deleted', why: undefined }] as const] : [],
    ),
  )
  await tellCoordinators(tx, deps, [...spaces.values()])
}

interface News {
  readonly networkId: string
  readonly spaceId: string
  /** Of a text with `space`, `network` and `why`. */
  readonly key: TextKey
  readonly why: string | undefined
}

async function tellCoordinators(tx: Tx, deps: Deps, news: readonly News[]): Promise<void> {
  if (news.length === 0) return
  const names = new Map(
    (await tx.space.findMany({ where: { id: { in: news.map(one => one.spaceId) } } })).map(space => [space.id, space.title]),
  )
  await notifyCoordinators(
    tx,
    deps,
    news.map(({ networkId, spaceId, key, why }) => ({
      networkId,
      about: `${key}/${spaceId}`,
      words: ({ t, named }, network) => t(key, { space: names.get(spaceId) ?? '?', network, why: why ? named(why) : '' }),
    })),
  )
}

/** One thing to say to the coordinators of a network. */
export interface Word {
  readonly networkId: string
  /** Not said twice at the same moment. */
  readonly about: string
  words(texts: Texts, network: string): string
  buttons?(texts: Texts): View['buttons']
  /** Whose business it is: while they are a coordinator, they alone hear it. */
  readonly maker?: string | null
  /** A platform where nobody can be reached. */
  readonly except?: string
}

/** Says it to each of them (at most `LIMITS.inRole`) in private, on every platform where they have an account. */
export async function notifyCoordinators(tx: Tx, deps: Deps, all: readonly Word[]): Promise<void> {
  const now = deps.clock.now()
  const coordinators = await tx.membership.findMany({
    where: { networkId: { in: all.map(one => one.networkId) }, person: { grants: { some: { role: 'coordinator' } } } },
    include: { identity: true, person: { include: { network: true } } },
  })
  const posts = all.flatMap(one => {
    const there = coordinators.filter(({ networkId }) => networkId === one.networkId)
    const makers = there.filter(({ personId }) => personId === one.maker)
    const hearers = makers.length > 0 ? makers : there
    return hearers
      .filter(({ identityRef }) => platformOf(identityRef as PersonRef) !== one.except)
      .flatMap(({ identity, person: { network } }) => {
        const texts = deps.texts.in(identity.locale ?? network.locale)
        return toPerson(deps, {
          ref: identity.ref as PersonRef,
          networkId: one.networkId,
          key: `${one.about}/${now.toISOString()}`,
          subject: 'network_trouble',
          view: sentence(texts.locale, one.words(texts, network.name), one.buttons?.(texts) ?? []),
        })
      })
  })
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
