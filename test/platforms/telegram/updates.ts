import type { Update } from '@grammyjs/types'
import { conflict, type Refusal } from './refusal.ts'

export type UpdateKind = Exclude<keyof Update, 'update_id'>

/** Telegram gives these only to a bot that names them in allowed_updates. */
const onlyWhenAsked: ReadonlySet<string> = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
const dayMs = 24 * 60 * 60 * 1000

interface Kept {
  readonly at: number
  /** By which it is confirmed, whatever the update itself says. */
  readonly number: number
  readonly update: Update
}

interface Waiting {
  readonly limit: number
  readonly done: (answer: Update[] | Refusal) => void
}

/** The updates that wait for the bot. They live here, at the platform's side, so a restart of the bot loses none. */
export class Updates {
  readonly #now: () => Date
  readonly #happened: () => void
  #kept: Kept[] = []
  #again: Update[] = []
  #nextId: number
  #allowed: ReadonlySet<string> | undefined
  #waiting: Waiting | undefined
  #wake = false
  webhook = ''
  /** How many times a second poller was there. */
  conflicts = 0

  /** @param happened called when a poller begins to wait */
  constructor(now: () => Date, happened: () => void, firstId: number) {
    this.#now = now
    this.#happened = happened
    this.#nextId = firstId
  }

  /** Given out or not, what no offset has confirmed yet. */
  get pending(): readonly Update[] {
    return this.#kept.map(kept => kept.update)
  }

  get pendingCount(): number {
    return this.#kept.length
  }

  get isPolled(): boolean {
    return this.#waiting !== undefined
  }

  /** Queues an update; undefined when the bot has not asked for its kind. */
  push<K extends UpdateKind>(kind: K, what: NonNullable<Update[K]>): Update | undefined {
    if (!this.#isAllowed(kind)) return undefined
    const update: Update = { update_id: this.#nextId, [kind]: what }
    this.#keep(update)
    return update
  }

  /** Queues what no Telegram would say: `make` gets the number that it takes in the queue. */
  give(make: (number: number) => unknown): void {
    this.#keep(make(this.#nextId) as Update)
  }

  #keep(update: Update): void {
    this.#kept.push({ at: this.#now().getTime(), number: this.#nextId++, update })
    this.#wakeSoon()
  }

  /** Gives this update once more with the next answer, whatever offset was confirmed. */
  redeliver(update: Update): void {
    this.#again.push(update)
    this.#wakeSoon()
  }

  /** Undefined: as before. Empty: all but those that must be named. */
  allow(kinds: readonly string[] | undefined): void {
    if (kinds) this.#allowed = kinds.length > 0 ? new Set(kinds) : undefined
  }

  get allowed(): string[] | undefined {
    return this.#allowed && [...this.#allowed]
  }

  /**
   * One getUpdates. A negative offset keeps only that many from the end.
   * @param timeout seconds of real time to hold the request while there is nothing
   */
  poll(offset: number, limit: number, timeout: number, onGone: (gone: () => void) => void): Promise<Update[] | Refusal> {
    if (this.webhook !== '') {
      return Promise.resolve(conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"))
    }
    if (this.#waiting) {
      this.conflicts += 1
      this.#waiting.done(conflict('terminated by other getUpdates request; make sure that only one bot instance is running'))
    }
    this.#confirm(offset)
    const ready = this.#take(limit)
    if (ready.length > 0 || timeout <= 0) return Promise.resolve(ready)
    return new Promise(resolve => {
      const waiting: Waiting = {
        limit,
        done: answer => {
          clearTimeout(timer)
          if (this.#waiting === waiting) this.#waiting = undefined
          resolve(answer)
        },
      }
      const timer = setTimeout(() => waiting.done([]), timeout * 1000)
      this.#waiting = waiting
      onGone(() => waiting.done([]))
      this.#happened()
    })
  }

  /** Ends a request that is being held, with what there is. */
  release(): void {
    this.#waiting?.done([])
  }

  drop(): void {
    this.#kept = []
  }

  #isAllowed(kind: string): boolean {
    return this.#allowed ? this.#allowed.has(kind) : !onlyWhenAsked.has(kind)
  }

  #confirm(offset: number): void {
    const oldest = this.#now().getTime() - dayMs
    if (offset < 0) this.#kept = this.#kept.slice(offset)
    const first = this.#kept.findIndex(kept => kept.number >= offset && kept.at >= oldest)
    if (first !== 0) this.#kept = first < 0 ? [] : this.#kept.slice(first)
  }

  #take(limit: number): Update[] {
    const again = this.#again.splice(0, limit)
    const fresh = this.#kept.slice(0, limit - again.length).map(kept => kept.update)
    return again.length > 0 ? [...again, ...fresh] : fresh
  }

  /** Everything that happens in one turn of the loop goes into one answer. */
  #wakeSoon(): void {
    if (!this.#waiting || this.#wake) return
    this.#wake = true
    setImmediate(() => {
      this.#wake = false
      const waiting = this.#waiting
      if (!waiting) return
      const ready = this.#take(waiting.limit)
      if (ready.length > 0) waiting.done(ready)
    })
  }
}
