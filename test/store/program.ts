// A program that opens a store and then does what it is told, one word a line: for tests that kill it, or run it as another
// user. Run as: node --import tsx program.ts '{"stateDir":"…"}'. It answers in JSON lines.
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { openStore, type Store } from '../../src/store/open.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { quiet } from './quiet.ts'

const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)

const commands: Readonly<Record<string, (store: Store) => Promise<object>>> = {
  write: async store => {
    const row = await store.prisma.seen.create({ data: { id: `row ${process.hrtime.bigint()}`, day: new Date(0) } })
    return { written: row.id }
  },
  close: async store => {
    await store.close()
    return { closed: true }
  },
}

try {
  const began = performance.now()
  const store = await openStore({ log: quiet, ...JSON.parse(process.argv[2] ?? '{}') })
  const took = Math.round(performance.now() - began)
  say({ opened: store.kind, applied: store.applied, took })
  for await (const line of createInterface({ input: process.stdin })) say((await commands[line]?.(store)) ?? {})
} catch (error) {
  if (!(error instanceof StoreError)) throw error
  say({ refused: error.message })
}
