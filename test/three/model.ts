import fc from 'fast-check'
import { BALLOTS, counted, decide, type Wish } from '../../src/polls/domain.ts'
import type { Name } from './side.ts'

/** What the poll should come to, as a map and nothing else. */

/** One account, and whose it is: most people have one, some are known with one on each platform. */
export interface Voter {
  readonly human: string
  readonly on: Name
}

export interface Step {
  /** Which of the accounts. */
  readonly who: number
  /** A press on the post, or a take-back on the private card. */
  readonly wish: Wish
  /** From 0 to 1: an earlier delivery, however old, comes once more in place of it. */
  readonly again: number | undefined
}

const wish = (options: number): fc.Arbitrary<Wish> =>
  fc.oneof(
    { weight: 40, arbitrary: fc.record({ choose: fc.integer({ min: 1, max: options + 1 }) }) },
    { weight: 3, arbitrary: fc.record({ drop: fc.integer({ min: 1, max: options }) }) },
    { weight: 1, arbitrary: fc.constant('drop all' as const) },
  )

/** Always the same steps for the same seed. */
export function stepsOf(seed: number, many: number, { voters, options }: { voters: number; options: number }): readonly Step[] {
  const again = fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }) },
  )
  const step = fc.record({ who: fc.integer({ min: 0, max: voters - 1 }), wish: wish(options), again })
  return fc.sample(step, { seed, numRuns: many })
}

export class Model {
  readonly #ballots = new Map<string, { options: readonly number[]; on: Name }>()
  readonly #rules: { readonly max: number; readonly options: number }

  constructor(rules: { readonly max: number; readonly options: number }) {
    this.#rules = rules
  }

  /** A ballot counts where its person began, whatever they change elsewhere. */
  apply({ human, on }: Voter, wish: Wish): void {
    const before = this.#ballots.get(human)
    if (typeof wish === 'object' && 'choose' in wish && wish.choose > this.#rules.options) return
    const { options, what } = decide(before?.options ?? [], wish, this.#rules)
    if (!before && what === 'nothing to drop') return
    this.#ballots.set(human, { options, on: before?.on ?? on })
  }

  get ballots(): number {
    return this.#ballots.size
  }

  /** By platform (each has one area here) and option: how many. */
  tally(): Record<string, number> {
    const out: Record<string, number> = {}
    for (const { options, on } of this.#ballots.values()) {
      const valid = counted(options, { min: 1 }, new Set())
      for (const option of valid.length > 0 ? [BALLOTS, ...valid] : []) out[`${on} ${option}`] = (out[`${on} ${option}`] ?? 0) + 1
    }
    return out
  }
}
