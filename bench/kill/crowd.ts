import { setTimeout as wait } from 'node:timers/promises'
import { readToken } from '../../src/feature/token.ts'
import type { Chance } from '../random.ts'
import type { Pressed, Wish } from './model.ts'
import type { Name, Spot, Tap, Told } from './platform.ts'
import type { Posts } from './posts.ts'

/** Somebody with an account on each platform. */
export interface Person {
  /** Of the one person that these accounts stand for in the store; undefined: each account is a person of its own. */
  readonly id: string | undefined
  readonly accounts: Readonly<Partial<Record<Name, string>>>
}

/** All that people do: at about a steady rate, whether the bot is there or not. */
export interface Crowd {
  readonly pressed: readonly Pressed[]
  /** By `"poll voter"`: everything that one person, or one account, pressed there. */
  readonly seats: ReadonlyMap<string, readonly Pressed[]>
  /** Reads the answers that have come since the last time: the presses that were answered, and answers that nobody should get. */
  hear(): Promise<{ readonly answered: readonly Pressed[]; readonly strange: readonly string[] }>
  /** Presses that may still be answered. */
  waiting(): number
  stop(): Promise<void>
}

export interface CrowdOptions {
  readonly sides: readonly Posts[]
  readonly people: readonly Person[]
  readonly chance: Chance
  /** Presses a second, on all platforms together. */
  readonly rate: number
}

const tickMs = 25
const hearEveryMs = 250
const lookEveryMs = 400
/** On a slow computer people wait when so many presses wait for the bot: few may become too old to be answered, which they are after `oldMs`. */
const mostWaiting = 750
const oldMs = 15_000
/** A card is pressed while it is so young, in milliseconds: the platform forgets it some day. */
const cardMs = 10_000
const remembered = 200

/** What the answers to a press that was taken begin with, and to one that came too late. */
const taken = /^(Counted|Changed|Added|Already counted|You can choose \d+ at most|You have no answer)/
const late = /is closed\. What was answered/
/** While PostgreSQL is away: it promises nothing that is not kept by the platform. */
const away = /^I cannot write anything down just now/

interface Under {
  readonly pressed: Pressed
  readonly poll: string
  readonly option: string
  /** A way back was pressed on a card, and the card itself is the answer. */
  readonly isBack: boolean
}

interface Planned {
  readonly tap: Tap
  readonly voter: string
}

/** One platform as the crowd has it. */
interface Side {
  readonly posts: Posts
  readonly last: Map<string, { readonly on: Spot; readonly token: string }>
  readonly cards: Map<string, { readonly on: Spot; readonly at: number; readonly poll: string; readonly option: string }>
  readonly under: Map<string, Under>
  /** Answers that came before the press itself was known to be made. */
  readonly early: Map<string, Told>
  heard: readonly string[]
  plan: Planned[]
  again: string[]
}

