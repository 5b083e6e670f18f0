import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { discordSettings } from '../adapters/discord/settings.ts'
import { slackSettings } from '../adapters/slack/settings.ts'
import { telegramSettings } from '../adapters/telegram/settings.ts'
import { systemClock, systemIds } from './base/clock.ts'
import { createLog, type Log, redact } from './base/log.ts'
import { readSettings, type Settings, SettingsError } from './base/settings.ts'
import type { Adapter, Workbench } from './platform/adapter.ts'
import type { Bot } from './runtime/bot.ts'
import { watchFaults } from './runtime/faults.ts'
import type { OnStandby, OnStatus } from './runtime/options.ts'
import { openStore, type Store } from './store/open.ts'
import { StoreError } from './store/store-error.ts'
import type { Catalogues } from './texts/texts.ts'
import type { Status } from './web/status.ts'

// The only file that knows everything: settings, store, app, adapters, web. Starts them, and stops them in reverse.

/** How long stopping may take, in milliseconds. */
const STOPPING_MS = 15_000

/** What every platform brings. */
const brought = { ...telegramSettings, ...discordSettings, ...slackSettings }

type Known = Settings<typeof brought>

/** Where a fault comes from, by the files that it went through. */
const libraries = {
  telegram: /[\\/](?:node_modules[\\/]@?grammy(?:js)?|adapters[\\/]telegram)[\\/]/,
  discord: /[\\/](?:node_modules[\\/](?:discord\.js|@discordjs|@vladfrangu)|adapters[\\/]discord)[\\/]/,
  slack: /[\\/](?:node_modules[\\/]@slack|adapters[\\/]slack)[\\/]/,
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** The platforms that are on, each loaded only then; the browser chat has a link to tell. */
async function openPlatforms(
  settings: Known,
  log: Log,
  store: Store,
  unread: Workbench['unread'],
): Promise<{ adapters: Adapter[]; texts: Catalogues; link: () => string }> {
  const { readCatalogues } = await import('./texts/texts.ts')
  const real = [
    ...(settings.TELEGRAM_TOKEN ? [(await import('../adapters/telegram/index.ts')).telegram] : []),
    ...(settings.DISCORD_TOKEN ? [(await import('../adapters/discord/index.ts')).discord] : []),
    ...(settings.SLACK_BOT_TOKEN ? [(await import('../adapters/slack/index.ts')).slack] : []),
  ]
  const trying = settings.TRY === 'on' || (settings.TRY === 'auto' && real.length === 0)
  const web = trying ? (await import('../adapters/web/index.ts')).web : undefined
  const texts = readCatalogues([new URL('.', import.meta.url), ...real.map(one => one.texts), ...(web ? [web.texts] : [])])
  const picture: Workbench['picture'] = async id => (await import('./pictures/pictures.ts')).readPicture(store.prisma, id)
  const bench: Workbench = {
    words: (locale, key, args) => texts.in(locale).named(key, args),
    log,
    now: () => systemClock.now(),
    notice: say,
    unread,
    picture,
  }
  const adapters = real.map(one => one.open(settings, bench))
  if (!web) return { adapters, texts, link: () => '' }
  const { sampleNetwork } = await import('./network/sample.ts')
  const chat = web.open(
    { host: '127.0.0.1', port: settings.TRY_PORT, stateDir: settings.STATE_DIR, sample: sampleNetwork(texts.in('en')) },
    bench,
  )
  return { adapters: [...adapters, chat], texts, link: () => chat.link }
}

async function main(): Promise<void> {
  // The database client warns of its own use of its driver, to people who can do nothing about it.
  Object.assign(process, { noDeprecation: true })
  if (existsSync('.env')) process.loadEnvFile('.env')
  const settings = readSettings(process.env, brought)
  const log = createLog(settings.LOG_LEVEL)
  // What is to be stopped, in reverse, however far the start has come.
  const running: (() => Promise<void>)[] = []
  const stop = stopper(running)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0))
  const seen: { status?: Status } = {}
  const unread = (platform: string): void => seen.status?.unread(platform)
  watchFaults({ bench: { log, now: () => systemClock.now(), unread }, libraries, end: () => void stop(1) })
  // While the store starts, the rest is loaded.
  const { STATE_DIR: stateDir, DATABASE_URL: databaseUrl } = settings
  const opening = openStore({ stateDir, databaseUrl, unsaved: settings.UPGRADE_BACKUP === 'off', log })
  const loading = import('./runtime/bot.ts')
  const store = await opening
  running.push(() => store.close())
  const { createBot } = await loading
  const { adapters, texts, link } = await openPlatforms(settings, log, store, unread)
  const backups = path.join(settings.STATE_DIR, 'backups')
  const bot = createBot({
    ...{
      store,
      adapters,
      clock: systemClock,
      ids: systemIds,
      log,
      texts,
      owner: randomUUID(),
      publicUrl: settings.PUBLIC_URL,
      kept: settings,
    },
    lastBackup: async () => (await import('./store/backup.ts')).lastBackup(backups, systemClock.now()),
    onEvent: (platform, kind) => seen.status?.event(platform, kind),
  })
  running.push(() => bot.stop())
  const trial = adapters.find(adapter => adapter.platform === 'web')
  if (trial) await (await import('./network/sample.ts')).plantSample(bot.deps, trial.platform, texts.in('en'))
  await startPlatforms(bot, adapters, { log, link, stop })
  bot.delivery.poke()
  await startRest({ bot, store, settings, log, running, seen, backups })
  if (trial) await fillSample(bot, trial, texts, running)
}

