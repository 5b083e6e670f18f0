import type { Ctx } from '../feature/context.ts'
import type { Block } from '../view/view.ts'

/** Under a list, for coordinators: how many of its rows were left out because they cannot be read. */
export function unreadBlocks({ roles, speech }: Ctx, n: number): readonly Block[] {
  return n > 0 && roles.has('coordinator') ? [{ kind: 'quiet', text: speech.texts.t('network-unread', { n }) }] : []
}
