import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { until } from '../helpers/patience.ts'
import { temporary } from '../store/programs.ts'

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const shift = new URL('./shift-clock.mjs', import.meta.url).href

/** The bot as an operator starts it, on a computer whose clock the test sets. */
export interface Clocked {
  /** What its clock shows, a number of milliseconds from now. */
  in(ms: number): Date
  /** Sets its clock on (or back) by so much. */
  set(ms: number): void
  /** It stands still, and when it goes on so much time has passed. */
  sleep(ms: number): void
  /** What it has said so far, on both ways, line by line. */
  lines(): readonly string[]
  hears(words: string): Promise<void>
  /** Its operator's door. */
  health(): Promise<unknown>
  metrics(): Promise<string>
  end(): Promise<number | null>
  kill(): void
}

export async function clocked(env: Readonly<Record<string, string>>): Promise<Clocked> {
  const file = path.join(temporary(), 'clock')
  let by = 0
  const set = (ms: number): void => {
    by += ms
    // At once, so that it never reads half of it.
    fs.writeFileSync(`${file}.new`, String(by))
    fs.renameSync(`${file}.new`, file)
  }
  set(0)
  const port = await freePort()
  const whole = { PATH: process.env['PATH'] ?? '', STATE_DIR: temporary(), STATUS_PORT: String(port), CLOCK_FILE: file, ...env }
  const child = spawn(process.execPath, ['--import', shift, '--import', tsx, main], {
    ...{ env: whole, cwd: temporary() },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
  const said = listen(child)
  const door = async (page: string): Promise<Response> => fetch(`http://127.0.0.1:${port}/${page}`)
  return {
    in: ms => new Date(Date.now() + by + ms),
    set,
    sleep(ms) {
      child.kill('SIGSTOP')
      set(ms)
      child.kill('SIGCONT')
    },
    lines: () => said().split('\n'),
    hears: async words =>
      void (await until(
        () => said().includes(words),
        () => `“${words}”; it said: ${said()}`,
      )),
    health: async () => (await door('healthz')).json(),
    metrics: async () => (await door('metrics')).text(),
    end() {
      child.kill('SIGTERM')
      return ended
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

function listen({ stdout, stderr }: ChildProcess): () => string {
  let said = ''
  for (const stream of [stdout, stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  return () => said
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  await new Promise<void>(resolve => server.close(() => resolve()))
  return port
}
