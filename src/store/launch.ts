import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { giveTo } from './account.ts'
import type { Binaries } from './binaries.ts'
import { cannotRun, type Place } from './create.ts'
import { type Running, readPidFile } from './running.ts'
import { fullDisk, onFolder, StoreError, saysFull } from './store-error.ts'

/** Settings of PostgreSQL, as in postgresql.conf. */
export type ServerSettings = Readonly<Record<string, string>>

// A store for one program on a small computer. Write-ahead log files are deleted after use, never used again, so that what was
// deleted does not linger in them; the server's own log holds neither statements nor values.
const settings: ServerSettings = {
  max_connections: '30',
  shared_buffers: '32MB',
  huge_pages: 'off',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_recycle: 'off',
  wal_init_zero: 'on',
  min_wal_size: '8MB',
  max_wal_size: '256MB',
  log_checkpoints: 'off',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

const logLimit = 5_000_000
const socketLimit = process.platform === 'linux' ? 107 : 103
const socketName = '.s.PGSQL.5432'

const logFile = ({ stateDir }: Place) => path.join(stateDir, 'postgres.log')

/**
 * Starts a server and waits until it takes connections. 'taken': another server holds the data folder, or its last processes
 * have not quite ended: look again. Throws a StoreError for what a person can put right.
 */
export async function launch(binaries: Binaries, place: Place, extra: ServerSettings): Promise<Running | 'taken'> {
  const where = await endpoint(place)
  const file = logFile(place)
  const log = onFolder(place.stateDir, () => openLog(file))
  const from = fs.fstatSync(log).size
  const args = Object.entries({ ...settings, ...where, ...extra }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const stdio = ['ignore', log, log] as const
  const child = spawn(binaries.postgres, ['-D', place.dataDir, ...args], { ...place.account, cwd: '/', stdio: [...stdio], detached: true })
  fs.closeSync(log)
  child.unref()
  const ended = failure(child)
  for (;;) {
    const noted = readPidFile(place.dataDir)
    if (noted?.ready && noted.pid === child.pid) return { pid: noted.pid, host: noted.host, port: noted.port }
    const end = await Promise.race([ended, sleep(5)])
    if (end === undefined) continue
    if (end instanceof Error) throw cannotRun(end)
    return whyEnded(place, readFrom(file, from))
  }
}

function failure(child: ChildProcess): Promise<Error | 'ended'> {
  return new Promise(resolve => {
    child.once('error', resolve)
    child.once('exit', () => resolve('ended'))
  })
}

// Kept from growing without end: one older log is enough to see what happened.
function openLog(file: string): number {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > logLimit) fs.renameSync(file, `${file}.old`)
  return fs.openSync(file, 'a', 0o600)
}

function readFrom(file: string, from: number): string {
  return fs.readFileSync(file).subarray(from).toString('utf8')
}

function whyEnded(place: Place, said: string): 'taken' {
  // A lock file is empty for the moment between its making and its writing.
  if (/lock file ".+" (already exists|is empty)|pre-existing shared memory block|is still in use/.test(said)) return 'taken'
  if (saysFull(said)) throw fullDisk(place.stateDir, new Error(said))
  const reasons = said.split('\n').filter(line => /FATAL|PANIC|error while loading/.test(line))
  const reason = (reasons[0] ?? said.trim().split('\n').at(-1) ?? '').replace(/^.*?(FATAL|PANIC): +/, '').trim()
  const message = `The store in ${place.stateDir} does not start (${reason || 'no reason given'}): see ${logFile(place)}, set STATE_DIR to another folder, or set DATABASE_URL.`
  throw new StoreError(message, { cause: new Error(said) })
}

// A socket in the data folder can be reached by nobody else. Its path has a limit of about 100 bytes; past it, the
// socket stands in a folder of its own among the temporary files.
async function endpoint({ dataDir, account }: Place): Promise<ServerSettings> {
  if (process.platform === 'win32') return { listen_addresses: '127.0.0.1', port: String(await freePort()) }
  const folder = fits(dataDir) ? dataDir : temporaryFolder(dataDir)
  if (folder !== dataDir) makePrivate(folder, account)
  return { listen_addresses: '', port: '5432', unix_socket_directories: folder, unix_socket_permissions: '0700' }
}

const fits = (folder: string) => Buffer.byteLength(path.join(folder, socketName)) <= socketLimit

function temporaryFolder(dataDir: string): string {
  const folder = path.join(os.tmpdir(), `folkmoot-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`)
  if (fits(folder)) return folder
  const message = `The path of the temporary folder (${os.tmpdir()}) is too long for a socket: set TMPDIR to a shorter one such as /tmp, or set STATE_DIR to a shorter path.`
  throw new StoreError(message)
}

function makePrivate(folder: string, account: Place['account']): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stat = fs.lstatSync(folder)
  const owners = [process.getuid?.(), account?.uid]
  if (!stat.isDirectory() || !owners.includes(stat.uid)) {
    const message = `The folder ${folder} belongs to somebody else, and the store needs it for its socket: remove it, or set TMPDIR to another folder.`
    throw new StoreError(message)
  }
  giveTo(folder, account)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port on this computer')),
      )
    })
  })
}
