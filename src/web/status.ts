import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono, type MiddlewareHandler } from 'hono'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Metric } from '../feature/parts.ts'
import type { PlatformStatus } from '../platform/adapter.ts'
import type { Alarms } from '../runtime/alarms.ts'
import type { PrismaClient } from '../store/generated/client.ts'

/** The operator's door: `/healthz` and `/metrics`, on this computer only and apart from all pages. Nothing in it names a person, a chat or a text. */
export interface Status {
  readonly port: number
  event(platform: string, kind: string): void
  unread(platform: string): void
  close(): Promise<void>
}

export interface StatusOptions {
  readonly port: number
  readonly store: PrismaClient
  /** What becomes of each platform; `standby` where another process has it. */
  states(): ReadonlyMap<string, PlatformStatus | 'standby'>
  readonly alarms: Pick<Alarms, 'age' | 'troubles' | 'failures'>
  /** What the features count. */
  readonly metrics: readonly Metric[]
}

/** A process that does its work, or waits to take over, is well. */
const well: ReadonlySet<PlatformStatus | 'standby'> = new Set(['up', 'behind', 'standby'])

const ownNames = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i

/** A page elsewhere that makes its own name point at this computer is told apart by the name that it asks for. */
const onlyThisComputer: MiddlewareHandler = async (context, next) =>
  ownNames.test(context.req.header('host') ?? '') ? next() : context.text('Ask for 127.0.0.1 or localhost.', 421)
/** A process that has not looked for what is due for so long does nothing at its time. */
const STANDS_MS = 10_000

/** Rejects when the port is taken. */
export async function openStatus(o: StatusOptions): Promise<Status> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const events = new Counter({
    name: 'folkmoot_events_total',
    help: 'What people did, by platform and kind',
    labelNames: ['platform', 'kind'],
    registers: [registry],
  })
  const unread = new Counter({
    name: 'folkmoot_frames_unread_total',
    help: 'What a platform sent that could not be read, by platform',
    labelNames: ['platform'],
    registers: [registry],
  })
  const platforms = new Gauge({
    name: 'folkmoot_platform_up',
    help: '1 while a platform is connected and caught up',
    labelNames: ['platform'],
    registers: [registry],
  })
  const held = new Gauge({
    name: 'folkmoot_platform_held',
    help: '1 while this process runs a platform, 0 while it stands by for another one that does',
    labelNames: ['platform'],
    registers: [registry],
  })
  const deliveries = new Gauge({
    name: 'folkmoot_deliveries',
    help: 'Rows of the outbox by state',
    labelNames: ['state'],
    registers: [registry],
  })
  const alarms = watchAlarms(registry, o.alarms)
  for (const metric of o.metrics) watchMetric(registry, metric)
  const app = new Hono()
  app.use(onlyThisComputer)
  app.get('/healthz', async context => {
    const store = await o.store.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    )
    const states = o.states()
    const goes = (o.alarms.age() ?? 0) < STANDS_MS
    const ok = store && goes && [...states.values()].some(state => well.has(state))
    const said = { ok, store: store ? 'up' : 'down', clock: goes ? 'goes' : 'stands', platforms: Object.fromEntries(states) }
    return context.json(said, ok ? 200 : 503)
  })
  app.get('/metrics', async context => {
    for (const [name, state] of o.states()) {
      platforms.set({ platform: name }, state === 'up' ? 1 : 0)
      held.set({ platform: name }, state === 'standby' ? 0 : 1)
    }
    const rows = await o.store.delivery.groupBy({ by: ['state'], _count: { _all: true } })
    alarms()
    deliveries.reset()
    for (const row of rows) deliveries.set({ state: row.state }, row._count._all)
    return context.text(await registry.metrics(), 200, { 'content-type': registry.contentType })
  })
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(o.port, '127.0.0.1', () => resolve())
  })
  return {
    port: (server.address() as AddressInfo).port,
    event: (platform, kind) => events.inc({ platform, kind }),
    unread: platform => unread.inc({ platform }),
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

function watchMetric(registry: Registry, { name, help, read }: Metric): void {
  new Gauge({
    ...{ name: `folkmoot_${name}`, help, registers: [registry] },
    async collect() {
      this.set(await read())
    },
  })
}

/** Counts what was due and failed. Returns how to bring the numbers up to date. */
function watchAlarms(registry: Registry, alarms: StatusOptions['alarms']): () => void {
  const registers = [registry]
  const failures = new Counter({
    ...{ name: 'folkmoot_alarm_failures_total', help: 'How often something that was due could not be done, by its name' },
    ...{ labelNames: ['alarm'], registers },
  })
  const resting = new Gauge({
    ...{ name: 'folkmoot_alarm_troubles', help: 'How many things that were due wait for their next try after a failure, by name' },
    ...{ labelNames: ['alarm'], registers },
  })
  const age = new Gauge({ name: 'folkmoot_tick_age_seconds', help: 'Since when nobody has looked for what is due', registers })
  return () => {
    failures.reset()
    for (const [alarm, n] of alarms.failures()) failures.inc({ alarm }, n)
    resting.reset()
    for (const { alarm } of alarms.troubles()) resting.inc({ alarm })
    age.set((alarms.age() ?? 0) / 1000)
  }
}
