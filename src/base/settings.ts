import { z } from 'zod'
import { defaultStateDir } from '../store/state-dir.ts'
import { KEPT_SETTINGS, type KeptSettings } from './kept.ts'

const blank = (value: unknown): unknown => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const optional = <Inner extends z.ZodType>(inner: Inner) => z.preprocess(blank, inner.optional())
const port = (otherwise: number) =>
  z.preprocess(
    blank,
    z.coerce.number('is not a number').int('is not a whole number').min(0, 'is below 0').max(65535, 'is above 65535').default(otherwise),
  )

const days = ({ days: otherwise, least, most }: (typeof KEPT_SETTINGS)[keyof KeptSettings]) => {
  const whole = z.coerce.number('is not a number').int('is not a whole number')
  return z.preprocess(blank, whole.min(least, `is below ${least}`).max(most, `is above ${most}`).default(otherwise))
}

/** What the environment may say, beside what each platform brings. */
const common = {
  DATABASE_URL: optional(
    z.url({ protocol: /^postgres(ql)?$/, error: 'is not a PostgreSQL address such as postgres://user:password@host/database' }),
  ),
  STATE_DIR: z.preprocess(
    blank,
    z.string().default(() => defaultStateDir()),
  ),
  /** Whether a newer version writes a backup before it changes the store. */
  UPGRADE_BACKUP: z.preprocess(blank, z.enum(['on', 'off'], 'is neither on nor off').default('on')),
  HOST: z.preprocess(blank, z.string().default('127.0.0.1')),
  PORT: port(8080),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/, error: 'is not a web address such as https://folkmoot.example.org' })),
  LOG_LEVEL: z.preprocess(
    blank,
    z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'is none of trace, debug, info, warn, error, fatal, silent')
      .default('warn'),
  ),
  /** The browser chat: `on`, `off`, or only while no platform is on. */
  TRY: z.preprocess(blank, z.enum(['on', 'off', 'auto'], 'is none of on, off, auto').default('auto')),
  TRY_PORT: port(7766),
  /** How long drafts, private messages and the words of posts are kept: see `base/kept.ts`. */
  KEEP_DRAFTS_DAYS: days(KEPT_SETTINGS.KEEP_DRAFTS_DAYS),
  KEEP_PRIVATE_DAYS: days(KEPT_SETTINGS.KEEP_PRIVATE_DAYS),
  KEEP_POSTS_DAYS: days(KEPT_SETTINGS.KEEP_POSTS_DAYS),
  /** Where `/healthz` and `/metrics` are; always on this computer only. */
  STATUS_PORT: port(9464),
}

type Shape = Readonly<Record<string, z.ZodType>>
export type Settings<Brought extends Shape> = { readonly [Name in keyof Brought]: z.output<Brought[Name]> } & {
  readonly [Name in keyof typeof common]: z.output<(typeof common)[Name]>
}

/** What is wrong with the settings: all of it, a line each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

/** Reads the environment once. Throws a SettingsError that names every problem; values are never repeated in it, since they may be secrets. */
export function readSettings<Brought extends Shape>(
  environment: Readonly<Record<string, string | undefined>>,
  brought: Brought,
): Settings<Brought> {
  const read = z.object({ ...common, ...brought }).safeParse(environment)
  if (read.success) return read.data as Settings<Brought>
  const lines = read.error.issues.map(issue => `  ${issue.path.join('.')} ${issue.message}`)
  throw new SettingsError(`The settings (.env) need a look:\n${lines.join('\n')}`)
}
