import type { Adapter, PersonRef, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import type { Sample } from '../helpers/samples.ts'
import type { Changes } from '../platforms/changes.ts'

/** The three platforms in one vocabulary, so that a test reads like a chat whatever the chat app is. */

export const NAMES = ['discord', 'slack', 'telegram'] as const
export type Name = (typeof NAMES)[number]

/** One message of the bot, as it stands now: edits show in it. */
export interface Said {
  readonly id: string
  /** As a reader sees it, without the marks of the platform. */
  readonly text: string
  /** The labels of the buttons. */
  readonly buttons: readonly string[]
  readonly edits: number
}

/** Something that somebody did. */
export interface Deed {
  /** Resolves when the platform knows that the bot has taken it. */
  readonly taken: Promise<unknown>
  /** The words that only this person gets for it. Rejects after ten seconds without any. */
  readonly answer: Promise<string>
  /** The platform delivers it once more, as when it did not hear that it was taken. */
  again(): void
}

/** What fills one field of a form. A time is said in words where people type it, and picked where there is a picker. A picture is sent as a file. */
export type Filling = string | { readonly words: string; readonly at: Date } | { readonly picture: Sample }

/** Somebody with one account. */
export interface Person {
  readonly on: Name
  readonly ref: PersonRef
  readonly name: string
  /** What the bot has said to this person alone, anywhere, oldest first. Whoever looks after a command goes where the bot has shown the way to. */
  readonly said: readonly Said[]
  /** The newest form that was shown to them, as the platform names it. */
  readonly form: string | undefined
  /** What the platform says is wrong with the form that was sent last. */
  readonly wrong: string
  /** Words or a command, in a chat or in private. */
  says(where: Place | 'private', text: string): Deed
  /** Presses a button, by its label; `{ token }` presses what need not stand there, as a changed app can. */
  presses(said: Said, which: string | { readonly token: string }): Deed
  /** Fills the form that lies open in, field by field, and sends it (undefined: as it stands); question by question where there are no forms. */
  fills(...values: readonly (Filling | undefined)[]): Promise<void>
}

/** A chat of many that the bot is in. */
export interface Place {
  readonly on: Name
  readonly ref: SpaceRef
  readonly title: string
  /** What the bot has standing there, oldest first. */
  readonly said: readonly Said[]
  /** An admin deletes a message of the bot. */
  removes(said: Said): void
  /** The whole chat is deleted. */
  vanishes(): void
  throwsOut(): void
  takesBack(): void
}

export interface SideOptions {
  readonly clock: () => Date
  readonly strict: boolean
}

/** One loop-back platform with one bot account on it. */
export interface Side {
  readonly name: Name
  readonly changes: Changes
  /** The least time between two edits in one chat, and a little. */
  readonly cadenceMs: number
  /** One more process of the bot. */
  open(bench: Workbench): Adapter
  place(title: string): Place
  person(name: string): Person
  /** This person runs the chats here. */
  runs(person: Person): void
  /** The bot is connected, and all that was done is taken by it. True for a platform that is away or has thrown the bot out. */
  isQuiet(): boolean
  /** How many deliveries the bot has dealt with, repeated ones too. */
  readonly taken: number
  /** What the bot asked of the platform, as `send`, `edit` and others; all, oldest first. */
  calls(kind: 'send' | 'edit'): number
  /** Nothing goes in or out until `comesBack`; what people do waits. */
  goesAway(): void
  comesBack(): void
  /** Breaks the connection without a word; it can be made again. */
  cut(): void
  /** Every n-th request is told to come back after so many seconds. */
  everyNth(n: number, seconds: number): void
  /** The token stops working while the bot runs. */
  revokes(): void
  close(): Promise<void>
}
