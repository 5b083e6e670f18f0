import type { Update } from 'grammy/types'
import { within } from '../../src/platform/waiting.ts'
import { numberOf } from './decode.ts'

/** What came of an update: what gives its answer, and resolves when the next fetch need not wait for it any more; undefined: it must come again. */
type Handled = (() => Promise<unknown>) | undefined

interface Held {
  settled: Promise<unknown>
  state: 'under way' | 'safe' | 'again'
  isTold: boolean
  give: Handled
}

/** All of one fetch. */
export interface Taken {
  /** The first update that is not safe, if any: it must be fetched again, and is not confirmed. */
  readonly again: number | undefined
  /** Gives the answers that have not been given. */
  give(): Promise<unknown>
}

/** So long a fetch is waited for before the next one brings what came meanwhile; less long while the store is known not to answer. Milliseconds. */
const waitMs = { usual: 1_000, away: 400 } as const

/**
 * What was fetched and is not confirmed: each update is handled once at a time, however often it is fetched. Where one is not safe, those behind it are fetched
 * again with it; so whoever presses while the store is away is heard all the same. `told` is to be called when its person was told to wait.
 */
export function createTaking(
  handle: (update: Update, told: () => void) => Promise<Handled>,
): (updates: readonly Update[]) => Promise<Taken> {
  const all = new Map<number, Held>()

  function begin(update: Update): Held {
    let told = (): void => undefined
    const hurry = new Promise<void>(resolve => {
      told = resolve
    })
    const held: Held = { state: 'under way', isTold: false, give: undefined, settled: hurry }
    const work = handle(update, () => {
      held.isTold = true
      told()
    })
    const done = work.then(give => {
      held.give = give
      held.state = give ? 'safe' : 'again'
    })
    held.settled = Promise.race([done, hurry])
    const number = numberOf(update)
    if (number !== undefined) all.set(number, held)
    return held
  }

  function hold(update: Update): Held {
    const known = all.get(numberOf(update) ?? Number.NaN)
    if (!known || known.state === 'again') {
      const held = begin(update)
      held.isTold = known?.isTold ?? false
      return held
    }
    return known
  }

  return async updates => {
    const held = updates.map(hold)
    const settled = Promise.all(held.map(one => one.settled))
    await within(held.some(({ isTold }) => isTold) ? waitMs.away : waitMs.usual, settled, undefined)
    const again = numberOf(updates.find((_, i) => held[i]?.state !== 'safe'))
    const gives = held.flatMap(one => {
      const { give } = one
      one.give = give && (async () => undefined)
      return give ?? []
    })
    // All of it is confirmed by the next fetch; what Telegram gives a second time after that is handled anew.
    if (again === undefined) all.clear()
    return { again, give: () => Promise.all(gives.map(give => give())) }
  }
}
