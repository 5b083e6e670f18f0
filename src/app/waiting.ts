import { keptMs } from '../base/kept.ts'
import { readRows } from '../base/readable.ts'
import { titleOf } from '../community/titles.ts'
import type { Ctx } from '../feature/context.ts'
import type { Prisma } from '../store/generated/client.ts'
import type { View } from '../view/view.ts'

/** What could not be said where it was asked for waits for the next private answer to the person, and says there what it answers. */

/** How many words that waited one answer carries; the next answer carries more. */
const MOST_WAITING = 20

export async function keepWaiting(ctx: Ctx, view: View): Promise<void> {
  const { event } = ctx.inbound
  if (event.kind === 'missed' && event.isWhole) return keepWhole(ctx, view)
  const named = { ...view, blocks: [...answers(ctx), ...view.blocks] }
  await ctx.tx.waiting.create({
    data: { id: ctx.ids.id(), identityRef: ctx.inbound.person.ref, view: JSON.parse(JSON.stringify(named)), createdAt: ctx.speech.now },
  })
}

/**
 * What says itself what it is about, once however often it is lost. It may stand for an answer about a secret choice: so nothing says at what time of the day
 * that was given, and `whole` tells those apart that go with the close.
 */
async function keepWhole({ tx, ids, inbound, speech }: Ctx, view: View): Promise<void> {
  const written: Prisma.InputJsonObject = { ...JSON.parse(JSON.stringify(view)), whole: true }
  const identityRef = inbound.person.ref
  if (await tx.waiting.findFirst({ where: { identityRef, view: { equals: written } }, select: { id: true } })) return
  const day = new Date(speech.now)
  day.setUTCHours(0, 0, 0, 0)
  await tx.waiting.create({ data: { id: ids.id(), identityRef, view: written, createdAt: day } })
}

/** A command by its name alone: what stood behind it may be a code. */
function answers({ inbound, speech }: Ctx): View['blocks'] {
  const { event, place } = inbound
  const { t } = speech.texts
  const chat = (place !== 'private' && titleOf(place)) || 'none'
  const command = event.kind === 'command' ? event.name : event.kind === 'missed' ? event.command : undefined
  if (command !== undefined) return [{ kind: 'quiet', text: t('app-waited-command', { command, chat }) }]
  return chat === 'none' ? [] : [{ kind: 'quiet', text: t('app-waited-tap', { chat }) }]
}

/** What could not be said before, oldest first; taken with the answer that carries it. What is of no use any more is let go. */
export async function takeWaiting(ctx: Ctx): Promise<readonly View[]> {
  const rows = await ctx.tx.waiting.findMany({
    where: { identityRef: ctx.identity.ref },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: MOST_WAITING,
  })
  if (rows.length === 0) return []
  await ctx.tx.waiting.deleteMany({ where: { id: { in: rows.map(row => row.id) } } })
  const since = ctx.speech.now.getTime() - keptMs('waiting')
  const recent = rows.filter(row => row.createdAt.getTime() > since)
  // We wrote these views ourselves; one that cannot be read would keep all answers from this person.
  return [...readRows(ctx.log, 'Waiting', recent, writtenView)]
}

function writtenView(row: { readonly view: unknown }): View {
  const { whole: _, ...kept } = { ...(row.view as (Partial<View> & { readonly whole?: true }) | null) }
  if (!Array.isArray(kept.blocks) || !Array.isArray(kept.buttons)) throw new TypeError('This is no view.')
  return kept as View
}
