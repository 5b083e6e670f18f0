import type { App } from '../app/app.ts'
import type { Deps } from '../feature/feature.ts'
import type { Adapter } from '../platform/adapter.ts'
import type { Alarm } from '../runtime/alarm.ts'
import type { Texts } from '../texts/texts.ts'
import { QUIET } from './sample.ts'
import { createActing, Unexpected } from './sample-acts.ts'
import { PARTS } from './sample-parts.ts'

/**
 * Brings the sample network to life, once, beside all else that the bot does: made-up neighbours and the coordinator do there what people do, by the bot's own
 * ways. Whatever cuts it off, the next try goes through all of it again: what was done counts once.
 */

/** What was begun longer ago is left as it is: the bot has forgotten by then which of it was done. */
const GOES_ON_MS = 2 * 86_400_000

export interface SampleLife {
  readonly alarm: Alarm
  /** Lets go of it before the next tap. */
  stop(): void
}

interface Given {
  readonly deps: Pick<Deps, 'store' | 'clock' | 'log'>
  readonly app: Pick<App, 'receive'>
  readonly adapter: Adapter
  readonly texts: Texts
  /** Whether the platform may be acted for at this moment. */
  readonly isOurs: () => boolean
}

class Stopped extends Error {}

export function sampleLife({ deps: { store, clock, log }, app, adapter, texts, isOurs }: Given): SampleLife {
  let isDone = false
  let isStopped = false

  async function live(networkId: string): Promise<void> {
    const actAs = createActing({
      ...{ adapter, clock, networkId },
      receive(inbound) {
        if (isStopped) throw new Stopped()
        return app.receive(adapter, inbound, undefined, isOurs)
      },
    })
    for (const part of PARTS) {
      try {
        await part({ actAs, texts, now: clock.now() })
      } catch (cause) {
        // Somebody has paused the network, or taken something away meanwhile: the rest of that part is left out.
        if (!(cause instanceof Unexpected)) throw cause
        log.info({ why: cause.message }, 'A part of the sample network was left out')
      }
    }
  }

  async function run(): Promise<void> {
    const begun = await store.fact.findUnique({ where: { name: QUIET } })
    const network = await store.network.findFirst({ where: { sample: true, state: 'active' } })
    if (begun && network && clock.now().getTime() - begun.at.getTime() < GOES_ON_MS) await live(network.id)
    await store.fact.deleteMany({ where: { name: QUIET } })
    isDone = true
  }

  return {
    alarm: {
      ...{ name: 'fill-sample', trouble: 'network-alarm-sample', isLong: true },
      when: { asked: () => !isDone && !isStopped && isOurs() },
      async run() {
        try {
          await run()
        } catch (cause) {
          if (!(cause instanceof Stopped)) throw cause
        }
      },
    },
    stop() {
      isStopped = true
    },
  }
}
