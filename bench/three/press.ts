import { cpuOf, treeCpu } from '../votes/measure.ts'
import { type Contestant, until } from './field.ts'
import type { Name, Tap } from './remote.ts'

/** How one run went: answers a second; CPU in milliseconds a vote, of the program and of its PostgreSQL. */
export interface Run {
  readonly rate: number
  readonly cpu: number
  readonly storeCpu: number
}

export type Presses = Readonly<Partial<Record<Name, readonly Tap[]>>>

/** Makes these presses at once, each on its platform, and waits for the last answer, for at most a minute. */
export async function press({ name, program, sides, storePid }: Contestant, presses: Presses): Promise<Run> {
  const all = Object.entries(presses).map(([platform, taps]) => ({ taps, remote: sides[platform as Name].remote }))
  const froms = await Promise.all(all.map(({ remote }) => remote.answered()))
  const count = all.reduce((sum, { taps }) => sum + taps.length, 0)
  const [cpu, storeCpu, began] = [cpuOf(program.pid), treeCpu(storePid()), performance.now()]
  const each = all.map(async ({ remote, taps }, i) => {
    await remote.press(taps)
    const isDone = async (): Promise<boolean> => (await remote.answered()) >= (froms[i] ?? 0) + taps.length
    await until(isDone, `${name} to answer ${taps.length} presses on ${remote.name}; it last said: ${program.said.at(-1) ?? 'nothing'}`)
  })
  await Promise.all(each)
  return {
    rate: (count / (performance.now() - began)) * 1000,
    cpu: (cpuOf(program.pid) - cpu) / count,
    storeCpu: (treeCpu(storePid()) - storeCpu) / count,
  }
}