export function gather({ sides: watched, people, chance, rate }: CrowdOptions): Crowd {
  const share = mostWaiting / watched.length
  const sides = watched.map((posts): Side => {
    return { posts, last: new Map(), cards: new Map(), under: new Map(), early: new Map(), heard: [], plan: [], again: [] }
  })
  const pressed: Pressed[] = []
  const seats = new Map<string, Pressed[]>()
  let fresh: Pressed[] = []
  let strange: string[] = []
  let hearing: Promise<void> = Promise.resolve()
  let stopped = false

  function act(side: Side): void {
    const { platform } = side.posts
    const person = chance.pick(people)
    const account = person.accounts[platform.name] ?? ''
    const voter = person.id ?? platform.personRef(account)
    const tap = (on: Spot, token: string): void => void side.plan.push({ tap: { person: account, on, token }, voter })
    const before = side.last.get(account)
    const kind = chance.next()
    const post = side.posts.pick(chance)
    const back = kind < 0.25 ? backOf(side, account) : undefined
    if (before && kind < 0.15) tap(before.on, before.token)
    else if (back) tap(back.on, chance.below(3) === 0 ? `polls_backall_${back.poll}` : `polls_back_${back.poll}_${back.option}`)
    else if (post) {
      const token = chance.pick(post.buttons)
      tap(post.on, token)
      side.last.set(account, { on: post.on, token })
      // Two fingers at once.
      if (kind > 0.97) tap(post.on, chance.pick(post.buttons))
    }
    // The platform gives something once more.
    if (kind > 0.95 && kind < 0.97 && side.heard.length > 0) side.again.push(chance.pick(side.heard))
  }

  /** Where this account can take something back: in private, where the bot's card stands, or on the card that came with an answer. */
  function backOf(side: Side, account: string): { on: Spot; poll: string; option: string } | undefined {
    const own = side.posts.platform.cardOf?.(account)
    if (own) {
      const [, , poll = '', option = ''] = side.last.get(account)?.token.split('_') ?? []
      return own.chat !== '' && poll !== '' ? { on: own, poll, option } : undefined
    }
    const card = side.cards.get(account)
    return card && Date.now() - card.at < cardMs ? card : undefined
  }

  /** Makes what was planned. */
  async function flush(side: Side): Promise<void> {
    const { plan, again } = side
    side.plan = []
    side.again = []
    const { platform } = side.posts
    if (again.length > 0) await platform.again(again)
    if (plan.length === 0) return
    const at = Date.now()
    const made = await platform.press(plan.map(one => one.tap))
    for (const [i, { tap, voter }] of plan.entries()) {
      const one = made[i]
      const read = readToken(tap.token)
      if (!one || !read) throw new Error('A press was not made.')
      const [poll = '', option = ''] = read.args
      const entry: Pressed = {
        ...{ ...one, platform: platform.name, person: tap.person, wish: wishOf(read.action, option), at },
        ...{ told: undefined, toldAt: undefined, takenAt: undefined, isFailed: !one.isKept },
      }
      pressed.push(entry)
      const seat = `${poll} ${voter}`
      seats.set(seat, [...(seats.get(seat) ?? []), entry])
      if (!one.isKept) continue
      const under = { pressed: entry, poll, option, isBack: read.action !== 'v' }
      side.under.set(one.key, under)
      const early = side.early.get(one.key)
      if (early) note(side, under, early)
      side.early.delete(one.key)
    }
  }

  async function hearOne(side: Side): Promise<void> {
    const { platform } = side.posts
    for (const told of await platform.told([...side.under.keys()])) {
      const one = side.under.get(told.key)
      if (one) note(side, one, told)
      else side.early.set(told.key, told)
    }
  }

  /** Notes what became of a press; what nobody should have been told is kept. */
  function note(side: Side, { pressed: one, poll, option, isBack }: Under, { answer, takenAt, isFailed }: Told): void {
    one.takenAt = takenAt
    one.isFailed ||= isFailed
    const isLost = isFailed && side.posts.platform.presses === 'lost'
    if (answer || isLost) side.under.delete(one.key)
    if (!answer) return
    one.told = away.test(answer.text) ? 'away' : isBack ? 'something' : meaningOf(answer.text)
    if (one.told === 'away') return
    one.toldAt = answer.at
    fresh.push(one)
    side.heard = [...side.heard, one.key].slice(-remembered)
    if (!isBack && one.told === 'something') strange.push(`${side.posts.platform.name}: ${answer.text}`)
    if (!isBack && one.told === 'counted' && answer.card) side.cards.set(one.person, { on: answer.card, at: answer.at, poll, option })
  }

  const listen = (): Promise<void> => {
    hearing = hearing.then(() => Promise.all(sides.map(hearOne)).then(() => undefined))
    return hearing
  }

  const isTime = every(hearEveryMs)
  const isLook = every(lookEveryMs)
  async function run(): Promise<void> {
    let due = 0
    for (let then = Date.now(); !stopped; ) {
      await wait(tickMs)
      const now = Date.now()
      due += ((now - then) / 1000) * rate
      then = now
      const room = new Map(sides.map(side => [side, share - youngOf(side, now)]))
      for (; due >= 1; due--) {
        const side = chance.pick(sides)
        if (side.plan.length < (room.get(side) ?? 0)) act(side)
      }
      await Promise.all(sides.map(flush))
      await Promise.all([...(isTime(now) ? [listen()] : []), ...(isLook(now) ? sides.map(side => side.posts.look()) : [])])
    }
  }
  const running = run()
  // It is told of by `stop`.
  running.catch(() => undefined)
  return {
    ...{ pressed, seats },
    async hear() {
      await listen()
      const heard = { answered: fresh, strange }
      fresh = []
      strange = []
      return heard
    },
    waiting: () => sides.reduce((sum, side) => sum + side.under.size, 0),
    async stop() {
      stopped = true
      await running
    },
  }
}

const youngOf = ({ under }: Side, now: number): number => [...under.values()].filter(one => now - one.pressed.at < oldMs).length

/** Says now and then that it is time, once in so many milliseconds. */
function every(ms: number): (now: number) => boolean {
  let last = 0
  return now => {
    if (now - last < ms) return false
    last = now
    return true
  }
}

/** Signs of a headline and the like say nothing. */
function meaningOf(text: string): Pressed['told'] {
  const words = text.replace(/^[#>*\s-]+/, '')
  return taken.test(words) ? 'counted' : late.test(words) ? 'closed' : 'something'
}

function wishOf(action: string, option: string): Wish {
  if (action === 'backall') return 'drop all'
  return action === 'back' ? { drop: Number(option) } : { choose: Number(option) }
}
