import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startTelegram, type Telegram } from '../platforms/telegram/server.ts'
import { type TestStore, testStore } from '../store/database.ts'
import { temporary } from '../store/programs.ts'
import { STREETS, TOKEN } from './moot.ts'

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** The bot as an operator starts it. */
interface Program {
  readonly child: ChildProcess
  /** What it has said so far, on both ways. */
  said(): string
  hears(words: string | RegExp): Promise<void>
  readonly ended: Promise<number | null>
}

let stores: TestStore
const running: ChildProcess[] = []
const servers: Telegram[] = []
beforeAll(async () => {
  stores = await testStore()
})
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  for (const server of servers.splice(0)) await server.stop()
})
afterAll(() => stores.close())

function start(env: Readonly<Record<string, string>>): Program {
  // A folder of its own, so that no .env of the checkout is read.
  const whole = { PATH: process.env['PATH'] ?? '', ...env }
  const child = spawn(process.execPath, ['--import', tsx, main], { env: whole, cwd: temporary(), stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  const hears = async (words: string | RegExp): Promise<void> => {
    const isSaid = () => (typeof words === 'string' ? said.includes(words) : words.test(said))
    await vi.waitUntil(isSaid, { timeout: 20_000, interval: 20 }).catch(cause => {
      throw new Error(`It did not say ${words}, but: ${said}`, { cause })
    })
  }
  return { child, said: () => said, hears, ended: new Promise(resolve => child.once('close', code => resolve(code))) }
}

async function telegram(): Promise<Telegram> {
  const tg = await startTelegram({ token: TOKEN })
  servers.push(tg)
  return tg
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  await new Promise<void>(resolve => server.close(() => resolve()))
  return port
}

describe('the program', () => {
  test('a refused token: one clear line, and it ends with an error', async () => {
    const tg = await telegram()
    tg.revokeToken()
    const bot = start({
      TELEGRAM_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: tg.apiRoot,
      DATABASE_URL: stores.url,
      STATE_DIR: temporary(),
      STATUS_PORT: '0',
      LOG_LEVEL: 'silent',
    })
    expect(await bot.ended).not.toBe(0)
    expect(
      bot
        .said()
        .trim()
        .split('\n')
        .filter(line => line.includes('telegram')),
    ).toEqual(['telegram: Telegram refuses TELEGRAM_TOKEN. Copy it again from @BotFather, put it into the settings and start again.'])
    expect(bot.said()).not.toContain(TOKEN)
  })

  test('all problems of the settings are told together, without repeating what may be a secret', async () => {
    const bot = start({
      TELEGRAM_TOKEN: 'my secret',
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://me:hidden@host/db',
      PUBLIC_URL: 'ftp://x',
    })
    expect(await bot.ended).toBe(1)
    const said = bot.said()
    for (const name of ['TELEGRAM_TOKEN', 'PORT', 'LOG_LEVEL', 'DATABASE_URL', 'PUBLIC_URL'])
      expect(said).toMatch(new RegExp(`^  ${name} `, 'm'))
    expect(said).not.toMatch(/my secret|hidden/)
  })

  test('starts on a store that is there, takes what was said meanwhile, says nothing of people on its own door, and stops in time', async () => {
    const tg = await telegram()
    const { store } = stores
    const group = tg.group('Ardwick residents')
    const jo = tg.person('Josephine', { started: true })
    await store.prisma.network.create({ data: { id: 'n1', name: 'Ancoats' } })
    await store.prisma.space.create({
      data: { id: 's1', networkId: 'n1', ref: `telegram:${group.id}`, title: 'Ardwick residents', platform: 'telegram', state: 'joined' },
    })
    await store.prisma.identity.create({ data: { ref: `telegram:${jo.id}`, name: 'Josephine', tell: 'open' } })
    await store.prisma.person.create({
      data: {
        id: 'p1',
        networkId: 'n1',
        name: 'Josephine',
        identities: { create: { identityRef: `telegram:${jo.id}`, networkId: 'n1' } },
        grants: { create: { role: 'coordinator' } },
      },
    })
    jo.says(group, STREETS)
    const port = await freePort()
    const env = {
      TELEGRAM_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: tg.apiRoot,
      DATABASE_URL: stores.url,
      STATE_DIR: temporary(),
      STATUS_PORT: String(port),
      LOG_LEVEL: 'debug',
    }
    const bot = start(env)
    await bot.hears('Folkmoot is running on telegram.')
    const poll = await tg.until(() => group.fromBot[0], 'the poll', 20_000)
    const amina = tg.person('Amina')
    expect((await amina.presses(poll, '1. Buses').answer).text).toContain('Counted: Buses.')

    const health = await fetch(`http://127.0.0.1:${port}/healthz`)
    expect([health.status, await health.json()]).toEqual([200, { ok: true, store: 'up', clock: 'goes', platforms: { telegram: 'up' } }])
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    expect(metrics).toContain('folkmoot_events_total{platform="telegram",kind="press"} 1')
    expect(metrics).toContain('folkmoot_platform_up{platform="telegram"} 1')

    const late = amina.presses(poll, '2. Parks')
    const began = performance.now()
    bot.child.kill('SIGTERM')
    expect(await bot.ended).toBe(0)
    expect(performance.now() - began).toBeLessThan(15_000)
    // Nothing of people, of their words or of secrets is told to whoever reads the log or the door.
    expect(`${bot.said()}${metrics}`).not.toMatch(/Josephine|Amina|Ardwick|Buses|matters most|1234:abc/)
    expect(tg.pending.length + Number(late.answered !== undefined)).toBeGreaterThan(0)
  })

  test('two of them on one store: the second stands by and says so, and goes on where the first was killed', async () => {
    const tg = await telegram()
    const url = await stores.freshUrl()
    const env = { TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: tg.apiRoot, DATABASE_URL: url, LOG_LEVEL: 'error' }
    const first = start({ ...env, STATE_DIR: temporary(), STATUS_PORT: '0' })
    await first.hears('Folkmoot is running on telegram.')
    const port = await freePort()
    const second = start({ ...env, STATE_DIR: temporary(), STATUS_PORT: String(port) })
    await second.hears('Folkmoot stands by for telegram: another process on the same store runs there')
    const health = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`)
      return [answer.status, await answer.json()]
    }
    await vi.waitUntil(() => health().catch(() => undefined), { timeout: 10_000 })
    expect(await health()).toEqual([200, { ok: true, store: 'up', clock: 'goes', platforms: { telegram: 'standby' } }])
    first.child.kill('SIGKILL')
    await second.hears('Folkmoot is running on telegram.')
    const amina = tg.person('Amina', { started: true })
    amina.says('private', '/guide')
    await tg.until(() => amina.messages.length > 1, 'an answer', 20_000)
    expect(await health()).toEqual([200, { ok: true, store: 'up', clock: 'goes', platforms: { telegram: 'up' } }])
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
  })
})
