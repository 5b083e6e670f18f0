import { z } from 'zod'
import { readRow } from '../base/readable.ts'
import type { Ctx } from '../feature/context.ts'
import type { WholeForum } from './forum.ts'
import { ForumSettings } from './settings.ts'

/** Changes that are not sent yet, as rows. */

/** As these drafts are called. */
export const CHANGE_ROWS = 'forums-change'

/** Which parts change, to what, and what they were when that was shown. */
export const Kept = z.object({
  forum: z.string(),
  names: z.array(ForumSettings.keyof()),
  wanted: ForumSettings,
  from: ForumSettings,
})
export type Kept = z.infer<typeof Kept>

/** The change of a forum that this person has not sent yet. */
export async function pendingOf(ctx: Ctx, one: WholeForum): Promise<{ readonly id: string; readonly kept: Kept } | undefined> {
  if (!ctx.person) return undefined
  const [row] = await ctx.tx.draft.findMany({
    where: { personId: ctx.person.id, networkId: one.networkId, feature: CHANGE_ROWS, data: { path: ['forum'], equals: one.id } },
    orderBy: { updatedAt: 'desc' },
    take: 1,
  })
  return row && { id: row.id, kept: readRow('Draft', row, ({ data }) => Kept.parse(data)) }
}

/** What it changes. */
export function changesOf({ names, wanted }: Pick<Kept, 'names' | 'wanted'>): Partial<ForumSettings> {
  const changes: Partial<ForumSettings> = {}
  for (const name of names) take(changes, name, wanted)
  return changes
}

function take<Name extends keyof ForumSettings>(into: Partial<ForumSettings>, name: Name, of: ForumSettings): void {
  into[name] = of[name]
}
