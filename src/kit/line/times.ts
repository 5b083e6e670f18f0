import type { Ctx } from '../../feature/context.ts'
import { type AskedTime, type Problem, timeOr } from '../../schedule/asked-time.ts'
import { fullTime } from '../../texts/when.ts'
import type { Reader } from './said.ts'

type Read = AskedTime & { readonly minutes?: number }

/** A time that a line says. `press`: of the card, what asks for it anew. `read`: `spanOr` where how long it lasts counts too. */
export function timeReader<S>(
  press: string,
  set: (at: Date, minutes: number | undefined, now: S) => Partial<S>,
  read: (ctx: Ctx, words: string) => Promise<Read | Problem<Date>> = timeOr,
): Reader<S> {
  return async (ctx, value, now) => {
    const found = await read(ctx, value)
    if (!('problem' in found)) return { changes: set(found.at, found.minutes, now), note: found.note }
    const readings = found.nearest.map(at => ({ label: fullTime(at, ctx.speech), changes: set(at, undefined, now) }))
    return { problem: found.problem, readings, anew: { press, label: ctx.speech.texts.t('line-another-time') } }
  }
}
