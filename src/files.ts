import type { Event, FileIn, Inbound } from './adapter.ts'

/**
 * A handler wants the bytes of a file, or what is made of them, and no transaction waits for that: all that it did is taken back, the file is fetched (or
 * made into something), and the event is handled anew with it at hand. So a file is fetched only for who may bring it.
 */
export class FileWanted extends Error {
  /** Fetches or makes it. Never rejects: when the handler asks again, it hears how that went. */
  readonly bring: () => Promise<void>
  constructor(bring: () => Promise<void>) {
    super('file wanted')
    this.bring = bring
  }
}

/** The same event, whose files are read in that way. */
export function readLater(inbound: Inbound): Inbound {
  const event = laterIn(inbound.event)
  return event === inbound.event ? inbound : { ...inbound, event }
}

function laterIn(event: Event): Event {
  if (event.kind === 'text' && event.files) return { ...event, files: event.files.map(later) }
  if (event.kind !== 'submit' || !event.files) return event
  return { ...event, files: Object.fromEntries(Object.entries(event.files).map(([name, file]) => [name, later(file)])) }
}

function later(file: FileIn): FileIn {
  let reading: Promise<Uint8Array> | undefined
  const bring = async (): Promise<void> => {
    reading = file.read()
    await reading.catch(() => undefined)
  }
  return { ...file, read: () => reading ?? Promise.reject(new FileWanted(bring)) }
}

/** Does it, and again after each file that it wants. */
export async function withFiles<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof FileWanted)) throw cause
    await cause.bring()
    return withFiles(work)
  }
}
