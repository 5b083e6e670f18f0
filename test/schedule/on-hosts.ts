import { type ChildProcess, spawn } from 'node:child_process'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The reader of plain words on machines whose own clocks stand in other zones: a process for each, which is asked by lines. */

export interface Ask {
  readonly words: string
  readonly zone: string
  /** ISO. */
  readonly now: string
}

/** `times`: the first three of a series, or the one; nothing where it was refused, for `key`. All local in the zone asked for. */
export interface Told {
  readonly times: readonly string[]
  readonly key?: string
  /** What the clock of that machine showed at the beginning of 1970, in minutes from UTC. */
  readonly offset: number
}

export interface Host {
  ask(ask: Ask): Promise<Told>
  stop(): Promise<void>
}

const PROGRAM = fileURLToPath(new URL('read-words.ts', import.meta.url))

export function hostIn(zone: string): Host {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', PROGRAM], {
    env: { ...process.env, TZ: zone },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { stdin, stdout } = child
  if (!stdin || !stdout) throw new Error('A process without pipes.')
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  return {
    async ask(ask) {
      stdin.write(`${JSON.stringify(ask)}\n`)
      const line = await lines.next()
      if (line.done) throw new Error(`The reader in ${zone} has ended.`)
      return JSON.parse(line.value) as Told
    },
    async stop() {
      stdin.end()
      await ended
    },
  }
}
