import { AsyncLocalStorage } from 'node:async_hooks'
import type { Adapter } from '../../src/platform/adapter.ts'
import type { Store } from '../../src/store/open.ts'

/** Sees to it that no platform is called inside a transaction of the store: 8 slow calls would stop the bot. */
export interface Outside {
  /** The same store, whose transactions are known. */
  readonly store: Store
  /** The same adapter; called inside a transaction, it throws. */
  guard<Some extends Adapter>(adapter: Some): Some
  /** Throws if it was called there, though somebody may have swallowed that. */
  check(): void
}

const calls: ReadonlySet<string | symbol> = new Set(['send', 'change', 'isAdmin', 'missing'])

/**
 * In which store's transaction the code at hand runs. One for the whole process: each one more would be looked at for every promise that anybody makes, from then
 * on to the last test.
 */
const inside = new AsyncLocalStorage<Store>()

export function outside(store: Store): Outside {
  const breaches: string[] = []
  const watch =
    (name: string | symbol, call: (...given: unknown[]) => unknown) =>
    (...given: unknown[]): unknown => {
      if (inside.getStore() !== store) return call(...given)
      breaches.push(String(name))
      throw new Error(`A platform was called (${String(name)}) inside a transaction.`)
    }
  return {
    store: { ...store, prisma: knowing(store) },
    guard: <Some extends Adapter>(adapter: Some): Some =>
      new Proxy(adapter, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name)
          if (typeof value !== 'function') return value
          const call = value.bind(target) as (...given: unknown[]) => unknown
          return calls.has(name) ? watch(name, call) : call
        },
      }),
    check() {
      if (breaches.length > 0) throw new Error(`Platforms were called inside a transaction: ${breaches.join(', ')}`)
    },
  }
}

type Begin = (work: unknown, options?: unknown) => Promise<unknown>

function knowing(store: Store): Store['prisma'] {
  return new Proxy(store.prisma, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (name !== '$transaction') return value
      const begin = (value as Begin).bind(target)
      return (work: unknown, options?: unknown) =>
        begin(typeof work === 'function' ? (tx: unknown) => inside.run(store, () => work(tx) as unknown) : work, options)
    },
  })
}
