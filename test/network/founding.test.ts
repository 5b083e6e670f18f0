import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemIds } from '../../src/base/clock.ts'
import { networkProgram } from '../../src/network/cli.ts'
import { type TestApp, testApp } from '../helpers/app.ts'
import type { Someone } from '../helpers/person.ts'

let bot: TestApp

beforeAll(async () => {
  bot = await testApp()
})
afterAll(() => bot.close())

function spaceAt(ref: string) {
  return bot.store.prisma.space.findUnique({ where: { ref } })
}

test('an admin begins a network in a chat: a hello is posted, the chat counts as joined only then, and the admin is its coordinator', async () => {
  const jo = bot.person('Jo')
  const hall = bot.group('Ardwick hall', [jo])

  const said = await jo.in(hall, 'Ardwick hall').say('/network new Ardwick Power')
  expect(said.text).toContain('Ardwick Power has begun, and you are its first coordinator')
  expect(await spaceAt(hall)).toMatchObject({ state: 'joining', audience: 'residents', title: 'Ardwick hall' })

  await bot.tick()
  const hello = jo.in(hall).reads().join('\n')
  expect(hello).toContain('This chat is now part of Ardwick Power')
  expect(hello).toContain('What is kept')
  expect(hello).toContain('/guide')
  expect(await spaceAt(hall)).toMatchObject({ state: 'joined' })
  expect(jo.reads().at(-1)).toBe('“Ardwick hall” has joined Ardwick Power. The hello stands there.')

  const card = await jo.in(hall).say('/network')
  expect(card.text).toContain('Coordinators: Jo')
  expect(card.text).toContain('Ardwick hall: all areas, residents.')
  expect(card.text).toContain('Last backup: none yet')
})

test('in a chat that is in no network, /network offers to begin one', async () => {
  const jo = bot.person('Jo Buttons')
  const hall = jo.in(bot.group('Button hall', [jo]), 'Button hall')
  await hall.say('/network')
  expect((await hall.press('Begin a network')).text).toContain('What is it called?')
  expect((await hall.submit({ name: 'B' })).wrong).toEqual({ name: 'A network’s name has 2 to 80 characters.' })
  expect((await hall.submit({ name: 'Button Power' })).text).toContain('Button Power has begun, and you are its first coordinator')
  await bot.tick()
  expect(jo.reads().at(-1)).toBe('“Button hall” has joined Button Power. The hello stands there.')
})

test('a repeated delivery founds no second network', async () => {
  const jo = bot.person('Jo Again')
  const hall = bot.group('Twice hall', [jo])
  const event = { kind: 'command', name: 'network', args: 'new Twice Told' } as const
  await jo.in(hall).does(event, undefined, 'twice')
  await jo.in(hall).does(event, undefined, 'twice')
  expect(await bot.store.prisma.network.count({ where: { name: 'Twice Told' } })).toBe(1)
})

test('of two admins who begin a network in one chat at once, one does', async () => {
  const [ada, bee] = [bot.person('Ada'), bot.person('Bee')]
  const yard = bot.group('Yard', [ada, bee])
  const said = await Promise.all([ada.in(yard).say('/network new Ada’s'), bee.in(yard).say('/network new Bee’s')])
  expect(said.filter(one => one.text.includes('has begun'))).toHaveLength(1)
  expect(said.filter(one => one.text.includes('This chat is just joining'))).toHaveLength(1)
  expect(await bot.store.prisma.network.count({ where: { name: { in: ['Ada’s', 'Bee’s'] } } })).toBe(1)
})

