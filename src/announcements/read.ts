import type { Ctx } from '../feature/context.ts'
import { type Problem, repeatsOr, timeOr } from '../schedule/asked-time.ts'
import { isRepeating } from '../schedule/recurrence/plain-rule.ts'
import type { Repeats } from '../schedule/recurrence/rule.ts'
import { sameKey } from '../view/sanitize.ts'
import type { AnnouncementSettings } from './settings.ts'

/** When it goes out. `note`: what the clocks do then. */
export interface When {
  /** Null: now, or again and again. */
  readonly at: Date | null
  readonly repeats?: Repeats
  readonly note?: string
}

/** A time that is still to come, or how often; nothing, or "now", is none of them. */
export async function whenOr(ctx: Ctx, words: string): Promise<When | Problem<When>> {
  if (['', 'now'].includes(sameKey(words))) return { at: null }
  if (isRepeating(words)) {
    const read = await repeatsOr(ctx, words)
    return 'problem' in read
      ? { ...read, nearest: read.nearest.map(repeats => ({ at: null, repeats })) }
      : { at: null, repeats: read.repeats }
  }
  const read = await timeOr(ctx, words)
  return 'problem' in read ? { ...read, nearest: read.nearest.map(at => ({ at })) } : read
}

export type Timing = Pick<AnnouncementSettings, 'postsAt' | 'repeats'>

/** The same, as settings keep it. */
export function timing({ at, repeats }: When): Timing {
  return { postsAt: at?.toISOString() ?? null, repeats: repeats ?? null }
}
