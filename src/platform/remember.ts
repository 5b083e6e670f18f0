// Adapters remember in memory only what can be asked again or done without, and so much of it as fits: beyond that the oldest is forgotten.

/** Values by their keys; of more than `most` the one that was put in first is forgotten. */
export class RecentMap<Key, Value> extends Map<Key, Value> {
  readonly #most: number

  constructor(most: number) {
    super()
    this.#most = most
  }

  override set(key: Key, value: Value): this {
    super.set(key, value)
    forgetOldest(this, this.#most)
    return this
  }
}

/** Ids, say, that were met; of more than `most` the one that was put in first is forgotten. */
export class RecentSet<Item> extends Set<Item> {
  readonly #most: number

  constructor(most: number) {
    super()
    this.#most = most
  }

  override add(item: Item): this {
    super.add(item)
    forgetOldest(this, this.#most)
    return this
  }
}

function forgetOldest<Key>(kept: { readonly size: number; keys(): Iterable<Key>; delete(key: Key): boolean }, most: number): void {
  if (kept.size <= most) return
  for (const oldest of kept.keys()) {
    kept.delete(oldest)
    return
  }
}

/** Asks for what belongs to a key once, and remembers `most` answers. What rejects is asked anew the next time. */
export function remembering<Value>(most: number, ask: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const known = new RecentMap<string, { readonly value: Value }>(most)
  return async key => {
    const found = known.get(key)
    if (found) return found.value
    const value = await ask(key)
    known.set(key, { value })
    return value
  }
}
