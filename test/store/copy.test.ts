import { expect, test } from 'vitest'
import { listTables, reading, readRows } from '../../src/store/copy.ts'
import { testStore } from './database.ts'

test('pictures are copied a few at a time: all of them together need not fit into memory', async () => {
  const { store, close } = await testStore()
  await store.prisma.network.create({ data: { id: 'n', name: 'Ancoats' } })
  const picture = (id: string) => ({ id, networkId: 'n', mime: 'image/png', name: 'x.png', about: 'x', bytes: new Uint8Array([0, 255]) })
  await store.prisma.picture.createMany({ data: ['1', '2', '3', '4', '5', '6'].map(picture) })
  const portions = await reading(store.pool, async client => {
    const table = (await listTables(client)).find(({ name }) => name === 'Picture')
    const sizes: number[] = []
    if (table) for await (const rows of readRows(client, table)) sizes.push(rows.length)
    return sizes
  })
  expect(portions).toEqual([4, 2])
  await close()
})
