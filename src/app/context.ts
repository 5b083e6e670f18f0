import { type Here, memberOf, whoIsHere } from '../community/members.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Asking } from '../feature/wanted.ts'
import type { Adapter, Inbound, MessageRef, SpaceRef } from '../platform/adapter.ts'
import { whisperTo } from '../platform/whisper.ts'
import type { Tx } from '../store/tx.ts'

interface Around {
  readonly tx: Tx
  readonly inbound: Inbound
  readonly adapter: Adapter
  readonly deps: Deps
  /** The way to the platform: nothing else here calls it. */
  readonly asking: Asking
}

/** One event with all that is known of it. Words to the person are in their own language; times in the zone of the space or the network. */
export async function makeContext(around: Around): Promise<Ctx> {
  return dress(await whoIsHere(around.tx, around.inbound, around.deps.ids), around)
}

function dress(here: Here, around: Around): Ctx {
  const { tx, inbound, adapter, deps, asking } = around
  const now = deps.clock.now()
  const speak = (locale: string | null | undefined, zone: string | null | undefined): Speech => {
    const texts = deps.texts.in(locale ?? here.network?.locale)
    return { texts, locale: texts.locale, zone: zone ?? here.network?.zone ?? 'Europe/London', now }
  }
  const address = inbound.place === 'private' ? inbound.person.ref : inbound.place.space
  const space = inbound.place === 'private' ? undefined : inbound.place.space
  return {
    ...here,
    inbound,
    tx,
    ids: deps.ids,
    pictures: deps.pictures,
    log: deps.log,
    lately: deps.acts.lately(inbound.person.ref),
    speech: speak(here.identity.locale ?? here.space?.locale, here.space?.zone),
    speechFor: wish => speak(wish.locale, wish.zone),
    chat: {
      can: adapter.can,
      whisper: whisperTo(adapter.can, inbound),
      isAdmin: async () =>
        space ? ((await asking.ask('is admin', () => adapter.isAdmin(inbound.person.ref, space))) ?? inbound.isAdmin) : false,
      missing: async () => (space ? asking.ask('missing', () => adapter.missing(space)) : []),
      chatsOf: async () => (adapter.can.chats ? asking.ask('chats', () => chatsOf(adapter, inbound)) : []),
      lane: ref => adapter.lane(ref ?? address),
      privateLink: payload => adapter.privateLink(payload),
      chatLink: payload => adapter.chatLink(payload),
      remove: message => asking.ask(`remove ${message}`, () => remove(adapter, message)),
    },
    async in(networkId) {
      if (here.network?.id === networkId) return dress(here, around)
      // In a space only its own network; in private only one that this person already belongs to.
      if (inbound.place !== 'private') return undefined
      const member = await memberOf(tx, here.identity.ref, networkId)
      const network = member && (await tx.network.findUnique({ where: { id: networkId } }))
      return member && network ? dress({ ...here, ...member, network }, around) : undefined
    },
  }
}

/** Where the platform does not say, none. */
async function chatsOf(adapter: Adapter, { person }: Inbound): Promise<readonly SpaceRef[]> {
  return adapter.chatsOf(person.ref).catch(() => [])
}

/** Whether it is gone, by us or by somebody before us. */
async function remove(adapter: Adapter, message: MessageRef): Promise<boolean> {
  const sent = await adapter.change(message, 'remove')
  return sent !== 'unsure' && ('ok' in sent || ('no' in sent && sent.no === 'gone'))
}
