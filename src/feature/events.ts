import type { Places } from '../community/places.ts'
import type { Tx } from '../store/tx.ts'

/**
 * What features publish, by name: something that has happened, told by ids. Whoever published it never waits for those who listen, nor fails with them. A feature
 * adds its own in its folder: `declare module '../feature/events.ts' { interface Events { 'idea added': … } }`. What it carries is kept as JSON.
 */
export interface Events {
  'poll closed': { readonly networkId: string; readonly pollId: string }
  /** Somebody has chosen the area that they belong to. */
  'area said': { readonly networkId: string; readonly personId: string; readonly areaId: string }
  /** Fewer answers than this are hidden from now on. */
  'numbers hidden': { readonly networkId: string; readonly under: number }
  /** In which chats people acted before a close at that moment was written only after it. */
  'acts late': { readonly networkId: string; readonly at: string }
  'space joined': { readonly networkId: string; readonly spaceId: string }
  /** Posts under the old address are out of reach, and what is still of use there is to be touched. */
  'space moved': { readonly networkId: string; readonly spaceId: string }
}
export type EventName = keyof Events

/** What a feature does when it hears of something: after the commit that it was part of, alone in a transaction of its own, once, and again after a failure. */
export type Listeners = { readonly [Name in EventName]?: (tx: Tx, event: Events[Name]) => Promise<void> }

/** What one feature asks of another, in its own transaction; each question has at most one owner. Features add theirs as to `Events`. */
export interface Questions {
  'make poll': { readonly asked: PollWish; readonly answer: 'made' | 'not made' }
}
export type QuestionName = keyof Questions

/** The questions that a feature owns. */
export type Answers = { readonly [Name in QuestionName]?: (tx: Tx, asked: Questions[Name]['asked']) => Promise<Questions[Name]['answer']> }

/** A poll with these options, to which people can add their own. */
export interface PollWish {
  /** Of the poll that it becomes. */
  readonly id: string
  readonly networkId: string
  readonly personId: string
  readonly question: string
  readonly options: readonly string[]
  readonly places: Places
  /** Null: at once. */
  readonly opensAt: Date | null
  readonly closesAt: Date
}
