import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import { fullTime, shortTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import { shorten } from '../view/sanitize.ts'
import type { Bar, Block, Button, View } from '../view/view.ts'
import type { Tally, Visible } from './gate.ts'
import { areaName, openOptions, type ShownPoll } from './poll.ts'

/** Characters of area lines in one post; what does not fit stands in `/poll show`. */
const AREA_ROOM = 600

/** A poll as it stands in a space. Pure. */
export function postView(poll: ShownPoll, figures: Visible<Tally> | undefined, speech: Speech): View {
  const { t, locale } = speech.texts
  if (poll.state === 'withdrawn') return view({ lang: locale, blocks: [title(poll), text(t('polls-post-withdrawn'))], whole: true })
  const blocks: Block[] = [title(poll)]
  if (poll.changedAt) blocks.push(quiet(t('polls-post-changed', { when: shortTime(poll.changedAt, speech) })))
  if (poll.state === 'open') blocks.push(text(rulesLine(poll, speech)))
  if (poll.state === 'open' && poll.closesAt)
    blocks.push({ kind: 'when', name: t('polls-closes'), at: poll.closesAt.toISOString(), text: fullTime(poll.closesAt, speech) })
  if (poll.state === 'closed' && poll.closedAt) blocks.push(text(t('polls-post-closed', { when: fullTime(poll.closedAt, speech) })))
  if (poll.outcome) blocks.push({ kind: 'quote', text: poll.outcome })
  blocks.push(...optionBlocks(poll, figures, speech))
  if (poll.state === 'open') blocks.push(quiet(secrecyLine(poll, speech)))
  return view({ lang: locale, blocks, buttons: poll.state === 'open' ? postButtons(poll, speech) : [], brief: poll.question, whole: true })
}

/** The options with their figures where these may be seen, and how many answered. */
export function optionBlocks(poll: ShownPoll, figures: Visible<Tally> | undefined, speech: Speech): Block[] {
  const { t } = speech.texts
  const options = openOptions(poll)
  const list = text(options.map(option => `${option.number}. ${optionText(option, speech)}`).join('\n'))
  if (!figures) return [list, quiet(t(poll.state === 'closed' ? 'polls-no-figures' : `polls-figures-${poll.results}`))]
  // Before the first step a secret poll has no figures: a 0 would not be true.
  if (figures.ballots === 0 && poll.secret && poll.state === 'open')
    return [list, quiet(t('polls-first-step', { under: poll.network.hideUnder }))]
  const most = Math.max(1, figures.ballots)
  const bars = options.map((option): Bar => {
    const n = figures.options.get(option.number) ?? 0
    return { label: `${option.number}. ${optionText(option, speech)}`, count: speech.texts.n(n), share: n / most }
  })
  return [
    { kind: 'bars', rows: bars },
    text(t('polls-answers', { n: figures.ballots, areas: figures.areas.length })),
    ...areaBlocks(poll, figures, speech),
  ]
}

function areaBlocks(poll: ShownPoll, figures: Visible<Tally>, speech: Speech): Block[] {
  const lines = areaLines(poll, figures, speech)
  const short = lines.join('\n').length <= AREA_ROOM ? lines : [speech.texts.t('polls-areas-elsewhere', { n: lines.length })]
  return lines.length > 0 ? [{ kind: 'list', items: short }] : []
}

/** A line for each area that may be shown on its own. */
export function areaLines(poll: ShownPoll, figures: Visible<Tally>, speech: Speech): readonly string[] {
  const { t } = speech.texts
  const options = openOptions(poll)
  return figures.areas.map(line => {
    const name = line.areas
      .map(area => (area === '' ? t('polls-area-not-said') : (areaName(poll, area) ?? t('polls-area-gone'))))
      .join(', ')
    const parts = options.map(option => `${shorten(option.text, 24)} ${speech.texts.n(line.options.get(option.number) ?? 0)}`)
    return t('polls-area-line', { area: name, n: line.ballots, parts: parts.join(' · ') })
  })
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

function postButtons(poll: ShownPoll, { texts }: Speech): Button[][] {
  const rows = openOptions(poll).map((option): Button[] => [
    { label: `${option.number}. ${option.text}`, token: token('polls', 'v', poll.id, option.number) },
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
      quiet(late ? t('polls-closed-late', { when, due }) : t('polls-post-closed', { when })),
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
