import type { Pool } from 'pg'
import type { z } from 'zod'
import type { Waits } from '../app/patience.ts'
import type { Clock, Ids } from '../base/clock.ts'
import type { KeptSettings } from '../base/kept.ts'
import type { Log } from '../base/log.ts'
import type { Acts } from '../community/acts.ts'
import type { Role } from '../community/members.ts'
import type { Drawn } from '../delivery/post.ts'
import type { Pictures } from '../pictures/picture-maker.ts'
import type { Capabilities, FileIn, Inbound, Quoted } from '../platform/adapter.ts'
import type { Alarm, Trouble } from '../runtime/alarm.ts'
import type { CalendarAsk, Happening } from '../schedule/happening.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Texts } from '../texts/texts.ts'
import type { Choice, View } from '../view/view.ts'
import type { Ctx, Speech } from './context.ts'
import type { Answers, EventName, Events, Listeners, QuestionName, Questions } from './events.ts'
import type { Answer, Outcome } from './outcome.ts'
import type { AboutPeople, Claims, Metric, Page, PictureKeeper, Reporting } from './parts.ts'

export interface CommandSpec {
  readonly name: string
  /** Key of the line in the platforms' command lists. */
  readonly about: TextKey
  /** Key of an example of what may stand behind it, beside the words that `suggest` knows. */
  readonly example?: TextKey
  /** `anywhere`: also where no network is; `network`: only inside one. */
  readonly where: 'anywhere' | 'network'
  /** Who may use it at all; `undefined`: everyone. Finer checks are the handler's. */
  readonly role?: Role
  run(ctx: Ctx, args: string): Promise<Outcome>
  /**
   * Begun from somebody's message: `label` is the key of the words in the message's own menu, `about` of what it does. Where there is no such menu, the bare
   * command in reply does it.
   */
  readonly onMessage?: { readonly label: TextKey; readonly about: TextKey; run(ctx: Ctx, about: Quoted): Promise<Outcome> }
  suggest(ctx: Ctx, typed: string): Promise<readonly Choice[]>
  /** Of one for networks: for whoever is in none yet, in private. */
  newcomer?(ctx: Ctx): Promise<Outcome>
}

export interface Press {
  readonly action: string
  readonly args: readonly string[]
}

export interface Submit extends Press {
  readonly values: Readonly<Record<string, string>>
  /** By the name of their field. */
  readonly files: Readonly<Record<string, FileIn>>
}

/** What a token carries behind its name, in order, those that may be left out last. Whatever reads otherwise is no token of ours. */
export type Args = readonly z.ZodType<string | undefined>[]

/** What a button leads to. Anybody can write any token: it grants nothing, and everything is looked up when it is pressed. */
export interface Action {
  readonly args: Args
  /**
   * What the token may carry in a private link; without it no link leads here. Anybody can send anybody a link: only what was made to be linked has one, and
   * opens a card or a question; never what changes something, nor what confirms it.
   */
  readonly link?: Args
  /** What it may carry in a link that brings the bot into a chat: whoever follows one has chosen the chat, and may not be one of its admins. */
  readonly brings?: Args
  run(ctx: Ctx, args: readonly string[]): Promise<Outcome>
}

/** A form: its token on a button (or in a link) opens it, and comes back with what was filled in. */
export interface FormAction {
  readonly args: Args
  /** Where a link for this form leads: to the form itself, or (a form that does its work when it is sent back empty) to the card of this token. */
  readonly link: 'opens it' | ((args: readonly string[]) => string)
  open(ctx: Ctx, args: readonly string[]): Promise<Outcome>
  read(ctx: Ctx, submit: Submit): Promise<Outcome>
}

/** A press that is one of many (a vote), committed together with others outside the one-event transaction. Its replies fit a whisper of every platform. */
export interface BulkAction {
  readonly args: Args
  run(args: readonly string[], inbound: Inbound): Promise<readonly Answer[]>
}

