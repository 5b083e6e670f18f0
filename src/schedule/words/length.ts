import { clocksAt, spansOf } from './clock.ts'
import { awaysAt } from './days.ts'
import { tidied } from './text.ts'

const BETWEEN = / ?(?:-|to|until|till) ?/uy

/** Minutes of "2 hours", "an hour and a half", "1h30", "2:30", "6pm-8pm" or a bare number of minutes; undefined for anything else. Pure. */
export function lengthIn(words: string): number | undefined {
  const text = tidied(words)
  const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)$/.exec(text) ?? []
  if (hours !== undefined) return Number(hours) * 60 + Number(minutes)
  if (/^\d{1,4}$/.test(text)) return Number(text)
  const said = `in ${text}`
  const away = awaysAt(said, 0).find(({ end }) => end === said.length)
  return away?.value.minutes ?? spanIn(text.replace(/^from /, ''))
}

function spanIn(text: string): number | undefined {
  for (const from of clocksAt(text, 0, true)) {
    BETWEEN.lastIndex = from.end
    if (!BETWEEN.test(text)) continue
    const to = clocksAt(text, BETWEEN.lastIndex, true).find(({ end }) => end === text.length)
    const [span] = to ? spansOf(from.value, to.value) : []
    if (span) return span.to - span.from
  }
  return undefined
}
