import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Standing, type TestApp, testApp } from '../helpers/app.ts'
import type { Someone } from '../helpers/person.ts'

let bot: TestApp
let mine: Standing
let other: Standing
let jo: Someone
let amina: Someone
let ben: Someone
let benId: string

beforeAll(async () => {
  bot = await testApp()
  mine = await bot.network('Mine', ['Ardwick'])
  other = await bot.network('Other', ['Gorton'])
  jo = bot.person('Jo')
  amina = bot.person('Amina')
  ben = bot.person('Ben')
  await bot.grant(mine, jo, 'coordinator')
  await bot.grant(mine, amina)
  benId = await bot.grant(other, ben, 'coordinator')
})
afterAll(() => bot.close())

/** Everything that a network is, as it stands. */
async function all(): Promise<string> {
  const { prisma } = bot.store
  const tables = [
    prisma.network.findMany(),
    prisma.area.findMany(),
    prisma.space.findMany(),
    prisma.joinCode.findMany(),
    prisma.invitation.findMany(),
    prisma.grant.findMany(),
    prisma.delivery.findMany(),
  ]
  return JSON.stringify(await Promise.all(tables), (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

/** Tokens that change something, for one network. */
function tokens(network: Standing, area: string): readonly string[] {
  const [id, areaId, spaceId] = [network.id, network.area(area), network.spaceId(area)]
  return [
    ...['pause_', 'delete_', 'export_', 'retry_', 'resume_', 'codes_', 'roles_', 'settings_', 'health_', 'spaces_', 'arealist_'].map(
      action => `network_${action}${id}`,
    ),
    ...[`network_pause_${id}_yes`, `network_delete_${id}_ask`, `network_delete_${id}_yes`, `network_delete_${id}_stop`],
    ...[`network_newcode_${id}_all_residents`, `network_newcode_${id}_${areaId}_steering`, `network_invite_${id}_coordinator`],
    ...[`network_arearetire_${id}_${areaId}_yes`, `network_areaadd_${id}`, `network_arearename_${id}_${areaId}`],
    ...[
      `network_audience_${id}_${spaceId}`,
      `network_spacearea_${id}_${spaceId}_all`,
      `network_spacelang_${id}_${spaceId}_en`,
      `network_leave_${id}_${spaceId}_yes`,
    ],
    ...[`network_unrole_${id}_${benId}_coordinator_yes`, `network_lang_${id}_en`],
  ]
}

describe('whoever is no coordinator changes nothing by any token', () => {
  test('a resident, in private and in the chat', async () => {
    const before = await all()
    for (const forged of tokens(mine, 'Ardwick')) {
      for (const where of [amina, amina.in(mine.space('Ardwick'))]) {
        // Not all at once: that would be refused for another reason.
        bot.clock.at += 500
        expect((await where.forge(forged)).text, forged).toMatch(/This one needs a coordinator|taken away already/)
      }
    }
    expect(await all()).toBe(before)
  })

  test('the coordinator of another network', async () => {
    const before = await all()
    for (const forged of tokens(mine, 'Ardwick')) {
      for (const where of [ben, ben.in(other.space('Gorton'))]) {
        // Not all at once: that would be refused for another reason.
        bot.clock.at += 500
        expect((await where.forge(forged)).text, forged).toContain('a network that I do not know you in here')
      }
    }
    expect(await all()).toBe(before)
  })

  test('a stranger', async () => {
    const before = await all()
    const stranger = bot.person('Stranger')
    for (const forged of tokens(mine, 'Ardwick'))
      expect((await stranger.forge(forged)).text, forged).toContain('a network that I do not know you in here')
    expect(await all()).toBe(before)
  })

  test('a coordinator whose role was taken a second ago, with the card still open', async () => {
    const late = bot.person('Late')
    const id = await bot.grant(mine, late, 'coordinator')
    await late.say('/network')
    await late.press('Areas')
    await late.press('Add an area')
    await bot.store.prisma.grant.delete({ where: { personId_role: { personId: id, role: 'coordinator' } } })
    expect((await late.submit({ name: 'Sneaky' })).text).toContain('This one needs a coordinator')
    expect((await late.press('Ardwick')).text).toContain('This one needs a coordinator')
    expect((await late.say('/network area add Sneaky')).text).toContain('This one needs a coordinator')
    expect(await bot.store.prisma.area.count({ where: { name: 'Sneaky' } })).toBe(0)
  })
})

describe('a coordinator reaches nothing of another network', () => {
  test('by ids of that network under the name of their own', async () => {
    const before = await all()
    const [id, area, space] = [mine.id, other.area('Gorton'), other.spaceId('Gorton')]
    const forged = [
      `network_arearetire_${id}_${area}_yes`,
      `network_arearename_${id}_${area}`,
      `network_areaone_${id}_${area}`,
      `network_newcode_${id}_${area}_residents`,
    ]
    for (const one of forged) expect((await jo.forge(one)).text, one).toContain('That area is not in use any more')
    const chats = [
      `network_leave_${id}_${space}_yes`,
      `network_audience_${id}_${space}`,
      `network_space_${id}_${space}`,
      `network_spacezone_${id}_${space}`,
    ]
    for (const one of chats) expect((await jo.forge(one)).text, one).toContain('That chat is not in this network any more')
    await jo.forge(`network_spacearea_${id}_${mine.spaceId('Ardwick')}_${area}`)
    expect((await jo.forgeForm(`network_spacezone_${id}_${space}`, { zone: 'Warsaw' })).text).toContain('not in this network')
    expect((await jo.forgeForm(`network_name_${other.id}`, { name: 'Taken over' })).text).toContain(
      'a network that I do not know you in here',
    )
    expect(await all()).toBe(before)
  })

  test('nor a code of it', async () => {
    await ben.say('/network code all residents')
    const code = await bot.store.prisma.joinCode.findFirstOrThrow({ where: { networkId: other.id } })
    expect((await jo.forge(`network_revoke_${mine.id}_${code.hash.slice(0, 16)}`)).text).toContain('That code is not open any more')
    expect(await bot.store.prisma.joinCode.findFirst({ where: { hash: code.hash } })).toMatchObject({ revokedAt: null })
  })
})

describe('tokens that nobody made', () => {
  const odd = [
    'network',
    'network_',
    'network_x',
    'network_constructor',
    'network_toString_x',
    'network___proto__',
    'network_card_',
    `network_${'a'.repeat(70)}`,
    'network_area',
    'network_area_x',
    'network_take',
    'network_accept',
    'network_join',
    'network_unrole',
    'network_space_x_y',
    'nirgends_card',
    'network_hello_x',
    '💥',
    "network_area_' OR 1=1",
  ]
  test.each(odd)('"%s" is answered, and changes nothing', async forged => {
    const before = await all()
    const said = await jo.forge(forged)
    expect(said.text).not.toBe('')
    expect(said.text).not.toContain('Something went wrong')
    expect(await all()).toBe(before)
  })

  test.each(['network_name', 'network_nothing_x', 'network_role', 'network_areaadd_'])('the form "%s" too', async form => {
    const before = await all()
    const said = await jo.forgeForm(form, { name: 'x'.repeat(10_000), code: '\u0000\uD800' })
    expect(said.text).not.toContain('Something went wrong')
    expect(await all()).toBe(before)
  })
})
