import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LONG_MS, until } from '../helpers/patience.ts'
import type { Person } from '../platforms/telegram/people.ts'
import { startTelegram, type Telegram } from '../platforms/telegram/server.ts'
import { type TestStore, testStore } from '../store/database.ts'
import { temporary } from '../store/programs.ts'
import { TOKEN } from './moot.ts'

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

let stores: TestStore
let tg: Telegram
let jo: Person
let child: ChildProcess | undefined
let said = ''
beforeAll(async () => {
  stores = await testStore()
  tg = await startTelegram({ token: TOKEN })
  const { prisma } = stores.store
  jo = tg.person('Josephine', { started: true })
  await prisma.network.create({ data: { id: 'n1', name: 'Ancoats' } })
  await prisma.identity.create({ data: { ref: `telegram:${jo.id}`, name: 'Josephine', tell: 'open' } })
  await prisma.person.create({
    data: {
      ...{ id: 'p1', networkId: 'n1', name: 'Josephine' },
      identities: { create: { identityRef: `telegram:${jo.id}`, networkId: 'n1' } },
      grants: { create: { role: 'coordinator' } },
    },
  })
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await tg.stop()
  await stores.close()
})

/** The bot as an operator starts it who has given it a public address. */
function start(port: number): void {
  const env = {
    PATH: process.env['PATH'] ?? '',
    TELEGRAM_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: tg.apiRoot,
    DATABASE_URL: stores.url,
    STATE_DIR: temporary(),
    STATUS_PORT: '0',
    LOG_LEVEL: 'debug',
    PUBLIC_URL: 'https://moot.example/',
    PORT: String(port),
  }
  child = spawn(process.execPath, ['--import', tsx, main], { env, cwd: temporary(), stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
}

async function ends(): Promise<void> {
  const ended = new Promise(resolve => child?.once('close', resolve))
  child?.kill('SIGTERM')
  await ended
}

async function linkIn(words: string): Promise<URL> {
  const message = await tg.until(() => jo.messages.findLast(one => one.text.includes(words)), words)
  const link = message.raw.entities?.find(entity => entity.type === 'text_link')
  return new URL(link?.type === 'text_link' ? link.url : '')
}

test('a person gets a calendar, a coordinator a page, by links that open; nothing of them is in the log', {
  timeout: LONG_MS,
}, async () => {
  const taken = createServer()
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', () => resolve()))
  const { port } = taken.address() as AddressInfo
  start(port)
  // The bot works without its pages.
  await until(() => said.includes('Nobody can open the bot’s pages: listen EADDRINUSE'), 'the door to be refused')
  jo.says('private', '/guide')
  await tg.until(() => jo.messages.find(one => one.text.includes('I ask, announce and invite')), 'an answer')
  await ends()
  await new Promise<void>(resolve => taken.close(() => resolve()))

  start(port)
  jo.starts('calendar_feed')
  const menu = await tg.until(() => jo.messages.find(one => one.text.includes('Our meetings in your own calendar')), 'the menu')
  jo.presses(menu, 'All of Ancoats')
  const feed = await linkIn('Your link is ready.')
  expect(feed.href).toMatch(/^https:\/\/moot\.example\/calendar\/[a-z0-9]{36}\.ics$/)
  const at = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(at).catch(() => undefined))?.status === 404, 'the door to open')
  expect(await (await fetch(at + feed.pathname)).text()).toContain('X-WR-CALNAME:Ancoats')
  jo.presses(menu, 'What is planned (coordinators)')
  const page = await linkIn('This page shows what is planned in Ancoats')
  expect(await (await fetch(at + page.pathname)).text()).toContain('Nothing is planned in these weeks.')
  await ends()
  expect(said).not.toMatch(/[a-z0-9]{36}|Josephine|Ancoats/)
})
