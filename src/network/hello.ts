import { postIn } from '../community/audience.ts'
import { whoButton } from '../community/permissions.ts'
import { titleOf } from '../community/titles.ts'
import { fitParts, post } from '../delivery/outbox.ts'
import type { Post } from '../delivery/post.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { Wanted } from '../feature/wanted.ts'
import { quiet, text } from '../kit/page.ts'
import type { Refused } from '../kit/presses.ts'
import { type PersonRef, platformOf, type SpaceRef } from '../platform/adapter.ts'
import type { Audience, Network, Person, Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import type { TextKey } from '../texts/keys.ts'
import { view } from '../view/make.ts'
import type { Block, View } from '../view/view.ts'
import type { Tools } from './permissions.ts'

/** A chat becomes a space: its row, and the hello that must stand there before it counts as joined. */

/** How long a hello is worth posting, in milliseconds. */
export const HELLO_PATIENCE = 3_600_000

/** Under this name a draft keeps who is bringing a space in, until its hello stands. */
export const JOINING = 'network-join'

/** A chat belongs to one network at a time: nobody else brings it in until the end of the transaction. What is known of it. */
async function holdChat(tx: Tx, ref: SpaceRef): Promise<(Space & { network: Network }) | null> {
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
    ...postIn(tools.deps, network.id, space),
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
export function joiningView(ctx: Ctx, network: Network, advice: readonly string[], isHidden = true): View {
  const { t, named, locale } = ctx.speech.texts
  // The code works on for other chats, so whoever reads it could use it.
  const seen = isHidden ? [] : [text(t('network-join-seen'))]
  const blocks = [text(t('network-joining', { network: network.name })), ...seen, ...advice.map(key => quiet(named(key)))]
  return view({ lang: locale, blocks })
}

interface Refusals extends Lacking {
  /** To whoever is no admin of the chat. */
  readonly admin: TextKey
  /** Where the platform does not say who is one. */
  readonly unknown: TextKey
}

/** Why this person cannot bring this chat into any network now. Holds the chat, so that nobody else brings it in meanwhile. */
export async function mayNotBring(ctx: Ctx, ref: SpaceRef, { admin, unknown, ...lacking }: Refusals): Promise<Outcome | undefined> {
  const asked = await ctx.chat.isAdmin().catch((cause: unknown) => {
    if (cause instanceof Wanted) throw cause
    return 'nobody knows' as const
  })
  // Where the bot cannot look, it says first what would let it.
  const allowed = asked === undefined ? await allowances(ctx, lacking) : undefined
  if (allowed && 'refused' in allowed) return allowed.refused
  if (asked !== true) return unchanged(ctx, asked === false ? admin : unknown)
  const space = await holdChat(ctx.tx, ref)
  if (!space || space.state === 'left') return undefined
  if (space.network.sample) return unchanged(ctx, 'network-sample-closed')
  return space.state === 'gone' ? undefined : unchanged(ctx, 'network-join-taken', { network: space.network.name, state: space.state })
}

interface Lacking {
  readonly missing: TextKey
  readonly after?: TextKey
  readonly buttons?: View['buttons']
}

/** What the bot would like to be allowed in this chat; or what it needs first, with what to click. */
export async function allowances(ctx: Ctx, { missing, after, buttons = [] }: Lacking): Promise<{ advice: readonly string[] } | Refused> {
  const advice = await ctx.chat.missing()
  const needed = advice.filter(key => !key.endsWith('-optional'))
  if (needed.length === 0) return { advice }
  const { t, named, locale } = ctx.speech.texts
  const blocks: Block[] = [text(t(missing)), { kind: 'list', items: needed.map(key => named(key)) }, ...(after ? [text(t(after))] : [])]
  return { refused: { again: whisper(view({ lang: locale, blocks, buttons })) } }
}

/** Whether this account is only for trying: what it does stays in the sample network. */
export async function isSample(tx: Tx, ref: PersonRef | string): Promise<boolean> {
  return (await tx.membership.count({ where: { identityRef: ref, person: { network: { sample: true } } } })) > 0
}
