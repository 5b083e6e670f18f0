import process from 'node:process'
import { readTime } from '../../../src/schedule/plain-time.ts'
import { nextDates } from '../../../src/schedule/recurrence/dates.ts'
import { readRepeats } from '../../../src/schedule/recurrence/plain-rule.ts'
import { clockChanges, oneOffs } from './clock-table.ts'

/** Prints what the tables of clock changes come to in the zone of this machine (`TZ`), as JSON. */

const zone = 'Europe/London'

const series = clockChanges.map(async ({ words, from, dates }) => {
  const now = new Date(from)
  const read = await readRepeats(words, { zone, now })
  if (!('repeats' in read)) return read.key
  return nextDates({ ...read.repeats, except: [], moved: {} }, now, dates.length).map(
    ({ at, odd }) => `${at.toISOString().slice(0, 16)}${odd ? ` ${odd}` : ''}`,
  )
})
const single = oneOffs.map(async ({ words, now }) => {
  const read = await readTime(words, { zone, now: new Date(now) })
  return 'key' in read ? read.key : `${read.at.toISOString().slice(0, 16)}${read.odd ? ` ${read.odd}` : ''}`
})
process.stdout.write(
  JSON.stringify({ offset: new Date(0).getTimezoneOffset(), series: await Promise.all(series), single: await Promise.all(single) }),
)
