import { setTimeout as wait } from 'node:timers/promises'
import { EVERYWHERE } from '../../src/kit/audience.ts'
import type { Stage } from '../stage.ts'
import type { Platform } from './platform.ts'
import type { Scene } from './rounds.ts'

/**
 * A random moment; often one in which a post or an edit has just gone out on one of the platforms, and nobody has heard yet how it ended. For a post a
 * new poll is made there. Where the bot took long to start (`startMs`), it gets longer to do something.
 */
export async function momentToKill(scene: Scene, name: string, startMs: number): Promise<void> {
  const { chance: luck, sides } = scene
  const kind = luck.next()
  const what = kind < 0.45 ? 'sends' : kind < 0.6 ? 'edits' : undefined
  await wait(luck.between(0.1, 1) * Math.min(Math.max(startMs, 2_000), 5_000))
  if (!what) return
  const { platform } = luck.pick(sides)
  const from = (await platform.counts())[what]
  if (what === 'sends') await smallPolls(scene, name, platform)
  const isMore = async () => (await platform.counts())[what] > from
  await until(isMore, what, 3_000).catch(() => undefined)
  await wait(luck.between(0, 25))
}

/** Two polls for one chat each, that soon close by themselves. */
export async function smallPolls({ stage, sides, chance: luck }: Scene, name: string, on?: Platform): Promise<void> {
  for (const letter of ['A', 'B']) {
    const { platform } = on ? { platform: on } : luck.pick(sides)
    const there = [...stage.spaces].filter(([ref]) => ref.startsWith(`${platform.name}:`)).map(([, id]) => id)
    const settings: Parameters<Stage['poll']>[0] = {
      question: `${letter}${name}: what next?`,
      options: ['Sooner', 'Later', 'Never'],
      ...{ secret: luck.below(2) === 0, min: 1, max: 1 + luck.below(2) },
      closesAt: new Date(Date.now() + luck.between(4_000, 9_000)).toISOString(),
      places: { ...EVERYWHERE, spaces: [luck.pick(there)] },
    }
    await insist(() => stage.poll(settings))
  }
}

/** @throws Error when it is not so within so many milliseconds */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, withinMs: number): Promise<void> {
  for (const since = Date.now(); !(await isSo()); ) {
    if (Date.now() - since > withinMs) throw new Error(`Waited ${withinMs} ms for ${what}.`)
    await wait(10)
  }
}

/** Through a restart of PostgreSQL. */
export async function insist<T>(action: () => Promise<T>): Promise<T> {
  for (let left = 300; ; left--) {
    try {
      return await action()
    } catch (cause) {
      if (left === 0) throw cause
      await wait(100)
    }
  }
}
