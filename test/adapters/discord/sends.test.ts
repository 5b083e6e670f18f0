import { PermissionFlagsBits } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import type { MessageRef, PersonRef, Sent, SpaceRef } from '../../../src/platform/adapter.ts'
import { type Stage, stage, view } from './harness.ts'

const posts = '/channels/*/messages'
const send = ({ adapter, space }: Stage, words = 'What matters most?', key = 'key'): Promise<Sent> => adapter.send(space, view(words), key)
const refOf = (sent: Sent): MessageRef => {
  if (sent === 'unsure' || !('ok' in sent)) throw new Error(`not sent: ${JSON.stringify(sent)}`)
  return sent.ok
}

describe('what becomes of a send', () => {
  test.each<{ name: string; with: Parameters<Stage['discord']['fail']>[0]['with']; is: Sent }>([
    { name: 'too many: later, as long as Discord says', with: { status: 429, retry_after: 7 }, is: { later: 7050 } },
    { name: 'a server error: unsure', with: 500, is: 'unsure' },
    { name: 'a broken connection: unsure', with: 'drop', is: 'unsure' },
    {
      name: 'an unknown number: refused',
      with: { status: 400, code: 40_001 },
      is: { no: 'refused', why: 'Discord does not take it (40001)' },
    },
    {
      name: 'a channel that was deleted: gone',
      with: { status: 404, code: 10_003 },
      is: { no: 'gone', why: 'the channel is not there', how: 'deleted' },
    },
  ])('$name', async ({ with: harm, is }) => {
    const on = await stage()
    on.discord.fail({ method: 'POST', path: posts, with: harm })
    expect(await send(on)).toEqual(is)
  })

  test('what was cut off after it was done stands once when it is sent again', async () => {
    const on = await stage()
    on.discord.fail({ method: 'POST', path: posts, with: 'drop after doing it' })
    expect(await send(on)).toBe('unsure')
    const ref = refOf(await send(on))
    expect(on.ardwick.fromBot.map(one => `${on.space}/${one.id}`)).toEqual([ref])
  })

  test('a block of all requests holds for what comes after it too', async () => {
    const on = await stage()
    on.discord.block(60)
    const first = await send(on)
    expect(first).toMatchObject({ later: expect.any(Number) })
    if (first !== 'unsure' && 'later' in first) expect(first.later).toBeGreaterThan(50_000)
    const before = on.discord.calls().length
    expect(await send(on, 'x', 'other')).toMatchObject({ later: expect.any(Number) })
    expect(on.discord.calls().length).toBe(before)
  })

  test('a block of one channel does not hold up another', async () => {
    const on = await stage()
    on.discord.fail({ method: 'POST', path: `/channels/${on.ardwick.id}/messages`, with: { status: 429, retry_after: 30 } })
    expect(await send(on)).toMatchObject({ later: expect.any(Number) })
    const gorton = on.guild.channel('gorton')
    expect(await on.adapter.send(`discord:${gorton.id}` as SpaceRef, view('x'), 'k')).toMatchObject({ ok: expect.any(String) })
  })

  test('a change that was cut off may be repeated: later', async () => {
    const on = await stage()
    const ref = refOf(await send(on))
    on.discord.fail({ method: 'PATCH', path: `${posts}/*`, with: 'drop' })
    expect(await on.adapter.change(ref, view('x'))).toEqual({ later: 5000 })
  })

  test('to a person: closed, in no common server, unknown', async () => {
    const on = await stage()
    const [closed, far] = [on.discord.person('Chidi', { closed: true }), on.discord.person('Dilys')]
    on.guild.joined(closed)
    for (const id of [closed.id, far.id, '42'])
      expect(await on.adapter.send(`discord:@${id}` as PersonRef, view('x'), id)).toMatchObject({ no: 'unreachable' })
  })

  test('under a message that the bot may not read it stands alone', async () => {
    const on = await stage()
    const first = refOf(await send(on))
    on.ardwick.deny('bot', PermissionFlagsBits.ReadMessageHistory)
    expect(await on.adapter.send(on.space, view('Two'), 'two', first)).toMatchObject({ ok: expect.any(String) })
  })

  test('a channel that the bot is shut out of is forbidden, one of a server that it left is gone', async () => {
    const on = await stage()
    on.ardwick.deny('bot', PermissionFlagsBits.ViewChannel)
    expect(await send(on)).toMatchObject({ no: 'forbidden' })
    on.guild.kick()
    await expect.poll(() => send(on)).toMatchObject({ no: 'gone', how: 'removed' })
  })

  test('nothing pings, whatever it says and whatever the bot may do', async () => {
    const on = await stage()
    on.ardwick.allow('bot', PermissionFlagsBits.MentionEveryone)
    await send(on, `@everyone <@${on.amina.id}> <@&1>`)
    expect(on.ardwick.fromBot[0]?.pings).toEqual({ everyone: false, users: [], roles: [] })
  })
})

describe('rights', () => {
  test.each([
    { name: 'cannot see it', take: PermissionFlagsBits.ViewChannel, keys: ['discord-missing-see'] },
    { name: 'cannot write', take: PermissionFlagsBits.SendMessages, keys: ['discord-missing-send'] },
    {
      name: 'could do more',
      take: PermissionFlagsBits.AttachFiles | PermissionFlagsBits.ReadMessageHistory | PermissionFlagsBits.PinMessages,
      keys: ['discord-missing-files-optional', 'discord-missing-history-optional', 'discord-missing-pin-optional'],
    },
    {
      ...{ name: 'could schedule events', take: PermissionFlagsBits.CreateEvents },
      keys: ['discord-missing-events-optional'],
    },
  ])('the bot $name', async ({ take, keys }) => {
    const on = await stage()
    on.ardwick.deny('bot', take)
    expect(await on.adapter.missing(on.space)).toEqual(keys)
  })

  test('whoever may manage the channel runs it, in its threads too; a stranger does not; where the bot cannot look nobody knows', async () => {
    const on = await stage()
    const ref = `discord:@${on.amina.id}` as PersonRef
    expect(await on.adapter.isAdmin(ref, on.space)).toBe(false)
    on.ardwick.allow(on.amina, PermissionFlagsBits.ManageChannels)
    expect(await on.adapter.isAdmin(ref, on.space)).toBe(true)
    expect(await on.adapter.isAdmin(ref, `discord:${on.ardwick.thread('Damp').id}` as SpaceRef)).toBe(true)
    expect(await on.adapter.isAdmin('discord:@42', on.space)).toBe(false)
    on.ardwick.deny('bot', PermissionFlagsBits.ViewChannel)
    expect(await on.adapter.isAdmin(ref, on.space)).toBeUndefined()
  })

  test('where Discord cannot be asked it throws', async () => {
    const on = await stage()
    on.discord.fail({ method: 'GET', path: '/channels/*', with: 500, times: 3 })
    await expect(on.adapter.isAdmin(`discord:@${on.amina.id}` as PersonRef, on.space)).rejects.toThrow('Discord could not be asked.')
  })
})
