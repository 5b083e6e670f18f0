import type { z } from 'zod'
import type { Workbench } from './adapter.ts'

/** Where all that a platform sends passes through before anything is made of it. One for each adapter. */
export interface Frames {
  /**
   * What `make` makes of a frame (a native delivery, as its library hands it over); undefined where it is none of our business, and where it cannot be read,
   * that is where `make` throws. Such a frame is counted, its shape is logged, and the adapter confirms it, so that it never comes again. Never throws.
   */
  read<T>(frame: unknown, make: () => T): T | undefined
  /** Something else, a library perhaps, could not read a frame. `frame`: where it is known. */
  odd(cause: unknown, frame?: unknown): void
}

/** A flood must not fill a disk: so many lines in so many milliseconds. What was left out stands in the next line as a number. */
const mostLines = 5
const periodMs = 60_000

export function createFrames(platform: string, bench: Pick<Workbench, 'log' | 'now' | 'unread'>): Frames {
  let begun = Number.NEGATIVE_INFINITY
  let lines = 0
  let unlogged = 0

  function odd(cause: unknown, frame?: unknown): void {
    bench.unread(platform)
    const now = bench.now().getTime()
    if (Math.abs(now - begun) >= periodMs) [begun, lines] = [now, 0]
    lines += 1
    if (lines > mostLines) unlogged += 1
    else {
      bench.log.warn({ platform, shape: shapeOf(frame), ...traceOf(cause), unlogged }, 'Something that a platform sent could not be read')
      unlogged = 0
    }
  }

  return {
    odd,
    read(frame, make) {
      try {
        return make()
      } catch (cause) {
        odd(cause, frame)
        return undefined
      }
    },
  }
}

/** A frame is not as the platform describes it. `where`: the place in it, by the names of its fields. */
class Misfit extends Error {
  readonly where: string
  constructor(message: string, where: string) {
    super(message)
    this.where = where
  }
}

/**
 * What is read of a frame, as `shape` says.
 * @throws Error for a frame that is not so, without a word of it
 */
export function mustBe<T>(shape: z.ZodType<T>, frame: unknown): T {
  const { data, error } = shape.safeParse(frame)
  if (error) throw new Misfit('Not of the shape that is read.', (error.issues[0]?.path ?? []).map(key => nameOf(String(key))).join('.'))
  return data as T
}

/** Of what went wrong: the kind of error and the lines of code. Never its message, in which words of people may stand. */
export function traceOf(cause: unknown): { readonly error: string; readonly where?: string; readonly at: readonly string[] } {
  if (!(cause instanceof Error)) return { error: typeof cause, at: [] }
  if (cause instanceof Misfit) return { error: 'Misfit', where: cause.where, at: [] }
  return { error: cause.constructor.name, at: placesIn(cause).slice(0, 6) }
}

/** The lines of code of an error, the innermost first. */
export function placesIn({ stack = '' }: Error): readonly string[] {
  const found = stack.split('\n').flatMap(line => /^ {4}at (.{1,300})/.exec(line)?.[1] ?? [])
  // A field's name that was looked up is the platform's, or anybody's.
  return found.map(line => line.replace(/ \[as .*?\]/, ''))
}

const deepest = 6
const mostFields = 60

/**
 * The names of fields and the kinds of what stands in them, and nothing of that itself. A name that is not written as platforms write theirs may be an
 * address or somebody's words, and is left out too.
 */
export function shapeOf(frame: unknown): string {
  let left = mostFields
  const shape = (value: unknown, depth: number): string => {
    if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value
    if (depth === deepest || left <= 0) return '…'
    if (Array.isArray(value)) return `[${value.length > 0 ? shape(value[0], depth + 1) : ''}]`
    const fields: string[] = []
    for (const [name, inner] of Object.entries(value)) {
      if (left <= 0) return `{${[...fields, '…'].join()}}`
      left -= 1
      fields.push(`${nameOf(name)}:${shape(inner, depth + 1)}`)
    }
    return `{${fields.join()}}`
  }
  return shape(frame, 0)
}

const nameOf = (name: string): string => (/^(?:[a-z_]{1,40}|\d{1,3})$/.test(name) ? name : '*')
