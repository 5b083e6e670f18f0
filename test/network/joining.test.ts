import { describe, expect, test } from 'vitest'
import type { SpaceRef } from '../../src/platform/adapter.ts'
import type { Heard, Someone } from '../helpers/person.ts'
import { bot, count, inTown, jo, network } from '../helpers/town.ts'

inTown('Power', ['Ardwick', 'Beswick'])

const codeIn = (heard: Heard): string => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(heard.text)?.[0] ?? ''

/** A chat, and an admin of it who is in no network. */
function stranger(): { amina: Someone; chat: SpaceRef } {
  const amina = bot.person(`Amina ${count}`)
  return { amina, chat: bot.group(`Mill ${count}`, [amina]) }
}

function spaceAt(ref: string) {
  return bot.store.prisma.space.findUnique({ where: { ref }, include: { area: true } })
}

test('a coordinator makes a code by buttons; an admin of another chat says it there; the hello makes it a space', async () => {
  await jo.say('/network')
  await jo.press('New join code')
  await jo.press(`Ardwick ${count}`)
  const made = await jo.press('Steering group')
  expect(made.text).toContain(`A join code for Ardwick ${count}, the steering group.`)
  expect(made.text).toContain('one of its admins says: /network join')

  const { amina, chat } = stranger()
  const said = await amina.in(chat, 'The Mill').say(`/network join ${codeIn(made)}`)
  expect(said.text).toContain('I am posting a hello in this chat')
  expect(await spaceAt(chat)).toMatchObject({ state: 'joining' })
  await bot.tick()
  expect(await spaceAt(chat)).toMatchObject({
    state: 'joined',
    audience: 'steering',
    title: 'The Mill',
    area: { name: `Ardwick ${count}` },
  })
  expect(amina.in(chat).reads().join('\n')).toContain(`This chat is now the steering group’s chat of Power ${count}`)
  expect(amina.in(chat).reads().join('\n')).toContain('Ask at the library desk.')
  expect(amina.reads().at(-1)).toContain('“The Mill” has joined')
  expect(jo.reads().at(-1)).toBe(`“The Mill” has joined Power ${count}.`)
})

test('in a chat that is in no network, /network offers to bring it in with a code', async () => {
  const made = await jo.say('/network code all residents')
  const { amina, chat } = stranger()
  expect((await amina.in(chat, 'The Mill').say('/network')).buttons).toEqual(['I have a code', 'Begin a network'])
  expect((await amina.in(chat, 'The Mill').press('I have a code')).text).toContain('What is the code?')
  expect((await amina.in(chat, 'The Mill').submit({ code: '7KQ2-M9XR-C4TD' })).text).toContain('That code does not work')
  expect((await amina.in(chat, 'The Mill').submit({ code: codeIn(made) })).text).toContain('I am posting a hello in this chat')
  await bot.tick()
  expect(await spaceAt(chat)).toMatchObject({ state: 'joined', title: 'The Mill' })

  const bo = bot.person(`Bo ${count}`)
  const other = bot.group(`Yard ${count}`, [amina])
  await bo.in(other).say('/poll')
  expect((await bo.in(other).press('I have a code')).text).toContain('Only an admin of this chat')
})

test('a code brings in several chats until it is revoked', async () => {
  const made = await jo.say(`/network code Beswick ${count} residents`)
  const { amina, chat } = stranger()
  await amina.in(chat).say(`/network join ${codeIn(made)}`)
  const second = bot.group(`Second mill ${count}`, [amina])
  await amina.in(second).say(`/network join ${codeIn(made)}`)
  await bot.tick()
  expect(await spaceAt(second)).toMatchObject({ state: 'joined', area: { name: `Beswick ${count}` } })

  expect((await jo.say('/network codes')).text).toContain(`1. Join code for Beswick ${count}, residents, by Jo ${count}`)
  expect((await jo.press('Revoke 1')).text).toContain('No codes are open.')
  const third = bot.group(`Third mill ${count}`, [amina])
  expect((await amina.in(third).say(`/network join ${codeIn(made)}`)).text).toContain('That code does not work')
  expect(await spaceAt(third)).toBeNull()
})

