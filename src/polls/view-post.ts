import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import { fullTime, moment, shortTime } from '../texts/when.ts'
import { isolated, numbered } from '../view/direction.ts'
import { view } from '../view/make.ts'
import { shorten } from '../view/sanitize.ts'
import type { Bar, Block, Button, View } from '../view/view.ts'
import type { Tally, Turnout, Visible } from './gate.ts'
import { areaName, openOptions, type ShownPoll } from './poll.ts'
import { movesAt, NO_STEPS } from './steps.ts'

/** Characters of area lines in one post; what does not fit stands in `/poll show`. */
const AREA_ROOM = 600

/** A poll as it stands in a space. Pure. */
export function postView(poll: ShownPoll, figures: Visible<Tally> | undefined, speech: Speech): View {
  const { t, locale } = speech.texts
  if (poll.state === 'withdrawn') return view({ lang: locale, blocks: [title(poll), text(t('polls-post-withdrawn'))], whole: true })
  const blocks: Block[] = [title(poll)]
  if (poll.changedAt) blocks.push(quiet(t('polls-post-changed', { when: shortTime(poll.changedAt, speech) })))
  if (poll.state === 'open') blocks.push(text(rulesLine(poll, speech)))
  if (poll.state === 'open' && poll.closesAt) blocks.push(whenCloses(poll.closesAt, speech))
  if (poll.state === 'closed' && poll.closedAt) blocks.push(whenClosed(poll.closedAt, speech))
  if (poll.outcome) blocks.push({ kind: 'quote', text: poll.outcome })
  blocks.push(...optionBlocks(poll, figures, speech))
  if (poll.state === 'open') blocks.push(quiet(secrecyLine(poll, speech)))
  return view({ lang: locale, blocks, buttons: poll.state === 'open' ? postButtons(poll, speech) : [], brief: poll.question, whole: true })
}

/** A reminder: the poll without its numbers while it is open, and then as its post stands. Pure. */
export function reminderView(poll: ShownPoll, figures: Visible<Tally> | undefined, answered: Turnout, speech: Speech): View {
  if (poll.state !== 'open') return postView(poll, figures, speech)
  const { t, locale } = speech.texts
  const blocks: Block[] = [
    title(poll),
    text(t(answered.isStep ? 'polls-remind-steps' : 'polls-remind', { n: answered.n })),
    text(rulesLine(poll, speech)),
    ...(poll.closesAt ? [whenCloses(poll.closesAt, speech)] : []),
    quiet(secrecyLine(poll, speech)),
  ]
  return view({ lang: locale, blocks, buttons: postButtons(poll, speech), brief: poll.question, whole: true })
}

function whenCloses(closesAt: Date, speech: Speech): Block {
  return { kind: 'when', name: speech.texts.t('polls-closes'), ...moment(closesAt, speech) }
}

function whenClosed(closedAt: Date, speech: Speech): Block {
  return { kind: 'when', name: '', ...moment(closedAt, speech, when => speech.texts.t('polls-post-closed', { when })) }
}

/** The options with their figures where these may be seen, and how many answered. */
export function optionBlocks(poll: ShownPoll, figures: Visible<Tally> | undefined, speech: Speech): Block[] {
  const options = openOptions(poll)
  const list: Block = {
    kind: 'bars',
    rows: options.map(option => ({
      label: numbered(option.number, optionText(option, speech)),
      count: '',
      share: 0,
      token: voteToken(poll, option),
    })),
  }
  const isClosed = poll.state === 'closed'
  if (poll.state === 'withdrawn') return [list]
  if (!figures) return [list, quiet(isClosed ? noFigures(poll, speech) : figuresLine(poll, undefined, speech))]
  // Before the first step a secret poll has no figures: a 0 would not be true.
  if (figures.ballots === 0 && figures.movesAt !== undefined) return [list, quiet(figuresLine(poll, figures, speech))]
  const rows = options.map(option => ({ option, n: figures.options.get(option.number) ?? 0 }))
  const most = Math.max(1, ...rows.map(row => row.n))
  const bars = (isClosed ? rows.toSorted((a, b) => b.n - a.n) : rows).map(({ option, n }): Bar => {
    const label = numbered(option.number, optionText(option, speech))
    return {
      label: isClosed && n === most ? speech.texts.t('polls-most', { option: label }) : label,
      count: isClosed ? countOf(n, figures.ballots, speech) : speech.texts.n(n),
      share: n / Math.max(1, figures.ballots),
      token: voteToken(poll, option),
    }
  })
  return [
    { kind: 'bars', rows: bars },
    text(speech.texts.t('polls-answers', { n: figures.ballots })),
    ...areaBlocks(poll, figures, speech),
    ...(figures.movesAt === undefined ? [] : [quiet(figuresLine(poll, figures, speech))]),
  ]
}

/** "36 (43%)": of the ballots. */
function countOf(n: number, ballots: number, { texts, locale }: Speech): string {
  if (ballots === 0) return texts.n(n)
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(n / ballots)
  return texts.t('polls-count', { n: texts.n(n), percent })
}

/** Why a closed poll has no numbers. */
export function noFigures({ secret, hideUnder }: Pick<ShownPoll, 'secret' | 'hideUnder'>, { texts }: Speech): string {
  return secret ? texts.t('polls-too-few', { under: hideUnder }) : texts.t('polls-no-figures')
}

