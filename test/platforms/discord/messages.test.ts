import { PermissionFlagsBits as Can, Routes } from 'discord.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newRest, outcome, posted, type Stage, send, stage } from './harness.ts'

let on: Stage
beforeEach(async () => {
  on = await stage()
})
afterEach(() => on.discord.stop())

describe('a message', () => {
  test('stands, is edited, pinned and taken away', async () => {
    const { ardwick, rest } = on
    ardwick.allow('bot', Can.PinMessages)
    const poll = await posted(on, ' What matters most? ', ['Buses', 'Parks'])
    expect([poll.text, poll.labels, poll.byBot]).toEqual(['What matters most?', [['Buses', 'Parks']], true])
    await rest.patch(Routes.channelMessage(ardwick.id, poll.id), { body: { content: 'Closed', components: [] } })
    await rest.put(Routes.channelMessagesPin(ardwick.id, poll.id))
    expect([poll.text, poll.labels, poll.edits]).toEqual(['Closed', [], 1])
    expect(ardwick.pinned).toEqual([poll])
    expect(await rest.get(Routes.channelMessagesPins(ardwick.id))).toMatchObject({ items: [{ message: { id: poll.id } }], has_more: false })
    await rest.delete(Routes.channelMessagesPin(ardwick.id, poll.id))
    await rest.delete(Routes.channelMessage(ardwick.id, poll.id))
    expect(ardwick.fromBot).toEqual([])
  })

  test('with the same nonce stands once, for three minutes', async () => {
    const { clock, ardwick } = on
    const first = await send(on, { content: 'one', nonce: 'n1', enforce_nonce: true })
    const again = await send(on, { content: 'one', nonce: 'n1', enforce_nonce: true })
    expect(again.id).toBe(first.id)
    await send(on, { content: 'one', nonce: 'n1' })
    expect(ardwick.fromBot).toHaveLength(2)
    clock.forward(181)
    await send(on, { content: 'one', nonce: 'n1', enforce_nonce: true })
    expect(ardwick.fromBot).toHaveLength(3)
  })

  test('a send whose answer got lost can be repeated with its nonce', async () => {
    on.discord.fail({ method: 'POST', path: '/channels/*/messages', with: 'drop after doing it' })
    await expect(send(on, { content: 'one', nonce: 'n1', enforce_nonce: true })).rejects.toThrow()
    await send(on, { content: 'one', nonce: 'n1', enforce_nonce: true })
    expect(on.ardwick.fromBot.map(message => message.text)).toEqual(['one'])
  })

  test('brings files, keeps and drops them', async () => {
    const { ardwick, rest, discord } = on
    const files = [
      { name: 'votes.csv', data: Buffer.from('a,b') },
      { name: 'plan of Ardwick.txt', data: Buffer.from('plan') },
    ]
    const sent = (await rest.post(Routes.channelMessages(ardwick.id), {
      body: { content: 'Files', attachments: [{ id: '0', description: 'all votes' }, { id: '1' }] },
      files,
    })) as { id: string; attachments: { id: string; url: string; filename: string; description?: string }[] }
    expect(sent.attachments.map(one => [one.filename, one.description])).toEqual([
      ['votes.csv', 'all votes'],
      ['plan_of_Ardwick.txt', undefined],
    ])
    expect(await (await fetch(sent.attachments[0]?.url ?? '')).text()).toBe('a,b')
    await rest.patch(Routes.channelMessage(ardwick.id, sent.id), { body: { attachments: [{ id: sent.attachments[1]?.id }] } })
    expect(discord.messageOf(sent.id).raw.attachments.map(one => one.filename)).toEqual(['plan_of_Ardwick.txt'])
  })

  test('shows whom it would ring', async () => {
    const { ardwick, guild, amina, discord } = on
    const role = guild.role('Coordinators')
    const content = `@everyone <@${amina.id}> <@&${role.id}> \`<@1>\``
    const rings = async (body: object): Promise<unknown> => discord.messageOf((await send(on, { content, ...body })).id).pings
    expect(await rings({})).toEqual({ everyone: false, users: [amina.id], roles: [] })
    ardwick.allow('bot', Can.MentionEveryone)
    expect(await rings({})).toEqual({ everyone: true, users: [amina.id], roles: [role.id] })
    expect(await rings({ allowed_mentions: { parse: [] } })).toEqual({ everyone: false, users: [], roles: [] })
    expect(await rings({ allowed_mentions: { users: [amina.id] } })).toEqual({ everyone: false, users: [amina.id], roles: [] })
    const said = amina.says(ardwick, 'hello')
    const reply = { content: 'hi', message_reference: { message_id: said.id } }
    expect(await rings(reply)).toEqual({ everyone: false, users: [amina.id], roles: [] })
    expect(await rings({ ...reply, allowed_mentions: { parse: [], replied_user: false } })).toEqual({
      everyone: false,
      users: [],
      roles: [],
    })
  })

  test('reads all words of embeds and components', async () => {
    const embed = await send(on, { embeds: [{ title: 'Result', fields: [{ name: 'Buses', value: '41' }] }] })
    const second = await send(on, { flags: 32_768, components: [{ type: 17, components: [{ type: 10, content: 'What?' }] }] })
    expect([embed.id, second.id].map(id => on.discord.messageOf(id).text)).toEqual(['Result\nBuses\n41', 'What?'])
  })
})

