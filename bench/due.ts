import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { announcementsFeature } from '../src/announcements/feature.ts'
import { systemClock, systemIds } from '../src/base/clock.ts'
import { USUAL } from '../src/base/kept.ts'
import type { Log } from '../src/base/log.ts'
import { claim, type Slot } from '../src/delivery/claim.ts'
import type { Deps, Feature } from '../src/feature/feature.ts'
import { createPictures } from '../src/pictures/picture-maker.ts'
import { openStore, type Store } from '../src/store/open.ts'
import { readCatalogues } from '../src/texts/texts.ts'
import { turnAt } from '../test/helpers/turn.ts'
import { broken, end, row, say } from './report.ts'
import { median } from './votes/measure.ts'

/** What finding and doing what is due costs, with ten thousand spaces and a thousand series against ten and ten: `npm run bench:due`. */

const ROUNDS = 120
/** The first rounds warm both up. */
const WARM = 20
/** Spaces of one network, in both. */
const SPACES = 10
/** Posts that were sent already, for each space. */
const HISTORY = 20

const DAY_MS = 86_400_000
const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const slots: readonly Slot[] = [{ platform: 'bench', free: 50, keyed: true, busy: [], paced: [] }]

interface Place {
  readonly stateDir: string
  readonly store: Store
  readonly feature: Feature
  /** Milliseconds of each round. */
  readonly looks: number[]
  readonly turns: number[]
  readonly claims: number[]
}

async function open(networks: number, series: number): Promise<Place> {
  const stateDir = fs.mkdtempSync(path.join(os.tmpdir(), 'moot-due-'))
  const store = await openStore({ stateDir, log: quiet })
  await fill(store, networks, series)
  const deps: Deps = {
    ...{ store: store.prisma, pool: store.pool, clock: systemClock, ids: systemIds, log: quiet },
    texts: readCatalogues([new URL('../src/', import.meta.url)]),
    platform: () => undefined,
    poke: () => {},
    publish: async () => undefined,
    ask: async () => undefined,
    features: () => [],
    troubles: () => [],
    lastBackup: async () => undefined,
    caughtUp: () => true,
    publicUrl: undefined,
    pictures: createPictures(quiet),
    acts: { note: () => {}, lately: () => [], write: async () => {}, end: async () => {} },
    kept: USUAL,
  }
  return { stateDir, store, feature: announcementsFeature(deps), looks: [], turns: [], claims: [] }
}