test('a chat that has joined is offered the open polls: to the coordinator who brought it in, else to all of them', async () => {
  await jo.in(network.space(`Ardwick ${count}`)).say('/poll What matters? | Buses | Parks')
  const code = codeIn(await jo.say('/network code all residents'))
  const bo = bot.person(`Bo ${count}`)
  await bot.grant(network, bo, 'coordinator')
  const { amina, chat } = stranger()
  await amina.in(chat, 'The Mill').say(`/network join ${code}`)
  await bot.tick()
  expect(amina.reads().at(-1)).toContain('has joined')
  expect(bo.reads().at(-1)).toContain('Show it in The Mill too?')
  await jo.press('What matters?')
  await bot.tick()
  expect(amina.in(chat).reads().at(-1)).toContain('What matters?')

  const own = bot.group(`Own mill ${count}`, [bo])
  await bo.in(own, 'Own mill').say(`/network join ${code}`)
  await bot.tick()
  expect(bo.reads().at(-1)).toContain('Show it in Own mill too?')
  expect(jo.reads().at(-1)).toBe(`“Own mill” has joined Power ${count}.`)
})

describe('what is made while the hello is on its way', () => {
  async function onItsWay(): Promise<{ amina: Someone; chat: SpaceRef }> {
    const { amina, chat } = stranger()
    await amina.in(chat, 'The Mill').say(`/network new Mill ${count}`)
    expect((await amina.in(chat).say('/poll What matters? | Buses | Parks')).text).not.toContain('no chat')
    await amina.in(chat).say('/announce The mill is open')
    expect((await amina.in(chat).press('Post')).text).toContain('The mill is open')
    return { amina, chat }
  }

  test('goes out when the chat has joined', async () => {
    const { amina, chat } = await onItsWay()
    await bot.tick()
    const said = amina
      .in(chat)
      .sees()
      .filter(one => one.only === undefined)
    expect(said.map(one => one.view.brief.split(' ').slice(0, 2).join(' '))).toEqual(['Hello, I', 'What matters?', 'The mill'])
    expect((await amina.in(chat).press('Buses')).text).toContain('Counted')
    expect(amina.reads().join('\n')).not.toContain('Show it in')
  })

  test('is not posted where the chat does not join', async () => {
    const { amina, chat } = stranger()
    bot.chat().refuses(chat, { no: 'refused', why: 'bad words' })
    await amina.in(chat, 'The Mill').say(`/network new Mill ${count}`)
    await bot.bot.delivery.pump()
    bot.chat().refuses(chat, undefined)
    await amina.in(chat).say('/poll What matters? | Buses | Parks')
    await bot.bot.delivery.pump()
    await bot.tick()
    await bot.later(60_000)
    expect(await spaceAt(chat)).toMatchObject({ state: 'left' })
    expect(
      amina
        .in(chat)
        .sees()
        .filter(one => one.only === undefined),
    ).toEqual([])
  })
})

describe('a hello that cannot be posted', () => {
  test.each([
    { name: 'because the bot may not', sent: { no: 'forbidden', why: 'not enough rights' }, why: 'I may not write in that chat' },
    { name: 'because the chat app refuses it', sent: { no: 'refused', why: 'bad words' }, why: 'refused: bad words' },
    { name: 'because somebody put the bot out', sent: { no: 'gone', why: 'kicked', how: 'removed' }, why: 'I was removed from that chat' },
    { name: 'because the chat is no more', sent: { no: 'gone', why: 'not found', how: 'deleted' }, why: 'That chat was deleted' },
    { name: 'because it was put away', sent: { no: 'gone', why: 'archived', how: 'archived' }, why: 'That chat was archived' },
    { name: 'because the chat is gone', sent: { no: 'gone', why: 'not found' }, why: 'I cannot find that chat any more' },
  ] as const)('$name: the chat has not joined, and whoever brought it in hears why', async ({ sent, why }) => {
    const made = await jo.say('/network code all residents')
    const { amina, chat } = stranger()
    bot.chat().refuses(chat, sent)
    await amina.in(chat).say(`/network join ${codeIn(made)}`)
    await bot.tick()
    expect(await spaceAt(chat)).toMatchObject({ state: 'left' })
    expect(amina.reads().at(-1)).toContain('has not joined')
    expect(amina.reads().at(-1)).toContain(why)

    // Put right, the same code does it.
    bot.chat().refuses(chat, undefined)
    await amina.in(chat).say(`/network join ${codeIn(made)}`)
    await bot.tick()
    expect(await spaceAt(chat)).toMatchObject({ state: 'joined', trouble: null })
    expect(
      amina
        .in(chat)
        .reads()
        .filter(text => text.includes('Hello, I am Folkmoot')),
    ).toHaveLength(1)
  })

  test('because it takes too long', async () => {
    const made = await jo.say('/network code all residents')
    const { amina, chat } = stranger()
    bot.chat().refuses(chat, { later: 600_000 })
    await amina.in(chat).say(`/network join ${codeIn(made)}`)
    await bot.tick()
    expect(await spaceAt(chat)).toMatchObject({ state: 'joining' })
    await bot.later(3_700_000)
    expect(await spaceAt(chat)).toMatchObject({ state: 'left' })
    expect(amina.reads().at(-1)).toContain('It could not be posted in time')
    bot.chat().refuses(chat, undefined)
  })
})

