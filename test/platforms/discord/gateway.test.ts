import { Client, Events, GatewayIntentBits } from 'discord.js'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { newClient, register, type Stage, stage, token } from './harness.ts'
import type { Options } from './world.ts'

let on: Stage
let client: Client<true> | undefined

afterEach(async () => {
  await client?.destroy()
  client = undefined
  await on.discord.stop()
})

/** A client that keeps the words of every command it gets. */
async function listening(options: Partial<Options> = {}): Promise<string[]> {
  on = await stage(options)
  await register(on)
  client = await newClient(on.discord)
  const heard: string[] = []
  client.on(Events.InteractionCreate, interaction => {
    if (interaction.isChatInputCommand()) heard.push(interaction.options.getString('what') ?? '')
  })
  return heard
}

const asks = (words: string): unknown => on.amina.runs(on.ardwick, 'poll', words)
const gateway = () => on.discord.world.gateway

/** Logs in with a bare socket and says `frames`; resolves with the code that it was closed with. */
function closedWith(address: string, ...frames: object[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${on.discord.world.root.replace('http', 'ws')}/gateway${address}`)
    socket.on('message', raw => {
      const { op } = JSON.parse(raw.toString()) as { op: number }
      if (op === 10) for (const frame of frames) socket.send(JSON.stringify(frame))
    })
    socket.on('close', resolve)
    socket.on('error', reject)
  })
}

describe('a connection that breaks', () => {
  test('is resumed, and nothing that happened meanwhile is lost or comes twice', async () => {
    const heard = await listening()
    asks('before')
    await expect.poll(() => heard).toEqual(['before'])
    on.discord.cutSockets()
    await on.discord.until(() => gateway().connected === 0)
    asks('meanwhile')
    asks('still meanwhile')
    await on.discord.until(() => gateway().resumes === 1)
    asks('after')
    await expect.poll(() => heard).toEqual(['before', 'meanwhile', 'still meanwhile', 'after'])
    expect(gateway().identifies).toBe(1)
  })

  test('a request to reconnect (op 7) is followed by a resume', async () => {
    const heard = await listening()
    gateway().askToReconnect()
    await on.discord.until(() => gateway().resumes === 1)
    asks('after')
    await expect.poll(() => heard).toEqual(['after'])
  })

  test('an invalid session (op 9) is resumed or begun anew, as it says', async () => {
    const heard = await listening()
    gateway().invalidate(true)
    await on.discord.until(() => gateway().resumes === 1)
    gateway().invalidate(false)
    await on.discord.until(() => gateway().identifies === 2, 'a second identify')
    asks('after')
    await expect.poll(() => heard).toEqual(['after'])
  })

  test('a session that was given up is begun anew; what happened meanwhile is lost', async () => {
    const heard = await listening()
    on.discord.cutSockets()
    await on.discord.until(() => gateway().connected === 0)
    gateway().forgetSessions()
    asks('meanwhile')
    await on.discord.until(() => gateway().identifies === 2, 'a second identify')
    asks('after')
    await expect.poll(() => heard).toEqual(['after'])
  })

  test('without acks the client notices the zombie and resumes', async () => {
    const heard = await listening({ heartbeatMs: 40 })
    await on.discord.until(() => gateway().heartbeats > 1)
    gateway().withholdsAcks = true
    await on.discord.until(() => gateway().closes.includes(4200))
    asks('meanwhile')
    on.discord.heal()
    await on.discord.until(() => gateway().resumes === 1)
    await expect.poll(() => heard).toEqual(['meanwhile'])
  })

  test('while the gateway is away the client keeps trying', async () => {
    const heard = await listening()
    gateway().isUnavailable = true
    on.discord.cutSockets()
    await on.discord.until(() => gateway().connected === 0)
    asks('meanwhile')
    on.discord.heal()
    await on.discord.until(() => gateway().connected === 1)
    await expect.poll(() => heard).toEqual(['meanwhile'])
  })

  test('the same interaction can come twice', async () => {
    const heard = await listening()
    asks('once')
    const [interaction] = on.discord.interactions
    if (interaction) on.discord.redeliver(interaction)
    await expect.poll(() => heard).toEqual(['once', 'once'])
  })
})

describe('a connection that is refused', () => {
  const identify = (d: object): object => ({ op: 2, d: { token, intents: 1, properties: {}, ...d } })
  const plain = '?v=10&encoding=json'

  test.each([
    ['another token', plain, [identify({ token: 'other' })], 4004],
    ['unknown intents', plain, [identify({ intents: 2 ** 30 })], 4013],
    ['intents that are no number', plain, [identify({ intents: 'all' })], 4013],
    ['privileged intents', plain, [identify({ intents: 1 | 2 })], 4014],
    ['a shard that cannot be', plain, [identify({ shard: [1, 1] })], 4010],
    ['two identifies', plain, [identify({}), identify({})], 4005],
    ['words before an identify', plain, [{ op: 3, d: {} }], 4003],
    ['an unknown opcode', plain, [identify({}), { op: 77 }], 4001],
    ['a resume with another token', plain, [{ op: 6, d: { token: 'other', session_id: 'x', seq: 1 } }], 4004],
    ['something else than JSON', '?v=10&encoding=etf', [], 4002],
    ['an old version', '?v=8&encoding=json', [], 4012],
  ] as const)('for %s', async (_, address, frames, code) => {
    on = await stage()
    expect(await closedWith(address, ...frames)).toBe(code)
  })

  test('privileged intents work when they are switched on', async () => {
    on = await stage({ privileged: [GatewayIntentBits.MessageContent] })
    const heard: string[] = []
    client = await newClient(on.discord, [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent])
    client.on(Events.MessageCreate, message => heard.push(message.content))
    on.amina.says(on.ardwick, 'said to all')
    await expect.poll(() => heard).toEqual(['said to all'])
  })

  test('a client with intents that are not switched on does not come up', async () => {
    on = await stage()
    const other = new Client({ intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers], rest: { api: on.discord.api } })
    const closed = new Promise<number>(resolve => other.once(Events.ShardDisconnect, ({ code }) => resolve(code)))
    other.login(token).catch(() => undefined)
    expect(await closed).toBe(4014)
    await other.destroy()
  })

  test('a token that is revoked while running: closed for good, 401 from then on', async () => {
    await listening()
    const closed = new Promise<number>(resolve => client?.once(Events.ShardDisconnect, ({ code }) => resolve(code)))
    on.discord.revokeToken()
    expect(await closed).toBe(4004)
    await expect(on.rest.get('/users/@me')).rejects.toMatchObject({ status: 401 })
    expect(gateway().connected).toBe(0)
  })

  test('identifies within 5 s get an invalid session, where rates count', async () => {
    on = await stage({ rates: 'discord' })
    client = await newClient(on.discord)
    const socket = new WebSocket(`${on.discord.world.root.replace('http', 'ws')}/gateway${plain}`)
    const ops: number[] = []
    socket.on('message', raw => {
      const { op } = JSON.parse(raw.toString()) as { op: number }
      ops.push(op)
      if (op === 10) socket.send(JSON.stringify(identify({})))
    })
    await expect.poll(() => ops).toEqual([10, 9])
    socket.terminate()
  })
})

describe('guilds that come and go', () => {
  test('the bot is added, and thrown out again', async () => {
    await listening()
    const told: string[] = []
    client?.on(Events.GuildCreate, guild => told.push(`in ${guild.name}`))
    client?.on(Events.GuildDelete, guild => told.push(`out of ${guild.name}`))
    const gorton = on.discord.guild('Gorton', { bot: false, channels: ['general'] })
    gorton.add()
    gorton.kick()
    await expect.poll(() => told).toEqual(['in Gorton', 'out of Gorton'])
    expect(() => on.amina.runs(gorton.channel('general'), 'poll')).toThrow('the bot is not in Gorton')
  })

  test('an outage, and channels and threads that appear and go', async () => {
    await listening()
    const told: string[] = []
    client?.on(Events.GuildUnavailable, guild => told.push(`no ${guild.name}`))
    client?.on(Events.GuildAvailable, guild => told.push(`${guild.name} again`))
    client?.on(Events.ChannelCreate, channel => told.push(`new ${channel.name}`))
    client?.on(Events.ChannelDelete, channel => told.push(`gone ${'name' in channel ? channel.name : ''}`))
    client?.on(Events.ThreadCreate, thread => told.push(`thread ${thread.name}`))
    client?.on(Events.ThreadDelete, thread => told.push(`no thread ${thread.name}`))
    on.guild.goesAway()
    on.guild.comesBack()
    const levenshulme = on.guild.channel('levenshulme')
    levenshulme.thread('buses').vanish()
    levenshulme.vanish()
    await expect
      .poll(() => told)
      .toEqual(['no Manchester', 'Manchester again', 'new levenshulme', 'thread buses', 'no thread buses', 'gone levenshulme'])
  })
})
