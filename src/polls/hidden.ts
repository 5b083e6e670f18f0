import { fitParts, post, touch } from '../delivery/outbox.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import type { PersonRef } from '../platform/adapter.ts'
import { platformOf } from '../platform/adapter.ts'
import type { Tx } from '../store/tx.ts'
import type { TextKey } from '../texts/keys.ts'
import { sentence } from '../view/make.ts'
import { postsOf } from './create.ts'
import { postsOfPoll, type WholePoll } from './poll.ts'

/** Takes an option out of the choice: its votes are kept but no longer counted. Counts the whole poll anew. */
export async function hideOption(tx: Tx, poll: WholePoll, number: number, now: Date): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS locked FROM "Poll" WHERE "id" = ${poll.id} FOR NO KEY UPDATE`
  await tx.option.update({ where: { pollId_number: { pollId: poll.id, number } }, data: { hiddenAt: now } })
  await tx.$executeRaw`DELETE FROM "Count" WHERE "pollId" = ${poll.id}`
  // Option 0 counts ballots; a ballot with fewer valid options than it must hold counts nowhere.
  await tx.$executeRaw`
    WITH valid AS (
      SELECT b."voter", coalesce(b."areaId", '') AS "areaId", v."option" FROM "Ballot" b CROSS JOIN LATERAL unnest(b."options") AS v("option")
      JOIN "Option" o ON o."pollId" = b."pollId" AND o."number" = v."option" AND o."hiddenAt" IS NULL WHERE b."pollId" = ${poll.id}
    ), whole AS (SELECT "voter" FROM valid GROUP BY "voter" HAVING count(*) >= ${poll.min})
    INSERT INTO "Count" ("pollId", "areaId", "option", "n")
    SELECT ${poll.id}, "areaId", "option", count(*)::int FROM valid JOIN whole USING ("voter") GROUP BY "areaId", "option"
    UNION ALL SELECT ${poll.id}, "areaId", 0, count(DISTINCT "voter")::int FROM valid JOIN whole USING ("voter") GROUP BY "areaId"`
  await touch(tx, postsOfPoll(poll.id))
}

/**
 * Tells those who chose it to choose again: every space hears it, and in a named poll its voters in private. In a secret poll nothing may be written down
 * that tells who chose what, so there the spaces and `My vote` say it.
 */
export async function tellHidden(
  ctx: Ctx,
  deps: Deps,
  poll: WholePoll,
  option: { readonly number: number; readonly text: string },
): Promise<void> {
  const subject = token('polls', 'hidden', poll.id)
  const buttons = (t: (key: TextKey) => string) => [[{ label: t('polls-my-vote'), token: token('polls', 'mine', poll.id) }]]
  const spaces = poll.spaces.map(one => one.space).filter(space => space.state === 'joined')
  const rows = postsOf(deps, poll.id, poll.networkId, spaces, 0).map((row, i) => {
    const { t, locale } = ctx.speechFor(spaces[i] ?? {}).texts
    return {
      ...row,
      key: `${row.key}/hidden/${option.number}`,
      subject,
      view: sentence(locale, t('polls-hidden-note', { option: option.text, question: poll.question }), buttons(t)),
    }
  })
  await post(ctx.tx, rows, ctx.speech.now)
  if (poll.secret) return
  const voters = await ctx.tx.$queryRaw<{ ref: PersonRef; locale: string | null }[]>`
    SELECT i."ref", i."locale" FROM "Ballot" b JOIN "Membership" m ON m."personId" = b."voter" JOIN "Identity" i ON i."ref" = m."identityRef"
    WHERE b."pollId" = ${poll.id} AND ${option.number} = ANY(b."options") AND i."tell" <> 'closed' ORDER BY i."ref"`
  const personal = voters.flatMap(({ ref, locale }) => {
    const platform = deps.platform(platformOf(ref))
    if (!platform) return []
    const { t, locale: lang } = deps.texts.in(locale ?? poll.network.locale)
    const view = sentence(lang, t('polls-hidden-yours', { option: option.text, question: poll.question }), buttons(t))
    const row = {
      key: `polls/${poll.id}/hidden/${option.number}/${ref}`,
      networkId: poll.networkId,
      to: { personRef: ref },
      platform: platformOf(ref),
      lane: platform.lane(ref),
      subject,
      view,
    }
    return fitParts({ ...row, unsure: 'drop' }, platform.can.limits)
  })
  await post(ctx.tx, personal, ctx.speech.now)
}
