import { describe, expect, test } from 'vitest'
import { bot, count, inTown, jo, network } from '../helpers/town.ts'

inTown('Power', ['Ardwick', 'Beswick'])

function areas() {
  return bot.store.prisma.area.findMany({ where: { networkId: network.id }, orderBy: { name: 'asc' } })
}

function spaceOf(area: string) {
  return bot.store.prisma.space.findUniqueOrThrow({ where: { id: network.spaceId(area) } })
}

describe('areas', () => {
  test('are added and renamed, by buttons and by words', async () => {
    await jo.say('/network')
    await jo.press('Areas')
    const asked = await jo.press('Add an area')
    expect(asked.form?.fields.map(field => field.label)).toEqual(['What is it called?'])
    expect((await jo.submit({ name: '  Clayton &   Openshaw ' })).text).toContain('“Clayton & Openshaw” is an area now.')
    expect((await jo.say('/network area add Gorton')).text).toContain('4 areas')

    await jo.press('Gorton')
    await jo.press('Rename')
    expect((await jo.submit({ name: 'Gorton & Abbey Hey' })).text).toContain('“Gorton” is called “Gorton & Abbey Hey” now.')
    expect((await jo.say(`/network area rename ardwick ${count} | Ardwick Green`)).text).toContain('is called “Ardwick Green” now')
    expect((await areas()).map(area => area.name)).toEqual([
      'Ardwick Green',
      `Beswick ${count}`,
      'Clayton & Openshaw',
      'Gorton & Abbey Hey',
    ])
  })

  test('coordinators who add the same name at once get one area', async () => {
    const people = Array.from({ length: 7 }, (_, i) => bot.person(`Bo ${count} ${i}`))
    for (const one of people) await bot.grant(network, one, 'coordinator')
    const said = await Promise.all(people.map((one, i) => one.say(`/network area add ${i % 2 ? 'Miles Platting' : 'miles platting'}`)))
    expect(said.filter(one => one.text.includes('is an area now'))).toHaveLength(1)
    expect(said.filter(one => one.text.includes('already'))).toHaveLength(6)
    expect(await areas()).toHaveLength(3)
  })

  test('are retired after a warning: the history stays, the chats are for all areas, a second time is refused', async () => {
    const name = `Ardwick ${count}`
    const code = await jo.say(`/network code ${name} residents`)
    const asked = await jo.say(`/network area retire ${name}`)
    expect(asked.text).toContain('Its 1 chat will be for all areas.')
    expect(await areas()).toMatchObject([{ retiredAt: null }, { retiredAt: null }])

    expect((await jo.press('Retire')).text).toContain(`“${name}” is retired.`)
    expect(await areas()).toMatchObject([{ name, retiredAt: bot.clock.now() }, { retiredAt: null }])
    expect(await spaceOf(name)).toMatchObject({ areaId: null, state: 'joined' })
    expect((await jo.forge(`network_arearetire_${network.id}_${network.area(name)}_yes`)).text).toContain('not in use any more')
    expect((await jo.say('/network codes')).text).toContain('No codes are open.')
    expect(code.text).toContain(name)

    expect((await jo.say(`/network area rename Beswick ${count} | ${name}`)).text).toContain('Add it again instead')
    expect((await jo.say(`/network area add ${name.toUpperCase()}`)).text).toContain('is in use again, with its history')
    expect((await areas()).map(area => area.id)).toContain(network.area(name))
  })

  const wrong: readonly { words: string; expects: string }[] = [
    { words: 'area add', expects: 'What is it called?' },
    { words: `area add ${'a'.repeat(61)}`, expects: 'The name of an area has 1 to 60 characters.' },
    { words: 'area rename Nowhere | Here', expects: 'There is no area “Nowhere”' },
    { words: 'area retire Nowhere', expects: 'There is no area “Nowhere”' },
    { words: 'area paint', expects: '/network area add NAME' },
    { words: 'area constructor', expects: '/network area add NAME' },
    { words: 'constructor', expects: 'Say /network alone and use its buttons' },
    { words: 'toString x', expects: 'Say /network alone and use its buttons' },
  ]
  test.each(wrong)('"/network $words" is answered with the right way', async ({ words, expects }) => {
    expect((await jo.say(`/network ${words}`)).text).toContain(expects)
    expect(await areas()).toHaveLength(2)
  })

  test('a taken name comes back to the form', async () => {
    await jo.say('/network areas')
    await jo.press('Add an area')
    const back = await jo.submit({ name: `ardwick ${count}` })
    expect(back.wrong).toEqual({ name: `There is an area “Ardwick ${count}” already.` })
    expect(back.form?.fields[0]?.value).toBe(`ardwick ${count}`)
  })

  test('markup and mentions in a name stay plain words', async () => {
    await jo.say('/network area add @everyone <b>*Ardwick*</b>\u0000\u202E')
    expect((await areas())[0]?.name).toBe('@everyone <b>*Ardwick*</b>')
  })
})

