import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll } from 'vitest'
import { type Ids, systemIds } from '../../src/base/clock.ts'
import type { MessageRef, PersonRef, Place, Reply } from '../../src/platform/adapter.ts'
import { openStore } from '../../src/store/open.ts'
import { restore } from '../../src/store/restore.ts'
import { type Before, type TestApp, testApp } from '../helpers/app.ts'
import { poor, type Shown } from '../helpers/chat.ts'
import { type Heard, type Someone, said, words } from '../helpers/person.ts'
import { type TestStore, testStore } from './database.ts'
import { quiet } from './quiet.ts'

/** A store that an older version has filled, the chats as they stood then, and what that version answered. How they came to be: saved/README.md. */

/** Something that somebody could do at that moment with what they saw. */
export interface Deed {
  readonly who: PersonRef
  readonly place: Place
  readonly kind: 'press' | 'submit' | 'start'
  readonly token: string
  /** The message where the button stands. */
  readonly message?: MessageRef
  /** What stood in the form. */
  readonly values?: Readonly<Record<string, string>>
  /** What ends a thing in more than one way is tried in several rounds, each on a store of its own. */
  readonly round: number
  readonly answer: Answer
}

/** What was answered, without the texts: they may be said in better words. */
export interface Answer {
  readonly kinds: readonly Reply['kind'][]
  readonly form: string
  readonly fields: readonly string[]
  /** Of the buttons. What was made meanwhile is a `*`. */
  readonly tokens: readonly string[]
  /** Which of the people's own words stood in it. */
  readonly own: readonly string[]
}

interface Saved extends Before {
  /** What people are called, by their address. */
  readonly names: Readonly<Record<string, string>>
  readonly own: readonly string[]
  readonly deeds: readonly Deed[]
}

const file = (name: string): string => path.join(fileURLToPath(new URL('./saved/', import.meta.url)), name)

export const saved: Saved = JSON.parse(gunzipSync(fs.readFileSync(file('chats.json.gz'))).toString())

const PLATFORMS = { chat: {}, plain: poor }

let tests: TestStore
const running: (() => Promise<void>)[] = []

/** Call at the top of a file that brings saved stores to life. */
export function inSaved(): void {
  beforeAll(async () => {
    tests = await testStore()
  })
  afterAll(async () => {
    for (const end of running) await end()
    await tests.close()
  })
}

export interface Revived extends TestApp {
  /** Ends it, and starts another one on the same store, in the same chats. */
  again(): Promise<Revived>
}

/** The bot of today on a copy of that store, brought up to date, in those chats. */
export async function revived(): Promise<Revived> {
  const databaseUrl = await tests.freshUrl('bare')
  await restore({ file: file('store.jsonl.gz'), stateDir: '', databaseUrl, log: quiet })
  return start(databaseUrl, saved)
}

async function start(databaseUrl: string, before: Before): Promise<Revived> {
  const store = await openStore({ stateDir: '', databaseUrl, unsaved: true, log: quiet })
  const bot = await testApp({ store, platforms: PLATFORMS, before, ids: newIds(), publicUrl: 'https://moot.example/folk/' })
  let isOpen = true
  const close = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    await bot.close()
    await store.close()
  }
  running.push(close)
  const again = async (): Promise<Revived> => {
    await close()
    const shown = Object.fromEntries(Object.keys(PLATFORMS).map(name => [name, bot.chat(name).shown]))
    return start(databaseUrl, { at: bot.clock.at, shown, opened: before.opened })
  }
  return { ...bot, close, again }
}

/** Ids that nothing had before. */
function newIds(): Ids {
  let count = 0
  const id = (): string => {
    count += 1
    return `new${count}`
  }
  return { id, code: systemIds.code, below: below => below - 1 }
}

/** Somebody whom that store knows, in private. */
export function known(bot: TestApp, ref: PersonRef): Someone {
  return bot.person(saved.names[ref] ?? '', { platform: ref.slice(0, ref.indexOf(':')) })
}

/** Does it again. */
export function act(bot: TestApp, { who, place, kind, token, message, values = {} }: Deed): Promise<Heard> {
  // Long enough between two deeds that nobody is refused for haste.
  bot.clock.at += 600
  const alone = known(bot, who)
  const person = place === 'private' ? alone : alone.in(place.space)
  if (kind === 'start') return person.start(token)
  if (kind === 'submit') return person.forgeForm(token, values)
  const pressed = bot.chat(who.slice(0, who.indexOf(':'))).shown.find(one => one.ref === message)
  return person.does({ kind: 'press', token, ...(message && pressed?.only === undefined && { message }) }, pressed)
}

export function answerOf(heard: Heard): Answer {
  const text = said(heard)
  const views = heard.replies.flatMap(reply => ('view' in reply ? [reply.view] : []))
  const form = heard.replies.flatMap(reply => ('form' in reply ? [reply.form] : [])).at(0)
  const mask = (token: string): string => token.replaceAll(/_(new\d+|[0-9a-f]{16}\b)/g, '_*')
  return {
    kinds: heard.replies.map(reply => reply.kind),
    form: mask(form?.token ?? ''),
    fields: form?.fields.map(field => field.name) ?? [],
    tokens: views.flatMap(view => view.buttons.flat()).flatMap(button => ('token' in button ? [mask(button.token)] : [])),
    own: saved.own.filter(each => text.includes(each)),
  }
}

/** Presses a button of the newest message with these words that this person sees. */
export function pressOn(bot: TestApp, person: Someone, part: string, label: string): Promise<Heard> {
  const platform = person.ref.slice(0, person.ref.indexOf(':'))
  const found = person.sees().findLast(one => words(one.view).includes(part) && labelled(one, label) !== undefined)
  const token = found && labelled(found, label)
  if (!found || token === undefined) throw new Error(`Nothing with “${part}” has a button “${label}” on ${platform}.`)
  bot.clock.at += 600
  return person.does({ kind: 'press', token, ...(found.only === undefined && { message: found.ref }) }, found)
}

function labelled(one: Shown, label: string): string | undefined {
  const buttons = one.view.buttons.flat()
  const button = buttons.find(each => each.label.replace(/^\d+\. /, '') === label)
  return button && 'token' in button ? button.token : undefined
}

/** What everybody reads in a chat, of all that has these words in it. */
export function standing(bot: TestApp, space: string, part: string): readonly Shown[] {
  const platform = space.slice(0, space.indexOf(':'))
  return bot.chat(platform).shown.filter(one => one.at === space && one.only === undefined && !one.gone && words(one.view).includes(part))
}