/** A post in one space, or to one person, to be drawn now. */
export interface Target extends Speech {
  readonly spaceId: string | null
  readonly personRef: string | null
  readonly can: Capabilities
}

/** A part of what /mine shows. */
export interface Section {
  readonly view: View
}

/** What a feature is made with. */
export interface Deps {
  readonly store: PrismaClient
  readonly pool: Pool
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  /** How long people wait for a word when the store does not answer, if not as usual. */
  readonly waits?: Waits | undefined
  readonly texts: { readonly locales: readonly string[]; in(wish: string | null | undefined): Texts }
  readonly pictures: Pictures
  readonly acts: Acts
  /** Under which others reach our pages, without a slash at its end; undefined: nobody does, so no link to us is ever given. */
  readonly publicUrl: string | undefined
  /** How long things are kept, where the operator has a say. */
  readonly kept: KeptSettings
  /** Capabilities and lanes by platform; undefined for a platform that is off. */
  platform(name: string): { readonly can: Capabilities; lane(ref: string): string } | undefined
  /** Something was written, and committed: it is delivered soon, and the store is asked within a second for what is due next. */
  poke(): void
  /** Says what has happened, in the caller's transaction: those who listen hear it after the commit. */
  publish<Name extends EventName>(tx: Tx, name: Name, event: Events[Name]): Promise<void>
  /** Asks the feature that owns the question, in the caller's transaction; undefined where none does. */
  ask<Name extends QuestionName>(tx: Tx, name: Name, asked: Questions[Name]['asked']): Promise<Questions[Name]['answer'] | undefined>
  /** All features that there are, in the order of the list. To be asked for when something is done, not when a feature is made. */
  features(): readonly Feature[]
  /** What was due and could not be done, of all networks. */
  troubles(): readonly Trouble[]
  lastBackup(): Promise<Date | undefined>
  /** Whether everything that was done on these platforms before `since` has come in. */
  caughtUp(platforms: readonly string[], since: Date): boolean
}

/** A feature is one value. `defineFeature` makes it: what is left out there is "nothing to add". */
export interface Feature extends AboutPeople, Reporting {
  readonly name: string
  readonly commands: readonly CommandSpec[]
  /** By the name that their tokens carry. */
  readonly actions: Readonly<Record<string, Action>>
  readonly forms: Readonly<Record<string, FormAction>>
  readonly bulk: Readonly<Record<string, BulkAction>>
  /** Words in private, or in reply to a post; undefined: not for us. */
  readonly claims: Claims
  /** What is to be done at its time. */
  readonly alarms: readonly Alarm[]
  readonly listens: Listeners
  readonly answers: Answers
  /** Draws the newest state of posts: one look at the store for all subjects. A subject that is not in the answer stays as it is. */
  draw(subjects: readonly string[], now: Date): Promise<ReadonlyMap<string, (to: Target) => Drawn>>
  forPerson(ctx: Ctx): Promise<readonly Section[]>
  /** What is held about a person, as lines. */
  personalData(ctx: Ctx): Promise<readonly string[]>
  /** What an export of the network holds, by name. */
  forExport(tx: Tx, networkId: string): Promise<Readonly<Record<string, unknown>>>
  /** What it has in the calendar, soonest first. */
  calendar(tx: Tx | PrismaClient, ask: CalendarAsk): Promise<readonly Happening[]>
  /** What can be offered to whoever has brought a space in: each a sentence with buttons. */
  offers(tx: Tx, spaceId: string, speech: Speech): Promise<readonly View[]>
  /** What can be answered in these chats, a line each: for whoever is in them and has not acted there yet. Nothing of it is theirs alone. */
  standsIn(tx: Tx, spaces: readonly { readonly id: string; readonly title: string }[], speech: Speech): Promise<readonly string[]>
  /** Removes what does not go by itself when the network's row is deleted. */
  forgetNetwork(tx: Tx, networkId: string, now: Date): Promise<void>
  readonly pages: readonly Page[]
  readonly metrics: readonly Metric[]
  readonly pictures: readonly PictureKeeper[]
}
