import { whereIs } from '../delivery/report.ts'
import type { Ctx } from '../feature.ts'
import { token } from '../token.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { loadAnnouncements, postsOf, type WholeAnnouncement } from './announcement.ts'
import { nameOf } from './domain.ts'
import { announcementCard, listLine } from './view-manage.ts'

/** How many are listed, of those to come and of the last ones. */
const COMING = 15
const LAST = 8

/** How an announcement stands, in every chat, with what a coordinator can do about it. */
export async function showAnnouncement(ctx: Ctx, one: WholeAnnouncement, said?: string): Promise<View> {
  const posts = await whereIs(ctx.tx, { networkId: one.networkId, subject: postsOf(one.id) })
  return announcementCard(one, posts, ctx.speech, said)
}

/** What is to come, soonest first, and the last ones that went out. */
export async function listView(ctx: Ctx, said?: string): Promise<View> {
  const { t, locale } = ctx.speech.texts
  const networkId = ctx.network?.id ?? ''
  const { now } = ctx.speech
  const coming = await loadAnnouncements(ctx.tx, { networkId, state: 'standing', postsAt: { gt: now } }, { first: 'asc', most: COMING })
  const gone = { networkId, NOT: { state: 'standing', postsAt: { gt: now } } }
  const last = await loadAnnouncements(ctx.tx, gone, { first: 'desc', most: LAST })
  const part = (key: string, all: readonly WholeAnnouncement[]): Block[] =>
    all.length === 0
      ? []
      : [
          { kind: 'title', text: t(key) },
          { kind: 'list', items: all.map(one => listLine(one, ctx.speech)) },
        ]
  const rows = [...coming, ...last].map((one): Button[] => [{ label: nameOf(one.words), token: token('announcements', 'show', one.id) }])
  const home = ctx.space ? [ctx.space.id] : []
  const add: Button = { label: t('announcements-form-title'), token: token('announcements', 'new', ...home), look: 'main' }
  const blocks: Block[] = [
    ...(said ? [{ kind: 'text', text: said } as const] : []),
    ...part('announcements-list-coming', coming),
    ...part('announcements-list-last', last),
    ...(rows.length === 0 ? [{ kind: 'text', text: t('announcements-list-empty') } as const] : []),
  ]
  return view({ lang: locale, blocks, buttons: [...rows, [add]] })
}
