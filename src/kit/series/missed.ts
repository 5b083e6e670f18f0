import { notifyCoordinators, type Word } from '../../community/notify.ts'
import type { Deps } from '../../feature/feature.ts'
import { token } from '../../feature/token.ts'
import type { Tx } from '../../store/tx.ts'
import { shortTime } from '../../texts/when.ts'
import type { Turning } from './kind.ts'
import type { Series } from './series.ts'

/** Dates of one series that passed while the bot was away. */
export interface Missed<S extends Series> {
  readonly series: S
  readonly n: number
  readonly last: Date
  /** Whether something was still made of the newest date. */
  readonly isMade: boolean
}

/** How many series one message names. */
const MOST = 10

/** Whoever made them hears of all of them in one message, however many dates it were. */
export async function tellMissedDates<S extends Series>(kind: Turning<S>, tx: Tx, deps: Deps, all: readonly Missed<S>[]): Promise<void> {
  if (all.length === 0) return
  const now = deps.clock.now()
  const hearers = new Map<string, Missed<S>[]>()
  for (const one of all) {
    const key = `${one.series.networkId} ${one.series.createdBy ?? ''}`
    hearers.set(key, [...(hearers.get(key) ?? []), one])
  }
  await notifyCoordinators(
    tx,
    deps,
    [...hearers.values()].flatMap(theirs => wordOf(kind, theirs, now) ?? []),
  )
}

function wordOf<S extends Series>(kind: Turning<S>, theirs: readonly Missed<S>[], now: Date): Word | undefined {
  const [first] = theirs
  if (!first) return undefined
  const { networkId, createdBy, id } = first.series
  const named = theirs.slice(0, MOST)
  return {
    ...{ networkId, about: `${kind.feature}/${id}/dates`, maker: createdBy },
    words: ({ t, locale }, network) =>
      [
        t(kind.missed, { network }),
        ...named.map(({ series, n, last, isMade }) => {
          const when = shortTime(last, { locale, zone: series.zone, now })
          return t(isMade ? 'series-missed-but-newest' : 'series-missed-line', { words: kind.nameOf(series), n, when })
        }),
        ...(theirs.length > MOST ? [t('series-missed-more', { n: theirs.length - MOST })] : []),
      ].join('\n'),
    buttons: () => named.map(({ series }) => [{ label: kind.nameOf(series), token: token(kind.feature, 'series', series.id) }]),
  }
}
