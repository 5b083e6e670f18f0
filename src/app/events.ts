import type { EventName, Events, QuestionName, Questions } from '../feature/events.ts'
import type { Deps, Feature } from '../feature/feature.ts'
import type { Alarm } from '../runtime/alarm.ts'
import { Prisma } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'

/** How features meet: what has happened reaches all who listen, a question reaches the one who owns it. */

/** How many events are heard in one turn; the next turn follows at once. */
const MOST = 200

/** Writes one row for each feature that listens: with the commit of what happened, or not at all. */
export async function publish<Name extends EventName>(
  tx: Tx,
  features: readonly Feature[],
  name: Name,
  event: Events[Name],
  now: Date,
): Promise<void> {
  const listeners = features.filter(feature => feature.listens[name] !== undefined)
  if (listeners.length === 0) return
  const row = { event: name, networkId: event.networkId, data: { ...event }, publishedAt: now }
  await tx.published.createMany({ data: listeners.map(({ name: listener }) => ({ ...row, listener })) })
}

/** Asks the feature that owns a question; undefined where none does. Throws where two say that they do. */
export async function askOwner<Name extends QuestionName>(
  tx: Tx,
  features: readonly Feature[],
  name: Name,
  asked: Questions[Name]['asked'],
): Promise<Questions[Name]['answer'] | undefined> {
  const [owner, ...more] = features.flatMap(feature => feature.answers[name] ?? [])
  if (more.length > 0) throw new Error(`More than one feature answers “${name}”.`)
  return owner?.(tx, asked)
}

/** Lets every listener hear what waits for it, oldest first, each in a transaction of its own. One that fails is tried again, and keeps no other waiting. */
export function hearing({ store, log }: Pick<Deps, 'store' | 'log'>, features: readonly Feature[]): Alarm {
  return {
    ...{ name: 'hear-events', trouble: 'app-alarm-events' },
    when: { at: resting => Prisma.sql`SELECT to_timestamp(0) FROM "Published" WHERE "id"::text <> ALL (${[...resting]}::text[]) LIMIT 1` },
    async run(turn) {
      const waiting = await store.published.findMany({
        where: { id: { notIn: turn.resting.map(BigInt) } },
        orderBy: { id: 'asc' },
        take: MOST,
      })
      const rows = waiting.map(row => ({ ...row, id: String(row.id), title: '' }))
      await turn.each(rows, row => store.$transaction(tx => hear(tx, row)))
    },
  }

  async function hear(tx: Tx, { id, event, listener, data }: Waiting): Promise<void> {
    // Taken away with what the listener does: of two that come for it, one finds it.
    const taken = await tx.published.deleteMany({ where: { id: BigInt(id) } })
    if (taken.count === 0) return
    const heard = features.find(feature => feature.name === listener)?.listens[event as EventName]
    // We wrote the data ourselves, in the shape of its event.
    if (heard) await (heard as (tx: Tx, event: unknown) => Promise<void>)(tx, data)
    else log.warn({ event, listener }, 'Nobody listens any more to something that has happened; it is forgotten')
  }
}

interface Waiting {
  readonly id: string
  readonly event: string
  readonly listener: string
  readonly data: unknown
}
