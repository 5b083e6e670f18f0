import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { type Account, giveTo, onlyRoot } from './account.ts'
import { type Binaries, noBinaries } from './binaries.ts'
import { isAlive } from './running.ts'
import { codeOf, fullDisk, onFolder, StoreError, saysFull } from './store-error.ts'

/** The major version of PostgreSQL that the npm packages carry: data folders of different ones cannot be exchanged. */
const major = '18'

/** The name of the data folder inside the state folder. */
export const dataFolder = `pg${major}`

/** What it takes to create or to start a server. */
export interface Place {
  readonly dataDir: string
  readonly stateDir: string
  readonly account: Account | undefined
}

/** Throws a StoreError when the state folder holds a store that this version's PostgreSQL cannot read. */
export function checkVersion({ dataDir, stateDir }: Place): void {
  if (fs.existsSync(dataDir)) {
    const version = onFolder(dataDir, () => readVersion(dataDir))
    if (version !== major) throw otherVersion(dataDir, version || 'unknown')
    return
  }
  const other = fs.readdirSync(stateDir).find(name => /^pg\d+$/.test(name))
  if (other) throw otherVersion(path.join(stateDir, other), other.slice(2))
}

function readVersion(dataDir: string): string {
  const file = path.join(dataDir, 'PG_VERSION')
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : ''
}

function otherVersion(folder: string, version: string): StoreError {
  const message = `The store in ${folder} was made by another PostgreSQL (version ${version}, this one is ${major}): restore a backup into an empty STATE_DIR, or run the version of the bot that made it.`
  return new StoreError(message)
}

/**
 * Creates a new store in `dataDir`. It is made under another name and renamed when complete, so that a crash leaves nothing
 * half made. When two bots do this at once, the one that is renamed first wins. `password` is for systems without sockets.
 */
export async function createData(binaries: Binaries, place: Place, options: { password?: string; sync: boolean }): Promise<void> {
  const fresh = `${place.dataDir}.new-${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    onFolder(place.stateDir, () => fs.mkdirSync(fresh))
    giveTo(fresh, place.account)
    await initdb(binaries, place, fresh, options)
    fs.renameSync(fresh, place.dataDir)
    if (options.sync) syncFolder(place.stateDir)
  } catch (error) {
    const lost = ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))
    fs.rmSync(fresh, { recursive: true, force: true })
    if (!lost) throw error
  }
}

/**
 * Removes what a bot that was killed while it created a store has left. Folders named by a process that still runs belong to a
 * bot that is starting at this moment; what an orphaned initdb still writes into is removed the next time.
 */
export function removeHalfMade({ dataDir, stateDir }: Place): void {
  for (const name of fs.readdirSync(stateDir)) {
    const pid = Number(/\.new-(\d+)-/.exec(name)?.[1])
    if (!name.startsWith(`${path.basename(dataDir)}.new-`) || (pid !== process.pid && isAlive(pid))) continue
    try {
      fs.rmSync(path.join(stateDir, name), { recursive: true, force: true, maxRetries: 3 })
    } catch (error) {
      if (codeOf(error) !== 'ENOTEMPTY') throw error
    }
  }
}

async function initdb(
  binaries: Binaries,
  place: Place,
  folder: string,
  { password, sync }: { password?: string; sync: boolean },
): Promise<void> {
  const args = ['-D', folder, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  args.push('--wal-segsize=4', '--no-instructions', ...(sync ? [] : ['--no-sync']))
  const secret = `${folder}.password`
  if (password === undefined) args.push('--auth=trust')
  else {
    fs.writeFileSync(secret, password, { mode: 0o600 })
    args.push('--auth=scram-sha-256', `--pwfile=${secret}`)
  }
  try {
    const { code, output } = await finish(binaries.initdb, args, place.account)
    if (code !== 0) throw initdbFailed(place, code, output)
  } finally {
    fs.rmSync(secret, { force: true })
  }
}

function initdbFailed({ stateDir }: Place, code: number, output: string): Error {
  if (saysFull(output)) return fullDisk(stateDir, new Error(output))
  if (code === 127 || output.includes('error while loading shared libraries')) return noBinaries(undefined, new Error(output))
  const reason = output.split('\n').find(line => /error|fatal|permission|could not/i.test(line)) ?? `code ${code}`
  const message = `The store could not be created in ${stateDir} (${reason.trim()}): set STATE_DIR to another folder, or set DATABASE_URL.`
  return new StoreError(message, { cause: new Error(output) })
}

function finish(program: string, args: readonly string[], account: Account | undefined): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
    let output = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.once('error', error => reject(cannotRun(error)))
    child.once('close', code => resolve({ code: code ?? -1, output }))
  })
}

/** The error for a program that the system would not even start. */
export function cannotRun(error: Error): Error {
  if (['EPERM', 'EINVAL'].includes(codeOf(error)) && process.getuid?.() === 0) return onlyRoot(error)
  return noBinaries(undefined, error)
}

/** Makes a rename or a new file in `folder` last through a power cut. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}
