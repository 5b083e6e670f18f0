import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Workbench } from '../platform/adapter.ts'
import { createFrames, type Frames, placesIn, traceOf } from '../platform/frames.ts'

interface Parts {
  readonly bench: Pick<Workbench, 'log' | 'now' | 'unread'>
  /** For each platform: how the places look in its library's and its adapter's files. */
  readonly libraries: Readonly<Record<string, RegExp>>
  /** Ends the process with a code that is not 0. */
  end(): void
}

const here = new URL('.', import.meta.url)
/** Our own files, as they are written in an error's places. */
const ownFiles = [fileURLToPath(here), here.href]

/**
 * Takes what broke where nobody waits: out of a timer, an event, a promise that was let go. By itself Node would end the process and print all that the error
 * says, words of people and addresses with secrets in them too.
 *
 * It goes on only where the innermost file is a platform's library or adapter and none of the bot's own files was at work: then something that a platform
 * sent could not be taken in, and the store, in which all lies that was accepted, knows nothing of it. Such a fault is counted and logged like any frame that
 * cannot be read. With every other fault nobody knows what was left half done: one plain line, and the process ends, to begin anew from the store.
 */
export function watchFaults({ bench, libraries, end }: Parts): void {
  const frames = new Map<string, Frames>()
  // A promise that nobody waits for comes here too.
  process.on('uncaughtException', cause => {
    const platform = platformOf(cause, libraries)
    if (platform !== undefined) {
      const known = frames.get(platform) ?? createFrames(platform, bench)
      frames.set(platform, known)
      return known.odd(cause)
    }
    const { error, ...trace } = traceOf(cause)
    bench.log.error({ error, ...trace }, 'Something broke that nobody has caught')
    process.stderr.write(
      `Folkmoot stops: something broke inside it (${error}). What it accepted is safe. Start it again; its log says where it broke.\n`,
    )
    end()
  })
}

function platformOf(cause: unknown, libraries: Parts['libraries']): string | undefined {
  const places = cause instanceof Error ? placesIn(cause).filter(place => !/\(?node:/.test(place)) : []
  const [innermost] = places
  if (innermost === undefined || places.some(place => ownFiles.some(root => place.includes(root)))) return undefined
  return Object.keys(libraries).find(platform => libraries[platform]?.test(innermost))
}
