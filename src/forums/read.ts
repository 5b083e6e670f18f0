import type { Ctx, Submit } from '../feature/feature.ts'
import { timeOr } from '../schedule/asked-time.ts'
import { isPicked } from '../schedule/time-field.ts'
import { parseLink } from '../view/link.ts'
import { sanitize, sanitizeLine } from '../view/sanitize.ts'
import { LENGTH, LIMITS, readItems, readLength } from './domain.ts'
import type { Part } from './forms.ts'
import type { ForumSettings } from './settings.ts'

/** What forms bring, as settings; or what is wrong with them, by field. */

type Changes = Partial<ForumSettings>
type Wrong = Readonly<Record<string, string>>
export type ReadPart = { readonly changes: Changes } | { readonly wrong: Wrong }

type Values = Submit['values']

const READERS: Readonly<Record<Part, (ctx: Ctx, values: Values, now: ForumSettings) => Promise<ReadPart>>> = {
  words: async (ctx, values) => words(ctx, values),
  time,
  place: async (ctx, values) => place(ctx, values),
  people: async (ctx, values) => people(ctx, values),
}

export function readPart(ctx: Ctx, part: Part, values: Values, now: ForumSettings): Promise<ReadPart> {
  return READERS[part](ctx, values, now)
}

function words(ctx: Ctx, values: Values): ReadPart {
  const { t } = ctx.speech.texts
  const theme = sanitizeLine(values['theme'] ?? '')
  const about = sanitize(values['about'] ?? '').trim()
  const agenda = [...readItems(values['agenda'] ?? '')]
  const wrong = {
    ...(theme === '' ? { theme: t('forums-wrong-no-theme') } : long(ctx, 'theme', theme, LIMITS.theme)),
    ...long(ctx, 'about', about, LIMITS.about),
    ...(agenda.length > LIMITS.agenda || agenda.some(item => item.length > LIMITS.item)
      ? { agenda: t('forums-wrong-agenda', { most: LIMITS.agenda, letters: LIMITS.item }) }
      : {}),
  }
  return result(wrong, { theme, about, agenda })
}

/** A time that is left empty stays as it is; `announce` left empty: at once, where it was not posted yet. */
async function time(ctx: Ctx, values: Values, now: ForumSettings): Promise<ReadPart> {
  const { t } = ctx.speech.texts
  const said = { when: values['when']?.trim() ?? '', length: values['length']?.trim() ?? '', announce: values['announce']?.trim() ?? '' }
  const when = said.when === '' || isSame(said.when, now.startsAt) ? undefined : await timeOr(ctx, said.when)
  const announce = said.announce === '' || isSame(said.announce, now.postsAt) ? undefined : await timeOr(ctx, said.announce)
  const minutes = said.length === '' ? now.minutes : readLength(said.length)
  const wrong = {
    ...(when === undefined && now.startsAt === null ? { when: t('forums-wrong-no-time') } : {}),
    ...(when && 'problem' in when ? { when: when.problem } : {}),
    ...(minutes === undefined ? { length: t('forums-wrong-length', { least: LENGTH.least, most: LENGTH.most / 60 }) } : {}),
    ...(announce && 'problem' in announce ? { announce: announce.problem } : {}),
  }
  const at = (one: typeof when): Date | undefined => (one && 'at' in one ? one.at : undefined)
  return result(wrong, {
    ...(at(when) ? { startsAt: at(when)?.toISOString() ?? null } : {}),
    ...(minutes === undefined ? {} : { minutes }),
    ...(at(announce) ? { postsAt: at(announce)?.toISOString() ?? null } : {}),
  })
}

/** A picker that was left alone sends what it stood on, without the fractions of its second. */
function isSame(said: string, kept: string | null): boolean {
  if (kept === null || !isPicked(said)) return false
  return Math.floor(Date.parse(said) / 1000) === Math.floor(Date.parse(kept) / 1000)
}

function place(ctx: Ctx, values: Values): ReadPart {
  const address = sanitizeLine(values['address'] ?? '')
  const directions = sanitize(values['directions'] ?? '').trim()
  const said = values['link']?.trim() ?? ''
  const link = said === '' ? null : parseLink(said, LIMITS.link)
  const wrong = {
    ...long(ctx, 'address', address, LIMITS.address),
    ...long(ctx, 'directions', directions, LIMITS.directions),
    ...(link && 'wrong' in link ? { link: ctx.speech.texts.t('forums-wrong-link') } : {}),
  }
  return result(wrong, { address, directions, link: link && 'url' in link ? link.url : null })
}

function people(ctx: Ctx, values: Values): ReadPart {
  const { t } = ctx.speech.texts
  const said = sanitizeLine(values['capacity'] ?? '')
  const capacity = said === '' ? null : Number(said)
  const host = sanitizeLine(values['host'] ?? '')
  const contact = sanitizeLine(values['contact'] ?? '')
  const isWrong = capacity !== null && (!Number.isInteger(capacity) || capacity < 1 || capacity > LIMITS.capacity)
  const wrong = {
    ...(isWrong ? { capacity: t('forums-wrong-capacity', { most: LIMITS.capacity }) } : {}),
    ...long(ctx, 'host', host, LIMITS.host),
    ...long(ctx, 'contact', contact, LIMITS.contact),
  }
  return result(wrong, { capacity, host, contact })
}

function long(ctx: Ctx, name: string, text: string, max: number): Wrong {
  return text.length > max ? { [name]: ctx.speech.texts.t('forums-wrong-long', { max, length: text.length }) } : {}
}

function result(wrong: Wrong, changes: Changes): ReadPart {
  return Object.keys(wrong).length > 0 ? { wrong } : { changes }
}
