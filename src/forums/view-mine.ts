import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { free, LIMITS, needsGo, stageOf } from './domain.ts'
import { placeRows, type Shown, whenBlocks } from './view-post.ts'
import { offerButtons } from './view-told.ts'

/** What somebody has said. */
interface Stands {
  readonly answer: string
  readonly party: number
  readonly offerUntil: Date | null
  readonly remind: boolean
  readonly needs: string | null
}

/** How somebody stands: their answer, the people they bring, and for how long that can be changed. */
export interface Mine {
  readonly one: Shown
  readonly rsvp: Stands | undefined
  /** How many wait before them. */
  readonly ahead: number
  /** Whether a private message would reach them: `open`, or what it takes. */
  readonly reach: 'open' | 'always' | 'once started' | 'may refuse'
}

/** Where it will stand, for those whom no private message reaches. */
const WAYS = {
  always: 'forums-mine-look',
  'once started': 'forums-mine-look-start',
  'may refuse': 'forums-mine-look',
} as const

/** How many places are free for who is the first to wait, with more people than fit. */
function placesAlone({ one, rsvp, ahead }: Mine, speech: Speech): number {
  const isAhead = ['planned', 'ahead'].includes(stageOf(one, speech.now))
  return rsvp?.answer === 'waiting' && ahead === 0 && isAhead && one.capacity !== null ? free(one) : 0
}

/** In one or two sentences, short enough for any platform's private answer. Pure. */
export function receipt(mine: Mine, speech: Speech): string {
  const { one, rsvp, ahead } = mine
  const { t } = speech.texts
  if (!rsvp) return t('forums-mine-none')
  const { answer, party } = rsvp
  if (answer === 'offered') return t('forums-mine-offered', { until: rsvp.offerUntil ? fullTime(rsvp.offerUntil, speech) : '' })
  if (answer === 'waiting') {
    const left = placesAlone(mine, speech)
    if (left > 0) return t('forums-mine-fits', { left, party })
    return `${t('forums-mine-waiting', { ahead, with: party - 1 })} ${t(mine.reach === 'open' ? 'forums-mine-told' : WAYS[mine.reach])}`
  }
  if (answer === 'coming') return t('forums-mine-coming', { with: party - 1, when: fullTime(one.startsAt, speech) })
  return t(answer === 'maybe' ? 'forums-mine-maybe' : 'forums-mine-cant')
}

/** The private card: what I said, and everything that I can say beside it. Pure. */
export function mineView(mine: Mine, speech: Speech, said?: string): View {
  const { one, rsvp } = mine
  const { t, locale } = speech.texts
  const needs = rsvp?.needs
  const blocks: Block[] = [
    ...(said ? [{ kind: 'text', text: said } as const] : []),
    { kind: 'title', text: one.theme },
    ...whenBlocks(one, speech),
    { kind: 'facts', rows: placeRows(one, speech) },
    { kind: 'text', text: receipt(mine, speech) },
    ...(needs ? [{ kind: 'quote', text: needs } as const] : []),
    ...(needs ? [{ kind: 'quiet', text: t('forums-mine-needs', { until: fullTime(needsGo(one), speech) }) } as const] : []),
    ...(rsvp?.remind && rsvp.answer === 'coming'
      ? [{ kind: 'quiet', text: t(mine.reach === 'open' ? 'forums-mine-remind' : 'forums-mine-remind-not') } as const]
      : []),
    { kind: 'quiet', text: t('forums-mine-who-sees') },
  ]
  return view({ lang: locale, blocks, buttons: buttons(mine, speech), brief: said ?? receipt(mine, speech) })
}

function buttons(mine: Mine, speech: Speech): Button[][] {
  const { one, rsvp } = mine
  const { t } = speech.texts
  const stage = stageOf(one, speech.now)
  const to = (label: TextKey, action: string, ...args: (string | number)[]): Button => ({
    label: t(label),
    token: token('forums', action, one.id, ...args),
  })
  const forget = rsvp ? [[{ ...to('forums-do-forget', 'forget'), look: 'danger' } as const]] : []
  if (stage === 'over' || stage === 'cancelled') return forget
  const files = [to('forums-do-file', 'file'), { label: t('forums-do-feed'), token: token('calendar', 'feed', one.networkId) }]
  const answers = [to('forums-do-go', 'go'), to('forums-do-maybe', 'maybe'), to('forums-do-cant', 'cant')]
  if (!rsvp || rsvp.answer === 'maybe' || rsvp.answer === 'cant') return [answers, files, ...forget]
  const { party, answer } = rsvp
  return [
    ...(placesAlone(mine, speech) > 0 ? [[{ ...to('forums-do-alone', 'alone'), look: 'main' } as const]] : []),
    ...(answer === 'offered' ? [[...offerButtons(one.id, speech)]] : [[to('forums-do-maybe', 'maybe'), to('forums-do-cant', 'cant')]]),
    [
      ...(party < LIMITS.party ? [to('forums-do-more', 'party', party + 1)] : []),
      ...(party > 1 ? [to('forums-do-fewer', 'party', party - 1)] : []),
    ],
    [to('forums-do-needs', 'needs'), rsvp.remind ? to('forums-do-unremind', 'remind', 'off') : to('forums-do-remind', 'remind', 'on')],
    files,
    ...forget,
  ]
}
