import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import { quiet } from '../kit/page.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime, shortTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import type { Button, View } from '../view/view.ts'
import { type Tally, turnout } from './gate.ts'
import type { WholePoll } from './poll.ts'

/** The card after posting, and from the list: how it stands, and what can be done. */
export function postedView(poll: WholePoll, speech: Speech): View {
  const { t, locale } = speech.texts
  const spaces = poll.spaces.length
  const key = poll.state === 'scheduled' ? 'polls-posted-scheduled' : 'polls-posted'
  const when = poll.opensAt ? fullTime(poll.opensAt, speech) : ''
  const closes = poll.closesAt ? t('polls-posted-closes', { when: fullTime(poll.closesAt, speech) }) : t('polls-posted-no-close')
  return view({
    lang: locale,
    blocks: [
      { kind: 'title', text: poll.question },
      { kind: 'text', text: t(key, { n: spaces, when }) },
      { kind: 'text', text: closes },
      ...remindLine(poll, speech).map(quiet),
    ],
    buttons: manageButtons(poll, speech),
  })
}

/** How many have answered, where the numbers are not seen; of a secret poll, when they were last counted. */
export function turnoutLine(tally: Tally, { texts: { t } }: Speech): string {
  const n = turnout(tally)
  return tally.movesAt === undefined ? t('polls-turnout', { n }) : t('polls-turnout-steps', { n })
}

/** Open until when, closed when, opening when. */
export function stateLine(poll: WholePoll, speech: Speech): string {
  const { t } = speech.texts
  const when = poll.state === 'closed' ? poll.closedAt : poll.state === 'scheduled' ? poll.opensAt : poll.closesAt
  return t(`polls-state-${poll.state}${when ? '' : '-no-time'}`, { when: when ? shortTime(when, speech) : '' })
}

/** When chats where few have answered are reminded, if they are. */
export function remindLine({ remindAt, state }: Pick<WholePoll, 'remindAt' | 'state'>, speech: Speech): readonly string[] {
  const isAhead = remindAt !== null && (state === 'open' || state === 'scheduled')
  return isAhead ? [speech.texts.t('polls-reminds', { when: fullTime(remindAt, speech) })] : []
}

export function manageButtons(poll: WholePoll, { texts: { t } }: Speech): Button[][] {
  const to = (action: string, label: TextKey, look?: 'danger'): Button => ({
    label: t(label),
    token: token('polls', action, poll.id),
    ...(look ? { look } : {}),
  })
  if (poll.state === 'scheduled')
    return [[to('retime', 'polls-do-time'), to('reword', 'polls-do-words')], [to('withdraw', 'polls-do-withdraw', 'danger')]]
  const names = poll.secret ? [] : [to('names', 'polls-do-names')]
  if (poll.state === 'closed') return [[to('outcome', 'polls-do-outcome'), ...names]]
  if (poll.state !== 'open') return []
  return [
    [to('remind', 'polls-do-remind'), to('again', 'polls-do-again')],
    [to('retime', 'polls-do-time'), to('reword', 'polls-do-words')],
    [to('hide', 'polls-do-hide'), to('rules', 'polls-do-rules'), ...names],
    [to('close', 'polls-do-close'), to('withdraw', 'polls-do-withdraw', 'danger')],
  ]
}
