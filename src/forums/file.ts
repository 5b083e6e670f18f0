import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged, whisper } from '../feature/replies.ts'
import { target } from '../kit/target.ts'
import { icsOf } from '../schedule/ics.ts'
import { view } from '../view/make.ts'
import type { Block } from '../view/view.ts'
import { nameOf } from './domain.ts'
import { asHappening } from './personal-data.ts'
import { FORUM } from './target.ts'

/** The forum as a calendar file, for whoever may know of it. */
export async function sendFile(ctx: Ctx, deps: Deps, id: string | undefined): Promise<Outcome> {
  const found = await target(ctx, FORUM, id)
  if ('refused' in found) return found.refused
  const { thing: one, ctx: there } = found
  if (!ctx.chat.can.files) return unchanged(ctx, 'forums-no-files')
  const { t, locale } = there.speech.texts
  const about = t('forums-file-about', { theme: nameOf(one.theme) })
  const text = icsOf([asHappening(one)], {
    ...{ network: one.networkId, now: deps.clock.now(), cancelled: (name: string) => t('calendar-cancelled', { name }) },
  })
  const file: Block = { kind: 'file', name: 'forum.ics', mime: 'text/calendar', text, about }
  return { again: whisper(view({ lang: locale, blocks: [file], brief: about })) }
}
