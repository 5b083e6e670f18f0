import { whoButton } from '../community/permissions.ts'
import { titleOf } from '../community/titles.ts'
import { fitParts, post } from '../delivery/outbox.ts'
import type { Post } from '../delivery/post.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { token } from '../feature/token.ts'
import { Wanted } from '../feature/wanted.ts'
import { quiet, text } from '../kit/page.ts'
import { type PersonRef, platformOf, type SpaceRef } from '../platform/adapter.ts'
import type { Audience, Network, Person, Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import type { TextKey } from '../texts/keys.ts'
import { view } from '../view/make.ts'
import type { View } from '../view/view.ts'
import type { Tools } from './permissions.ts'

/** A chat becomes a space: its row, and the hello that must stand there before it counts as joined. */

/** How long a hello is worth posting, in milliseconds. */
export const HELLO_PATIENCE = 3_600_000

/** Under this name a draft keeps who is bringing a space in, until its hello stands. */
export const JOINING = 'network-join'

/** Nobody else brings this chat in, or takes it, until the end of the transaction. What is known of it. */
export async function holdChat(tx: Tx, ref: SpaceRef): Promise<(Space & { network: Network }) | null> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`space ${ref}`}, 0))::text`
  return tx.space.findUnique({ where: { ref }, include: { network: true } })
}

interface Entry {
  readonly network: Network
  readonly person: Person
  readonly areaId: string | null
  readonly audience: Audience
}

/** Makes the space (or takes up the one that left this network before) as `joining`, and posts its hello. Call only while leases the chat. */
export async function beginJoining(ctx: Ctx, tools: Tools, ref: SpaceRef, entry: Entry): Promise<Space> {
  const { tx, ids, speech } = ctx
  const { network, person, areaId, audience } = entry
  const place = ctx.inbound.place
  const title = (place !== 'private' && titleOf(place)) || speech.texts.t('network-space-untitled')
  const fresh = { areaId, audience, title, state: 'joining' as const, trouble: null, joinedAt: speech.now }
  const before = await tx.space.findUnique({ where: { ref } })
  // What another network did here stays its own; only the address goes on.
  if (before && before.networkId !== network.id)
    await tx.space.update({ where: { id: before.id }, data: { ref: `${platformOf(ref)}:left-${before.id}`, state: 'left' } })
  const space =
    before?.networkId === network.id
      ? await tx.space.update({ where: { id: before.id }, data: fresh })
      : await tx.space.create({ data: { ...fresh, id: ids.id(), networkId: network.id, ref, platform: platformOf(ref) } })
  const attempt = ids.id()
  const data = { spaceId: space.id, personRef: ctx.identity.ref }
  await tx.draft.create({ data: { id: attempt, networkId: network.id, personId: person.id, feature: JOINING, data } })
  await post(tx, helloPosts(ctx, tools, space, { ...entry, attempt }), speech.now)
  return space
}

/** The subject of one try at a hello. */
export function helloSubject(spaceId: string, attempt: string): string {
  return token('network', 'hello', spaceId, attempt)
}

function helloPosts(ctx: Ctx, tools: Tools, space: Space, o: Entry & { attempt: string }): readonly Post[] {
  const platform = tools.deps.platform(space.platform)
  if (!platform) return []
  const { network } = o
  const whole: Post = {
    key: `network/hello/${o.attempt}`,
    networkId: network.id,
    to: { spaceId: space.id },
    platform: space.platform,
    lane: platform.lane(space.ref as SpaceRef),
    subject: helloSubject(space.id, o.attempt),
    view: helloView(network, space, ctx.speechFor({ locale: space.locale ?? network.locale, zone: space.zone ?? network.zone })),
    usefulUntil: new Date(ctx.speech.now.getTime() + HELLO_PATIENCE),
  }
  return fitParts(whole, platform.can.limits)
}

/** What this is, who runs it and how to reach them, what is kept, and where to read more. */
function helloView(network: Network, space: Space, speech: Speech): View {
  const { t, locale } = speech.texts
  return view({
    lang: locale,
    blocks: [
      { kind: 'title', text: t('network-hello-title') },
      text(t('network-hello-what', { network: network.name, audience: space.audience })),
      text(network.contact ? t('network-hello-contact', { contact: network.contact }) : t('network-hello-no-contact')),
      quiet(t('network-hello-kept')),
      quiet(t('network-hello-guide')),
    ],
    buttons: [[{ label: t('network-hello-guide-button'), token: token('app', 'guide') }, whoButton(speech)]],
  })
}

/** What the person who brings a chat in hears at once, with what the bot would like to be allowed there. */
export function joiningView(ctx: Ctx, network: Network, advice: readonly string[]): View {
  const { t, named, locale } = ctx.speech.texts
  return view({ lang: locale, blocks: [text(t('network-joining', { network: network.name })), ...advice.map(key => quiet(named(key)))] })
}

/** Whether this person is an admin of the chat where they say it; or the answer that says why it does not go on. */
export async function needAdmin(ctx: Ctx, refuse: (key: TextKey) => Outcome): Promise<Outcome | undefined> {
  try {
    return (await ctx.chat.isAdmin()) ? undefined : refuse('network-needs-admin')
  } catch (cause) {
    if (cause instanceof Wanted) throw cause
    return refuse('network-admin-unknown')
  }
}

/** Whether this account is only for trying: what it does stays in the sample network. */
export async function isSample(tx: Tx, ref: PersonRef | string): Promise<boolean> {
  return (await tx.membership.count({ where: { identityRef: ref, person: { network: { sample: true } } } })) > 0
}
