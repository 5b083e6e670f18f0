import { setTimeout as wait } from 'node:timers/promises'
import type { Field, Side } from './field.ts'

/** Presses under way: one after the other on each platform, until `stop`. */
export interface Pressing {
  /** From the press to its answer, in milliseconds, of all that were made: by platform. Throws where somebody was not answered. */
  stop(): Promise<ReadonlyMap<string, readonly number[]>>
}

/** Between two presses on one platform. */
const everyMs = 100
const patienceMs = 10_000

let turn = 0

/** People press all the time, each the next button. */
export function startPressing({ sides, poll }: Field): Pressing {
  let isOver = false
  turn += 1
  const mine = turn
  const all = sides.map(async side => {
    const made = new Map<string, number>()
    for (let i = 0; !isOver; i += 1) {
      const person = side.people[i % side.people.length] ?? ''
      const at = Date.now()
      const token = `polls_v_${poll}_${1 + ((i + mine) % 3)}`
      const [one] = await side.platform.press([{ person, on: side.post, token }])
      made.set(one?.key ?? '', at)
      await wait(Math.max(0, at + everyMs - Date.now()))
    }
    return [side.platform.name, await waitsOf(side, made)] as const
  })
  return {
    async stop() {
      isOver = true
      return new Map(await Promise.all(all))
    },
  }
}

async function waitsOf({ platform }: Side, made: Map<string, number>): Promise<readonly number[]> {
  const waits: number[] = []
  for (const began = Date.now(); made.size > 0; await wait(50)) {
    if (Date.now() - began > patienceMs) throw new Error(`${made.size} presses on ${platform.name} were not answered.`)
    for (const { key, answer, isFailed } of await platform.told([...made.keys()])) {
      const at = made.get(key)
      if (at === undefined || !(answer || isFailed)) continue
      if (answer) waits.push(answer.at - at)
      else throw new Error(`A press on ${platform.name} failed.`)
      made.delete(key)
    }
  }
  return waits
}
