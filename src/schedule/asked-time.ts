import type { Ctx } from '../feature.ts'
import { fullTime } from '../texts/when.ts'
import { readTime } from './plain-time.ts'

/** A time, or in plain words what is wrong with it and what would do. */
export async function timeOr(ctx: Ctx, words: string): Promise<{ at: Date } | { problem: string }> {
  const read = await readTime(words, ctx.speech)
  if (!('key' in read)) return read
  const { t } = ctx.speech.texts
  if (read.key !== 'time-past') return { problem: t(read.key) }
  const nearest = read.nearest ? fullTime(read.nearest, ctx.speech) : ''
  return { problem: t(read.nearest ? 'time-past-nearest' : 'time-past', { when: fullTime(read.at, ctx.speech), nearest }) }
}
