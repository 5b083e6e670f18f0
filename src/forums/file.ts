import type { Ctx, Deps, Outcome } from '../feature.ts'
import { note } from '../network/desk.ts'
import { whisper } from '../replies.ts'
import { icsOf } from '../schedule/ics.ts'
import { view } from '../view/make.ts'
import type { Block } from '../view/view.ts'
import { isOpenTo } from './answer.ts'
import { nameOf } from './domain.ts'
import { loadForum } from './forum.ts'
import { asHappening } from './held.ts'

/** The forum as a calendar file, for whoever may know of it. */
export async function sendFile(ctx: Ctx, deps: Deps, id: string | undefined): Promise<Outcome> {
  const one = await loadForum(ctx.tx, id)
  const there = one && (await ctx.in(one.networkId))
  if (!one || !there?.person) return note(ctx, 'forums-unknown')
  const mine = { forumId: one.id, personId: there.person.id }
  if (!isOpenTo(there, one) && (await ctx.tx.rsvp.count({ where: mine })) === 0) return note(ctx, 'forums-unknown')
  if (!ctx.chat.can.files) return note(ctx, 'forums-no-files')
  const { t, locale } = there.speech.texts
  const about = t('forums-file-about', { theme: nameOf(one.theme) })
  const text = icsOf([asHappening(one)], {
    ...{ network: one.networkId, now: deps.clock.now(), cancelled: (name: string) => t('calendar-cancelled', { name }) },
  })
  const file: Block = { kind: 'file', name: 'forum.ics', mime: 'text/calendar', text, about }
  return { again: whisper(view({ lang: locale, blocks: [file], brief: about })) }
}