describe('my own area', () => {
  test('is chosen, changed and taken back by its buttons', async () => {
    const amina = bot.person(`Amina ${count}`)
    const here = amina.in(network.space(`Ardwick ${count}`))
    await here.say('/mine')
    await here.press('Choose my area')
    expect((await here.press(`Beswick ${count}`)).text).toBe(`Your area: Beswick ${count}.`)
    expect((await here.say('/mine')).text).toContain(`Your area: Beswick ${count}`)
    await here.press('Choose my area')
    expect((await here.press('None of them')).text).toBe('You have no area now.')
  })

  test('stands under what is held about me, with my roles', async () => {
    await jo.say('/network areas')
    await jo.in(network.space(`Ardwick ${count}`)).forge(`network_area_${network.area(`Beswick ${count}`)}`)
    const held = await jo.say('/mine')
    expect(held.text).toContain(`In Power ${count} you are called Jo ${count}.`)
    expect(held.text).toContain(`Your area: Beswick ${count}`)
    expect(held.text).toContain('Your roles: coordinator')
    expect(held.text).toContain('1 account is known to be yours.')
  })

  test('is none of another network, and none that was retired', async () => {
    const other = await bot.network(`Other ${count}`, [`Gorton ${count}`])
    const amina = bot.person(`Amina ${count}`)
    const id = await bot.grant(network, amina)
    const here = amina.in(network.space(`Ardwick ${count}`))
    expect((await here.forge(`network_area_${other.area(`Gorton ${count}`)}`)).text).toContain('a network that I do not know you in here')
    await jo.say(`/network area retire Beswick ${count}`)
    await jo.press('Retire')
    expect((await here.forge(`network_area_${network.area(`Beswick ${count}`)}`)).text).toContain('not in use any more')
    expect(await bot.store.prisma.person.findUnique({ where: { id } })).toMatchObject({ areaId: null })
  })
})

describe('chats', () => {
  test('are shown with area, audience and what is wrong, and changed', async () => {
    const name = `Ardwick ${count}`
    await bot.store.prisma.space.update({ where: { id: network.spaceId(name) }, data: { trouble: 'space-trouble-forbidden' } })
    const card = await jo.say('/network')
    expect(card.text).toContain(`${name}: ${name}, residents. I may not write in that chat.`)
    expect(card.text).toContain(`No posts in ${name}`)

    await jo.press('Chats')
    await jo.press(name)
    expect((await jo.press('For the steering group')).text).toContain('For: Steering group')
    await jo.press('Area')
    expect((await jo.press('all areas')).text).toContain('Area: all areas')
    await jo.press('Time zone')
    expect((await jo.submit({ zone: 'the moon' })).wrong['zone']).toContain('I do not know that time zone')
    expect((await jo.submit({ zone: 'warsaw' })).text).toContain('Time zone: Europe/Warsaw')
    expect(await spaceOf(name)).toMatchObject({ areaId: null, audience: 'steering', zone: 'Europe/Warsaw' })
  })
})

