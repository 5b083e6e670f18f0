import { whereIs } from '../delivery/report.ts'
import type { Ctx } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import { arrivedLines } from '../kit/arrived.ts'
import { unreadBlocks } from '../kit/unread.ts'
import type { TextKey } from '../texts/keys.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { endsAt, nameOf } from './domain.ts'
import { loadForum, loadForums, newsOf, postsOf, remindersOf, type WholeForum } from './forum.ts'
import { pendingOf } from './pending-rows.ts'
import { settingsOf } from './settings.ts'
import { isOpenTo } from './target.ts'
import { manageCard } from './view-card.ts'
import { listItem } from './view-list.ts'
import { postView, summaryView } from './view-post.ts'

/** How many are listed, of those ahead and of the last ones. */
const AHEAD = 10
const LAST = 5

/** How a forum stands, with what can be done: a card for coordinators. */
export async function showForum(ctx: Ctx, { id }: Pick<WholeForum, 'id'>, said?: string): Promise<View> {
  const one = await loadForum(ctx.tx, id)
  if (!one) throw new Error('A forum that was just there is gone.')
  const posts = await whereIs(ctx.tx, { networkId: one.networkId, subject: postsOf(id) })
  const lost = posts.filter(post => ['failed', 'missed', 'gone', 'unsure'].includes(post.state))
  return manageCard(one, {
    ...{ id, settings: settingsOf(one), speech: ctx.speech, said, isHost: one.hostId === ctx.person?.id },
    there: posts.filter(post => post.state === 'sent').length,
    coming: posts.filter(post => post.state === 'waiting').length,
    trouble: lost.map(post => post.title ?? '?'),
    arrived: await arrivedOf(ctx, one),
    still: one.was ? await ctx.tx.rsvp.count({ where: { forumId: id, answer: 'coming', still: one.sequence } }) : 0,
    pending: (await pendingOf(ctx, one))?.id,
  })
}

/** What came of the last reminders, and of the news of the last change. */
async function arrivedOf({ tx, speech }: Ctx, { id, networkId }: WholeForum): Promise<readonly string[]> {
  const told = await whereIs(tx, { networkId, subject: newsOf(id) })
  const reminded = await whereIs(tx, { networkId, subject: remindersOf(id) })
  return [...arrivedLines('told', lastOf(told), speech), ...arrivedLines('reminded', lastOf(reminded), speech)]
}

/** Those that were sent on the same occasion as the newest: all of their key is the same but the chat. */
function lastOf<One extends { readonly key: string }>(posts: readonly One[]): readonly One[] {
  const occasion = (key: string): string => key.slice(0, key.lastIndexOf('/'))
  return posts.filter(({ key }) => occasion(key) === occasion(posts[0]?.key ?? ''))
}

/** A forum as anybody may read it; what came out of it, where it is over. */
export async function readForum(ctx: Ctx, one: WholeForum): Promise<View> {
  if (ctx.roles.has('coordinator')) return showForum(ctx, one)
  return one.summaryAt ? summaryView(one, ctx.speech) : postView(one, ctx.speech)
}

/** What is ahead, and what came out of the last ones: those that may be known here. */
export async function listView(ctx: Ctx, said?: string): Promise<View> {
  const { t, locale } = ctx.speech.texts
  const { now } = ctx.speech
  const networkId = ctx.network?.id ?? ''
  const isCoordinator = ctx.roles.has('coordinator')
  const since = new Date(now.getTime() - 86_400_000)
  const all = await loadForums(ctx, { networkId, startsAt: { gt: since } }, { first: 'asc', most: 50 })
  const past = await loadForums(ctx, { networkId, startsAt: { lte: since }, state: 'standing' }, { first: 'desc', most: 20 })
  const near = all.filter(one => isOpenTo(ctx, one))
  const isOver = (one: WholeForum): boolean => endsAt(one) <= now
  const coming = near.filter(one => !isOver(one))
  const ahead = coming.slice(0, AHEAD)
  const over = near.filter(one => isOver(one) && one.state === 'standing').toReversed()
  const last = [...over, ...past.filter(one => isOpenTo(ctx, one))].slice(0, LAST)
  const part = (key: TextKey, some: readonly WholeForum[]): Block[] =>
    some.length === 0
      ? []
      : [
          { kind: 'title', text: t(key) },
          { kind: 'list', items: some.map(one => listItem(one, ctx.speech)) },
        ]
  const rows = [...ahead, ...last].map((one): Button[] => [{ label: nameOf(one.theme), token: token('forums', 'show', one.id) }])
  const blocks: Block[] = [
    ...(said ? [{ kind: 'text', text: said } as const] : []),
    ...part('forums-list-ahead', ahead),
    ...(coming.length > AHEAD ? [{ kind: 'quiet', text: t('forums-list-more') } as const] : []),
    ...part('forums-list-last', last),
    ...unreadBlocks(ctx, all.unread + past.unread),
    ...(rows.length === 0 ? [{ kind: 'text', text: t('forums-list-empty') } as const] : []),
  ]
  const home = ctx.space ? [ctx.space.id] : []
  const add: Button[] = [
    { label: t('forums-form-title'), token: token('forums', 'new', ...home), look: 'main' },
    { label: t('forums-cycle-title'), token: token('forums', 'cycle', ...home) },
  ]
  const calendars: Button[] = [
    { label: t('forums-do-feed'), token: token('calendar', 'feed', networkId) },
    ...(isCoordinator ? [{ label: t('forums-do-page'), token: token('calendar', 'page', networkId) }] : []),
  ]
  return view({ lang: locale, blocks, buttons: [...rows, ...(isCoordinator ? [add] : []), calendars] })
}
