import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../base/log.ts'
import { prepareStateDir } from './account.ts'
import { type Binaries, findBinaries, usableBinaries } from './binaries.ts'
import { checkVersion, createData, dataFolder, type Place, removeHalfMade } from './create.ts'
import { launch, type ServerSettings } from './launch.ts'
import { findRunning, type Running, readPidFile, serves } from './running.ts'
import { onFolder, StoreError } from './store-error.ts'

/** A private PostgreSQL server, carried by npm packages and run as a child process. */
export interface Embedded {
  /** For a pg.Pool. `host` is the folder of a socket (on Windows a loopback address, with a password). */
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly database: string
    readonly password?: string
  }
  readonly dataDir: string
  /** The number of the server's process at this moment. */
  pid(): number
  /** Whether it was running already: left by a bot that was killed, or started by another program that is still there. */
  readonly adopted: boolean
  /** Stops the server cleanly and waits for its end. */
  stop(): Promise<void>
  /** Lets go of the server and leaves it running for the other programs that use it. */
  leave(): Promise<void>
}

/** `settings` go to PostgreSQL on top of our own; `onBack` is called when the server had ended by itself and runs again. */
export interface EmbeddedOptions {
  readonly stateDir: string
  readonly log: Log
  readonly settings?: ServerSettings
  readonly onBack?: () => void
}

const patience = 60_000
const watchEvery = 1000

/** Starts the server of this state folder, creating the store when there is none, or takes over the one that runs there. */
export async function startEmbedded({ stateDir, log, settings = {}, onBack }: EmbeddedOptions): Promise<Embedded> {
  const { folder, account } = prepareStateDir(stateDir, dataFolder)
  const place = { stateDir: folder, dataDir: path.join(folder, dataFolder), account }
  checkVersion(place)
  removeHalfMade(place)
  const password = process.platform === 'win32' ? keptPassword(place) : undefined
  const first = await findOrStart(place, settings, password)
  let { running } = first
  let stopping = false
  const revive = async () => {
    if (stopping || serves(running.pid, place.dataDir)) return
    log.error({ pid: running.pid }, 'the store has ended by itself: starting it again')
    const again = await findOrStart(place, { ...settings, port: String(running.port) }, password)
    running = again.running
    log.info({ pid: running.pid }, 'the store is back')
    onBack?.()
  }
  const stopWatching = watch(revive, log)
  const leave = async () => {
    stopping = true
    await stopWatching()
  }
  return {
    connection: {
      host: running.host,
      port: running.port,
      user: 'postgres',
      database: 'postgres',
      ...(password === undefined ? {} : { password }),
    },
    dataDir: place.dataDir,
    pid: () => running.pid,
    adopted: first.adopted,
    async stop() {
      await leave()
      await stopServer(running, place.dataDir)
    },
    leave,
  }
}

async function findOrStart(
  place: Place,
  settings: ServerSettings,
  password: string | undefined,
): Promise<{ running: Running; adopted: boolean }> {
  const until = performance.now() + patience
  let binaries: Binaries | undefined
  while (performance.now() < until) {
    const found = await findRunning(place.dataDir)
    if (typeof found === 'object') return { running: found, adopted: true }
    if (found === 'none') {
      binaries ??= usableBinaries(await findBinaries(), place.account, place.stateDir)
      const sync = settings['fsync'] !== 'off'
      if (!fs.existsSync(place.dataDir)) await createData(binaries, place, { sync, ...(password === undefined ? {} : { password }) })
      const running = await launch(binaries, place, settings)
      if (running !== 'taken') return { running, adopted: false }
    }
    await sleep(10)
  }
  throw new StoreError(
    `Another server holds the store in ${place.stateDir} and does not answer: end it, or set STATE_DIR to another folder.`,
  )
}

// The server may end while the bot runs (killed for want of memory, say): the bot then needs it back.
function watch(revive: () => Promise<void>, log: Log): () => Promise<void> {
  let going: Promise<void> | undefined
  const timer = setInterval(() => {
    going ??= revive()
      .catch((error: unknown) => log.error({ err: error }, 'the store does not start'))
      .finally(() => {
        going = undefined
      })
  }, watchEvery)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await going
  }
}

async function stopServer({ pid, host }: Running, dataDir: string): Promise<void> {
  if (process.platform === 'win32') return stopOnWindows(dataDir)
  if (!serves(pid, dataDir)) return
  process.kill(pid, 'SIGINT')
  const until = performance.now() + patience
  while (performance.now() < until && readPidFile(dataDir)?.pid === pid && serves(pid, dataDir)) await sleep(5)
  if (path.isAbsolute(host) && host !== dataDir) fs.rmSync(host, { recursive: true, force: true })
}

// Not yet tried: Windows has no signals, so PostgreSQL's own control program does it.
async function stopOnWindows(dataDir: string): Promise<void> {
  const { control } = await findBinaries()
  spawnSync(control, ['stop', '-D', dataDir, '-m', 'fast', '-w'], { stdio: 'ignore' })
}

// Not yet tried: where there is no private socket, a password keeps other users of the computer out.
function keptPassword({ stateDir }: Place): string {
  const file = path.join(stateDir, 'postgres.password')
  return onFolder(stateDir, () => {
    if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
    return fs.readFileSync(file, 'utf8')
  })
}
