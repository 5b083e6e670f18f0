import type { Ctx } from '../feature/context.ts'
import { fullTime } from '../texts/when.ts'
import { readTime } from './plain-time.ts'

/** A time, or in plain words what is wrong with it and what would do. `note`: where the clocks change then, what it will be. */
export async function timeOr(ctx: Ctx, words: string): Promise<{ at: Date; note?: string } | { problem: string }> {
  const read = await readTime(words, ctx.speech)
  const { t } = ctx.speech.texts
  if (!('key' in read)) return read.odd ? { at: read.at, note: t(`time-${read.odd}`, { when: fullTime(read.at, ctx.speech) }) } : read
  if (read.key !== 'time-past') return { problem: t(read.key) }
  const nearest = read.nearest ? fullTime(read.nearest, ctx.speech) : ''
  return { problem: t(read.nearest ? 'time-past-nearest' : 'time-past', { when: fullTime(read.at, ctx.speech), nearest }) }
}
