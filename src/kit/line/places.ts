import { COMING_OR_HERE } from '../../community/audience.ts'
import { platformName } from '../../community/chat-names.ts'
import { areasOf } from '../../community/lists.ts'
import type { Ctx } from '../../feature/context.ts'
import { listed } from '../../view/direction.ts'
import { alike, folded, sameKey, shorten } from '../../view/sanitize.ts'
import { AUDIENCES, type KeptPlaces } from '../audience.ts'
import type { Placed } from '../draft-kind.ts'
import type { Readers, Said } from './said.ts'

/** Where something goes, as a line says it: `areas: Ardwick, Gorton`, `audience: steering`. Part of a name is enough. */

export const PLACES: Readers<Placed> = {
  async areas(ctx, value, { places }) {
    const all = await areasOf(ctx.tx, ctx.network?.id ?? '')
    return pick(ctx, value, all, places, 'areas')
  },
  async platforms(ctx, value, { places }) {
    const rows = await ctx.tx.space.findMany({
      where: { networkId: ctx.network?.id ?? '', state: COMING_OR_HERE },
      ...{ select: { platform: true }, distinct: ['platform'], orderBy: { platform: 'asc' } },
    })
    const all = rows.map(({ platform }) => ({ id: platform, name: platformName(platform) }))
    return pick(ctx, value, all, places, 'platforms')
  },
  async audience(ctx, value, { places }) {
    const { t } = ctx.speech.texts
    const meant = AUDIENCES.filter(one => one.startsWith(sameKey(value)))
    const [only, ...more] = meant
    if (only && more.length === 0) return { changes: { places: { ...wide(places), audience: only } } }
    const readings = AUDIENCES.map(one => ({
      label: t(`places-audience-${one}`),
      changes: { places: { ...wide(places), audience: one } },
    }))
    return { problem: t('line-audience', { said: shorten(value, 40) }), readings, anew: { press: 'where', label: t('line-choose-where') } }
  },
}

interface Named {
  readonly id: string
  readonly name: string
}

/** Named chats are set aside: who names areas, platforms or an audience means all chats there. */
function wide(places: KeptPlaces): KeptPlaces {
  return { ...places, spaces: [] }
}

const ALL: readonly string[] = ['all', 'everywhere', 'every']

function pick(ctx: Ctx, value: string, all: readonly Named[], places: KeptPlaces, what: 'areas' | 'platforms'): Said<Placed> {
  const set = (ids: readonly string[]) => ({ places: { ...wide(places), [what]: [...ids] } })
  if (ALL.includes(sameKey(value))) return { changes: set([]) }
  const { t } = ctx.speech.texts
  const anew = { press: 'where', label: t('line-choose-where') }
  const found: string[] = []
  const parts = value.split(',').map(part => part.trim())
  for (const part of parts.filter(one => one !== '')) {
    const meant = namedBy(all, part)
    const [only, ...more] = meant
    if (only && more.length === 0) {
      found.push(only.id)
      continue
    }
    const said = shorten(part, 60)
    if (meant.length === 0) return { problem: t(`line-no-${what}`, { said, names: namesOf(all) }), readings: [], anew }
    const isLast = parts.length === 1
    const readings = isLast ? meant.slice(0, 5).map(({ id, name }) => ({ label: name, changes: set([id]) })) : []
    return { problem: t('line-which', { said, names: namesOf(meant) }), readings, anew }
  }
  const [first] = found
  return first === undefined ? { problem: t('line-empty', { key: what }), readings: [], anew } : { changes: set([...new Set(found)]) }
}

const MOST = 20

function namesOf(all: readonly Named[]): string {
  const names = all.slice(0, MOST).map(({ name }) => name)
  return listed([...names, ...(all.length > MOST ? ['…'] : [])]) || '-'
}

/** Those that words name: the whole name; else its beginning; else any part of it. */
function namedBy(all: readonly Named[], words: string): readonly Named[] {
  const said = folded(words).trim()
  const ranks: ((name: string) => boolean)[] = [
    name => alike(name, words),
    name => folded(name).startsWith(said),
    name => folded(name).includes(said),
  ]
  return ranks.map(rank => all.filter(({ name }) => rank(name))).find(found => found.length > 0) ?? []
}

/** Where nothing goes but to one chat, and nothing else was said. */
export function isHereAlone({ places, home }: Placed): boolean {
  return home !== null && places.spaces.length === 1 && places.spaces[0] === home
}
