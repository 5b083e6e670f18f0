import { DateTime, Info } from 'luxon'
import type { Texts } from '../../texts/texts.ts'
import { regional } from '../../texts/when.ts'
import { type Every, isOfTheWall, type On, type Repeats, readRule, WEEKDAYS, type Weekday } from './rule.ts'

/** As the texts name them. */
const NTH = ['first', 'second', 'third', 'fourth', 'fifth']

/** A rule in plain words: "every second Tuesday at 18:30, until Wednesday 31 March 2027". What English it says can be read again. */
export function sayRepeats({ rule, start }: Pick<Repeats, 'rule' | 'start'>, texts: Texts): string {
  const { every, end } = readRule(rule)
  const { t } = texts
  const often = sayEvery(every, texts)
  const whole = isOfTheWall(every) ? t('repeat-at', { often, time: start.slice(11) }) : often
  if (!end) return whole
  if ('times' in end) return t('repeat-times', { often: whole, n: end.times })
  const last = DateTime.fromISO(end.until, { zone: 'utc' }).setLocale(regional(texts.locale))
  return t('repeat-until', { often: whole, date: last.toFormat('cccc d LLLL yyyy') })
}

function sayEvery(every: Every, texts: Texts): string {
  const { t } = texts
  const n = every.step
  switch (every.unit) {
    case 'week':
      return sayWeeks(every.days, n, texts)
    case 'month':
      return t('repeat-months', { n, on: sayOn(every.on, texts) })
    case 'year':
      return sayYears(every, texts)
    default:
      return t(`repeat-${every.unit}s`, { n })
  }
}

function sayWeeks(days: readonly Weekday[], n: number, texts: Texts): string {
  const { t } = texts
  const all = days.join()
  if (n === 1 && all === WEEKDAYS.slice(0, 5).join()) return t('repeat-workdays')
  const named = inList(
    days.map(day => sayDay(day, texts)),
    texts,
  )
  return days.length === 1 ? t('repeat-week', { n, days: named }) : t('repeat-weeks', { n, days: named })
}

function sayYears({ step: n, on, months }: Extract<Every, { unit: 'year' }>, texts: Texts): string {
  const { t } = texts
  const isLast = 'day' in on ? on.day < 0 : on.nth < 0
  if (n === 1 && months.join() === (isLast ? '3,6,9,12' : '1,4,7,10')) return t('repeat-quarters', { on: sayOn(on, texts) })
  const names = Info.months('long', { locale: regional(texts.locale) })
  const named = inList(
    months.map(month => names[month - 1] ?? ''),
    texts,
  )
  return t('repeat-years', { n, on: sayOn(on, texts), months: named })
}

/** "the 15th", "the last day", "the first Monday". */
function sayOn(on: On, texts: Texts): string {
  const { t } = texts
  if ('day' in on) return on.day < 0 ? t('repeat-last-day') : t('repeat-date', { day: on.day })
  return t('repeat-nth', { nth: NTH[on.nth - 1] ?? 'last', day: sayDay(on.weekday, texts) })
}

function sayDay(day: Weekday, { locale }: Texts): string {
  return Info.weekdays('long', { locale: regional(locale) })[WEEKDAYS.indexOf(day)] ?? day
}

function inList(names: readonly string[], { locale }: Texts): string {
  return new Intl.ListFormat(regional(locale), { type: 'conjunction' }).format(names)
}
