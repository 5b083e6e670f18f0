import { once } from 'node:events'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Capabilities } from '../../src/platform/adapter.ts'
import type { View } from '../../src/view/view.ts'
import { startProgram } from '../bot.ts'

export const names = ['telegram', 'discord', 'slack'] as const
export type Name = (typeof names)[number]

/** Where a message stands. Ids are strings, those of the loop-back server. */
export interface Spot {
  readonly chat: string
  readonly message: string
}

export interface Tap {
  readonly person: string
  readonly on: Spot
  /** What the button says to the bot. */
  readonly token: string
}

/** A press as it was made. */
export interface Made {
  /** As the bot's guard names the delivery. */
  readonly id: string
  /** As the platform names it. */
  readonly key: string
  /** The bot was connected, or the platform keeps it for later. */
  readonly isKept: boolean
}

/** What has come of a press since. */
export interface Told {
  readonly key: string
  /** What the person was told, if that is all over: the words of the answer, its time in milliseconds since 1970, where its card stands. */
  readonly answer?: { readonly text: string; readonly at: number; readonly card?: Spot }
  /** When the platform heard that it was taken, in milliseconds since 1970. */
  readonly takenAt?: number
  /** The platform itself told the person that it failed. */
  readonly isFailed: boolean
}

/** A message of the bot in a chat. */
export interface Standing {
  readonly on: Spot
  readonly text: string
  /** All that a reader sees of it, to be compared. */
  readonly face: string
  /** What its buttons send. */
  readonly tokens: readonly string[]
  readonly edits: number
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface Counts {
  /** Grows with every bot that comes to listen. */
  readonly listens: number
  /** False while no bot is connected, where that can be told. */
  readonly isHeard: boolean
  readonly sends: number
  readonly edits: number
  /** What waits at the platform for the bot. */
  readonly waiting: number
  /** How many requests were told to come back later. */
  readonly tooMany: number
}

/** A loop-back platform in a process of its own, as the driver sees it. */
export interface Platform {
  readonly name: Name
  readonly can: Capabilities
  /** What the bot finds in its environment. */
  readonly env: Readonly<Record<string, string>>
  /** What a press on the way is worth: `kept` by the platform until the bot takes it, or `lost` while none is connected. */
  readonly presses: 'kept' | 'lost'
  /** A chat that the bot is in. */
  chat(title: string): Promise<string>
  people(count: number): Promise<readonly string[]>
  /** The address of a chat or a person in the store. */
  chatRef(chat: string): string
  personRef(person: string): string
  /** All at once. */
  press(taps: readonly Tap[]): Promise<readonly Made[]>
  told(keys: readonly string[]): Promise<readonly Told[]>
  /** Gives these answered presses to the bot once more. */
  again(keys: readonly string[]): Promise<void>
  counts(): Promise<Counts>
  posts(chat: string): Promise<readonly Standing[]>
  /** The face of a message that says this. */
  face(view: View): string
  /** @param ref a message's address in the store */
  spot(ref: string): Spot
  /** The card in the private chat of somebody who has begun one, where ways back are pressed; else cards come with answers. */
  cardOf?(person: string): Spot
  stop(): Promise<void>
}

export interface Server {
  /** What it printed when it was ready. */
  readonly line: string
  /** POST /control/<command>. */
  ask<T>(command: string, body?: object): Promise<T>
  stop(): Promise<void>
}

/** Starts test/platforms/<name>/main.ts, whose controls are where the line that it prints says. */
export async function startServer(name: Name, options: readonly string[], rootOf: (line: string) => string): Promise<Server> {
  const program = fileURLToPath(new URL(`../../test/platforms/${name}/main.ts`, import.meta.url))
  // What it answers takes a moment to arrive, so that the bot dies now and then in between. How well requests are formed is looked at elsewhere.
  const all = ['--loose', '--latency', '20', '--remember', '12000', ...options]
  const child = startProgram(program, { PATH: process.env['PATH'] }, { stateDir: path.dirname(program), arguments: all })
  child.stderr.pipe(process.stderr)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const root = rootOf(line)
  return {
    line,
    async ask<T>(command: string, body: object = {}): Promise<T> {
      const response = await fetch(`${root}/control/${command}`, { method: 'POST', body: JSON.stringify(body) })
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

/** How often a server has got requests whose name is like this. */
export function countOf(calls: Readonly<Record<string, number>>, like: RegExp): number {
  return Object.entries(calls).reduce((sum, [name, count]) => (like.test(name) ? sum + count : sum), 0)
}
