import { Secret } from '../base/secret.ts'
import type { Speech } from '../feature/context.ts'
import type { Unkept } from '../feature/outcome.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import type { EndOf } from '../texts/texts.ts'
import { shortTime } from '../texts/when.ts'
import { listed, numbered } from '../view/direction.ts'
import { sentence, view } from '../view/make.ts'
import { shorten } from '../view/sanitize.ts'
import type { Block, Button, View } from '../view/view.ts'
import type { Cast } from './cast.ts'
import type { Decided } from './domain.ts'
import type { Tally, Visible } from './gate.ts'
import type { WholePoll } from './poll.ts'
import { movesAt, seen } from './steps.ts'
import { figuresLine, optionBlocks, secrecyLine } from './view-post.ts'

/** The most characters of a receipt: what every platform can show to one person in a group. */
const RECEIPT = 195

/** What one person is told after a press: what is counted now, who can see it, until when it can be changed. `buttons`: whether there may be any. */
export function receiptView(cast: Cast, speech: Speech, buttons: boolean): View | Unkept {
  const { t, locale } = speech.texts
  if ('refused' in cast) return sentence(locale, t(cast.refused, { question: shorten(cast.poll?.question ?? '', 60) }))
  const { poll, decided, ballot } = cast
  const names = ballot.options.flatMap(number => poll.options.filter(option => option.number === number).map(option => option.text))
  const chosen = shorten(listed(names), 70)
  const until = poll.closesAt ? shortTime(poll.closesAt, speech) : t('polls-until-closed')
  const missing = poll.min - ballot.options.length
  const first = t(`polls-receipt-${words(decided)}`, { chosen, max: poll.max })
  const parts = [
    first,
    t('polls-receipt-poll', { question: shorten(poll.question, 40) }),
    ...(missing > 0 && ballot.options.length > 0 ? [t('polls-receipt-missing', { missing })] : []),
    ...stepsLine(cast, speech),
    t(poll.secret ? 'polls-receipt-secret' : 'polls-receipt-named'),
    t('polls-receipt-until', { until }),
  ]
  const text = fitting(parts, RECEIPT)
  const back: Button[] =
    buttons && ballot.options.length > 0 ? [{ label: t('polls-take-back'), token: token('polls', 'mine', poll.id) }] : []
  return unkept(poll, speech, sentence(locale, text, [back, ...(buttons ? sayArea(cast, speech) : [])]))
}

/** Whoever answers for the first time where no area is known can say their own: the answer moves there. */
function sayArea({ poll, decided, ballot, voter }: Counted, { texts: { t } }: Speech): Button[][] {
  if (decided.what !== 'counted' || ballot.areaId !== null || voter.areaId !== null || !poll.hasAreas) return []
  return [[{ label: t('polls-say-area'), token: token('network', 'areas') }]]
}

type Counted = Exclude<Cast, { readonly refused: TextKey }>

/** As of how many answers the numbers stand that one's own is not yet in, and when they move. */
function stepsLine({ poll, steps }: Counted, { texts: { t } }: Speech): readonly string[] {
  if (!steps || poll.results === 'closed') return []
  const next = movesAt(steps, poll.hideUnder)
  const { ballots } = seen(steps, poll.hideUnder)
  return [ballots > 0 ? t('polls-receipt-as-of', { n: ballots, next }) : t('polls-receipt-first-step', { next })]
}

/** In a secret poll, what tells of a choice is of a type that nothing can store. Lost, it is said again without the choice. */
function unkept(
  { id, secret, question }: Pick<WholePoll, 'id' | 'secret' | 'question'>,
  { texts, locale }: Speech,
  view: View,
): View | Unkept {
  if (!secret) return view
  const opens = token('polls', 'mine', id)
  const words = texts.t('polls-lost', { question: shorten(question, 60) })
  return { secret: new Secret(view), opens, ifLost: sentence(locale, words, [[{ label: texts.t('polls-my-vote'), token: opens }]]) }
}

function words({ what, options }: Decided): EndOf<'polls-receipt-'> {
  if (what === 'nothing to drop') return 'nothing'
  if (what === 'same' || what === 'dropped') return options.length === 0 ? 'nothing' : 'same'
  return what
}

