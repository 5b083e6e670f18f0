import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { KnownPlaces } from '../kit/audience.ts'
import { sayDate, sayRule } from '../kit/series/view-series.ts'
import { placeFacts, widenButtons } from '../kit/view-audience.ts'
import { statesLine } from '../kit/view-states.ts'
import type { Occurrence } from '../schedule/recurrence/dates.ts'
import type { Repeats } from '../schedule/recurrence/rule.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { LATE } from './domain.ts'
import type { AnnouncementSettings } from './settings.ts'

/** What the card needs to know beside the settings. */
export interface Known extends KnownPlaces {
  /** Of a draft that repeats: its first dates, and what the clocks do to later ones. */
  readonly dates: readonly Occurrence[]
}

/** The draft card: everything that is set, each with a button that changes it, a preview, and Post. */
export function draftCard(id: string, s: AnnouncementSettings, known: Known, speech: Speech, note?: string): View {
  const { t, locale } = speech.texts
  const blocks: Block[] = [
    ...(note ? [{ kind: 'text', text: note } as const] : []),
    { kind: 'title', text: t('announcements-draft-title') },
    ...(s.words ? [{ kind: 'quote', text: s.words } as const] : []),
    { kind: 'facts', rows: facts(s, known, speech) },
  ]
  const to = (action: string, label: TextKey, ...args: string[]): Button => ({
    label: t(label),
    token: token('announcements', action, id, ...args),
  })
  const buttons: Button[][] = [
    [{ ...to('post', 'announcements-draft-post'), look: 'main' }, to('preview', 'announcements-draft-preview')],
    [to('words', 'announcements-do-words'), to('when', 'announcements-do-move'), to('repeat', 'series-do-repeat')],
    s.picture
      ? [to('picture', 'announcements-do-picture'), to('picture', 'announcements-set-no-picture', 'none')]
      : [to('picture', 'announcements-set-picture')],
    [to('where', 'announcements-set-where'), to('chats', 'announcements-set-chats', '0')],
    widenButtons('announcements', id, s.places, speech),
    [to('set', s.pin ? 'announcements-set-pin-off' : 'announcements-set-pin-on', 'pin'), to('set', 'announcements-set-late', 'late')],
    [{ ...to('drop', 'announcements-draft-drop'), look: 'danger' }],
  ]
  return view({ lang: locale, blocks, buttons, brief: note ?? t('announcements-draft-title') })
}

function facts(s: AnnouncementSettings, known: Known, speech: Speech): { name: string; value: string }[] {
  const { t } = speech.texts
  return [
    ...(s.link ? [{ name: t('announcements-fact-link'), value: s.link }] : []),
    ...(s.picture ? [{ name: t('announcements-fact-picture'), value: s.picture.about }] : []),
    { name: t('announcements-fact-when'), value: goesOut(s, speech) },
    ...(s.repeats ? [{ name: t('series-fact-dates'), value: sayDates(s.repeats, known.dates, speech) }] : []),
    { name: t('announcements-fact-late'), value: lateLine(s, speech) },
    ...placeFacts(s.places, known, speech),
    { name: t('announcements-fact-pin'), value: t(s.pin ? 'announcements-pin-yes' : 'announcements-pin-no') },
  ]
}

function lateLine({ lateHours }: AnnouncementSettings, speech: Speech): string {
  const states = LATE.map(hours => ({ label: speech.texts.t('announcements-late-state', { hours }), chosen: hours === lateHours }))
  return statesLine(states, speech)
}

function goesOut({ postsAt, repeats }: AnnouncementSettings, speech: Speech): string {
  if (repeats) return sayRule(repeats, speech)
  return postsAt ? fullTime(new Date(postsAt), speech) : speech.texts.t('announcements-when-now')
}

function sayDates(repeats: Repeats, dates: readonly Occurrence[], speech: Speech): string {
  return dates.map(date => sayDate(date, repeats, speech)).join('; ')
}
