import process from 'node:process'
import { createInterface } from 'node:readline'
import { DateTime } from 'luxon'
import { readTime } from '../../src/schedule/plain-time.ts'
import { nextDates } from '../../src/schedule/recurrence/dates.ts'
import { isRepeating, readRepeats } from '../../src/schedule/recurrence/plain-rule.ts'
import type { Ask, Told } from './on-hosts.ts'

/** Reads plain words, a question a line, in the zone of this machine (`TZ`); answers as JSON. */

async function tell({ words, zone, now: at }: Ask): Promise<Omit<Told, 'offset'>> {
  const moment = { zone, now: new Date(at) }
  const local = (time: Date) => DateTime.fromJSDate(time, { zone }).toFormat("yyyy-MM-dd'T'HH:mm")
  if (isRepeating(words)) {
    const read = await readRepeats(words, moment)
    if (!('repeats' in read)) return { times: [], key: read.key }
    return { times: nextDates({ ...read.repeats, except: [], moved: {} }, moment.now, 3).map(date => local(date.at)) }
  }
  const read = await readTime(words, moment)
  return 'key' in read ? { times: [], key: read.key } : { times: [local(read.at)] }
}

for await (const line of createInterface({ input: process.stdin })) {
  const told = await tell(JSON.parse(line) as Ask)
  process.stdout.write(`${JSON.stringify({ ...told, offset: -new Date(0).getTimezoneOffset() })}\n`)
}
