import type { CalendarAsk, Happening } from '../../src/schedule/happening.ts'
import type { TestApp } from '../helpers/app.ts'

/** Something in the calendar, and who may know of it. */
export interface Entry extends Happening {
  readonly networkId: string
  /** None: for every area. */
  readonly areaIds?: readonly string[]
  /** Only coordinators know of it: a post that is not out yet. */
  readonly isSecret?: boolean
  /** Persons who have said that they come. */
  readonly coming?: readonly string[]
}

export interface Diary {
  readonly entries: Entry[]
  /** Everything that the calendar has asked. */
  readonly asked: CalendarAsk[]
}

/** One feature of the bot whose calendar a test keeps by hand, as the hook promises it. */
export function keepDiary(bot: TestApp): Diary {
  const diary: Diary = { entries: [], asked: [] }
  const keeper = bot.bot.features.find(feature => feature.name === 'announcements')
  if (!keeper) throw new Error('There is no feature to keep a diary.')
  const calendar = async (_: unknown, ask: CalendarAsk): Promise<readonly Happening[]> => {
    diary.asked.push(ask)
    return diary.entries.filter(one => isAsked(one, ask)).sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  }
  Object.assign(keeper, { calendar })
  return diary
}

function isAsked(one: Entry, { networkId, from, to, of }: CalendarAsk): boolean {
  if (one.networkId !== networkId || (one.endsAt ?? one.startsAt) <= from || one.startsAt >= to) return false
  if (of.kind === 'planned') return true
  if (one.isSecret) return false
  if (of.kind === 'person') return one.coming?.includes(of.personId) ?? false
  return of.areaId === undefined || one.areaIds === undefined || one.areaIds.includes(of.areaId)
}

/** A forum on the evening of 5 December 2026 in Manchester. */
export function forum(networkId: string, given: Partial<Entry> = {}): Entry {
  return {
    networkId,
    id: 'forums_f1',
    sequence: 0,
    name: 'Forum: what we are good at',
    about: 'Tea from half past five.',
    startsAt: new Date('2026-12-05T18:00:00Z'),
    endsAt: new Date('2026-12-05T20:00:00Z'),
    zone: 'Europe/London',
    place: 'Library, Hyde Road',
    isCancelled: false,
    changedAt: new Date('2026-11-01T09:30:00Z'),
    ...given,
  }
}
