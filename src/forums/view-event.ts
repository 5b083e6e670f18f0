import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import { beside, numbered } from '../view/direction.ts'
import { view } from '../view/make.ts'
import type { EventBlock, View } from '../view/view.ts'
import { endsAt } from './domain.ts'
import { hostRows, placeRows, type Shown } from './view-post.ts'

/** A forum as a date in the app's own calendar: what is public of it, without figures, and where to answer. Pure. */
export function eventView(one: Shown, speech: Speech): View {
  const { t, locale } = speech.texts
  const [place, ...more] = placeRows(one, speech)
  const facts = [...more, ...hostRows(one, speech)].map(({ name, value }) => `${beside(name, value)}: ${beside(value, name)}`).join('\n')
  const agenda = one.agenda.map((item, i) => numbered(i + 1, item)).join('\n')
  const event: EventBlock = {
    kind: 'event',
    id: token('forums', one.id),
    name: one.theme,
    // What comes last is cut first where there is little room.
    about: [t('forums-event-answer'), one.about, agenda, facts].filter(part => part !== '').join('\n\n'),
    ...(one.link ? { link: one.link } : {}),
    startsAt: one.startsAt.toISOString(),
    endsAt: endsAt(one).toISOString(),
    place: place?.value ?? '',
  }
  return view({ lang: locale, blocks: [event], brief: one.theme, whole: true })
}