describe('what does not begin a network', () => {
  const cases: readonly {
    name: string
    words: string
    admin?: boolean
    unknown?: boolean
    private?: boolean
    lacks?: boolean
    expects: string
  }[] = [
    { name: 'somebody who is no admin', words: 'new Parks', admin: false, expects: 'Only an admin of this chat can begin a network here' },
    { name: 'a platform that cannot be asked', words: 'new Parks', unknown: true, expects: 'npm run network -- new NAME' },
    { name: 'the private chat', words: 'new Parks', private: true, expects: 'npm run network -- new NAME' },
    { name: 'no name', words: 'new', expects: 'What is it called?' },
    { name: 'a name of one letter', words: 'new P', expects: 'with 2 to 80 characters' },
    { name: 'a name of 81', words: `new ${'p'.repeat(81)}`, expects: 'with 2 to 80 characters' },
    { name: 'a chat where the bot may not write', words: 'new Parks', lacks: true, expects: 'switch on “Send messages”' },
  ]
  test.each(cases)('$name', async ({ name, words, admin = true, unknown = false, private: alone = false, lacks = false, expects }) => {
    const jo = bot.person(`Jo of ${name}`)
    const hall = bot.group(`Hall of ${name}`, admin ? [jo] : [])
    const chat = bot.chat()
    chat.adminsUnknown = unknown
    if (lacks) chat.lacks.set(hall, ['telegram-missing-send', 'telegram-missing-delete-optional'])
    const said = await (alone ? jo : jo.in(hall)).say(`/network ${words}`)
    chat.adminsUnknown = false
    expect(said.text).toContain(expects)
    expect(said.text).not.toContain('pin a poll')
    expect(await bot.store.prisma.network.count({ where: { name: 'Parks' } })).toBe(0)
    expect(await spaceAt(hall)).toBeNull()
  })

  test('a chat that is in a network already', async () => {
    const jo = bot.person('Jo Taken')
    const standing = await bot.network('Gorton Voices', ['Gorton'])
    bot.chat().admins.set(standing.space('Gorton'), new Set([jo.ref]))
    expect((await jo.in(standing.space('Gorton')).say('/network new Mine')).text).toContain('This chat already belongs to Gorton Voices')
  })
})

test('what a platform only advises is told, and does not stop it', async () => {
  const jo = bot.person('Jo Pin')
  const hall = bot.group('Pin hall', [jo])
  bot.chat().lacks.set(hall, ['telegram-missing-delete-optional'])
  const said = await jo.in(hall).say('/network new Pinless')
  expect(said.text).toContain("I cannot remove other people's messages here")
  expect(said.text).toContain('Pinless has begun')
})

describe('at the server’s keyboard', () => {
  async function types(...words: string[]): Promise<string> {
    const lines: string[] = []
    await networkProgram(words, { store: bot.deps.store, clock: bot.clock, ids: systemIds, say: line => lines.push(line) })
    return lines.join('\n')
  }
  const codeIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? ''

  test('a printed code founds a network once, in private too', async () => {
    const printed = await types('new', 'Longsight', 'Matters')
    const jo = bot.person('Jo Longsight')
    expect((await jo.say(`/network found ${codeIn(printed).toLowerCase()}`)).text).toContain('Longsight Matters has begun')
    expect((await jo.say('/network')).text).toContain('Longsight Matters')
    expect((await bot.person('Late').say(`/network found ${codeIn(printed)}`)).text).toContain('That code does not work')
  })

  test('two who take it up at once do not both win', async () => {
    const code = codeIn(await types('new', 'Once Only'))
    const said = await Promise.all([bot.person('Left').say(`/network found ${code}`), bot.person('Right').say(`/network found ${code}`)])
    expect(said.map(one => one.text.includes('Once Only has begun')).sort()).toEqual([false, true])
    expect(await bot.store.prisma.network.count({ where: { name: 'Once Only' } })).toBe(1)
  })

  test('a day later it is too old', async () => {
    const code = codeIn(await types('new', 'Too Late'))
    await bot.later(86_400_001)
    expect((await bot.person('Slow').say(`/network found ${code}`)).text).toContain('That code does not work')
  })

  test('a network without coordinators gets one again, and is in the list', async () => {
    const standing = await bot.network('Orphans', ['Clayton'])
    expect(await types('list')).toContain(`${standing.id}  Orphans  chats: 1  coordinators: 0`)
    const amina = bot.person('Amina')
    const asked = await amina.say(`/network role ${codeIn(await types('code', standing.id))}`)
    expect(asked.text).toContain('You are invited to be a coordinator of Orphans')
    expect((await amina.press('Yes')).text).toContain('You are a coordinator of Orphans now')
    expect(await types('list')).toContain('Orphans  chats: 1  coordinators: 1')
  })

  test('what it cannot do it says in a line', async () => {
    await expect(types('code', 'nowhere')).rejects.toThrow('There is no network "nowhere"')
    await expect(types('new', 'x')).rejects.toThrow('2 to 80 characters')
  })

  test('no code is kept anywhere: only its hash', async () => {
    const code = codeIn(await types('new', 'Hashed'))
    const nina: Someone = bot.person('Nina')
    await nina.say(`/network found ${code}`)
    const rows = await bot.store.pool.query<{ row: string }>(
      `SELECT row_to_json(i)::text AS row FROM "Invitation" i UNION ALL SELECT row_to_json(s)::text FROM "Seen" s UNION ALL SELECT row_to_json(d)::text FROM "Delivery" d`,
    )
    const all = rows.rows.map(one => one.row).join('\n')
    expect(all).not.toContain(code)
    expect(all).not.toContain(code.replaceAll('-', ''))
  })
})
