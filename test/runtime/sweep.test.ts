import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Kind, keptMs, USUAL } from '../../src/base/kept.ts'
import { leftFor } from '../../src/kit/left.ts'
import { sweep } from '../../src/runtime/sweep.ts'
import type { Store } from '../../src/store/open.ts'
import { sentence } from '../../src/view/make.ts'
import { type TestStore, testStore } from '../store/database.ts'

const DAY = 86_400_000
const NOW = new Date('2028-03-01T12:00:00Z')
const VIEW = JSON.parse(JSON.stringify(sentence('en', 'You need a ramp.')))

let stores: TestStore
let store: Store
beforeAll(async () => {
  stores = await testStore()
})
afterAll(() => stores.close())
beforeEach(async () => {
  store = await stores.fresh()
  const { prisma } = store
  await prisma.network.create({ data: { id: 'n', name: 'Ancoats' } })
  await prisma.person.create({ data: { id: 'p', networkId: 'n', name: 'Jo' } })
  await prisma.space.create({ data: { id: 's', networkId: 'n', ref: 'chat:s', platform: 'chat', title: 'Ardwick', state: 'joined' } })
})

const ago = (ms: number): Date => new Date(NOW.getTime() - ms)

type Row = NonNullable<Parameters<Store['prisma']['delivery']['createMany']>[0]>['data'] extends infer Data
  ? Extract<Data, readonly unknown[]>[number]
  : never

/** A row of the outbox that was to be sent then, and is done with. */
function delivery(key: string, at: Date, more: Partial<Row>): Row {
  return { key, networkId: 'n', platform: 'chat', lane: 'chat', subject: 'x', runAt: at, dueAt: null, ...more }
}
const toJo = (key: string, at: Date, more: Partial<Row> = {}): Row => delivery(key, at, { personRef: 'chat:@jo', ...more })
const inChat = (key: string, at: Date, more: Partial<Row> = {}): Row => delivery(key, at, { spaceId: 's', ...more })

/** A row of every kind, at an age: a day (of three questions, a minute) under its limit, or over. */
async function plant(name: string, age: (kind: Kind) => Date): Promise<void> {
  const { prisma } = store
  await prisma.draft.create({ data: { id: name, networkId: 'n', personId: 'p', feature: 'polls', data: {}, updatedAt: age('drafts') } })
  const expiresAt = new Date(age('questions').getTime() + keptMs('questions'))
  await prisma.asking.create({ data: { identityRef: name, place: 'private', form: {}, answers: { needs: 'a ramp' }, step: 1, expiresAt } })
  await prisma.waiting.create({ data: { id: name, identityRef: 'chat:@jo', view: VIEW, createdAt: age('waiting') } })
  await prisma.seen.create({ data: { id: name, day: age('answers'), replies: [{ kind: 'say', view: VIEW }] } })
  await prisma.joinCode.create({ data: { hash: name, networkId: 'n', expiresAt: age('codes') } })
  await prisma.invitation.create({ data: { hash: name, networkName: 'Ancoats', role: 'coordinator', expiresAt: age('codes') } })
  await prisma.delivery.createMany({
    data: [
      ...(['sent', 'failed', 'missed', 'gone', 'unsure', 'removed'] as const).map(state =>
        toJo(`${name} private ${state}`, age('private'), { state, view: VIEW }),
      ),
      toJo(`${name} private waiting`, age('private'), { view: VIEW, dueAt: NOW }),
      toJo(`${name} private in doubt`, age('private'), { view: VIEW, dueAt: NOW, sendingAt: age('private') }),
      inChat(`${name} words sent`, age('posts'), { state: 'sent', view: VIEW, message: `chat:${name}` }),
      inChat(`${name} words failed`, age('posts'), { state: 'failed', view: VIEW }),
      ...(['failed', 'missed', 'gone', 'unsure', 'removed'] as const).map(state => inChat(`${name} ${state}`, age('records'), { state })),
      inChat(`${name} stands`, age('records'), { state: 'sent', message: `chat:${name}-stands` }),
      inChat(`${name} waits`, age('records'), { state: 'waiting', view: VIEW, dueAt: NOW }),
    ],
  })
}

async function whatIsThere(): Promise<Readonly<Record<string, readonly string[]>>> {
  const { prisma } = store
  const rows = await prisma.delivery.findMany({ orderBy: { key: 'asc' } })
  return {
    drafts: (await prisma.draft.findMany()).map(row => row.id),
    questions: (await prisma.asking.findMany()).map(row => row.identityRef),
    waiting: (await prisma.waiting.findMany()).map(row => row.id),
    answers: (await prisma.seen.findMany()).map(row => row.id),
    codes: (await prisma.joinCode.findMany()).map(row => row.hash),
    invitations: (await prisma.invitation.findMany()).map(row => row.hash),
    rows: rows.map(row => row.key),
    words: rows.filter(row => row.view !== null).map(row => row.key),
  }
}

const YOUNG = {
  drafts: ['young'],
  questions: ['young'],
  waiting: ['young'],
  answers: ['young'],
  codes: ['young'],
  invitations: ['young'],
}

