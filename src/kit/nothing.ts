import { CHAT, named } from '../community/chat-names.ts'
import { hasActed } from '../community/reach.ts'
import type { Ctx } from '../feature/context.ts'
import type { Feature } from '../feature/feature.ts'
import type { SpaceRef } from '../platform/adapter.ts'
import type { Block } from '../view/view.ts'

/** What somebody reads for whom nothing waits: that there is nothing, or why the bot cannot know, and what is open where the chat app says that they are. */
export async function nothingBlocks(ctx: Ctx, features: readonly Feature[]): Promise<readonly Block[]> {
  const { t } = ctx.speech.texts
  if (ctx.roles.size > 0 || (await hasActed(ctx))) return [{ kind: 'text', text: t('app-nothing-waits') }]
  const lines = await openThere(ctx, features, await ctx.chat.chatsOf())
  if (lines.length === 0) return [{ kind: 'text', text: t('app-nothing-yet') }]
  return [
    { kind: 'title', text: t('app-open-there') },
    { kind: 'list', items: lines },
    { kind: 'text', text: t('app-open-there-how') },
  ]
}

/** Only what stands in a chat is told, and nothing can be done with it here: being in a chat is not acting there. */
async function openThere({ tx, speech }: Ctx, features: readonly Feature[], refs: readonly SpaceRef[]): Promise<readonly string[]> {
  if (refs.length === 0) return []
  const spaces = await tx.space.findMany({
    where: { ref: { in: [...refs] }, state: 'joined', audience: 'residents', network: { state: 'active' } },
    select: CHAT,
    orderBy: { id: 'asc' },
  })
  const lines: string[] = []
  for (const feature of features) lines.push(...(await feature.standsIn(tx, named(spaces), speech)))
  return lines
}
