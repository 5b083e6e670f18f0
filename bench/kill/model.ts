import type { Name } from './platform.ts'

/** What one press wants, as the model reads it off the button. */
export type Wish = { readonly choose: number } | { readonly drop: number } | 'drop all'

/** One press, as it was made and what is known of it since. Times in milliseconds since 1970. */
export interface Pressed {
  /** As the bot's guard names the delivery. */
  readonly id: string
  /** As the platform names it. */
  readonly key: string
  readonly platform: Name
  /** The account, as the platform names it. */
  readonly person: string
  readonly wish: Wish
  readonly at: number
  /** False: the platform could not hand it to anybody, and told the person so. */
  readonly isKept: boolean
  /** Whether the person was told that it counts, that the poll is closed, something that says neither, or that nothing can be written down just now. */
  told: 'counted' | 'closed' | 'something' | 'away' | undefined
  /** When they were told what became of it: not when they were only told to wait. */
  toldAt: number | undefined
  takenAt: number | undefined
  /** The platform itself told the person that it failed. */
  isFailed: boolean
}

/** A press with what the judge knows: when the store had it at the latest, and whether it must have counted. */
export interface Counted {
  readonly platform: Name
  readonly wish: Wish
  readonly at: number
  readonly by: number
  readonly must: boolean
}

/** The ballot after these presses, sorted: the model that the bot is held against, written without its code. */
export function fold(presses: readonly Counted[], max: number): readonly number[] {
  return presses.reduce<readonly number[]>((ballot, { wish }) => after(ballot, wish, max), []).toSorted((a, b) => a - b)
}

function after(ballot: readonly number[], wish: Wish, max: number): readonly number[] {
  if (wish === 'drop all') return []
  if ('drop' in wish) return ballot.filter(option => option !== wish.drop)
  if (ballot.includes(wish.choose)) return ballot
  if (max === 1) return [wish.choose]
  return ballot.length < max ? [...ballot, wish.choose] : ballot
}

export interface Rules {
  readonly max: number
  /** `account`: what one account pressed, in that order; `moment`: only what was over before the other began. */
  readonly order: 'account' | 'moment'
}

/** How many states are looked at; a ballot that is more tangled than that passes. */
const mostStates = 50_000

/**
 * Whether a ballot is what these presses of one person, perhaps of several accounts at once, can have led to: in some order in which what had been
 * answered comes before what was pressed afterwards. What need not have counted may be left out.
 */
export function agrees(ballot: readonly number[], presses: readonly Counted[], { max, order }: Rules): boolean {
  const goal = keyOf(ballot)
  const all = presses.toSorted((a, b) => a.at - b.at)
  const before = all.map((one, i) => all.flatMap((other, j) => (j !== i && comesFirst(other, j, one, i, order) ? [j] : [])))
  const everything = (1n << BigInt(all.length)) - 1n
  const seen = new Set<string>()
  const stack: { readonly done: bigint; readonly ballot: readonly number[] }[] = [{ done: 0n, ballot: [] }]
  for (let state = stack.pop(); state; state = stack.pop()) {
    const { done, ballot: held } = state
    if (done === everything && keyOf(held) === goal) return true
    const name = `${done} ${held}`
    if (seen.has(name)) continue
    seen.add(name)
    if (seen.size > mostStates) return true
    for (const [i, one] of all.entries()) {
      const isNext = !(done & (1n << BigInt(i))) && (before[i] ?? []).every(j => done & (1n << BigInt(j)))
      if (!isNext) continue
      const next = done | (1n << BigInt(i))
      stack.push({ done: next, ballot: after(held, one.wish, max) })
      if (!one.must) stack.push({ done: next, ballot: held })
    }
  }
  return false
}

function comesFirst(other: Counted, at: number, one: Counted, i: number, order: Rules['order']): boolean {
  if (other.by < one.at) return true
  // Telegram hands over what one account did in that order, whatever happens meanwhile.
  const isOrdered = other.platform === one.platform && (order === 'account' || one.platform === 'telegram')
  return isOrdered && at < i
}

/** The order in which a ballot came about is nobody's business. */
const keyOf = (ballot: readonly number[]): string => ballot.toSorted((a, b) => a - b).join()
