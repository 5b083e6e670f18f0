import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { readTime } from '../../src/schedule/plain-time.ts'
import { readRepeats } from '../../src/schedule/recurrence/plain-rule.ts'
import { lengthIn } from '../../src/schedule/words/length.ts'

/** A Sunday. */
const now = new Date('2026-11-22T10:00:00Z')
const london = { zone: 'Europe/London', now }
const local = (at: Date) => DateTime.fromJSDate(at, { zone: london.zone }).toFormat("yyyy-MM-dd'T'HH:mm")

async function told(words: string): Promise<string> {
  const read = await readTime(words, london)
  if (!('key' in read)) return [local(read.at), ...(read.minutes ? [`${read.minutes} minutes`] : [])].join(', ')
  return [`${read.key} «${read.said}»`, ...read.nearest.map(local)].join(', ')
}

describe('common forms', () => {
  test.each([
    ['tonight at 9', '2026-11-22T21:00'],
    ['this evening 7.30', '2026-11-22T19:30'],
    ['twenty past seven on Friday evening', '2026-11-27T19:20'],
    ['Saturday morning at 8', '2026-11-28T08:00'],
    ['Sunday 9am', '2026-11-29T09:00'],
    ['Fri 27/11 6pm', '2026-11-27T18:00'],
    ['5.12.2026 18h', '2026-12-05T18:00'],
    ['Dec 5th, 2026 at 6 p.m.', '2026-12-05T18:00'],
    ['Tuesday week', '2026-12-01T18:00'],
    ['three weeks on Friday', '2026-12-18T18:00'],
    ['the fifteenth', '2026-12-15T18:00'],
    ['last Friday of next month at noon', '2026-12-25T12:00'],
    ['end of November', '2026-11-30T18:00'],
    ['in 1h30', '2026-11-22T11:30'],
    ["in an hour's time", '2026-11-22T11:00'],
    ['in a fortnight at 9am', '2026-12-06T09:00'],
    ['tomorrow, Monday, 6pm', '2026-11-23T18:00'],
    ['Friday 6-8pm', '2026-11-27T18:00, 120 minutes'],
    ['Sat 22:00-02:00', '2026-11-28T22:00, 240 minutes'],
    ['from 6 to 8 on Friday', '2026-11-27T18:00, 120 minutes'],
    ['Friday 6pm New York time', '2026-11-27T23:00'],
    ['Friday 18:00 UTC+2', '2026-11-27T16:00'],
    ['frIDAY\u00a06PM.', '2026-11-27T18:00'],
  ])('"%s" is %s', async (words, wanted) => {
    expect(await told(words)).toBe(wanted)
  })
})

describe('what is refused names the words, and comes with the nearest right reading', () => {
  test.each([
    ['Friday 6pm ish', 'time-no-word «ish», 2026-11-27T18:00'],
    ['Fridya 6pm', 'time-no-word «fridya», 2026-11-27T18:00'],
    ['every Friday 6pm', 'time-no-word «every», 2026-11-27T18:00'],
    ['by Friday 6pm', 'time-no-word «by», 2026-11-27T18:00'],
    ['demain à 18:00', 'time-no-word «demain à»'],
    ['not on Friday', 'time-no-word «not»'],
    ['Friday 6', 'time-no-word «6», 2026-11-27T18:00'],
    ['Friday at 8', 'time-no-one-way «friday at 8», 2026-11-27T08:00, 2026-11-27T20:00'],
    ['Friday midnight', 'time-no-one-way «friday midnight», 2026-11-27T00:00, 2026-11-28T00:00'],
    ['Friday and Saturday at noon', 'time-no-one «friday and saturday at noon», 2026-11-27T18:00, 2026-11-28T12:00'],
    ['Friday 6pm 7pm', 'time-no-one «friday 6pm 7pm»'],
    ['Friday 18pm', 'time-no-clock «18pm», 2026-11-27T18:00'],
    ['Friday 24:00', 'time-no-clock «24:00», 2026-11-28T00:00'],
    ['Friday 25:00', 'time-no-clock «25:00»'],
    ['31 June', 'time-no-date «31 june», 2027-06-30T18:00'],
    ['12/31 6pm', 'time-no-month «12/31», 2026-12-31T18:00'],
    ['13/31', 'time-no-date «13/31»'],
    ['Sunday 5 December', 'time-no-weekday «sunday», 2026-12-05T18:00, 2026-12-06T18:00'],
    ['6pm in the morning', 'time-no-part «6pm»'],
    ['tomorrow morning', 'time-no-hour «morning», 2026-11-23T10:00'],
    ['Friday 18:00 BST', 'time-no-zone «bst», 2026-11-27T18:00'],
    ['22 November 9am', 'time-past «22 november 9am», 2027-11-22T09:00'],
    ['today 9am', 'time-past «today 9am», 2026-11-23T09:00'],
    ['in 6 years', 'time-too-far «in 6 years»'],
    ['soon', 'time-not-understood «soon»'],
  ])('"%s": %s', async (words, wanted) => {
    expect(await told(words)).toBe(wanted)
  })

  test('no word is ever dropped', async () => {
    const right = fc.constantFrom(
      'Friday',
      '6pm',
      '5 December 18:00',
      'tomorrow at half past six',
      'in 2 hours',
      'a week on Friday',
      'noon',
    )
    const word = fc.stringMatching(/^[a-zß-ÿ]{1,9}$/)
    await fc.assert(
      fc.asyncProperty(right, word, fc.boolean(), async (time, more, isFirst) => {
        const [plain, read] = [await readTime(time, london), await readTime(isFirst ? `${more} ${time}` : `${time} ${more}`, london)]
        if ('key' in plain) throw new Error(`${time}: ${plain.key}`)
        // A word that is a word of times may make another time of it, never the same.
        if (!('key' in read) && !KNOWN.test(more)) expect(read.at).not.toEqual(plain.at)
      }),
      { numRuns: 1_000 },
    )
  })

  test.each(['or Friday', 'Friday and', 'Friday /', 'and 6pm or', '& noon'])('“%s” is half a choice: it is asked which', async words => {
    const read = await readTime(words, london)
    expect(read).toMatchObject({ key: 'time-no-one' })
    expect('nearest' in read && read.nearest.length).toBe(1)
  })

  test('words that could be taken apart in ever so many ways are soon answered', async () => {
    for (const words of ['6 '.repeat(90), `${'6 x '.repeat(45)}x`, 'at 6 to 7 '.repeat(20), '1 '.repeat(99)])
      expect(await readTime(words, london)).toHaveProperty('key')
  })
})

