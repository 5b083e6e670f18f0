import type { Prisma } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import type { Ctx, Speech } from './context.ts'
import type { Outcome } from './outcome.ts'

/** What features bring beside commands and buttons. */

/** Words that somebody wrote to the bot alone, or in reply to one of its posts (`subject`). */
export interface Said {
  readonly text: string
  readonly subject: string | undefined
  /** What the buttons lead to that stand under the message replied to, as far as the platform tells. */
  readonly tokens?: readonly string[]
}

/**
 * How sure a feature is that words are meant for it: they reply to a post of its own; or they go on with something of the person's own that is open; or they only look as
 * if they could be. Questions that were asked come before all of these.
 */
export const STRENGTHS = ['replied', 'own', 'guess'] as const
export type Strength = (typeof STRENGTHS)[number]

/** A feature's claim on words: the strongest is heard, and where two are as strong none is, since nobody knows what was meant. */
export interface Claim {
  readonly strength: Strength
  /** Undefined: it was not meant after all, and the next one is asked. */
  hear(): Promise<Outcome | undefined>
}

/** A page for others, behind the operator's address: `/<path>/<rest>`. */
export interface Page {
  readonly path: string
  /** The page, or undefined for whatever leads nowhere. `rest`: what stands behind the path, as it was sent: anybody can write anything. */
  get(rest: string): Promise<Got | undefined>
}

/** What is found there. `policy`: the content security policy, for HTML. */
export type Got = { readonly html: string; readonly policy: string } | Download

/** A file that changes, read again and again; `body` is asked for only when the reader has not got it yet. */
export interface Download {
  readonly mime: string
  /** Another one for every other body. */
  readonly etag: string
  readonly changedAt: Date
  body(): Promise<string>
}

/** A number for `/metrics`; it names no person, chat or text. */
export interface Metric {
  /** In the words of Prometheus, without the prefix: `polls_open`. */
  readonly name: string
  readonly help: string
  read(): Promise<number>
}

/** Where a feature keeps pictures, so that they are not swept: says in SQL whether it refers to the picture with this id, by an index. */
export type PictureKeeper = (id: Prisma.Sql) => Prisma.Sql

/** A time with the network that it is about. */
export interface Period {
  readonly networkId: string
  readonly from: Date
  /** Not included. */
  readonly to: Date
}

/** What a steering meeting gets to know of one thing that ended in a period: whole, and as it was then. */
export interface PackItem {
  readonly at: Date
  readonly title: string
  readonly lines: readonly string[]
}

/** A line of the bulletin. `token`: where its button leads, for whoever reads it in a chat. */
export interface BulletinItem {
  readonly at: Date
  readonly line: string
  readonly token?: string
}

/** How a feature treats what it holds about people. */
export interface AboutPeople {
  /** Takes away what only this person had, and their name from what stays; what is counted already stays counted. In the caller's transaction. */
  forget(tx: Tx, who: { readonly personId: string; readonly now: Date }): Promise<void>
  /** What was one person's is the other's: two rows of one human become one, who counts once. In the caller's transaction. */
  join(tx: Tx, who: { readonly from: string; readonly into: string; readonly now: Date }): Promise<void>
}

/** What a feature tells meetings and residents. */
export interface Reporting {
  forPack(tx: Tx, period: Period, speech: Speech): Promise<readonly PackItem[]>
  forBulletin(tx: Tx, period: Period, speech: Speech): Promise<readonly BulletinItem[]>
}

/** Where words may go: asked of each feature that may want them. */
export type Claims = (ctx: Ctx, said: Said) => Promise<Claim | undefined>
