import { needsRole } from '../community/permissions.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import { view } from '../view/make.ts'
import { shorten } from '../view/sanitize.ts'
import type { Button } from '../view/view.ts'

/** What somebody without the role has written is kept for ten minutes, so that a coordinator can take it on. */

/** Milliseconds. */
export const LEFT_FOR = 600_000

/** How such a draft is filed, apart from those of coordinators. */
export const leftFor = (feature: string): string => `left-${feature}`

const MOST = 5
const LABEL = 75

/** Keeps what this person has typed, in place of what they had left before, and says that it takes a coordinator. `data`: settings of a draft. */
export async function leave(ctx: Ctx, feature: string, data: object): Promise<Outcome> {
  if (!ctx.network || !ctx.person) return needsRole(ctx, 'coordinator')
  const { tx, network, person, speech } = ctx
  await tx.draft.deleteMany({ where: { personId: person.id, feature: leftFor(feature) } })
  await tx.draft.create({
    data: { id: ctx.ids.id(), networkId: network.id, personId: person.id, feature: leftFor(feature), data, updatedAt: speech.now },
  })
  return needsRole(ctx, 'coordinator', 'kit-left')
}

/** One thing that was left. */
interface Left {
  readonly id: string
  readonly name: string
  readonly data: unknown
}

/** What was left in the last ten minutes in this chat, or in private, in the whole network: the newest first. */
async function leftHere(ctx: Ctx, feature: string): Promise<readonly Left[]> {
  if (!ctx.network || !ctx.roles.has('coordinator')) return []
  const rows = await ctx.tx.draft.findMany({
    where: {
      ...{ networkId: ctx.network.id, feature: leftFor(feature), updatedAt: { gt: since(ctx) } },
      ...(ctx.space ? { data: { path: ['home'], equals: ctx.space.id } } : {}),
    },
    ...{ include: { person: { select: { name: true } } }, orderBy: { updatedAt: 'desc' }, take: MOST },
  })
  return rows.map(({ id, data, person }) => ({ id, data, name: person.name }))
}

function since({ speech: { now } }: Ctx): Date {
  return new Date(now.getTime() - LEFT_FOR)
}

/** Before a coordinator begins with nothing: what others have left, if anything; else undefined. `words`: what the thing is called. `anew`: on the button that begins without. */
export async function offerLeft(ctx: Ctx, feature: string, words: (data: unknown) => string, anew: TextKey): Promise<Outcome | undefined> {
  const all = await leftHere(ctx, feature)
  if (all.length === 0) return undefined
  const { t, locale } = ctx.speech.texts
  const begin = { label: t(anew), token: ctx.space ? token(feature, 'new', ctx.space.id) : token(feature, 'new') }
  const rows = all.map(({ id, name, data }): Button[] => [
    { label: shorten(t('kit-left-take', { name, words: words(data) }), LABEL), token: token(feature, 'adopt', id), look: 'main' },
  ])
  return { again: whisper(view({ lang: locale, blocks: [{ kind: 'text', text: t('kit-left-ask') }], buttons: [...rows, [begin]] })) }
}

/** Makes it this coordinator's own draft; its data, or undefined where it is there no more. */
export async function takeLeft(ctx: Ctx, feature: string, id: string): Promise<unknown> {
  if (!ctx.network || !ctx.person || !ctx.roles.has('coordinator')) return undefined
  const where = { id, networkId: ctx.network.id, feature: leftFor(feature), updatedAt: { gt: since(ctx) } }
  const taken = await ctx.tx.draft.updateMany({ where, data: { feature, personId: ctx.person.id, updatedAt: ctx.speech.now } })
  return taken.count === 0 ? undefined : (await ctx.tx.draft.findUnique({ where: { id } }))?.data
}
