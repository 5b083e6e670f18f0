import { entry } from '../feature/args.ts'
import type { Ctx, Deps, Outcome } from '../feature/feature.ts'
import { press } from '../kit/presses.ts'
import type { Prisma, SeriesState } from '../store/generated/client.ts'
import { beginsAlike, sameKey } from '../view/sanitize.ts'
import { loadAnnouncements } from './announcement.ts'
import { managing } from './manage.ts'
import { loadSeries } from './series.ts'
import { MANAGING } from './series-manage.ts'
import { VERBS } from './verbs.ts'

/** An announcement or a series that a verb can be about. */
export interface Named {
  readonly id: string
  readonly words: string
  readonly kind: 'one' | 'series'
}

const MOST = 50

/** Those that a verb can be about, the nearest first: what is to come for `now` and `move`, what stands for `edit` and `withdraw`. A date of a series goes by its series. */
export async function known(ctx: Ctx, verb: string): Promise<readonly Named[]> {
  const networkId = ctx.network?.id ?? ''
  const can = entry(VERBS, verb) ?? {}
  const isToCome = verb === 'now' || verb === 'move'
  const where: Prisma.AnnouncementWhereInput = {
    ...{ networkId, seriesId: null },
    ...(verb === 'show' ? {} : { state: 'standing' }),
    ...(isToCome ? { postsAt: { gt: ctx.speech.now } } : {}),
  }
  const states: SeriesState[] | undefined =
    verb === 'show'
      ? undefined
      : verb === 'resume'
        ? ['paused']
        : ['skip', 'pause', 'move'].includes(verb)
          ? ['active']
          : ['active', 'paused']
  const ones = can.one ? await loadAnnouncements(ctx, where, { first: isToCome ? 'asc' : 'desc', most: MOST }) : []
  const series = can.series ? await loadSeries(ctx, { networkId, ...(states ? { state: { in: states } } : {}) }, MOST) : []
  return [
    ...ones.map(({ id, words }) => ({ id, words, kind: 'one' as const })),
    ...series.map(({ id, words }) => ({ id, words, kind: 'series' as const })),
  ]
}

/** Those that words mean: by id, else by how they begin; all for no words. */
export function find(all: readonly Named[], words: string): readonly Named[] {
  const byId = all.filter(one => one.id === sameKey(words))
  return byId.length > 0 ? byId : all.filter(one => beginsAlike(one.words, words))
}

/** Does what a verb says with the one that was found. */
export function doWith(ctx: Ctx, deps: Deps, verb: string, { id, kind }: Named): Promise<Outcome> {
  const { one = '', series = '' } = entry(VERBS, verb) ?? {}
  return kind === 'one' ? press(managing(deps), ctx, one, [id]) : press(MANAGING, ctx, series, [id])
}
