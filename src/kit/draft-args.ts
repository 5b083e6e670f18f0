import { id, oneOf, whole } from '../feature/args.ts'
import type { Args } from '../feature/feature.ts'

/** What the buttons carry that the card of every draft has: on one's own draft. */
export const DRAFT_ARGS: Readonly<Record<string, Args>> = {
  ...{ draft: [id], post: [id], drop: [id], widen: [id], take: [id, whole] },
  preview: [id, id.optional()],
  where: [id, oneOf('here', 'all', 'area', 'platform', 'audience', 'space').optional(), id.optional()],
  chats: [id, whole, id.optional()],
}
