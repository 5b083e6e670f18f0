import { whereIs } from '../delivery/report.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { arrivedLines } from '../kit/arrived.ts'
import { quiet } from '../kit/page.ts'
import type { TextKey } from '../texts/keys.ts'
import { view } from '../view/make.ts'
import type { Block, View } from '../view/view.ts'
import { tallyNow } from './draw.ts'
import { show } from './gate.ts'
import { loadPoll, reminderOf, type WholePoll } from './poll.ts'
import { manageButtons, remindLine, stateLine, turnoutLine } from './view-manage.ts'
import { optionBlocks } from './view-post.ts'

/** How a poll stands, for anyone it reaches; coordinators get the buttons that manage it. */
export async function showPoll(ctx: Ctx, poll: WholePoll, note?: string): Promise<View> {
  const { t, locale } = ctx.speech.texts
  const tally = await tallyNow(ctx.tx, poll)
  const figures = show(tally, poll, { voted: false })
  const officer = ctx.roles.has('coordinator')
  return view({
    lang: locale,
    blocks: [
      ...(note ? [{ kind: 'text', text: note } as const] : []),
      { kind: 'title', text: poll.question },
      { kind: 'text', text: t('polls-state-line', { state: stateLine(poll, ctx.speech) }) },
      ...(poll.outcome ? [{ kind: 'quote', text: poll.outcome } as const] : []),
      ...optionBlocks(poll, figures, ctx.speech),
      ...(figures || poll.state !== 'open' ? [] : [quiet(turnoutLine(tally, ctx.speech))]),
      ...(officer ? await reminders(ctx, poll) : []),
    ],
    buttons: [[{ label: t('polls-my-vote'), token: token('polls', 'mine', poll.id) }], ...(officer ? manageButtons(poll, ctx.speech) : [])],
  })
}

/** When reminders go out, and in which chats the last ones have come. */
async function reminders({ tx, speech }: Ctx, poll: WholePoll): Promise<readonly Block[]> {
  const posts = await whereIs(tx, { networkId: poll.networkId, subject: reminderOf(poll.id) })
  const newest = occasionOf(posts[0]?.key)
  const last = posts.filter(post => occasionOf(post.key) === newest)
  return [...remindLine(poll, speech), ...arrivedLines('reminded', last, speech)].map(quiet)
}

/** What a reminder was sent for: the end of its key. */
function occasionOf(key = ''): string {
  return key.slice(key.indexOf('/remind/'))
}

export async function done(ctx: Ctx, poll: WholePoll, key: TextKey, args: Record<string, string | number> = {}): Promise<Outcome> {
  const fresh = await loadPoll(ctx.tx, poll.id)
  return whisper(await showPoll(ctx, fresh ?? poll, ctx.speech.texts.t(key, args)))
}

export function notOpen(ctx: Ctx): Outcome {
  return unchanged(ctx, 'polls-not-open')
}