test('what the bot may not do is listed with what to click, and “Try again” goes on from there', async () => {
  const made = await jo.say('/network code all residents')
  const { amina, chat } = stranger()
  bot.chat().lacks.set(chat, ['telegram-missing-send', 'telegram-missing-delete-optional'])
  const said = await amina.in(chat).say(`/network join ${codeIn(made)}`)
  expect(said.text).toContain('switch on “Send messages”')
  expect(said.text).not.toContain('pin a poll')
  expect(await spaceAt(chat)).toBeNull()

  bot.chat().lacks.delete(chat)
  await amina.in(chat).press('Try again')
  await bot.tick()
  expect(await spaceAt(chat)).toMatchObject({ state: 'joined' })
})

describe('a chat that the bot cannot see into', () => {
  test('is told how to let it in, not to look for an admin', async () => {
    const made = await jo.say('/network code all residents')
    const { amina, chat } = stranger()
    bot.chat().unseen.add(chat)
    bot.chat().lacks.set(chat, ['telegram-missing-send'])
    const said = await amina.in(chat).say(`/network join ${codeIn(made)}`)
    expect(said.text).toContain('switch on “Send messages”')
    expect((await amina.in(chat).say('/network new Mill')).text).toContain('switch on “Send messages”')
    expect(await spaceAt(chat)).toBeNull()

    bot.chat().unseen.delete(chat)
    bot.chat().lacks.delete(chat)
    expect((await amina.in(chat).press('Try again')).text).toContain('I am posting a hello')
  })

  test('joins where what an admin does says that they are one', async () => {
    const { amina, chat } = stranger()
    bot.chat().unseen.add(chat)
    const join = (isAdmin: boolean) =>
      bot.chat().receives({
        ...{ id: `chat:unseen ${count} ${isAdmin}`, received: new Date(bot.clock.at), place: { space: chat }, isAdmin },
        ...{ person: { ref: amina.ref, name: amina.name }, event: { kind: 'command', name: 'network', args: `new Mill ${count}` } },
      })
    await join(false)
    expect(await spaceAt(chat)).toBeNull()
    await join(true)
    expect(await spaceAt(chat)).toMatchObject({ state: 'joining' })
  })
})

