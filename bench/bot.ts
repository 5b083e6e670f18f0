import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** The real bot as a process of its own, on the embedded store in `stateDir` and loop-back platforms. */
export interface Bot {
  readonly pid: number
  /** What it logged at `warn` and above, and what else it wrote to its standard error. */
  readonly said: readonly string[]
  isAlive(): boolean
  /** SIGKILL, or another signal; resolves when it has ended. */
  end(signal: NodeJS.Signals): Promise<void>
}

/** The platforms, as the bot's environment names them; or a loop-back Telegram alone. */
export type Platforms = { readonly env: Readonly<Record<string, string>> } | { readonly apiRoot: string; readonly token: string }

export type BotOptions = Platforms & Run

interface Run {
  readonly stateDir: string
  /** For Node, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[]
  /** Called when it ends without having been told to. */
  readonly onEnd?: (why: string) => void
}

/** What `npm start` tells Node about memory. */
const asStarted = readFileSync(new URL('../package.json', import.meta.url), 'utf8').match(/--max-\S+/g) ?? []
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export function startBot(o: BotOptions): Bot {
  // Not in this folder, and with nothing but what it needs: the settings of a real bot that lives here are none of its business.
  const env = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ...settingsOf(o) }
  return watch(startProgram(main, env, { ...o, nodeOptions: [...asStarted, ...(o.nodeOptions ?? [])] }), o)
}

export interface ProgramOptions {
  readonly stateDir: string
  readonly nodeOptions?: readonly string[] | undefined
  readonly arguments?: readonly string[]
}

/** Starts a TypeScript program on the same Node, through tsx, in this folder. */
export function startProgram(file: string, env: NodeJS.ProcessEnv, o: ProgramOptions): ChildProcessByStdio<null, Readable, Readable> {
  const whole = [...(o.nodeOptions ?? []), '--import', import.meta.resolve('tsx'), file, ...(o.arguments ?? [])]
  return spawn(process.execPath, whole, { cwd: path.resolve(o.stateDir), env, stdio: ['ignore', 'pipe', 'pipe'] })
}

export const envOf = (platforms: Platforms): Readonly<Record<string, string>> =>
  'env' in platforms ? platforms.env : { TELEGRAM_TOKEN: platforms.token, TELEGRAM_API_ROOT: platforms.apiRoot }

function settingsOf(o: BotOptions): NodeJS.ProcessEnv {
  return {
    ...envOf(o),
    STATE_DIR: path.resolve(o.stateDir),
    STATUS_PORT: '0',
    TRY: 'off',
    LOG_LEVEL: 'warn',
  }
}

export function watch(child: ChildProcessByStdio<null, Readable, Readable>, { onEnd }: Pick<Run, 'onEnd'>): Bot {
  const said: string[] = []
  const ended = once(child, 'exit')
  let told = false
  createInterface({ input: child.stderr }).on('line', line => said.push(line))
  child.stdout.resume()
  child.once('exit', (code, signal) => {
    if (!told) onEnd?.(`${signal ?? `code ${code}`}: ${said.at(-1) ?? 'without a word'}`)
  })
  const isAlive = () => child.exitCode === null && child.signalCode === null
  return {
    pid: child.pid ?? 0,
    said,
    isAlive,
    async end(signal) {
      told = true
      if (!isAlive()) return
      child.kill(signal)
      await ended
    },
  }
}
