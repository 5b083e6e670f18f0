import { DateTime } from 'luxon'
import cron from 'node-cron'

/** Calls `work` once a second, never twice at once. Only wakes: what is due is read from the store. Returns how to stop it. */
export function everySecond(work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined
  const task = cron.schedule('* * * * * *', () => {
    underWay ??= work().finally(() => {
      underWay = undefined
    })
  })
  return async () => {
    await task.stop()
    await underWay
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
