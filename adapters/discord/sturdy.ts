import { type Client, type IShardingStrategy, SimpleShardingStrategy } from 'discord.js'
import type { Frames } from '../../src/platform/frames.ts'

// discord.js 14.28 makes objects of all that the gateway tells, and throws at a `null` where it expects none. Nobody hears that: it comes out of a promise
// that is not waited for, or out of a timer, and ends the process. So both places where it takes something in are wrapped here; it has no option for that.
// Their names are its own: another version is tried by test/adapters/discord/frames.test.ts.

type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0]

/** For the client's options. A frame that cannot be taken in is passed over, and the connection goes on. */
export const sturdyStrategy =
  (frames: Frames) =>
  (manager: Manager): IShardingStrategy =>
    new SturdyStrategy(manager, frames)

class SturdyStrategy extends SimpleShardingStrategy {
  readonly #frames: Frames

  constructor(manager: Manager, frames: Frames) {
    super(manager)
    this.#frames = frames
  }

  override async spawn(ids: number[]): Promise<void> {
    await super.spawn(ids)
    const shards: ReadonlyMap<number, object> = Reflect.get(this, 'shards')
    for (const shard of shards.values()) wrap(shard, 'onMessage', cause => this.#frames.odd(cause))
  }
}

/** What came before the client was ready is taken in later, by a timer. */
export const makeSturdy = ({ ws }: Client, frames: Frames): void => wrap(ws, 'handlePacket', (cause, [packet]) => frames.odd(cause, packet))

/** What the method throws or rejects with goes to `odd`. */
function wrap(owner: object, name: string, odd: (cause: unknown, given: readonly unknown[]) => void): void {
  const own: unknown = Reflect.get(owner, name)
  if (typeof own !== 'function') throw new Error(`discord.js has no ${name} any more.`)
  Reflect.set(owner, name, (...given: readonly unknown[]): unknown => {
    try {
      const made: unknown = Reflect.apply(own, owner, given)
      return made instanceof Promise ? made.catch((cause: unknown) => odd(cause, given)) : made
    } catch (cause) {
      odd(cause, given)
      return undefined
    }
  })
}
