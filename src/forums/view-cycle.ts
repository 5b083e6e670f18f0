import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { KnownPlaces } from '../kit/audience.ts'
import { quiet, text } from '../kit/page.ts'
import { placeFacts, widenButtons } from '../kit/view-audience.ts'
import { fullTime } from '../texts/when.ts'
import { listed } from '../view/direction.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import type { ForumSettings } from './settings.ts'
import { lengthOf, placeRows } from './view-post.ts'

/** One forum of the cycle, with its poll beforehand. */
export interface Planned {
  readonly forum: ForumSettings
  readonly startsAt: Date
  readonly poll:
    | { readonly question: string; readonly options: readonly string[]; readonly opensAt: Date | null; readonly closesAt: Date }
    | undefined
}

interface Card {
  readonly id: string
  readonly settings: Pick<ForumSettings, 'places'> & { readonly address: string }
  readonly speech: Speech
  /** What has just happened. */
  readonly said?: string | undefined
}

/** Everything that will be posted, and when; nothing before Post. Pure. */
export function cycleCard({ id, settings, speech, said }: Card, planned: readonly Planned[], known: KnownPlaces): View {
  const { t, locale } = speech.texts
  const to = (action: string, label: string, ...args: string[]): Button => ({ label, token: token('forums', action, id, ...args) })
  const [first] = planned
  const blocks: Block[] = [
    ...(said ? [text(said)] : []),
    { kind: 'title', text: t('forums-cycle-draft-title') },
    quiet(t('forums-cycle-nothing-yet')),
    ...planned.flatMap(one => plannedBlocks(one, speech)),
    { kind: 'facts', rows: [...(first ? placeRows(first.forum, speech) : []), ...placeFacts(settings.places, known, speech)] },
  ]
  const buttons: Button[][] = [
    [{ ...to('post', t('forums-draft-post')), look: 'main' }, to('preview', t('forums-draft-preview'))],
    [to('plan', t('forums-cycle-plan'))],
    [to('where', t('forums-set-where')), to('chats', t('forums-set-chats'), '0')],
    widenButtons('forums', id, settings.places, speech),
    [{ ...to('drop', t('forums-draft-drop')), look: 'danger' }],
  ]
  return view({ lang: locale, blocks, buttons, brief: said ?? t('forums-cycle-draft-title') })
}

function plannedBlocks({ forum, startsAt, poll }: Planned, speech: Speech): readonly Block[] {
  const { t } = speech.texts
  const when = t('forums-cycle-when', { when: fullTime(startsAt, speech), long: lengthOf(forum.minutes, speech) })
  const announced = forum.postsAt
    ? t('forums-cycle-announced', { when: fullTime(new Date(forum.postsAt), speech) })
    : t('forums-cycle-announced-now')
  return [
    { kind: 'title', text: forum.theme },
    { kind: 'list', items: [when, announced, poll ? pollLine(poll, speech) : t('forums-cycle-poll-none')] },
  ]
}

function pollLine({ question, options, opensAt, closesAt }: NonNullable<Planned['poll']>, speech: Speech): string {
  const { t } = speech.texts
  const said = { question, options: listed(options, ' · '), closes: fullTime(closesAt, speech) }
  return opensAt ? t('forums-cycle-poll', { ...said, opens: fullTime(opensAt, speech) }) : t('forums-cycle-poll-now', said)
}