describe('what cannot join', () => {
  test('whoever is no admin there', async () => {
    const made = await jo.say('/network code all residents')
    const { chat } = stranger()
    expect((await jo.in(chat).say(`/network join ${codeIn(made)}`)).text).toContain('Only an admin of this chat')
    expect(await spaceAt(chat)).toBeNull()
  })

  test('the private chat', async () => {
    expect((await jo.say('/network join 7KQ2-M9XR-C4TD')).text).toContain('Say that in the chat that is to join')
  })

  test('a chat that is in a network', async () => {
    const made = await jo.say('/network code all residents')
    const other = await bot.network(`Other ${count}`, [`Gorton ${count}`])
    bot.chat().admins.set(other.space(`Gorton ${count}`), new Set([jo.ref]))
    expect((await jo.in(other.space(`Gorton ${count}`)).say(`/network join ${codeIn(made)}`)).text).toContain(
      `already belongs to Other ${count}`,
    )
  })

  test('an unknown, an expired and a revoked code get one and the same answer', async () => {
    const old = codeIn(await jo.say('/network code all residents'))
    await bot.later(7 * 86_400_000 + 1)
    const revoked = codeIn(await jo.say('/network code all residents'))
    await jo.say('/network codes')
    await jo.press('Revoke 1')
    const { amina, chat } = stranger()
    const answers = new Set<string>()
    for (const code of [old, revoked, '7KQ2-M9XR-C4TD', 'hello']) answers.add((await amina.in(chat).say(`/network join ${code}`)).text)
    expect([...answers]).toEqual([expect.stringContaining('That code does not work')])
  })

  test('codes cannot be tried one after the other: after ten wrong ones in an hour even the right one is not heard', async () => {
    const right = codeIn(await jo.say('/network code all residents'))
    const { amina, chat } = stranger()
    for (let i = 0; i < 10; i += 1) await amina.in(chat).say(`/network join AAAA-AAAA-AAA${i}`)
    expect((await amina.in(chat).say(`/network join ${right}`)).text).toContain('Please wait an hour')
    expect((await amina.say(`/network role ${right}`)).text).toContain('Please wait an hour')
    await bot.later(3_600_001)
    expect((await amina.in(chat).say(`/network join ${right}`)).text).toContain('I am posting a hello')
  })

  test('the sample network, from either side', async () => {
    const sample = await bot.network(`Sample ${count}`, [`Sampleton ${count}`], { sample: true })
    const sam = bot.person(`Sam ${count}`)
    await bot.grant(sample, sam, 'coordinator')
    expect((await sam.say('/network code all residents')).text).toContain('Other chats cannot join the sample network')

    const made = codeIn(await jo.say('/network code all residents'))
    bot.chat().admins.set(sample.space(`Sampleton ${count}`), new Set([sam.ref]))
    expect((await sam.in(sample.space(`Sampleton ${count}`)).say(`/network join ${made}`)).text).toContain(
      'The sample network is for trying only',
    )
    const { chat } = stranger()
    bot.chat().admins.set(chat, new Set([sam.ref]))
    expect((await sam.in(chat).say(`/network join ${made}`)).text).toContain('The sample network is for trying only')
    expect((await sam.in(chat).say('/network new Out')).text).toContain('The sample network is for trying only')
    expect(await spaceAt(chat)).toBeNull()
  })
})

describe('leaving', () => {
  test('asks first, posts a goodbye, and then the chat has left; it may come back, here or elsewhere', async () => {
    const chat = network.space(`Ardwick ${count}`)
    expect((await jo.in(chat).say('/network leave')).text).toContain('Really?')
    expect(await spaceAt(chat)).toMatchObject({ state: 'joined' })
    await jo.in(chat).press('Leave the network')
    expect(await spaceAt(chat)).toMatchObject({ state: 'leaving' })
    await bot.tick()
    expect(jo.in(chat).reads().at(-1)).toContain(`This chat leaves Power ${count}`)
    expect(await spaceAt(chat)).toMatchObject({ state: 'left' })
    const id = network.spaceId(`Ardwick ${count}`)

    const amina = bot.person(`Amina ${count}`)
    bot.chat().admins.set(chat, new Set([amina.ref]))
    await amina.in(chat).say(`/network join ${codeIn(await jo.say('/network code all residents'))}`)
    await bot.tick()
    expect(await spaceAt(chat)).toMatchObject({ id, state: 'joined', areaId: null })

    await jo.in(chat).say('/network leave')
    await jo.in(chat).press('Leave the network')
    await bot.tick()
    await amina.in(chat).say(`/network new Elsewhere ${count}`)
    await bot.tick()
    expect(await spaceAt(chat)).toMatchObject({ state: 'joined' })
    expect((await spaceAt(chat))?.id).not.toBe(id)
    expect(await bot.store.prisma.space.findUnique({ where: { id } })).toMatchObject({ state: 'left', networkId: network.id })
  })

  test('a chat that cannot be posted in leaves without a goodbye', async () => {
    const chat = network.space(`Beswick ${count}`)
    bot.chat().refuses(chat, { no: 'forbidden', why: 'not enough rights' })
    await jo.in(chat).say('/network leave')
    await jo.in(chat).press('Leave the network')
    await bot.tick()
    expect(await spaceAt(chat)).toMatchObject({ state: 'left' })
    bot.chat().refuses(chat, undefined)
  })

  test('a bot that is thrown out while a chat joins does not count as joined when it is back', async () => {
    const made = await jo.say('/network code all residents')
    const { amina, chat } = stranger()
    await amina.in(chat).say(`/network join ${codeIn(made)}`)
    await amina.in(chat).does({ kind: 'left' })
    await amina.in(chat).does({ kind: 'joined' })
    await bot.tick()
    expect(await spaceAt(chat)).toMatchObject({ state: 'left' })
  })
})