/** As many of the sentences as fit, the first always. */
function fitting(parts: readonly string[], max: number): string {
  let text = ''
  for (const part of parts) {
    const longer = text === '' ? part : `${text} ${part}`
    if (longer.length <= max) text = longer
  }
  return text || shorten(parts[0] ?? '', max)
}

export interface MyBallot {
  readonly options: readonly number[]
  /** The name of the area that it counts in, where it counts in one. */
  readonly area: string | undefined
  readonly receipt: string
}

/** How somebody stands to a poll. `isOpen`: their answer is taken where they are, while the poll is open. */
interface Mine {
  readonly ballot: MyBallot | undefined
  readonly isOpen: boolean
}

/** `My vote`: what stands, each choice with its own way back, and what may be chosen instead. */
export function myVoteView(
  poll: WholePoll,
  { ballot, isOpen }: Mine,
  figures: Visible<Tally> | undefined,
  speech: Speech,
  note?: string,
): View | Unkept {
  const { t, locale } = speech.texts
  const open = poll.state === 'open'
  const chosen = poll.options.filter(option => ballot?.options.includes(option.number))
  const blocks: Block[] = [...(note ? [{ kind: 'text', text: note } as const] : []), { kind: 'title', text: poll.question }]
  if (ballot && chosen.length > 0) blocks.push(...chosenBlocks(poll, ballot, chosen, speech))
  else blocks.push({ kind: 'text', text: t(open ? 'polls-mine-none' : poll.secret ? 'polls-mine-gone' : 'polls-mine-none-closed') })
  blocks.push({ kind: 'quiet', text: secrecyLine(poll, speech) })
  if (open && poll.closesAt) blocks.push({ kind: 'quiet', text: t('polls-receipt-until', { until: shortTime(poll.closesAt, speech) }) })
  if (figures || poll.state === 'closed') blocks.push(...optionBlocks(poll, figures, speech))
  else if (open) blocks.push({ kind: 'quiet', text: figuresLine(poll, undefined, speech) })
  const isTaken = open && isOpen
  if (open && !isOpen) blocks.push({ kind: 'text', text: t('polls-refused-not-yours') })
  const numbers = chosen.map(option => option.number)
  return unkept(
    poll,
    speech,
    view({ lang: locale, blocks, buttons: isTaken ? [...mineButtons(poll, numbers, speech), ...mineArea(poll, ballot, speech)] : [] }),
  )
}

/** What stands, whether that is enough, and in which area it counts. */
function chosenBlocks(poll: WholePoll, { area, receipt }: MyBallot, chosen: WholePoll['options'], { texts: { t } }: Speech): Block[] {
  const items = chosen.map(option => (option.hiddenAt ? t('polls-option-hidden', { option: option.text }) : option.text))
  const missing = poll.min - chosen.length
  return [
    { kind: 'text', text: t('polls-mine-chosen') },
    { kind: 'list', items },
    ...(missing > 0 ? [{ kind: 'text', text: t('polls-receipt-missing', { missing }) } as const] : []),
    { kind: 'quiet', text: area ? t('polls-mine-area', { area, receipt }) : t('polls-mine-no-area', { receipt }) },
  ]
}

function mineArea(poll: WholePoll, ballot: MyBallot | undefined, { texts: { t } }: Speech): Button[][] {
  const isWithout =
    ballot && ballot.options.length > 0 && ballot.area === undefined && poll.network.areas.some(area => area.retiredAt === null)
  return isWithout ? [[{ label: t('polls-say-area'), token: token('network', 'areas') }]] : []
}

function mineButtons(poll: WholePoll, chosen: readonly number[], { texts }: Speech): Button[][] {
  const rows = poll.options.flatMap((option): Button[][] => {
    if (chosen.includes(option.number))
      return [
        [
          {
            label: texts.t('polls-back-one', { option: option.text }),
            token: token('polls', 'back', poll.id, option.number),
            chosen: true,
          },
        ],
      ]
    return option.hiddenAt ? [] : [[{ label: numbered(option.number, option.text), token: token('polls', 'pick', poll.id, option.number) }]]
  })
  const all: Button[] = chosen.length > 1 ? [{ label: texts.t('polls-back-all'), token: token('polls', 'backall', poll.id) }] : []
  return [...rows, all]
}
