import type { Ref } from './adapter.ts'

/**
 * The parts of an address, by the names of the groups in `pattern`; one that is not in it is left out. `what`: what it should be the address of.
 * @throws Error for an address that is not so: it was not made by this adapter, or is another thing's
 */
export function partsOf(ref: Ref<string>, pattern: RegExp, what: string): Readonly<Partial<Record<string, string>>> {
  const found = pattern.exec(ref)
  if (!found) throw new Error(`Not the address of ${what}.`, { cause: { ref } })
  return found.groups ?? {}
}
