import { post, touch } from '../delivery/outbox.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import { fullTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import { postsOf } from './create.ts'
import { tallyNow } from './draw.ts'
import { turnout } from './gate.ts'
import { openOptions, type WholePoll } from './poll.ts'

/** Says in every space how many have answered (never who has not), with the buttons to answer. How many spaces that were. */
export async function remind(ctx: Ctx, deps: Deps, poll: WholePoll): Promise<number> {
  const tally = await tallyNow(ctx.tx, poll)
  const n = turnout(tally)
  const spaces = poll.spaces.map(one => one.space).filter(space => space.state === 'joined')
  const rows = postsOf(deps, poll.id, poll.networkId, spaces, 0).map((row, i) => {
    const speech = ctx.speechFor(spaces[i] ?? {})
    const { t, locale } = speech.texts
    const closes = poll.closesAt ? t('polls-posted-closes', { when: fullTime(poll.closesAt, speech) }) : t('polls-posted-no-close')
    const buttons = openOptions(poll).map(option => [
      { label: `${option.number}. ${option.text}`, token: token('polls', 'v', poll.id, option.number) },
    ])
    const made = view({
      lang: locale,
      blocks: [
        { kind: 'title', text: poll.question },
        { kind: 'text', text: tally.movesAt === undefined ? t('polls-remind', { n }) : t('polls-remind-steps', { n }) },
        { kind: 'text', text: closes },
      ],
      buttons,
      whole: true,
    })
    return {
      ...row,
      key: `${row.key}/remind/${ctx.inbound.id}`,
      subject: token('polls', 'remind', poll.id),
      view: made,
      unsure: 'drop' as const,
      ...(poll.closesAt ? { usefulUntil: poll.closesAt } : {}),
    }
  })
  await post(ctx.tx, rows, ctx.speech.now)
  return rows.length
}

/** Posts the poll once more in every space; the older post points to the newer one. How many spaces that were. */
export async function showAgain(ctx: Ctx, deps: Deps, poll: WholePoll): Promise<number> {
  const spaces = poll.spaces.filter(one => one.space.state === 'joined')
  const old = token('polls', 'old', poll.id)
  await ctx.tx.delivery.updateMany({ where: { subject: `polls_post_${poll.id}` }, data: { subject: old } })
  await touch(ctx.tx, [old])
  await ctx.tx.pollSpace.updateMany({ where: { pollId: poll.id }, data: { posting: { increment: 1 } } })
  const rows = spaces.flatMap(one => postsOf(deps, poll.id, poll.networkId, [one.space], one.posting + 1))
  await post(ctx.tx, rows, ctx.speech.now)
  return rows.length
}
