import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMigrations } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import { isolated } from '../../src/view/direction.ts'
import { bot, inTown, jo, network } from '../helpers/town.ts'
import { type TestStore, testStore } from '../store/database.ts'
import { quiet } from '../store/quiet.ts'

inTown('Power', ['Ardwick'])

const FILLER = '\u3164'
const TWIN = 'Lev\u200Benshulme'

function areas() {
  return bot.store.prisma.area.findMany({
    where: { networkId: network.id, name: { not: { startsWith: 'Ardwick' } } },
    orderBy: { id: 'asc' },
  })
}
const names = async () => (await areas()).map(area => area.name)
const added = async (name: string) => (await jo.say(`/network area add ${name}`)).text

/** Two areas that look alike, as a store of the version before may hold them. */
async function twins(retired: readonly boolean[] = [false, false]): Promise<void> {
  const rows = ['Levenshulme', TWIN].map((name, i) => ({ id: `${network.id}${i}`, name, retiredAt: retired[i] ? bot.clock.now() : null }))
  await bot.store.prisma.area.createMany({ data: rows.map(row => ({ ...row, networkId: network.id, key: row.id })) })
}

describe('two areas that look alike are one', () => {
  test.each([
    { name: 'a space without width', like: 'Gor\u200Bton' },
    { name: 'case and a full stop', like: 'GORTON.' },
    { name: 'wide letters', like: 'Ｇorton' },
    { name: 'a filler at its end', like: `Gorton${FILLER}` },
    { name: 'a turned direction', like: '\u202EGorton' },
    { name: 'selectors and tags', like: 'G\uFE0Fo\u{E0072}rton' },
  ])('$name', async ({ like }) => {
    expect(await added('Gorton')).toContain('“Gorton” is an area now.')
    expect(await added(like)).toContain('There is an area “Gorton” already.')
    expect(await added('Clayton')).toContain('is an area now')
    expect((await jo.say(`/network area rename Clayton | ${like}`)).text).toContain('There is an area “Gorton” already.')
    expect((await jo.say(`/network area retire ${like}`)).text).toContain('Really retire “Gorton”?')
    expect((await names()).toSorted()).toEqual(['Clayton', 'Gorton'])
  })

  test('also when they are added at once, whoever comes first', async () => {
    const ways = ['Straße', 'STRASSE', 'stra\u00ADsse', 'Ｓtrasse', 'Stra\u2060ße', 'strasse.']
    const people = ways.map((_, i) => bot.person(`Bo ${network.id} ${i}`))
    for (const one of people) await bot.grant(network, one, 'coordinator')
    const said = await Promise.all(people.map((one, i) => one.say(`/network area add ${ways[i]}`)))
    expect(said.filter(one => one.text.includes('already'))).toHaveLength(5)
    expect(await areas()).toMatchObject([{ key: 'strasse' }])
  })

  test('and the store itself takes no second one', async () => {
    const row = (id: string) => ({ id: `${network.id}${id}`, networkId: network.id, name: id, key: 'gorton' })
    await bot.store.prisma.area.create({ data: row('Gorton') })
    await expect(bot.store.prisma.area.create({ data: row('gorton') })).rejects.toMatchObject({ code: 'P2002' })
  })

  test('a name of nothing is none', async () => {
    const refused = 'The name of an area has 1 to 60 characters.'
    for (const nothing of [FILLER, '\u200D', '\uFE0F', '\u2800 \u2800', '\u202E\u202C'])
      expect(await added(nothing)).toContain('What is it called?')
    await jo.say('/network areas')
    await jo.press('Add an area')
    expect((await jo.submit({ name: FILLER })).wrong).toEqual({ name: refused })
    await jo.say(`/network name ${FILLER}${FILLER}`)
    expect((await jo.submit({ name: `${FILLER}${FILLER}` })).wrong['name']).toContain('2 to 80 characters')
    expect(await names()).toEqual([])
  })
})

