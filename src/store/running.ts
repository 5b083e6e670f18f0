import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { codeOf } from './store-error.ts'

/** A server on a data folder, as its own `postmaster.pid` describes it. `host` is a socket folder or a loopback address. */
export interface Running {
  readonly pid: number
  readonly host: string
  readonly port: number
}

/** 'busy': a server is starting or stopping there; 'none': nothing runs there. */
export type Found = Running | 'busy' | 'none'

const pidFile = (dataDir: string) => path.join(dataDir, 'postmaster.pid')

/** What `postmaster.pid` says, or undefined without one. Lines: pid, folder, start, port, socket folder, address, memory, status. */
export function readPidFile(dataDir: string): (Running & { ready: boolean }) | undefined {
  try {
    const lines = fs.readFileSync(pidFile(dataDir), 'utf8').split('\n')
    const at = (line: number) => lines[line]?.trim() ?? ''
    return { pid: Number(at(0)), port: Number(at(3)), host: at(4) || at(5), ready: at(7) === 'ready' }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Whether a process with this number exists (it may belong to somebody else). */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Whether the process `pid` is the PostgreSQL server of `dataDir`. A number alone proves nothing: numbers are used again. */
export function serves(pid: number, dataDir: string): boolean {
  if (!isAlive(pid)) return false
  return process.platform === 'win32' || commandOf(pid).includes(dataDir)
}

// The command line of a process; '' for one that has ended but was not yet collected by its parent.
function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

const answers = ({ host, port }: Running): Promise<boolean> =>
  new Promise(resolve => {
    const connection = path.isAbsolute(host) ? net.connect(path.join(host, `.s.PGSQL.${port}`)) : net.connect(port, host)
    const end = (is: boolean) => {
      connection.destroy()
      resolve(is)
    }
    connection.once('connect', () => end(true))
    connection.once('error', () => end(false))
  })

/** Looks for a server on this data folder, such as one that a killed bot left running. */
export async function findRunning(dataDir: string): Promise<Found> {
  const noted = readPidFile(dataDir)
  if (!noted) return 'none'
  if (noted.ready && noted.host && (await answers(noted))) return { pid: noted.pid, host: noted.host, port: noted.port }
  if (serves(noted.pid, dataDir)) return 'busy'
  if (isAnother(noted.pid) || isRemnant(dataDir, noted)) removeLocks(dataDir, noted)
  return 'none'
}

// PostgreSQL copes with the locks of a server that is gone, but refuses to start while the noted number belongs to any other
// process of the same user: one that took the number after a container restarted, or the dead server itself where nobody
// collects dead processes. Only then are the locks taken away for it.
function isAnother(pid: number): boolean {
  if (!isAlive(pid) || process.platform === 'win32') return false
  const command = commandOf(pid)
  return command === '' ? isZombie(pid) : !command.includes('postgres')
}

// Left empty by a crash of the whole computer. PostgreSQL itself writes it at once.
function isRemnant(dataDir: string, { pid }: Running): boolean {
  const { mtimeMs = Date.now() } = fs.statSync(pidFile(dataDir), { throwIfNoEntry: false }) ?? {}
  return pid === 0 && Date.now() - mtimeMs > 10_000
}

function isZombie(pid: number): boolean {
  try {
    return / [ZX] /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/, ''))
  } catch {
    return false
  }
}

function removeLocks(dataDir: string, { host, port }: Running): void {
  fs.rmSync(pidFile(dataDir), { force: true })
  if (path.isAbsolute(host)) fs.rmSync(path.join(host, `.s.PGSQL.${port}.lock`), { force: true })
}