describe('settings', () => {
  test('are changed by forms', async () => {
    await jo.say('/network settings')
    await jo.press('Contact')
    await jo.submit({ contact: 'Jo at the library,\nevery Tuesday' })
    await jo.press('Name')
    await jo.submit({ name: `Better Power ${count}` })
    await jo.press('Time zone')
    await jo.submit({ zone: 'london' })
    await jo.press('Small numbers')
    expect((await jo.submit({ hide: '2' })).wrong).toEqual({ hide: 'Please give a whole number from 5 to 20.' })
    expect((await jo.submit({ hide: '7' })).text).toContain('hidden below 7 in each area')
    const kept = { name: `Better Power ${count}`, contact: 'Jo at the library,\nevery Tuesday', zone: 'Europe/London', hideUnder: 7 }
    expect(await bot.store.prisma.network.findUnique({ where: { id: network.id } })).toMatchObject(kept)
  })

  test('a number of answers that was allowed once becomes the least that is', async () => {
    await jo.say('/network hide 9')
    expect((await jo.say('/network hide 3')).text).toContain('hidden below 5 in each area')
    expect(await bot.store.prisma.network.findUnique({ where: { id: network.id } })).toMatchObject({ hideUnder: 5 })
  })

  test.each([
    { words: 'name x', expects: '2 to 80 characters' },
    { words: `contact ${'c'.repeat(501)}`, expects: '500 characters at most' },
    { words: 'zone +01:00', expects: 'I do not know that time zone' },
    { words: 'zone Mars/Crater', expects: 'I do not know that time zone' },
    { words: 'hide 21', expects: 'from 5 to 20' },
    { words: 'hide 3.5', expects: 'from 5 to 20' },
    { words: 'hide 2', expects: 'from 5 to 20' },
    { words: 'language Klingon', expects: 'Which language?' },
  ])('"/network $words" changes nothing', async ({ words, expects }) => {
    const before = await bot.store.prisma.network.findUnique({ where: { id: network.id } })
    expect((await jo.say(`/network ${words}`)).text).toContain(expects)
    expect(await bot.store.prisma.network.findUnique({ where: { id: network.id } })).toEqual(before)
  })
})

describe('the card', () => {
  test('tells a resident little: areas, who runs it, the contact', async () => {
    const amina = bot.person(`Amina ${count}`)
    const card = await amina.in(network.space(`Ardwick ${count}`)).say('/network')
    expect(card.text).toContain(`Areas: Ardwick ${count}, Beswick ${count}`)
    expect(card.text).toContain(`Coordinators: Jo ${count}`)
    expect(card.text).toContain('Contact: Ask at the library desk.')
    expect(card.text).not.toContain('backup')
    expect(card.buttons).toEqual(['My area'])
    expect((await amina.in(network.space(`Ardwick ${count}`)).say('/network who')).text).toContain(
      `The coordinators of Power ${count}: Jo ${count}.`,
    )
  })

  test('tells coordinators what did not arrive, and tries it again', async () => {
    const row = {
      networkId: network.id,
      spaceId: network.spaceId(`Ardwick ${count}`),
      platform: 'chat',
      lane: 'x',
      subject: 'polls_post_x',
      dueAt: null,
    }
    const old = new Date(bot.clock.at - 8 * 86_400_000)
    await bot.store.prisma.delivery.createMany({
      data: [
        { ...row, key: `a${count}`, state: 'failed', why: 'refused: too long', runAt: bot.clock.now() },
        { ...row, key: `b${count}`, state: 'sent', doubled: true, runAt: bot.clock.now() },
        { ...row, key: `c${count}`, subject: 'polls_post_old', state: 'failed', runAt: old },
        {
          ...row,
          key: `d${count}`,
          subject: 'network_news',
          spaceId: null,
          personRef: 'chat:@x',
          state: 'failed',
          why: 'unreachable',
          runAt: bot.clock.now(),
        },
      ],
    })
    expect((await jo.say('/network')).text).toContain('1 did not arrive, 1 may stand twice')
    const page = await jo.press('What went wrong (look)')
    expect(page.text).toContain('the chat app did not take it (it refused the words or the buttons)')
    expect(page.text).toContain('it may stand there twice')
    expect((await jo.press('Try again what failed')).text).toContain('1 post is tried again')
  })

  test('suggests verbs first, then names', async () => {
    const verbs = await jo.in(network.space(`Ardwick ${count}`)).suggest('network', 'co')
    expect(verbs.text.split('\n')).toEqual(['code', 'codes', 'contact'])
    const names = await jo.in(network.space(`Ardwick ${count}`)).suggest('network', 'area retire a')
    expect(names.text).toBe(`area retire Ardwick ${count}`)
    const amina = await bot
      .person(`Amina ${count}`)
      .in(network.space(`Ardwick ${count}`))
      .suggest('network', '')
    expect(amina.text.split('\n')).toEqual(['role', 'who'])
  })
})