/** Networks with their spaces, what was posted there and what is still to come, and series whose dates lie ahead. */
async function fill({ prisma }: Store, networks: number, series: number): Promise<void> {
  const [later, past] = [new Date(Date.now() + 7 * DAY_MS), new Date(Date.now() - 7 * DAY_MS)]
  await prisma.$executeRaw`INSERT INTO "Network" ("id", "name") SELECT 'n' || n, 'Network ' || n FROM generate_series(0, ${networks - 1}::int) n`
  await prisma.$executeRaw`
    INSERT INTO "Space" ("id", "networkId", "ref", "platform", "title", "state")
    SELECT 's' || n, 'n' || n / ${SPACES}::int, 'bench:' || n, 'bench', 'Space ' || n, 'joined' FROM generate_series(0, ${networks * SPACES - 1}::int) n`
  await prisma.$executeRaw`
    INSERT INTO "Delivery" ("key", "networkId", "spaceId", "platform", "lane", "subject", "state", "runAt", "dueAt", "message")
    SELECT 'h' || n || '/' || h, 'n' || n / ${SPACES}::int, 's' || n, 'bench', 'bench:' || n, 'announcements_post_h' || h,
      CASE h WHEN 0 THEN 'waiting' ELSE 'sent' END, CASE h WHEN 0 THEN ${later}::timestamptz ELSE ${past}::timestamptz END,
      CASE h WHEN 0 THEN ${later}::timestamptz END, CASE WHEN h > 0 THEN 'bench:m' || n || 'x' || h END
    FROM generate_series(0, ${networks * SPACES - 1}::int) n, generate_series(0, ${HISTORY}::int) h`
  const places = JSON.stringify({ spaces: [], areas: [], platforms: [], audience: 'residents' })
  await prisma.$executeRaw`
    INSERT INTO "AnnouncementSeries" ("id", "networkId", "words", "places", "rule", "start", "zone", "except", "doneTo", "nextAt", "dueAt", "changedAt")
    SELECT 'r' || n, 'n' || n % ${networks}::int, 'Tea at ten', ${places}::jsonb, 'FREQ=DAILY', '2026-01-05T10:00', 'Europe/London', '{}',
      ${past}::timestamptz, ${later}::timestamptz, ${later}::timestamptz, ${past}::timestamptz
    FROM generate_series(0, ${series - 1}::int) n`
  await prisma.lease.create({ data: { platform: 'bench', owner: 'bench', place: 'here', pid: process.pid, session: 'bench' } })
  await prisma.$executeRawUnsafe('VACUUM ANALYZE')
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** All that the feature does at its time. */
async function goesOff(feature: Feature, now: Date): Promise<void> {
  for (const alarm of feature.alarms) await alarm.run(turnAt(now))
}

/** A look where nothing is due; then one series is due and its posts are claimed. */
async function round({ store, feature, looks, turns, claims }: Place, n: number): Promise<void> {
  const { prisma } = store
  const now = new Date()
  const look = async (): Promise<void> => {
    await goesOff(feature, now)
    await claim(prisma, slots, 'bench', now, 60_000)
  }
  looks.push(await took(look))
  // Its last date was a minute ago, by a rule of its own.
  const start = new Date(now.getTime() - 60_000).toISOString().slice(0, 16)
  const due = { zone: 'UTC', start, doneTo: new Date(now.getTime() - 3_600_000), dueAt: now, nextAt: now }
  await prisma.announcementSeries.update({ where: { id: `r${n % 10}` }, data: due })
  turns.push(await took(() => goesOff(feature, now)))
  let taken = 0
  claims.push(
    await took(async () => {
      taken = (await claim(prisma, slots, 'bench', now, 60_000)).rows.length
    }),
  )
  if (taken !== SPACES) throw new Error(`A date was to be posted in ${SPACES} spaces, and ${taken} posts were claimed.`)
  await prisma.$executeRaw`UPDATE "Delivery" SET "state" = 'sent', "dueAt" = NULL, "leaseBy" = NULL, "message" = 'bench:' || "id" WHERE "leaseBy" = 'bench'`
  await prisma.announcementSeries.update({ where: { id: `r${n % 10}` }, data: { dueAt: new Date(now.getTime() + DAY_MS) } })
  await prisma.announcement.deleteMany({ where: { seriesId: `r${n % 10}` } })
}

function compare(what: string, few: readonly number[], many: readonly number[]): void {
  const [a, b] = [median(few.slice(WARM)), median(many.slice(WARM))]
  row(`${what} (${a.toFixed(2)} to ${b.toFixed(2)} ms)`, (b / a).toFixed(2), 'at most 1.3', b / a <= 1.3)
}

async function main(): Promise<void> {
  const [few, many] = [await open(1, 10), await open(1_000, 1_000)]
  try {
    say('10 spaces and 10 series against 10,000 spaces and 1,000 series, in turns:')
    // In changing order, so that neither always comes first.
    for (let n = 0; n < ROUNDS; n += 1) for (const place of n % 2 ? [few, many] : [many, few]) await round(place, n)
    compare('looking for what is due, and nothing is', few.looks, many.looks)
    compare('making the posts of one date that is due', few.turns, many.turns)
    compare('claiming those posts for delivery', few.claims, many.claims)
  } finally {
    for (const { store, stateDir } of [few, many]) {
      await store.close()
      fs.rmSync(stateDir, { recursive: true, force: true })
    }
  }
  end()
}

main().catch(broken)
