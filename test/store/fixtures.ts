import { test as base } from 'vitest'
import type { Log } from '../../src/base/log.ts'
import { type TestStore, testStore } from './database.ts'
import { quiet } from './quiet.ts'

/** Tests whose file has stores of its own. `storeLog`: where these log. */
export const test = base.extend<{ storeLog: Log; stores: TestStore }>({
  storeLog: [quiet, { scope: 'file' }],
  stores: [
    async ({ storeLog }, use) => {
      const stores = await testStore(storeLog)
      await use(stores)
      await stores.close()
    },
    { scope: 'file' },
  ],
})