/** As of how many answers the numbers of an open poll stand, and when they move next. */
export function figuresLine(
  { secret, results, hideUnder }: Pick<ShownPoll, 'secret' | 'results' | 'hideUnder'>,
  steps: Pick<Tally, 'ballots' | 'movesAt'> | undefined,
  { texts }: Speech,
): string {
  const next = secret && results === 'live' ? (steps?.movesAt ?? movesAt(NO_STEPS, hideUnder)) : steps?.movesAt
  if (next === undefined) {
    const key = `polls-figures-${results}` as const
    return secret
      ? texts.t('polls-figures-and', { line: texts.t(key), few: texts.t('polls-few-never', { under: hideUnder }) })
      : texts.t(key)
  }
  const few = texts.t('polls-few-never', { under: hideUnder })
  return steps && steps.ballots > 0
    ? texts.t('polls-as-of', { n: steps.ballots, next })
    : texts.t('polls-figures-and', { line: texts.t('polls-first-step', { next }), few })
}

function areaBlocks(poll: ShownPoll, figures: Visible<Tally>, speech: Speech): Block[] {
  const lines = areaLines(poll, figures, speech)
  if (lines.length === 0) return []
  if (lines.join('\n').length > AREA_ROOM) return [quiet(speech.texts.t('polls-areas-elsewhere', { n: figures.areas.lines.length }))]
  return [{ kind: 'list', items: [...lines] }, quiet(speech.texts.t('polls-area-rounded'))]
}

/** A line for each area that may be shown on its own, by name, and one for all other answers. */
export function areaLines(poll: ShownPoll, { areas }: Visible<Tally>, speech: Speech): readonly string[] {
  const { t, n } = speech.texts
  const options = openOptions(poll)
  const figure = (count: number): string => (count === 0 ? t('polls-under-three') : n(count))
  const lines = areas.lines.map(line => {
    const area = areaName(poll, line.area) ?? t('polls-area-gone')
    const parts = options.map(({ number, text }) => `${isolated(shorten(text, 24))} ${figure(line.options?.get(number) ?? 0)}`)
    const words = line.options
      ? t('polls-area-line', { area, n: line.ballots, parts: parts.join(' · ') })
      : t('polls-area-count', { area, n: line.ballots })
    return { area, words }
  })
  const byName = lines.toSorted((a, b) => a.area.localeCompare(b.area, speech.locale)).map(line => line.words)
  return areas.others > 0 && lines.length > 0 ? [...byName, t('polls-area-others', { n: areas.others })] : byName
}

function optionText(option: { readonly text: string; readonly changedAt: Date | null }, { texts }: Speech): string {
  return option.changedAt ? texts.t('polls-option-changed', { option: option.text }) : option.text
}

/** "One answer." or "Choose 1 to 3." */
export function rulesLine(poll: Pick<ShownPoll, 'min' | 'max' | 'voters'>, { texts }: Speech): string {
  const how = poll.max === 1 ? texts.t('polls-one-answer') : texts.t('polls-several-answers', { min: poll.min, max: poll.max })
  return poll.voters === 'steering' ? `${how} ${texts.t('polls-steering-only')}` : how
}

/** Who can see what, said before the tap. */
export function secrecyLine(poll: Pick<ShownPoll, 'secret'>, { texts }: Speech): string {
  return texts.t(poll.secret ? 'polls-secret-line' : 'polls-named-line')
}

const voteToken = (poll: Pick<ShownPoll, 'id'>, { number }: { readonly number: number }): string => token('polls', 'v', poll.id, number)

function postButtons(poll: ShownPoll, { texts }: Speech): Button[][] {
  const rows = openOptions(poll).map((option): Button[] => [
    {
      label: numbered(option.number, option.text),
      token: voteToken(poll, option),
      beside: texts.t('polls-choose', { number: option.number }),
    },
  ])
  const last: Button[] = [{ label: texts.t('polls-my-vote'), token: token('polls', 'mine', poll.id) }]
  if (poll.addOptions && poll.options.length < 20) last.push({ label: texts.t('polls-add-option'), token: token('polls', 'add', poll.id) })
  return [...rows, last]
}

/** The outcome of a closed poll, as a message of its own. */
export function outcomeView(poll: ShownPoll, figures: Visible<Tally> | undefined, late: boolean, speech: Speech): View {
  const { t, locale } = speech.texts
  const when = poll.closedAt ? fullTime(poll.closedAt, speech) : ''
  const due = poll.closesAt ? fullTime(poll.closesAt, speech) : ''
  return view({
    lang: locale,
    blocks: [
      { kind: 'title', text: t('polls-outcome-title', { question: poll.question }) },
      ...(poll.outcome ? ([{ kind: 'quote', text: poll.outcome }] as const) : []),
      ...optionBlocks(poll, figures, speech),
      ...(late ? [quiet(t('polls-closed-late', { when, due }))] : poll.closedAt ? [whenClosed(poll.closedAt, speech)] : []),
    ],
    brief: t('polls-outcome-title', { question: poll.question }),
    whole: true,
  })
}

function title(poll: ShownPoll): Block {
  return { kind: 'title', text: poll.question }
}

function text(words: string): Block {
  return { kind: 'text', text: words }
}

function quiet(words: string): Block {
  return { kind: 'quiet', text: words }
}