/** Words that say nothing about a time, but may stand beside one. */
const KNOWN = /^(?:at|on|the|this|coming|gmt|utc|wet|z|evening|h|hrs?|hours?|fri|friday|sun|sunday|sat|saturday|next)$/

describe('lengths', () => {
  test.each([
    ['2 hours', 120],
    ['two hours', 120],
    ['1h30', 90],
    ['1h 30m', 90],
    ['an hour and a half', 90],
    ['2 and a half hours', 150],
    ['half an hour', 30],
    ['2:30', 150],
    ['1.5 hours', 90],
    ['90', 90],
    ['90 min', 90],
    ['6pm-8pm', 120],
    ['from 6 to 8.30pm', 150],
    ['a while', undefined],
    ['2 hours or so', undefined],
    ['-90', undefined],
    ['', undefined],
  ])('"%s" is %s', (words, minutes) => {
    expect(lengthIn(words)).toBe(minutes)
  })
})

describe('what repeats', () => {
  test.each([
    ['every first Tuesday at 7pm', 'FREQ=MONTHLY;BYDAY=1TU 2026-12-01T19:00'],
    ['Mon-Fri 1830', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR 2026-11-23T18:30'],
    ['Saturday to Monday at half past 9', 'FREQ=WEEKLY;BYDAY=MO,SA,SU 2026-11-23T09:30'],
    ['once a week on Tuesday at quarter to seven in the evening', 'FREQ=WEEKLY;BYDAY=TU 2026-11-24T18:45'],
    ['every evening at 7', 'FREQ=DAILY 2026-11-22T19:00'],
    ['every day at 9 until the end of the year', 'FREQ=DAILY;UNTIL=20261231T235959 2026-11-23T09:00'],
    ['every day at 9, three times', 'FREQ=DAILY;COUNT=3 2026-11-23T09:00'],
    ['every Tuesday 6pm UK time', 'FREQ=WEEKLY;BYDAY=TU 2026-11-24T18:00'],
    ['every -1 days', 'repeat-word, FREQ=DAILY 2026-11-22T18:00'],
    ['every Mnday at 9', 'repeat-word, FREQ=WEEKLY;BYDAY=MO 2026-11-23T09:00'],
    ['every Monday 6pm-8pm', 'repeat-word, FREQ=WEEKLY;BYDAY=MO 2026-11-23T18:00'],
    ['every Monday at 9 except 7 December', 'repeat-word'],
    ['every Monday 18:00 CET', 'repeat-word'],
    ['every Monday at 7', 'repeat-one-way, FREQ=WEEKLY;BYDAY=MO 2026-11-23T07:00, FREQ=WEEKLY;BYDAY=MO 2026-11-23T19:00'],
    ['every third Tuesday', 'repeat-one-way, FREQ=WEEKLY;INTERVAL=3;BYDAY=TU 2026-11-24T18:00, FREQ=MONTHLY;BYDAY=3TU 2026-12-15T18:00'],
    [
      'every Monday until March',
      'repeat-one-way, FREQ=WEEKLY;BYDAY=MO;UNTIL=20270301T235959 2026-11-23T18:00, FREQ=WEEKLY;BYDAY=MO;UNTIL=20270331T235959 2026-11-23T18:00',
    ],
    ['twice a week', 'repeat-which-days'],
    ['three times a week at noon', 'repeat-which-days'],
    ['every Monday morning', 'time-no-hour'],
  ])('"%s": %s', async (words, wanted) => {
    const read = await readRepeats(words, london)
    const rules = 'repeats' in read ? [read.repeats] : (read.nearest ?? [])
    expect([...('key' in read ? [read.key] : []), ...rules.map(({ rule, start }) => `${rule} ${start}`)].join(', ')).toBe(wanted)
  })
})
