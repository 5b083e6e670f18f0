import { DateTime } from 'luxon'
import cron from 'node-cron'

/**
 * Calls `work` again and again, never twice at once, and waits `pause()` milliseconds in between: by a timer, which does not know the clock and so does not mind where it
 * is set. `work` never rejects. Returns how to stop it.
 */
export function keepAwake(work: () => Promise<void>, pause: () => number): () => Promise<void> {
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  const go = (): void => {
    underWay = work().then(() => {
      if (!isOver) timer = setTimeout(go, pause())
    })
  }
  go()
  return async () => {
    isOver = true
    clearTimeout(timer)
    await underWay
  }
}

/** Calls `nudge` at about three in the morning, by the clock of this computer. A clock that is set may skip it, so nothing may depend on it alone. */
export function atNight(nudge: () => void): () => Promise<void> {
  const task = cron.schedule('0 3 * * *', nudge, { suppressMissedWarning: true })
  return async () => {
    await task.stop()
  }
}

/** Whether the night's work is still to be done: nothing since the last three o'clock of that zone. */
export function nightIsDue(last: Date | undefined, now: Date, zone: string): boolean {
  if (!last) return true
  const here = DateTime.fromJSDate(now, { zone })
  const three = here.set({ hour: 3, minute: 0, second: 0, millisecond: 0 })
  const since = three <= here ? three : three.minus({ days: 1 })
  return last < since.toJSDate()
}