interface Teller {
  readonly log: Log
  readonly link: () => string
  readonly stop: (code: number) => Promise<void>
}

/** Connects them and tells what becomes of each; when none is left, the program ends. */
async function startPlatforms(bot: Bot, adapters: readonly Adapter[], { log, link, stop }: Teller): Promise<void> {
  const alive = new Set(adapters.map(adapter => adapter.platform))
  const told = new Set<string>()
  const onStatus: OnStatus = (platform, state, why) => {
    log.info({ platform, state }, 'A platform changed its state')
    if ((state === 'behind' || state === 'up') && !told.has(platform)) say(running(platform, link()))
    if (state === 'behind' || state === 'up') told.add(platform)
    if (state !== 'dead') return
    say(`${platform}: ${why ?? 'stopped'}`)
    alive.delete(platform)
    if (alive.size === 0) void stop(1)
  }
  const onStandby: OnStandby = (platforms, isUnavailable) => {
    for (const platform of platforms) told.delete(platform)
    const names = platforms.join(', ')
    say(
      isUnavailable
        ? `The store does not answer. Folkmoot writes nothing down and posts nothing on ${names} until it does.`
        : `Folkmoot stands by for ${names}: another process on the same store runs there, and this one takes over when it is gone.`,
    )
  }
  await bot.start(onStatus, onStandby)
}

/** The browser chat is told of by its link. */
function running(platform: string, link: string): string {
  return platform === 'web'
    ? `Folkmoot is running. Try it in your browser (this link works once):\n${link}`
    : `Folkmoot is running on ${platform}.`
}

interface Begun {
  readonly bot: Bot
  readonly store: Store
  readonly settings: Known
  readonly log: Log
  readonly running: (() => Promise<void>)[]
  readonly seen: { status?: Status }
  readonly backups: string
}

/** What nobody waits for: what is due, the night's backup, the operator's door. */
async function startRest({ bot, store, settings, log, running, seen, backups }: Begun): Promise<void> {
  const { atNight } = await import('./schedule/wake.ts')
  const { nightly } = await import('./store/nightly.ts')
  const night = nightly({ store, dir: backups, log, clock: systemClock })
  bot.alarms.add(night)
  bot.alarms.begin()
  running.push(
    () => bot.alarms.end(),
    atNight(() => bot.alarms.nudge(night.name)),
  )
  if (settings.PUBLIC_URL) await openPages(bot, settings.PUBLIC_URL, settings, running)
  const { openStatus } = await import('./web/status.ts')
  const status = await openStatus({
    port: settings.STATUS_PORT,
    store: store.prisma,
    states: () => bot.states(),
    alarms: bot.alarms,
    metrics: bot.features.flatMap(feature => feature.metrics),
  }).catch(() => undefined)
  if (!status)
    return say(`Port ${settings.STATUS_PORT} is taken, so /healthz and /metrics are off. Set STATUS_PORT to another one if you need them.`)
  seen.status = status
  running.push(() => status.close())
}

/** After the page is there: nobody waits for what has happened in the sample network. */
async function fillSample(
  { deps, app, leases, alarms }: Bot,
  adapter: Adapter,
  texts: Catalogues,
  running: Begun['running'],
): Promise<void> {
  const { sampleLife } = await import('./network/sample-life.ts')
  const life = sampleLife({ deps, app, adapter, texts: texts.in('en'), isOurs: () => leases.has(adapter.platform) })
  alarms.add(life.alarm)
  running.push(async () => life.stop())
}

/** The door for everybody, where the operator has given it an address. The bot does its work without it. */
async function openPages(
  { deps, features }: Bot,
  publicUrl: string,
  { HOST: host, PORT: port }: Known,
  running: Begun['running'],
): Promise<void> {
  const { openPublic } = await import('./web/public.ts')
  const nothingHere = deps.texts.in('en').t('calendar-nothing-here')
  const options = { host, port, publicUrl, pages: features.flatMap(feature => feature.pages), nothingHere, log: deps.log }
  const pages = await openPublic(options).catch((cause: Error) =>
    say(`Nobody can open the bot’s pages: ${cause.message}. Set HOST and PORT to what is free.`),
  )
  if (pages) running.push(() => pages.close())
}

/** Stops once, in time, whatever asks for it. */
function stopper(running: readonly (() => Promise<void>)[]): (code: number) => Promise<void> {
  let stopping = false
  let worst = 0
  return async code => {
    worst = Math.max(worst, code)
    process.exitCode = worst
    if (stopping) return
    stopping = true
    const late = setTimeout(() => process.exit(worst), STOPPING_MS)
    late.unref()
    for (const end of running.toReversed()) await end().catch(cause => say(`Stopping did not go well: ${String(cause)}`))
    process.exit(worst)
  }
}

main().catch((cause: unknown) => {
  const known = cause instanceof SettingsError || cause instanceof StoreError
  process.stderr.write(`${known ? cause.message : redact(cause instanceof Error ? (cause.stack ?? '') : String(cause))}\n`)
  process.exit(1)
})
