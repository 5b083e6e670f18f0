import { pino } from 'pino'

type Write = (data: object, message: string) => void

/** What the bot logs with: static messages plus data. The part of pino that we use, so that tests can pass their own. */
export interface Log {
  readonly debug: Write
  readonly info: Write
  readonly warn: Write
  readonly error: Write
}

const secretFields = ['token', 'password', 'secret', 'authorization', 'databaseUrl', 'connectionString']

// Tokens also hide inside addresses and error messages, so each finished line is searched for their shapes.
const secretShapes: readonly RegExp[] = [
  /(?<!\d)\d{6,}:[\w-]{30,}/g,
  /\bx(?:ox[a-z]|app)-[\w-]{8,}/g,
  /\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g,
  /(?<=:\/\/[^:/?#@\s"]*:)[^@/\s"]+(?=@)/g,
]

/** Takes everything that looks like a token or a password in an address out of one log line. */
export function redact(line: string): string {
  return secretShapes.reduce((text, shape) => text.replace(shape, '[removed]'), line)
}

/** Of an error, what went wrong and where: libraries also hang on it what was being sent, and that can be an answer for one person alone. */
export function errorInLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { type, message, stack, ...more } = pino.stdSerializers.err(error)
  return { type, message, stack, ...(more['code'] === undefined ? {} : { code: more['code'] }) }
}

/** A log that writes one JSON line per message to the standard error, without tokens. `level` is one of pino's. */
export function createLog(level: string): Log {
  const paths = secretFields.flatMap(name => [name, `*.${name}`])
  const destination = pino.destination({ dest: 2, sync: true })
  return pino(
    { level, base: null, serializers: { err: errorInLog }, redact: { paths, censor: '[removed]' }, hooks: { streamWrite: redact } },
    destination,
  )
}
