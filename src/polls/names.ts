import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged, whisper } from '../feature/replies.ts'
import { listed } from '../view/direction.ts'
import { view } from '../view/make.ts'
import type { Block } from '../view/view.ts'
import { tallyNow } from './draw.ts'
import { show } from './gate.ts'
import { openOptions, type WholePoll } from './poll.ts'

/** Names in one message at the most: beyond that, how many more there are. */
const MOST = 200

/** Who chose what in a named poll, for a coordinator, and no earlier than the figures may be seen. */
export async function whoChoseWhat(ctx: Ctx, poll: WholePoll): Promise<Outcome> {
  const { t, locale } = ctx.speech.texts
  if (poll.secret) return unchanged(ctx, 'polls-names-secret')
  if (!show(await tallyNow(ctx.tx, poll), poll, { voted: false })) return unchanged(ctx, `polls-figures-${poll.results}`)
  // A ballot with fewer answers than it must have does not count yet.
  const open = openOptions(poll).map(option => option.number)
  const rows = await ctx.tx.$queryRaw<{ option: number; names: string[]; n: number }[]>`
    SELECT o AS "option", count(*)::int AS "n", (array_agg(p."name" ORDER BY p."name"))[1:${MOST}::int] AS "names"
    FROM "Ballot" b JOIN "Person" p ON p."id" = b."voter" CROSS JOIN LATERAL unnest(b."options") AS o
    WHERE b."pollId" = ${poll.id} AND o = ANY(${open}::int[])
      AND (SELECT count(*) FROM unnest(b."options") AS mine WHERE mine = ANY(${open}::int[])) >= ${Math.max(1, poll.min)} GROUP BY o`
  const blocks = openOptions(poll).map(({ number, text }): Block => {
    const row = rows.find(one => one.option === number)
    const more = (row?.n ?? 0) - (row?.names.length ?? 0)
    const names = [...(row?.names ?? [t('polls-names-nobody')]), ...(more > 0 ? [t('polls-names-more', { n: more })] : [])]
    return { kind: 'facts', rows: [{ name: text, value: listed(names) }] }
  })
  return { again: whisper(view({ lang: locale, blocks: [{ kind: 'title', text: poll.question }, ...blocks], brief: poll.question })) }
}