describe('the sweep', () => {
  test('of every kind the old ones go, and only these: a day under, a day over', async () => {
    await plant('young', kind => ago(keptMs(kind) - (kind === 'questions' ? 60_000 : DAY)))
    await plant('old', kind => ago(keptMs(kind) + (kind === 'questions' ? 60_000 : DAY)))
    expect(await sweep(store.prisma, NOW)).toBe(false)
    expect(await whatIsThere()).toEqual({
      ...YOUNG,
      rows: [
        ...['old stands', 'old waits', 'old words failed', 'old words sent'],
        ...['failed', 'gone', 'missed'].map(state => `young ${state}`),
        ...['failed', 'gone', 'in doubt', 'missed', 'removed', 'sent', 'unsure', 'waiting'].map(state => `young private ${state}`),
        ...['young removed', 'young stands', 'young unsure', 'young waits', 'young words failed', 'young words sent'],
      ],
      // What was sent in private has no words left at any age; what may still be sent, or looked at, has.
      words: [
        'old waits',
        ...['failed', 'gone', 'in doubt', 'missed', 'removed', 'unsure', 'waiting'].map(state => `young private ${state}`),
        ...['young waits', 'young words failed', 'young words sent'],
      ],
    })
    expect(await sweep(store.prisma, NOW)).toBe(false)
  })

  test('the settings of the operator count', async () => {
    const { prisma } = store
    const at = ago(40 * DAY)
    await prisma.draft.create({ data: { id: 'd', networkId: 'n', personId: 'p', feature: 'polls', data: {}, updatedAt: at } })
    await prisma.delivery.createMany({ data: [toJo('private', at, { state: 'sent' }), inChat('words', at, { state: 'sent', view: VIEW })] })
    await sweep(prisma, NOW, { KEEP_DRAFTS_DAYS: 41, KEEP_PRIVATE_DAYS: 41, KEEP_POSTS_DAYS: 41 })
    expect(await whatIsThere()).toMatchObject({ drafts: ['d'], rows: ['private', 'words'], words: ['words'] })
    await sweep(prisma, NOW, { KEEP_DRAFTS_DAYS: 39, KEEP_PRIVATE_DAYS: 39, KEEP_POSTS_DAYS: 39 })
    expect(await whatIsThere()).toMatchObject({ drafts: [], rows: ['words'], words: [] })
    expect(USUAL).toEqual({ KEEP_DRAFTS_DAYS: 90, KEEP_PRIVATE_DAYS: 30, KEEP_POSTS_DAYS: 90 })
  })

  test('much is swept in batches, each a short statement, and it says whether more is left', async () => {
    const { prisma } = store
    const at = ago(100 * DAY)
    const many = Array.from({ length: 2_500 }, (_, i) => i)
    await prisma.draft.createMany({
      data: many.map(i => ({
        id: `d${i}`,
        networkId: 'n',
        personId: 'p',
        feature: 'polls',
        data: {},
        updatedAt: new Date(at.getTime() + i),
      })),
    })
    expect(await sweep(prisma, NOW)).toBe(true)
    const left = await prisma.draft.findMany({ orderBy: { updatedAt: 'asc' }, select: { id: true } })
    expect([left.length, left[0]?.id]).toEqual([500, 'd2000'])
    expect(await sweep(prisma, NOW)).toBe(false)
    expect(await prisma.draft.count()).toBe(0)
  })

  test('what somebody has in hand is passed over, and nobody waits for anybody', async () => {
    const { prisma, pool } = store
    const at = ago(100 * DAY)
    await prisma.draft.createMany({
      data: ['held', 'free'].map(id => ({ id, networkId: 'n', personId: 'p', feature: 'polls', data: {}, updatedAt: at })),
    })
    const lease = { leaseBy: 'a process', dueAt: NOW, view: VIEW }
    await prisma.delivery.createMany({
      data: [
        toJo('under way', at, { ...lease, leaseUntil: new Date(NOW.getTime() + 1_000) }),
        toJo('of a process that died', at, { ...lease, leaseUntil: ago(1_000) }),
      ],
    })
    const held = await pool.connect()
    await held.query(`BEGIN; SELECT 1 FROM "Draft" WHERE "id" = 'held' FOR UPDATE`)
    await sweep(prisma, NOW)
    await held.query('COMMIT')
    held.release()
    expect(await whatIsThere()).toMatchObject({ drafts: ['held'], rows: ['under way'] })
  })

  test('each batch is found by an index, however much else there is', async () => {
    const { pool } = store
    await pool.query(
      `
      INSERT INTO "Delivery" ("key", "networkId", "spaceId", "platform", "lane", "subject", "state", "message", "runAt", "dueAt")
      SELECT 'post ' || i, 'n', 's', 'chat', 'chat', 'x', 'sent', 'chat:' || i, $1::timestamptz - i * interval '1 minute', NULL FROM generate_series(1, 20000) i`,
      [NOW],
    )
    await pool.query(`INSERT INTO "Seen" SELECT 'seen ' || i, $1::date, NULL FROM generate_series(1, 20000) i`, [NOW])
    await pool.query('ANALYZE')
    const read = await store.prisma.$transaction(async tx => {
      await sweep(tx, NOW)
      return tx.$queryRaw`SELECT relname::text AS name, seq_tup_read::int AS read FROM pg_stat_xact_user_tables WHERE relname IN ('Delivery', 'Seen') ORDER BY 1`
    })
    expect(read).toEqual([
      { name: 'Delivery', read: 0 },
      { name: 'Seen', read: 0 },
    ])
  })
})

test('what was left for a coordinator goes an hour later, long before a draft of theirs', async () => {
  const { prisma } = store
  await prisma.draft.deleteMany()
  const ago = (ms: number): Date => new Date(NOW.getTime() - ms)
  const row = (id: string, feature: string, updatedAt: Date) => ({ id, networkId: 'n', personId: 'p', feature, data: {}, updatedAt })
  await prisma.draft.createMany({
    data: [
      row('left lately', leftFor('polls'), ago(keptMs('left') - 60_000)),
      row('left', leftFor('polls'), ago(keptMs('left') + 60_000)),
      row('own', 'polls', ago(keptMs('left') + 60_000)),
    ],
  })
  await sweep(prisma, NOW)
  expect((await whatIsThere())['drafts']?.toSorted()).toEqual(['left lately', 'own'])
  await prisma.draft.deleteMany()
})
