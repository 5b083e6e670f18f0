import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { openStore } from '../../src/store/open.ts'
import { quiet } from './quiet.ts'

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const program = fileURLToPath(new URL('./program.ts', import.meta.url))

/** A running test/store/program.ts. */
export interface Program {
  readonly child: ChildProcess
  /** What it said first: `{ opened, applied, took }` or `{ refused }`. */
  readonly first: Record<string, unknown>
  /** Tells it one word and waits for the answer. */
  tell(word: 'write' | 'close'): Promise<Record<string, unknown>>
  /** `kill -9`, and waits for its end. */
  kill(): Promise<void>
}

/** `uid`: run as that user. `inside`: a shell script that runs the program by `exec "$@"`. */
export interface Circumstances {
  readonly uid?: number
  readonly env?: Readonly<Record<string, string>>
  readonly inside?: readonly string[]
}

/** Starts a program on this store and waits for its first words. */
export async function start(options: { stateDir: string; databaseUrl?: string }, how: Circumstances = {}): Promise<Program> {
  const command = [...(how.inside ?? []), process.execPath, '--import', tsx, program, JSON.stringify(options)]
  const who = how.uid === undefined ? {} : { uid: how.uid, gid: how.uid }
  const env = { PATH: process.env['PATH'] ?? '', ...how.env }
  const child = spawn(command[0] ?? '', command.slice(1), { ...who, env, cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<Record<string, unknown>> => JSON.parse(String((await lines.next()).value))
  const ended = new Promise(resolve => child.once('close', resolve))
  return {
    child,
    first: await next(),
    async tell(word) {
      child.stdin.write(`${word}\n`)
      return next()
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

const made: string[] = []

/** A new folder among the temporary files that any user may enter. */
export function temporary(mode = 0o755): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'folkmoot-store-'))
  fs.chmodSync(folder, mode)
  made.push(folder)
  return folder
}

let original: Promise<string> | undefined

/** A state folder with a store that is up to date and empty: a copy of one that is made once, which takes less time. */
export async function storeInFolder(): Promise<string> {
  original ??= makeOriginal()
  const folder = temporary()
  execFileSync('cp', ['-a', `${await original}/.`, folder])
  return folder
}

async function makeOriginal(): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'folkmoot-original-'))
  // Other files of tests in this process copy it too.
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }))
  const store = await openStore({ stateDir: folder, log: quiet })
  await store.close()
  return folder
}

/** Ends what still runs in the folders that `temporary` made, and removes them. */
export function cleanUp(): void {
  for (const folder of made.splice(0)) {
    const pid = serverOf(folder)
    if (pid !== undefined) stop(pid)
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The process number of the server that is noted in a state folder. */
export function serverOf(stateDir: string): number | undefined {
  const file = path.join(stateDir, 'pg18/postmaster.pid')
  return fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    // It has ended already.
  }
}
