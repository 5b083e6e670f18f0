import { describe, expect, test } from 'vitest'
import { readTime, weekFromNow } from '../../src/schedule/plain-time.ts'
import { nightIsDue } from '../../src/schedule/wake.ts'
import { readCatalogues } from '../../src/texts/texts.ts'
import { fullTime, shortTime } from '../../src/texts/when.ts'

/** A Sunday. */
const now = new Date('2026-11-22T10:00:00Z')
const london = { zone: 'Europe/London', now }

describe('plain words', () => {
  test.each([
    { words: 'Friday 6pm', at: '2026-11-27T18:00:00Z' },
    { words: 'friday', at: '2026-11-27T18:00:00Z' },
    { words: 'tomorrow at 18:30', at: '2026-11-23T18:30:00Z' },
    { words: '5 December', at: '2026-12-05T18:00:00Z' },
    { words: '5/12/2026 14:00', at: '2026-12-05T14:00:00Z' },
    { words: 'in 2 hours', at: '2026-11-22T12:00:00Z' },
    { words: 'in 3 days', at: '2026-11-25T18:00:00Z' },
    { words: '9am', at: '2026-11-23T09:00:00Z' },
    { words: '2026-12-05T18:00', at: '2026-12-05T18:00:00Z' },
    { words: '1 July 2027 18:00', at: '2027-07-01T17:00:00Z' },
  ])('"$words" is $at in London', async ({ words, at }) => {
    expect(await readTime(words, london)).toEqual({ at: new Date(at) })
  })

  test('the same words mean another instant elsewhere', async () => {
    expect(await readTime('Friday 6pm', { zone: 'America/New_York', now })).toEqual({ at: new Date('2026-11-27T23:00:00Z') })
  })

  test.each([
    { words: 'blah', key: 'time-not-understood' },
    { words: '', key: 'time-not-understood' },
    { words: '30 February', key: 'time-no-date' },
    { words: '5 December 2090', key: 'time-too-far' },
    { words: 'last Tuesday', key: 'time-past' },
    { words: 'yesterday 9am', key: 'time-past' },
  ])('"$words": $key', async ({ words, key }) => {
    expect(await readTime(words, london)).toMatchObject({ key })
  })

  test('a time that has passed comes with the next one like it', async () => {
    expect(await readTime('yesterday 6pm', london)).toMatchObject({ nearest: [new Date('2026-11-22T18:00:00Z')] })
  })

  test('a week from now is six in the evening there, also over a clock change', () => {
    expect(weekFromNow(london)).toEqual(new Date('2026-11-29T18:00:00Z'))
    expect(weekFromNow({ zone: 'Europe/London', now: new Date('2027-03-26T10:00:00Z') })).toEqual(new Date('2027-04-02T17:00:00Z'))
  })
})

test('times are shown with weekday, date and offset', () => {
  const reader = { locale: 'en', ...london }
  expect(fullTime(new Date('2026-12-04T18:00:00Z'), reader)).toBe('Friday 4 December, 18:00 (UTC+0)')
  expect(fullTime(new Date('2027-07-01T17:00:00Z'), reader)).toBe('Thursday 1 July 2027, 18:00 (UTC+1)')
  expect(fullTime(new Date('2026-12-04T18:00:00Z'), { ...reader, zone: 'Asia/Kolkata' })).toBe('Friday 4 December, 23:30 (UTC+5:30)')
  expect(shortTime(new Date('2026-12-04T18:00:00Z'), reader)).toBe('Friday 4 December, 18:00')
})

test('the night’s work is due once after each three o’clock, also when the machine was off', () => {
  const at = (time: string) => new Date(`2026-11-${time}:00Z`)
  expect(nightIsDue(undefined, at('22T10:00'), 'Europe/London')).toBe(true)
  expect(nightIsDue(at('22T03:00'), at('22T10:00'), 'Europe/London')).toBe(false)
  expect(nightIsDue(at('22T02:59'), at('22T03:01'), 'Europe/London')).toBe(true)
  expect(nightIsDue(at('21T03:10'), at('22T02:00'), 'Europe/London')).toBe(false)
  expect(nightIsDue(at('18T03:10'), at('22T02:00'), 'Europe/London')).toBe(true)
})

test('a catalogue falls back to English, and an unknown key is a fault', () => {
  const texts = readCatalogues([new URL('../../src/', import.meta.url)])
  expect(texts.in('pt-BR').locale).toBe('en')
  expect(texts.in('en-GB').t('polls-yes')).toBe('yes')
  expect(() => texts.in('en').named('no-such-key')).toThrow('There is no text "no-such-key".')
  expect(() => texts.in('en').t('polls-back-one')).toThrow('lacks something')
})
