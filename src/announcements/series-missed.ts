import { notifyCoordinators, type Word } from '../community/notify.ts'
import type { Deps } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import type { Tx } from '../store/tx.ts'
import { shortTime } from '../texts/when.ts'
import { nameOf } from './domain.ts'
import type { WholeSeries } from './series.ts'

/** Dates of one series that passed while the bot was away. */
export interface Missed {
  readonly series: WholeSeries
  readonly n: number
  readonly last: Date
  /** Whether the newest date was still posted. */
  readonly isPosted: boolean
}

/** How many series one message names. */
const MOST = 10

/** Whoever made them hears of all of them in one message, however many dates it were. */
export async function tellMissedDates(tx: Tx, deps: Deps, all: readonly Missed[]): Promise<void> {
  if (all.length === 0) return
  const now = deps.clock.now()
  const hearers = new Map<string, Missed[]>()
  for (const one of all) {
    const key = `${one.series.networkId} ${one.series.createdBy ?? ''}`
    hearers.set(key, [...(hearers.get(key) ?? []), one])
  }
  await notifyCoordinators(
    tx,
    deps,
    [...hearers.values()].flatMap(theirs => wordOf(theirs, now) ?? []),
  )
}

function wordOf(theirs: readonly Missed[], now: Date): Word | undefined {
  const [first] = theirs
  if (!first) return undefined
  const { networkId, createdBy, id } = first.series
  const named = theirs.slice(0, MOST)
  return {
    ...{ networkId, about: `announcements/${id}/dates`, maker: createdBy },
    words: ({ t, locale }, network) =>
      [
        t('series-missed', { network }),
        ...named.map(({ series, n, last, isPosted }) => {
          const when = shortTime(last, { locale, zone: series.zone, now })
          return t(isPosted ? 'series-missed-but-newest' : 'series-missed-line', { words: nameOf(series.words), n, when })
        }),
        ...(theirs.length > MOST ? [t('series-missed-more', { n: theirs.length - MOST })] : []),
      ].join('\n'),
    buttons: () => named.map(({ series }) => [{ label: nameOf(series.words), token: token('announcements', 'series', series.id) }]),
  }
}
