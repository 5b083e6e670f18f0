import { setTimeout as wait } from 'node:timers/promises'
import type { Update } from '@grammyjs/types'
import { readToken } from '../../src/token.ts'
import type { Person } from '../../test/platforms/telegram/people.ts'
import type { Press } from '../../test/platforms/telegram/press.ts'
import { press } from '../../test/platforms/telegram/press.ts'
import type { Telegram } from '../../test/platforms/telegram/server.ts'
import type { ChatState } from '../../test/platforms/telegram/world.ts'
import type { Chance } from '../random.ts'
import type { Pressed, Wish } from './model.ts'
import type { Posts, Standing } from './posts.ts'

/** All that people do: at about a steady rate, whether the bot is there or not. */
export interface Crowd {
  /** Everything that was pressed, in the order of the platform's numbers, by `"poll person"`. */
  readonly seats: ReadonlyMap<string, readonly Pressed[]>
  readonly count: number
  /** Reads the answers that have come since the last time: the ids that were answered, and answers that nobody should get. */
  hear(): { readonly answered: readonly string[]; readonly strange: readonly string[] }
  /** Presses that nobody has answered. */
  waiting(): number
  stop(): Promise<void>
}

export interface CrowdOptions {
  readonly tg: Telegram
  readonly posts: Posts
  readonly people: readonly Person[]
  readonly chance: Chance
  /** Presses a second. */
  readonly rate: number
}

const tickMs = 15
/** On a slow computer people wait when so many presses wait for the bot: none may become too old to be answered. */
const mostWaiting = 1_500
/** How many updates there are to give once more. */
const remembered = 500

/** What the answers to a press that was taken begin with, and to one that came too late. */
const taken = /^(Counted|Changed|Added|Already counted|You can choose \d+ at most|You have no answer)/
const late = /is closed\. Your last answer/

interface Under {
  readonly press: Press
  readonly pressed: Pressed
  readonly isPrivate: boolean
}

export function gather({ tg, posts, people, chance, rate }: CrowdOptions): Crowd {
  const seats = new Map<string, Pressed[]>()
  const last = new Map<number, { chat: ChatState; message: number; data: string }>()
  let under: Under[] = []
  let heard: readonly Update[] = []
  let count = 0
  let stopped = false

  const tap = (person: Person, chat: ChatState, message: number, data: string): Press => {
    const made = press(tg.world, person.state, chat, message, data)
    const pressed = readToken(data)
    if (!made.update || !pressed) throw new Error('A press did not become an update.')
    const id = `telegram:${tg.world.me.id}:${made.update.update_id}`
    const entry: Pressed = { id, wish: wishOf(pressed.action, pressed.args[1]), told: undefined }
    const seat = `${pressed.args[0]} ${person.id}`
    seats.set(seat, [...(seats.get(seat) ?? []), entry])
    under.push({ press: made, pressed: entry, isPrivate: chat.chat.type === 'private' })
    count += 1
    return made
  }

  const act = (): void => {
    const person = chance.pick(people)
    const before = last.get(person.id)
    const kind = chance.next()
    const post = posts.pick(chance)
    if (before && kind < 0.15) tap(person, before.chat, before.message, before.data)
    else if (before && kind < 0.25 && person.state.started) takeBack(person, before.data)
    else if (post) choose(person, post, kind)
  }

  const choose = (person: Person, post: Standing, kind: number): void => {
    const data = chance.pick(post.buttons)
    tap(person, post.chat, post.message, data)
    last.set(person.id, { chat: post.chat, message: post.message, data })
    // Two fingers at once.
    if (kind > 0.97) tap(person, post.chat, post.message, chance.pick(post.buttons))
    else if (kind > 0.95) giveAgain()
  }

  /** The platform gives an update once more that was confirmed already. */
  const giveAgain = (): void => {
    const old = heard.length > 0 ? chance.pick(heard) : undefined
    const first = tg.pending[0]?.update_id ?? 0
    if (old && old.update_id < first) tg.redeliver(old)
  }

  // In the private chat, where the bot's card with its ways back stands.
  const takeBack = (person: Person, data: string): void => {
    const [, , poll, option] = data.split('_')
    tap(person, person.chat, 1, chance.below(3) === 0 ? `polls_backall_${poll}` : `polls_back_${poll}_${option}`)
  }

  const run = async (): Promise<void> => {
    let due = 0
    for (let then = Date.now(); !stopped; ) {
      await wait(tickMs)
      const now = Date.now()
      due += ((now - then) / 1000) * rate
      then = now
      for (; due >= 1; due--) if (tg.world.updates.pendingCount < mostWaiting) act()
      tg.world.changes.happened()
    }
  }
  const running = run()
  return {
    seats,
    get count() {
      return count
    },
    hear() {
      const done = under.filter(one => one.press.answered)
      under = under.filter(one => !one.press.answered)
      heard = [...heard, ...done.flatMap(one => one.press.update ?? [])].slice(-remembered)
      return { answered: done.map(one => one.pressed.id), strange: done.flatMap(note) }
    },
    waiting: () => under.filter(one => !one.press.answered).length,
    async stop() {
      stopped = true
      await running
    },
  }
}

function wishOf(action: string, option: string | undefined): Wish {
  if (action === 'backall') return 'drop all'
  return action === 'back' ? { drop: Number(option) } : { choose: Number(option) }
}

/** Notes what the person was told; what nobody should have been told comes back. */
function note({ press: { answered }, pressed, isPrivate }: Under): readonly string[] {
  const text = answered?.text ?? ''
  // In private the card itself is the answer.
  pressed.told = isPrivate ? 'something' : taken.test(text) ? 'counted' : late.test(text) ? 'closed' : 'something'
  return !isPrivate && pressed.told === 'something' ? [text] : []
}
