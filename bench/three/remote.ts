import { once } from 'node:events'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startProgram } from '../bot.ts'

export const NAMES = ['telegram', 'discord', 'slack'] as const
export type Name = (typeof NAMES)[number]

/** Something that a bot asked of the platform: when it came in (milliseconds since 1970), and what it carries. */
export interface Call {
  readonly at: number
  readonly body: Readonly<Record<string, unknown>>
}

/** A post with a poll on it, with what a press on it names. */
export interface Post {
  readonly place: string
  readonly message: string
}

/** One press to be made. `token`: what the button says to the bot. */
export interface Tap {
  readonly person: string
  readonly post: Post
  readonly token: string
}

/** A loop-back platform in a process of its own, without checks, so that it costs little. All ids are strings. */
export interface Remote {
  readonly name: Name
  readonly pid: number
  /** What a program that is to work here finds in its environment. */
  readonly env: Readonly<Record<string, string>>
  /** A chat that the bot is in. */
  place(title: string): Promise<string>
  /** The address of a chat in the store. */
  ref(place: string): string
  people(count: number): Promise<readonly string[]>
  /** All at once. */
  press(taps: readonly Tap[]): Promise<void>
  /** Whether a program is connected. */
  isHeard(): Promise<boolean>
  /** How many presses of all time have their whole answer. */
  answered(): Promise<number>
  /** The requests of a kind that it remembers, oldest first. */
  calls(kind: 'send' | 'edit' | 'answer'): Promise<readonly Call[]>
  /** The posts with buttons that the bot has put into a chat. */
  posts(place: string): Promise<readonly Post[]>
  /** Puts the content of a `send` into a chat, as the bot. */
  copy(place: string, body: Call['body']): Promise<void>
  stop(): Promise<void>
}

export interface Server {
  readonly pid: number
  /** What it printed when it was ready. */
  readonly line: string
  /** POST /control/<command>. */
  ask<T>(command: string, body?: object): Promise<T>
  stop(): Promise<void>
}

/** Starts test/platforms/<name>/main.ts. `rootOf`: where its controls are, by the line that it prints. */
export async function startServer(name: Name, options: readonly string[], rootOf: (line: string) => string): Promise<Server> {
  const program = fileURLToPath(new URL(`../../test/platforms/${name}/main.ts`, import.meta.url))
  const child = startProgram(
    program,
    { PATH: process.env['PATH'] },
    { stateDir: path.dirname(program), arguments: ['--loose', ...options] },
  )
  child.stderr.pipe(process.stderr)
  // However this program ends.
  process.once('exit', () => void child.kill())
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return {
    pid: child.pid ?? 0,
    line,
    async ask<T>(command: string, body: object = {}): Promise<T> {
      const response = await fetch(`${rootOf(line)}/control/${command}`, { method: 'POST', body: JSON.stringify(body) })
      const answer = (await response.json()) as { ok: boolean; result: T; error?: string }
      if (!answer.ok) throw new Error(`The loop-back ${name} refuses ${command}: ${answer.error}`)
      return answer.result
    },
    async stop() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** Asks something of the platform itself, as a bot does. */
export async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const answer = await response.text()
  if (!response.ok || answer.startsWith('{"ok":false')) throw new Error(`The loop-back platform refuses a post: ${answer}`)
}