describe('places', () => {
  test('a private channel is opened, written to, and may be closed', async () => {
    const { rest, amina, guild, discord } = on
    const open = (): Promise<{ id: string }> =>
      rest.post(Routes.userChannels(), { body: { recipient_id: amina.id } }) as Promise<{ id: string }>
    const { id } = await open()
    const write = (): Promise<unknown> => rest.post(Routes.channelMessages(id), { body: { content: 'x' } })
    expect(await outcome(write())).toBe('50278 Cannot send messages to this user due to having no mutual guilds')
    guild.joined(amina)
    await rest.post(Routes.channelMessages(id), { body: { content: 'Your vote counted' } })
    expect(amina.messages.map(message => message.text)).toEqual(['Your vote counted'])
    expect(await outcome(rest.post(Routes.userChannels(), { body: { recipient_id: '1' } }))).toBe('10013 Unknown User')
    amina.closesDms()
    expect(await outcome(write())).toBe('50007 Cannot send messages to this user')
    expect(discord.calls('POST /channels/*').map(call => call.code)).toEqual([50_278, undefined, 50_007])
  })

  test('guilds, channels, threads, members and roles can be read', async () => {
    const { rest, guild, ardwick, amina, app } = on
    const thread = ardwick.thread('Damp homes')
    guild.joined(amina)
    expect(await rest.get(Routes.guildChannels(guild.id))).toMatchObject([{ id: ardwick.id, name: 'ardwick', type: 0 }])
    expect(await rest.get(Routes.channel(thread.id))).toMatchObject({ name: 'Damp homes', parent_id: ardwick.id, type: 11 })
    expect(await rest.get(Routes.guildActiveThreads(guild.id))).toMatchObject({ threads: [{ id: thread.id }] })
    expect(await rest.get(Routes.guildMember(guild.id, amina.id))).toMatchObject({ user: { id: amina.id }, roles: [] })
    expect(await rest.get(Routes.guildMember(guild.id, app))).toMatchObject({ user: { bot: true } })
    expect(await rest.get(Routes.guildRoles(guild.id))).toHaveLength(2)
    expect(await outcome(rest.get(Routes.guildMember(guild.id, '1')))).toBe('10007 Unknown Member')
    const made = (await rest.post(Routes.threads(ardwick.id), { body: { name: 'Buses', type: 11 } })) as { id: string }
    expect(on.discord.channelOf(made.id).name).toBe('Buses')
  })

  test('the bot leaves; then it has no access', async () => {
    const { rest, guild } = on
    await rest.delete(Routes.userGuild(guild.id))
    expect(guild.state.here).toBe(false)
    expect(await outcome(rest.get(Routes.guild(guild.id)))).toBe('50001 Missing Access')
  })

  test('another token gets in nowhere', async () => {
    const rest = newRest(on.discord, 'other')
    expect(await outcome(rest.get(Routes.gatewayBot()))).toBe('0 401: Unauthorized')
  })
})