test('a name keeps the joiners of its letters, and is found without them', async () => {
  for (const name of ['র‍্যাব', 'می‌خواهم', '👨‍👩‍👧‍👦 Park']) expect(await added(name)).toContain(`“${isolated(name)}” is an area now.`)
  expect((await jo.say('/network area rename میخواهم | می‌خواهیم')).text).toContain(
    `“${isolated('می‌خواهم')}” is called “${isolated('می‌خواهیم')}” now.`,
  )
  expect((await jo.say('/network co\u200Bde می‌خواهیم\u200C residents')).text).toContain('می‌خواهیم')
  const card = await jo.say('/announce Tea | areas: \u200Fمیخواهیم, 👨👩👧👦 park | pin: YES.')
  expect(card.text).toContain(`${isolated('می‌خواهیم')}, 👨‍👩‍👧‍👦 Park`)
  expect((await jo.suggest('network', 'Area\u200B retire می')).text).toContain('area retire می‌خواهیم')
})

describe('areas of a version that took look-alikes', () => {
  test('stay, are told apart by their spelling, and no third one comes', async () => {
    await twins()
    expect(await added('levenshulme')).toContain('There is an area “Levenshulme” already.')
    expect(await names()).toEqual(['Levenshulme', TWIN])
    expect((await jo.say('/network area rename Levenshulme | Levenshulme North')).text).toContain('is called “Levenshulme North” now')
    expect((await jo.say('/network area rename levenshulme | Longsight')).text).toContain('is called “Longsight” now')
    expect((await areas()).map(area => area.key)).toEqual(['levenshulme north', 'longsight'])
    expect(await added('Levenshulme')).toContain('“Levenshulme” is an area now.')
  })

  test('are compared by their names, whatever stands as their key', async () => {
    await twins([true, false])
    expect(await added('Levenshulme')).toContain('already')
    await jo.say(`/network area retire ${TWIN}`)
    await jo.press('Retire')
    expect(await added('LEVENSHULME')).toContain('is in use again, with its history')
    expect(await areas()).toMatchObject([
      { name: 'LEVENSHULME', key: 'levenshulme', retiredAt: null },
      { name: TWIN, key: `${network.id}1` },
    ])
  })

  test('whose keys were made by other rules get new ones, also where they change places', async () => {
    const row = (id: string, name: string, key: string) => ({ id: `${network.id}${id}`, networkId: network.id, name, key })
    await bot.store.prisma.area.createMany({ data: [row('1', 'Gorton', 'clayton'), row('2', 'Clayton', 'gorton')] })
    expect(await added('Openshaw')).toContain('is an area now')
    expect((await areas()).map(area => area.key).toSorted()).toEqual(['clayton', 'gorton', 'openshaw'])
  })
})

describe('a store of the version before', () => {
  let tests: TestStore
  beforeAll(async () => {
    tests = await testStore()
  })
  afterAll(() => tests.close())

  test('is brought up to date with all its areas, look-alikes too', async () => {
    const all = readMigrations()
    const at = all.findIndex(one => one.name.endsWith('_area_key'))
    const url = { stateDir: '', databaseUrl: await tests.freshUrl('bare'), log: quiet, unsaved: true }
    const old = await openStore({ ...url, migrations: all.slice(0, at) })
    await old.pool.query(`INSERT INTO "Network" ("id", "name") VALUES ('n', 'Power')`)
    const rows = ['Gorton', 'gorton', 'Gor\u200Bton', 'GORTON.', 'Gorton\u3164']
    await old.pool.query(
      `INSERT INTO "Area" ("id", "networkId", "name") SELECT 'a' || i, 'n', name FROM unnest($1::text[]) WITH ORDINALITY AS r(name, i)`,
      [rows],
    )
    await old.close()
    const now = await openStore(url)
    expect(now.applied).toContain(all[at]?.name)
    const areas = await now.prisma.area.findMany({ orderBy: { id: 'asc' } })
    expect(areas.map(area => [area.name, area.key])).toEqual(rows.map((name, i) => [name, `a${i + 1}`]))
    await now.close()
  })
})
