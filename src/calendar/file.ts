import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { inPrivate, unchanged, whisper } from '../feature/replies.ts'
import { view } from '../view/make.ts'
import { aheadOf, type FeedKind } from './feed.ts'
import type { Member } from './members.ts'
import { whatOf } from './view.ts'

/** Undefined where a file can be sent, else the way to it: a group may be unable to show one to a single person. `menu`: the token of what is opened there. */
export function filesWork(ctx: Ctx, menu: string): Outcome | undefined {
  if (!ctx.chat.can.files) return unchanged(ctx, 'calendar-no-files')
  return ctx.inbound.place === 'private' ? undefined : inPrivate(ctx, menu)
}

/** What is ahead as a file, where no link would open for anybody. */
export async function sendFile(
  { ctx, network, person, tools }: Member,
  kind: FeedKind,
  area: { readonly id: string; readonly name: string } | null,
): Promise<Outcome> {
  const feed = { networkId: network.id, personId: person.id, kind, areaId: area?.id ?? null }
  const happenings = await aheadOf(tools.deps.features(), ctx, feed)
  const { t, locale } = ctx.speech.texts
  const what = whatOf({ kind, area }, network, ctx.speech)
  if (happenings.length === 0) return unchanged(ctx, 'calendar-file-none', { what })
  const { icsOf } = await import('../schedule/ics.ts')
  const text = icsOf(happenings, { network: network.id, now: ctx.speech.now, cancelled: name => t('calendar-cancelled', { name }) })
  const about = t('calendar-file-about', { what, n: happenings.length })
  const blocks = [
    { kind: 'text', text: t('calendar-file-how') },
    { kind: 'file', name: 'calendar.ics', mime: 'text/calendar', text, about },
  ] as const
  return { again: whisper(view({ lang: locale, blocks, brief: about })) }
}
