import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LONG_MS, until } from '../helpers/patience.ts'
import { startTelegram, type Telegram } from '../platforms/telegram/server.ts'
import { type TestStore, testStore } from '../store/database.ts'
import { temporary } from '../store/programs.ts'
import { STREETS, TOKEN } from './moot.ts'

// Long: the whole program starts four times, as an operator starts it.

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

/**
 * What breaks in the program when it gets a signal: SIGUSR2, something in a platform's library, as far as its place tells; SIGHUP, anything else, in a promise
 * that nobody waits for. Both speak of people.
 */
const breaking = `
import vm from 'node:vm'
const library = new vm.Script('null.amina_lives_in_ardwick', { filename: '/srv/node_modules/discord.js/src/actions.js' })
process.on('SIGUSR2', () => library.runInThisContext())
process.on('SIGHUP', () => void Promise.reject(new RangeError('Josephine said: damp homes')))`

/** To be loaded before the program. */
function breaker(): string {
  const file = join(temporary(), 'breaker.mjs')
  writeFileSync(file, breaking)
  return `--import=${pathToFileURL(file).href}`
}

/** The status of the operator's door, asked for by this name. */
const statusBy = (port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/healthz', headers: { host } }, answer => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asked.once('error', reject).end()
  })

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
    await until(isSaid, () => `${words} to be said; it said: ${said}`)
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

describe('the program', { timeout: LONG_MS }, () => {
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
    const poll = await tg.until(() => group.fromBot[0], 'the poll')
    const amina = tg.person('Amina')
    expect((await amina.presses(poll, '1. Buses').answer).text).toContain('Counted: Buses.')

    const health = await fetch(`http://127.0.0.1:${port}/healthz`)
    expect([health.status, await health.json()]).toEqual([200, { ok: true, store: 'up', clock: 'goes', platforms: { telegram: 'up' } }])
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    expect(metrics).toContain('folkmoot_events_total{platform="telegram",kind="press"} 1')
    expect(metrics).toContain('folkmoot_platform_up{platform="telegram"} 1')

    const late = amina.presses(poll, '2. Parks')
    bot.child.kill('SIGTERM')
    expect(await bot.ended).toBe(0)
    // Nothing of people, of their words or of secrets is told to whoever reads the log or the door.
    expect(`${bot.said()}${metrics}`).not.toMatch(/Josephine|Amina|Ardwick|Buses|matters most|1234:abc/)
    expect(tg.pending.length + Number(late.answered !== undefined)).toBeGreaterThan(0)
  })

  test('what breaks over something odd that a platform sent is counted, and the bot goes on; anything else ends it, with one plain line', async () => {
    const tg = await telegram()
    const port = await freePort()
    const bot = start({
      ...{ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: tg.apiRoot, DATABASE_URL: await stores.freshUrl() },
      ...{ STATE_DIR: temporary(), STATUS_PORT: String(port), LOG_LEVEL: 'info' },
      NODE_OPTIONS: breaker(),
    })
    await bot.hears('Folkmoot is running on telegram.')
    const metrics = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    await until(() => metrics().catch(() => ''))
    const jo = tg.person('Josephine', { started: true })
    const isAnswered = async () => {
      const before = jo.messages.length
      jo.says('private', '/guide')
      await tg.until(() => jo.messages.length > before + 1, 'an answer')
    }
    await isAnswered()

    // A group that does not say its name, and an update that is none.
    const group = tg.group('Ardwick residents')
    const said = {
      message_id: 5,
      date: 1_793_642_400,
      chat: { id: group.id, type: 'supergroup' },
      from: jo.user,
      text: '/poll Damp homes? | A | B',
    }
    tg.world.updates.give(update_id => ({ update_id, message: said }))
    tg.world.updates.give(update_id => ({ update_id, message: { ...said, from: null } }))
    await tg.settled()
    bot.child.kill('SIGUSR2')
    await until(async () => (await metrics()).includes('folkmoot_frames_unread_total{platform="discord"} 1'))
    expect(await metrics()).toContain('folkmoot_frames_unread_total{platform="telegram"} 1')
    await isAnswered()
    expect(
      await Promise.all(
        ['localhost', `127.0.0.1:${port}`, `[::1]:${port}`, 'evil.example', `evil.example:${port}`, '127.0.0.1.evil.example'].map(host =>
          statusBy(port, host),
        ),
      ),
    ).toEqual([200, 200, 200, 421, 421, 421])

    bot.child.kill('SIGHUP')
    expect(await bot.ended).toBe(1)
    const plain = bot
      .said()
      .split('\n')
      .filter(line => line.startsWith('Folkmoot stops'))
    expect(plain).toEqual([
      'Folkmoot stops: something broke inside it (RangeError). What it accepted is safe. Start it again; its log says where it broke.',
    ])
    expect(bot.said()).not.toMatch(/Josephine|Ardwick|amina_lives|[Dd]amp homes|1234:abc/)
  })

  test('starts without the library that reads pictures', async () => {
    const tg = await telegram()
    // At its end a process tells what it has loaded of the system's own kind.
    const telling = `process.on('exit', () => console.log('loaded ' + process.report.getReport().sharedObjects.filter(one => /vips/.test(one)).length))`
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(telling)}`
    const env = {
      TELEGRAM_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: tg.apiRoot,
      DATABASE_URL: await stores.freshUrl(),
      LOG_LEVEL: 'error',
      NODE_OPTIONS,
    }
    const bot = start({ ...env, STATE_DIR: temporary(), STATUS_PORT: '0' })
    await bot.hears('Folkmoot is running on telegram.')
    bot.child.kill('SIGTERM')
    expect([await bot.ended, bot.said()]).toEqual([0, expect.stringContaining('loaded 0')])
    const other = spawn(process.execPath, ['-e', 'require("sharp")'], { env: { NODE_OPTIONS }, stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    for await (const chunk of other.stdout) said += String(chunk)
    expect(said).toMatch(/^loaded [1-9]/)
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
    await until(() => health().catch(() => undefined), 'its own door to open')
    expect(await health()).toEqual([200, { ok: true, store: 'up', clock: 'goes', platforms: { telegram: 'standby' } }])
    first.child.kill('SIGKILL')
    await second.hears('Folkmoot is running on telegram.')
    const amina = tg.person('Amina', { started: true })
    amina.says('private', '/guide')
    await tg.until(() => amina.messages.length > 1, 'an answer')
    expect(await health()).toEqual([200, { ok: true, store: 'up', clock: 'goes', platforms: { telegram: 'up' } }])
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
  })
})
