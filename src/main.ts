import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { telegram } from '../adapters/telegram/index.ts'
import { telegramSettings } from '../adapters/telegram/settings.ts'
import { web } from '../adapters/web/index.ts'
import type { Adapter, Workbench } from './adapter.ts'
import { systemClock, systemIds } from './clock.ts'
import { buildHouse, type House } from './house.ts'
import { createLog, type Log } from './log.ts'
import { plantSample, sampleNetwork } from './network/sample.ts'
import { everySecond } from './schedule/wake.ts'
import { readSettings, type Settings, SettingsError } from './settings.ts'
import { lastBackup } from './store/backup.ts'
import { nightly } from './store/nightly.ts'
import { openStore } from './store/open.ts'
import { StoreError } from './store/store-error.ts'
import { readCatalogues } from './texts/texts.ts'
import { openStatus } from './web/status.ts'

// The only file that knows everything: settings, store, app, adapters, web. Starts them, and stops them in reverse.

/** How long stopping may take, in milliseconds. */
const STOPPING_MS = 15_000

type Known = Settings<typeof telegramSettings>

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function adaptersFor(
  settings: Known,
  bench: Workbench,
  texts: ReturnType<typeof readCatalogues>,
): { adapters: Adapter[]; link: () => string } {
  const adapters: Adapter[] = settings.TELEGRAM_TOKEN ? [telegram.open(settings, bench)] : []
  const trying = settings.TRY === 'on' || (settings.TRY === 'auto' && adapters.length === 0)
  if (!trying) return { adapters, link: () => '' }
  const chat = web.open(
    { host: '127.0.0.1', port: settings.TRY_PORT, stateDir: settings.STATE_DIR, sample: sampleNetwork(texts.in('en')) },
    bench,
  )
  return { adapters: [...adapters, chat], link: () => chat.link }
}

async function main(): Promise<void> {
  // The database client warns of its own use of its driver, to people who can do nothing about it.
  Object.assign(process, { noDeprecation: true })
  if (existsSync('.env')) process.loadEnvFile('.env')
  const settings = readSettings(process.env, telegramSettings)
  const log = createLog(settings.LOG_LEVEL)
  // What is to be stopped, in reverse, however far the start has come.
  const running: (() => Promise<void>)[] = []
  const stop = stopper(running)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0))
  const store = await openStore({ stateDir: settings.STATE_DIR, databaseUrl: settings.DATABASE_URL, log })
  running.push(() => store.close())
  const texts = readCatalogues([new URL('./texts', import.meta.url), telegram.texts, web.texts])
  const bench: Workbench = { words: (locale, key, args) => texts.in(locale).t(key, args), log, now: () => systemClock.now() }
  const { adapters, link } = adaptersFor(settings, bench, texts)
  const backups = path.join(settings.STATE_DIR, 'backups')
  const seen = { event: (_platform: string, _kind: string): void => undefined }
  const house = buildHouse({
    ...{ store, adapters, clock: systemClock, ids: systemIds, log, texts, owner: randomUUID() },
    lastBackup: async () => lastBackup(backups),
    onEvent: (platform, kind) => seen.event(platform, kind),
  })
  const status = await openStatus({ port: settings.STATUS_PORT, store: store.prisma, fates: () => house.fates }).catch(() => undefined)
  if (status) seen.event = status.event
  else say(`Port ${settings.STATUS_PORT} is taken, so /healthz and /metrics are off. Set STATUS_PORT to another one if you need them.`)
  running.push(
    async () => status?.close(),
    () => house.stop(),
  )
  if (adapters.some(adapter => adapter.platform === web.name)) await plantSample(house.deps, web.name, texts.in('en'))
  const alive = new Set(adapters.map(adapter => adapter.platform))
  // The browser chat is told of by its link.
  const told = new Set<string>([web.name])
  await house.start((platform, state, why) => {
    log.info({ platform, state }, 'A platform changed its state')
    if ((state === 'behind' || state === 'up') && !told.has(platform)) say(`Folkmoot is running on ${platform}.`)
    if (state === 'behind' || state === 'up') told.add(platform)
    if (state !== 'dead') return
    say(`${platform}: ${why ?? 'stopped'}`)
    alive.delete(platform)
    if (alive.size === 0) void stop(1)
  })
  const night = nightly({ store, dir: backups, log, clock: systemClock })
  running.push(everySecond(() => tick(house, night, log)))
  house.delivery.poke()
  if (link()) say(`Folkmoot is running. Try it in your browser (this link works once):\n${link()}`)
}

async function tick(house: House, night: () => Promise<void>, log: Log): Promise<void> {
  try {
    await house.app.tick()
    await night()
  } catch (err) {
    log.error({ err }, 'The work of this second failed; the next one tries again')
  }
}

/** Stops once, in time, whatever asks for it. */
function stopper(running: readonly (() => Promise<void>)[]): (code: number) => Promise<void> {
  let stopping = false
  return async code => {
    if (stopping) return
    stopping = true
    process.exitCode = code
    const late = setTimeout(() => process.exit(code), STOPPING_MS)
    late.unref()
    for (const end of running.toReversed()) await end().catch(cause => say(`Stopping did not go well: ${String(cause)}`))
    process.exit(code)
  }
}

main().catch((cause: unknown) => {
  const known = cause instanceof SettingsError || cause instanceof StoreError
  process.stderr.write(`${known ? cause.message : cause instanceof Error ? cause.stack : String(cause)}\n`)
  process.exit(1)
})
