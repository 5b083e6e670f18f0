import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { personRef, spaceRef } from '../../../adapters/telegram/refs.ts'
import { telegramSettings } from '../../../adapters/telegram/settings.ts'
import { stage } from './harness.ts'

describe('an admin', () => {
  test('is one only as long as Telegram says so', async () => {
    const { adapter, group, amina, tg } = await stage({ started: false })
    const isAdmin = (): Promise<boolean | undefined> => adapter.isAdmin(personRef(amina.id), spaceRef(group.id))
    expect(await isAdmin()).toBe(false)
    group.admin(amina)
    expect(await isAdmin()).toBe(true)
    group.admin(amina, false)
    expect(await isAdmin()).toBe(false)
    const forum = tg.group('Levenshulme', { topics: true })
    forum.admin(amina)
    expect(await adapter.isAdmin(personRef(amina.id), spaceRef(forum.id, 4))).toBe(true)
  })

  test('is nobody whom Telegram does not know, nor anybody where we are not', async () => {
    const { adapter, group, amina } = await stage({ started: false })
    expect(await adapter.isAdmin(personRef(5), spaceRef(group.id))).toBe(false)
    group.admin(amina)
    group.kick()
    expect(await adapter.isAdmin(personRef(amina.id), spaceRef(group.id))).toBe(false)
  })

  test('is not guessed at when Telegram cannot be asked, and the error holds no token', async () => {
    const { adapter, group, amina, tg } = await stage({ started: false })
    tg.fail({ method: 'getChatMember', with: 'drop' })
    await expect(adapter.isAdmin(personRef(amina.id), spaceRef(group.id))).rejects.toEqual(
      new Error('Telegram could not be asked.', { cause: 'ECONNRESET' }),
    )
    tg.fail({ method: 'getChat', with: { status: 500 } })
    await expect(adapter.missing(spaceRef(group.id))).rejects.toEqual(
      new Error('Telegram could not be asked.', { cause: 'Internal Server Error' }),
    )
  })
})

describe('what the bot may not do', () => {
  const optional = ['telegram-missing-delete-optional']
  test.each([
    { name: 'as a member', group: {}, change: () => {}, expects: optional },
    { name: 'as a member of a basic group', group: { kind: 'group' }, change: () => {}, expects: optional },
    { name: 'where members may not write', group: {}, change: 'allow', expects: ['telegram-missing-send', ...optional] },
    { name: 'where it alone may not write', group: {}, change: 'restrict', expects: ['telegram-missing-send', ...optional] },
    { name: 'as an admin who may do all', group: { admin: true }, change: () => {}, expects: [] },
    { name: 'as an admin who may only pin', group: { admin: { can_pin_messages: true } }, change: () => {}, expects: optional },
    { name: 'after it was thrown out', group: {}, change: 'kick', expects: ['telegram-missing-send'] },
    { name: 'where it never was', group: { bot: false }, change: () => {}, expects: ['telegram-missing-send'] },
  ] as const)('$name', async ({ group: options, change, expects }) => {
    const { adapter, tg } = await stage({ started: false })
    const group = tg.group('Ardwick', options)
    if (change === 'allow') group.allow({ messages: false })
    if (change === 'restrict') group.restrict({ messages: false })
    if (change === 'kick') group.kick()
    expect(await adapter.missing(spaceRef(group.id))).toEqual(expects)
  })
})

describe('the command lists', () => {
  test('are set for every scope and language, and left alone when they are right', async () => {
    const on = await stage({ isOld: false })
    const lists = () => on.tg.world.commands.map(({ scope, language, commands }) => [scope, language, commands[0]?.description])
    await on.tg.until(() => lists().length === 6)
    expect(lists()).toEqual([
      [{ type: 'default' }, '', 'Ask everybody'],
      [{ type: 'all_private_chats' }, '', 'Ask everybody'],
      [{ type: 'all_group_chats' }, '', 'Ask everybody'],
      [{ type: 'default' }, 'cy', 'Gofyn i bawb'],
      [{ type: 'all_private_chats' }, 'cy', 'Gofyn i bawb'],
      [{ type: 'all_group_chats' }, 'cy', 'Gofyn i bawb'],
    ])
    await on.adapter.stop()
    await on.start(on.another())
    await on.tg.until(() => on.tg.calls('getMyCommands').length === 14)
    expect(on.tg.calls('setMyCommands')).toHaveLength(6)
  })

  test('that cannot be set do not stop the bot', async () => {
    const on = await stage({ started: false })
    on.tg.fail({ method: 'getMyCommands', with: { status: 500 } })
    await on.start()
    await on.tg.until(() => on.statuses.at(-1)?.[0] === 'up')
    await on.tg.until(() => on.lines.some(({ message }) => message === 'The Telegram command lists could not be set'))
  })
})

describe('the settings', () => {
  const shape = z.object(telegramSettings)
  test.each([
    { name: 'nothing', input: {}, expects: { TELEGRAM_API_ROOT: 'https://api.telegram.org' } },
    {
      name: 'an empty line',
      input: { TELEGRAM_TOKEN: ' ', TELEGRAM_API_ROOT: '' },
      expects: { TELEGRAM_API_ROOT: 'https://api.telegram.org' },
    },
    {
      name: 'a token',
      input: { TELEGRAM_TOKEN: ' 12:a_b-C\n' },
      expects: { TELEGRAM_TOKEN: '12:a_b-C', TELEGRAM_API_ROOT: 'https://api.telegram.org' },
    },
    {
      name: 'a server of our own',
      input: { TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/' },
      expects: { TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' },
    },
  ])('$name', ({ input, expects }) => expect(shape.parse(input)).toEqual(expects))

  test.each([
    { input: { TELEGRAM_TOKEN: 'abc' }, expects: /not a Telegram token/ },
    { input: { TELEGRAM_API_ROOT: 'localhost' }, expects: /not a web address/ },
    { input: { TELEGRAM_API_ROOT: 'ftp://x.example' }, expects: /not a web address/ },
  ])('$input is refused in plain words', ({ input, expects }) => expect(shape.safeParse(input).error?.issues[0]?.message).toMatch(expects))
})
