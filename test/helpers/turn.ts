import type { Turn } from '../../src/runtime/alarm.ts'

/** One time that an alarm goes off, where nothing is guarded: what fails is thrown. */
export function turnAt(now: Date): Turn {
  return {
    ...{ now, resting: [] },
    async each(rows, work) {
      for (const row of rows) await work(row)
    },
    async together(rows, work) {
      if (rows.length > 0) await work(rows)
    },
  }
}
