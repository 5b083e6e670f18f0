import { id } from '../../../src/feature/args.ts'
import type { Ctx } from '../../../src/feature/context.ts'
import { defineFeature } from '../../../src/feature/define.ts'
import type { Deps, Feature } from '../../../src/feature/feature.ts'
import type { Outcome } from '../../../src/feature/outcome.ts'
import { reply, whisper } from '../../../src/feature/replies.ts'
import { token } from '../../../src/feature/token.ts'
import { pressActions, pressForms } from '../../../src/kit/presses.ts'
import { SERIES_FORMS, SERIES_PRESSES } from '../../../src/kit/series/actions.ts'
import { beginning } from '../../../src/kit/series/begin.ts'
import { seriesDue } from '../../../src/kit/series/due.ts'
import type { DateOf, Managed, Turning } from '../../../src/kit/series/kind.ts'
import { managing } from '../../../src/kit/series/manage.ts'
import type { Series } from '../../../src/kit/series/series.ts'
import { showSeries } from '../../../src/kit/series/show.ts'
import { seriesTable } from '../../../src/kit/series/table.ts'
import { nextTurn } from '../../../src/kit/series/when.ts'
import { repeatsOr } from '../../../src/schedule/asked-time.ts'
import type { Tx } from '../../../src/store/tx.ts'
import { sentence } from '../../../src/view/make.ts'

/** A feature that nobody needs: walks that repeat. It posts nothing: of each date one walk is made, which is a row. What it says is said with texts that are there. */

export const MODELS = [
  `CREATE TABLE "WalkSeries" ("id" text PRIMARY KEY, "networkId" text NOT NULL, "way" text NOT NULL, "createdBy" text, "state" "SeriesState" NOT NULL DEFAULT 'active',
    "rule" text NOT NULL, "start" text NOT NULL, "zone" text NOT NULL, "except" text[], "moved" jsonb NOT NULL DEFAULT '{}', "doneTo" timestamptz(3) NOT NULL,
    "nextAt" timestamptz(3), "dueAt" timestamptz(3), "missed" int NOT NULL DEFAULT 0, "lastMissed" timestamptz(3), "sequence" int NOT NULL DEFAULT 0,
    "changedAt" timestamptz(3) NOT NULL)`,
  `CREATE TABLE "Walk" ("seriesId" text NOT NULL, "date" timestamptz(3) NOT NULL, "at" timestamptz(3) NOT NULL, PRIMARY KEY ("seriesId", "date"))`,
]

type WalkSeries = Series & { readonly way: string }

const HOUR = 3_600_000

const WALKS: Turning<WalkSeries> & Managed<WalkSeries> = {
  feature: 'walks',
  table: seriesTable({ name: 'WalkSeries', words: 'way', nameOf: way => way, read: (row: WalkSeries) => row }),
  nameOf: ({ way }) => way,
  usefulUntil: (_, at) => new Date(at.getTime() + HOUR),
  make,
  missed: 'series-missed',
  card: async ({ speech: { texts } }, { id, way }) => ({
    ...{ head: [{ kind: 'quote', text: way }], facts: [], ways: [] },
    edit: [{ label: texts.t('series-do-last'), token: token('walks', 'series', id) }],
  }),
  unknown: 'series-unknown',
}

async function make(tx: Tx, _deps: Deps, dates: readonly DateOf<WalkSeries>[]): Promise<ReadonlySet<string>> {
  for (const { series, date } of dates)
    await tx.$executeRaw`INSERT INTO "Walk" VALUES (${series.id}, ${date.date}::timestamptz, ${date.at}::timestamptz)`
  return new Set(dates.map(({ series }) => series.id))
}

export function walksFeature(deps: Deps): Feature {
  const handlers = async () => managing(WALKS)
  return defineFeature({
    name: 'walks',
    commands: [{ name: 'walk', about: 'series-do-repeat', where: 'network', role: 'coordinator', run: begin, suggest: async () => [] }],
    actions: pressActions(SERIES_PRESSES, handlers, { series: [id] }),
    forms: pressForms(SERIES_FORMS, ([one = '']) => token('walks', 'series', one), handlers),
    alarms: [
      {
        ...{ name: 'take-walks', trouble: 'announcements-alarm-series', when: nextTurn('WalkSeries') },
        run: turn => seriesDue(WALKS, async () => WALKS, deps, turn),
      },
    ],
  })
}

/** `/walk Along the canal: every Tuesday at 18:30` */
async function begin(ctx: Ctx, args: string): Promise<Outcome> {
  const [way = '', often = ''] = args.split(': ')
  const { tx, network, person, speech } = ctx
  const read = await repeatsOr(ctx, often)
  if ('problem' in read) return { again: whisper(sentence(speech.locale, read.problem)) }
  const timing = await beginning(read.repeats, speech.now)
  if ('key' in timing) return { again: reply(ctx, timing.key) }
  const { rule, start, zone, doneTo, nextAt } = timing
  const id = ctx.ids.id()
  await tx.$executeRaw`
    INSERT INTO "WalkSeries" ("id", "networkId", "way", "createdBy", "rule", "start", "zone", "doneTo", "nextAt", "dueAt", "changedAt") VALUES (${id},
      ${network?.id ?? ''}, ${way}, ${person?.id}, ${rule}, ${start}, ${zone}, ${doneTo}::timestamptz, ${nextAt}::timestamptz, ${nextAt}::timestamptz, ${doneTo}::timestamptz)`
  const made = await WALKS.table.hold(tx, id)
  return { again: whisper(made ? await showSeries(WALKS, ctx, made) : sentence(speech.locale, way)) }
}
