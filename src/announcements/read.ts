import { COMING_OR_HERE } from '../community/audience.ts'
import { named } from '../community/names.ts'
import type { Ctx } from '../feature/context.ts'
import { EVERYWHERE, type KeptPlaces } from '../kit/audience.ts'
import { told } from '../kit/refusal.ts'
import { type Problem, repeatsOr, timeOr } from '../schedule/asked-time.ts'
import { isRepeating } from '../schedule/recurrence/plain-rule.ts'
import type { Repeats } from '../schedule/recurrence/rule.ts'
import type { TextKey } from '../texts/keys.ts'
import { sameKey, shorten } from '../view/sanitize.ts'
import { checkWords, LIMITS, type Line, readLink } from './domain.ts'
import { type AnnouncementSettings, defaults } from './settings.ts'

/** When it goes out. `note`: what the clocks do then. */
export interface When {
  /** Null: now, or again and again. */
  readonly at: Date | null
  readonly repeats?: Repeats
  readonly note?: string
}

/** A time that is still to come, or how often; nothing, or "now", is none of them. */
export async function whenOr(ctx: Ctx, words: string): Promise<When | Problem<When>> {
  if (['', 'now'].includes(sameKey(words))) return { at: null }
  if (isRepeating(words)) {
    const read = await repeatsOr(ctx, words)
    return 'problem' in read
      ? { ...read, nearest: read.nearest.map(repeats => ({ at: null, repeats })) }
      : { at: null, repeats: read.repeats }
  }
  const read = await timeOr(ctx, words)
  return 'problem' in read ? { ...read, nearest: read.nearest.map(at => ({ at })) } : read
}

export type Timing = Pick<AnnouncementSettings, 'postsAt' | 'repeats'>

/** The same, as settings keep it. */
export function timing({ at, repeats }: When): Timing {
  return { postsAt: at?.toISOString() ?? null, repeats: repeats ?? null }
}

type Found<T> = T | { readonly problem: string }

/** What a line says; `unsure` where its time was not wholly understood, and may have been meant for others. */
interface Said {
  readonly settings: AnnouncementSettings
  readonly note?: string
  readonly unsure?: Problem<When>
}

/** What a line says, as settings; or in plain words what is wrong with it. */
export async function settingsOf(ctx: Ctx, line: Line): Promise<Found<Said>> {
  const refused = checkWords(line.words)
  if (refused) return { problem: told(refused, ctx.speech) }
  const places = await placesOf(ctx, line)
  if ('problem' in places) return places
  const link = line.link ? readLink(line.link) : { url: null }
  if ('key' in link) return { problem: told(link, ctx.speech) }
  const when = await whenOr(ctx, line.when ?? '')
  if ('problem' in when && when.nearest.length === 0) return when
  const base = defaults(line.words, ctx.space)
  return {
    settings: {
      ...base,
      link: link.url,
      ...('problem' in when ? {} : timing(when)),
      pin: line.pin ?? false,
      places: places.places ?? base.places,
    },
    ...('problem' in when ? { unsure: when } : when.note ? { note: when.note } : {}),
  }
}

/** The places that a line names; undefined where it names none. */
async function placesOf(ctx: Ctx, { areas, platforms, audience }: Line): Promise<Found<{ places: KeptPlaces | undefined }>> {
  if (!areas && !platforms && !audience) return { places: undefined }
  const networkId = ctx.network?.id ?? ''
  const allAreas = await ctx.tx.area.findMany({ where: { networkId, retiredAt: null }, orderBy: { name: 'asc' } })
  const rows = await ctx.tx.space.findMany({
    where: { networkId, state: COMING_OR_HERE },
    select: { platform: true },
    distinct: ['platform'],
  })
  const inAreas = pick(areas ?? [], allAreas)
  if ('unknown' in inAreas) return unknown(ctx, 'announcements-wrong-area', inAreas.unknown, allAreas)
  const all = rows.map(({ platform }) => ({ id: platform, name: platform }))
  const on = pick(platforms ?? [], all)
  if ('unknown' in on) return unknown(ctx, 'announcements-wrong-platform', on.unknown, all)
  return { places: { ...EVERYWHERE, areas: inAreas.ids, platforms: on.ids, audience: audience ?? EVERYWHERE.audience } }
}

interface Named {
  readonly id: string
  readonly name: string
}

function pick(said: readonly string[], all: readonly Named[]): { ids: string[] } | { unknown: string } {
  const ids = new Set<string>()
  for (const words of said) {
    const found = named(all, words)
    if (!found) return { unknown: words }
    ids.add(found.id)
  }
  return { ids: [...ids] }
}

function unknown(ctx: Ctx, key: TextKey, said: string, all: readonly Named[]): { problem: string } {
  const names = all.map(one => one.name).join(', ') || '-'
  return { problem: ctx.speech.texts.t(key, { said: shorten(said, LIMITS.link), names }) }
}
