import { touch } from '../delivery/outbox.ts'
import { dropWaiting } from '../delivery/replan.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask } from '../feature/replies.ts'
import { formOf, taken } from '../kit/forms.ts'
import { type ThingForm, thingForm } from '../kit/thing.ts'
import { remindsAt } from './closing.ts'
import { REWORD, retimeSheet, type Words, wordsOf } from './forms.ts'
import { holdPoll, openOptions, postsOfPoll, reminderOf, type WholePoll } from './poll.ts'
import { done, notOpen } from './show.ts'

/** Another time, or other words, for a poll that stands. */

export const RETIME = thingForm({
  sheet: retimeSheet,
  of: (poll: WholePoll) => poll,
  async take(ctx, poll, { opensAt, closesAt }) {
    if (poll.state !== 'scheduled' && poll.state !== 'open') return notOpen(ctx)
    const { now } = ctx.speech
    const times = poll.state === 'open' ? { closesAt: closesAt ?? null } : { opensAt: opensAt ?? now }
    const after = { ...poll, ...times }
    const since = poll.state === 'open' ? now : (after.opensAt ?? now)
    await ctx.tx.poll.update({
      where: { id: poll.id },
      data: { ...times, remindAt: remindsAt(poll.remindMinutes, after.closesAt, since) },
    })
    // What still waits speaks of the time before.
    await dropWaiting(ctx.tx, { networkId: poll.networkId, subject: reminderOf(poll.id) })
    await touch(ctx.tx, postsOfPoll(poll.id))
    return done(ctx, poll, 'polls-done-time')
  },
})

export const reword: ThingForm<WholePoll> = {
  open: (made, ctx, poll) => ({ again: ask(formOf(made, REWORD, { ctx, now: wordsOf(poll) })) }),
  async take(made, ctx, { id }, submit) {
    const poll = await holdPoll(ctx.tx, id)
    if (!poll || (poll.state !== 'open' && poll.state !== 'scheduled')) return notOpen(ctx)
    return taken(made, REWORD, { ctx, now: wordsOf(poll) }, submit, changes => rewrite(ctx, poll, { ...wordsOf(poll), ...changes }))
  },
}

/** New words for the question and the options: each line is the option with that place; votes stay with it. */
async function rewrite(ctx: Ctx, poll: WholePoll, { question, options: texts }: Words): Promise<Outcome> {
  const options = openOptions(poll)
  const changedAt = poll.state === 'open' ? ctx.speech.now : null
  if (question !== poll.question) await ctx.tx.poll.update({ where: { id: poll.id }, data: { question, changedAt } })
  const changed = options.map((option, i) => ({ ...option, now: texts[i] ?? option.text })).filter(option => option.now !== option.text)
  await Promise.all(
    changed.map(({ number, now }) =>
      ctx.tx.option.update({ where: { pollId_number: { pollId: poll.id, number } }, data: { text: now, changedAt } }),
    ),
  )
  await touch(ctx.tx, postsOfPoll(poll.id))
  return done(ctx, poll, 'polls-done-words')
}
