import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestStore, testStore } from './database.ts'

let stores: TestStore
beforeAll(async () => {
  stores = await testStore()
})
afterAll(() => stores.close())

test('work on a busy store begins late and takes long, and is done all the same', async () => {
  const { prisma, pool } = stores.store
  // Longer than Prisma waits by itself: two seconds for a connection, five for the end.
  const busy = Array.from({ length: pool.options.max }, () => pool.query('SELECT pg_sleep(2.2)'))
  const id = await prisma.$transaction(async tx => {
    const { id } = await tx.seen.create({ data: { id: 'late and long', day: new Date(0) } })
    await tx.$queryRaw`SELECT pg_sleep(5.1)::text`
    await tx.seen.update({ where: { id }, data: { day: new Date(86_400_000) } })
    return id
  })
  await Promise.all(busy)
  expect(await prisma.seen.findUnique({ where: { id }, select: { day: true } })).toEqual({ day: new Date(86_400_000) })
})
