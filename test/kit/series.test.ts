import { describe, expect, test } from 'vitest'
import { bot, DAY, HOUR, inTown, jo, resident } from '../helpers/town.ts'
import { MODELS, walksFeature } from './walks/feature.ts'

/** Another thing than an announcement repeats by what the kit brings. */

inTown('Network', ['Ardwick'], { anew: true, botEach: true, features: [walksFeature], models: MODELS })

const walks = async () => {
  const rows = await bot.store.prisma.$queryRaw<{ at: Date }[]>`SELECT "at" FROM "Walk" ORDER BY "at"`
  return rows.map(({ at }) => at.toISOString().slice(0, 16))
}
const begin = () => jo.say('/walk Along the canal: every Tuesday at 18:30')

describe('a walk that repeats', () => {
  test('is made once at each of its dates', async () => {
    const card = await begin()
    expect(card.text).toContain('Along the canal')
    expect(card.text).toContain('Goes out: every Tuesday at 18:30 (Europe/London time).')
    await bot.later(DAY + 10 * HOUR)
    await bot.later(HOUR)
    expect(await walks()).toEqual(['2026-11-03T18:30'])
    await bot.later(7 * DAY - HOUR)
    expect(await walks()).toEqual(['2026-11-03T18:30', '2026-11-10T18:30'])
  })

  test('is left out once, put back, moved, paused and ended by its buttons', async () => {
    await begin()
    await jo.press('Move or skip a date')
    await jo.press('Tuesday 3 November, 18:30')
    expect((await jo.press('Leave it out')).text).toContain('Left out: Tuesday 3 November, 18:30 (UTC+0). All other dates stay.')
    await jo.press('Move or skip a date')
    await jo.press('Tuesday 10 November, 18:30')
    await jo.press('Move it')
    const moved = await jo.submit({ when: 'Monday 9 November 17:00' })
    expect(moved.text).toContain('Monday 9 November, 17:00 (UTC+0) (moved from Tuesday 10 November, 18:30 (UTC+0))')
    await bot.later(DAY + 10 * HOUR)
    expect(await walks()).toEqual([])
    await bot.later(6 * DAY - 2 * HOUR)
    expect(await walks()).toEqual(['2026-11-09T17:00'])
    await jo.press('Pause it')
    await bot.later(8 * DAY + 2 * HOUR)
    await jo.press('Go on')
    expect(await walks()).toHaveLength(1)
    await jo.press('End it')
    expect((await jo.press('End it')).text).toContain('Ended. Nothing of it goes out any more.')
    await bot.later(14 * DAY)
    expect(await walks()).toHaveLength(1)
  })

  test('gets another rule when that is confirmed', async () => {
    await begin()
    await jo.press('Change how often')
    expect((await jo.submit({ repeat: 'every day at 10' })).text).toContain('From now on: every day at 10:00 (Europe/London time).')
    await jo.press('Yes, change it')
    await bot.later(HOUR)
    expect(await walks()).toEqual(['2026-11-02T10:00'])
  })

  test('after a long absence only the newest is made, if it is of use, and whoever began it hears of the others', async () => {
    await begin()
    await bot.later(22 * DAY + 10 * HOUR)
    expect(await walks()).toEqual(['2026-11-24T18:30'])
    expect(jo.reads().join('\n')).toContain('“Along the canal”: 3 dates were not posted, the last one Tuesday 17 November, 18:30.')
    await bot.later(8 * DAY)
    expect(await walks()).toHaveLength(1)
    expect((await jo.press('Along the canal')).text).toContain('Missed: 4 dates, the last one Tuesday 1 December, 18:30')
  })

  test('is not there for anybody but coordinators', async () => {
    await begin()
    const [{ id } = { id: '' }] = await bot.store.prisma.$queryRaw<{ id: string }[]>`SELECT "id" FROM "WalkSeries"`
    expect((await resident('Amina').forge(`walks_end_${id}_yes`)).text).toBe('This repeated announcement is not here any more.')
    await bot.later(DAY + 10 * HOUR)
    expect(await walks()).toHaveLength(1)
  })
})
