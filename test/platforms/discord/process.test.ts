import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Client, Events, GatewayIntentBits, REST, Routes } from 'discord.js'
import { afterEach, expect, test } from 'vitest'
import { commands, row } from './harness.ts'

let child: ChildProcess | undefined
let client: Client | undefined
afterEach(async () => {
  await client?.destroy()
  if (!child) return
  child.kill('SIGTERM')
  await once(child, 'exit')
})

/** The server as its own process; resolves with its address. */
async function spawnServer(...options: string[]): Promise<string> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  child = spawn(process.execPath, ['--import', 'tsx', main, '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!child.stdout) throw new Error('no output to read')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return line.toString('utf8').trim()
}

async function control<T>(root: string, name: string, asked: object = {}): Promise<T> {
  const response = await fetch(`${root}/control/${name}`, { method: 'POST', body: JSON.stringify(asked) })
  const answer = (await response.json()) as { ok: boolean; result: T; error?: string }
  if (!answer.ok) throw new Error(answer.error ?? 'refused')
  return answer.result
}

test('a driver in another process: guilds, people, presses, faults, what stands', async () => {
  const root = await spawnServer('--loose', '--token', 'abc')
  const api = `${root}/api`
  const rest = new REST({ api, retries: 0 }).setToken('abc')
  const { id: app } = (await rest.get(Routes.currentApplication())) as { id: string }
  await rest.put(Routes.applicationCommands(app), { body: commands })
  const { id: guild, channels } = await control<{ id: string; channels: Record<string, string> }>(root, 'guild', {
    name: 'Manchester',
    channels: ['ardwick'],
  })
  const channel = channels['ardwick'] ?? ''
  const { ids: people } = await control<{ ids: string[] }>(root, 'people', { count: 3 })
  client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api } })
  client.on(Events.InteractionCreate, async interaction => {
    if (interaction.isButton()) await interaction.reply({ content: 'Counted', flags: 64 })
  })
  await client.login('abc')
  const { id: message } = (await rest.post(Routes.channelMessages(channel), {
    body: { content: 'What?', components: [row('Buses')] },
  })) as { id: string }

  const presses = people.map(person => ({ person, message, customId: 'v:Buses' }))
  const { ids } = await control<{ ids: string[] }>(root, 'presses', { presses })
  await expect.poll(() => control(root, 'state')).toMatchObject({ interactions: 3, answered: 3, connected: 1 })
  expect(await control(root, 'interaction', { id: ids[0] })).toMatchObject({
    person: people[0],
    ack: 4,
    said: [{ text: 'Counted', ephemeral: true }],
  })
  expect(await control(root, 'messages', { channel })).toMatchObject([{ id: message, text: 'What?', byBot: true, customIds: ['v:Buses'] }])
  expect(await control(root, 'messages', { channel, person: people[1] })).toHaveLength(2)

  await control(root, 'fail', { method: 'POST', path: '/channels/*/messages', with: 500 })
  await expect(rest.post(Routes.channelMessages(channel), { body: { content: 'x' } })).rejects.toMatchObject({ status: 500 })
  await control(root, 'cut')
  await expect.poll(() => control(root, 'state')).toMatchObject({ resumes: 1, harmed: 1 })
  await control(root, 'kick', { guild })
  await expect(control(root, 'dance')).rejects.toThrow('no such control: dance')
})
