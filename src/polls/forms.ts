import { type Asked, items, type Sheet, sheet, when } from '../kit/forms.ts'
import type { Refusal } from '../kit/refusal.ts'
import { sanitizeLine } from '../view/sanitize.ts'
import { checkWords, LIMITS } from './domain.ts'
import { openOptions, type WholePoll } from './poll.ts'
import type { PollSettings } from './settings.ts'

/** The forms of polls. */

/** The question, and an option a line. */
export interface Words {
  readonly question: string
  readonly options: string[]
}

const question: Asked<Words> = {
  ...{
    name: 'question',
    label: 'polls-form-question',
    hint: 'polls-form-question-hint',
    kind: 'line',
    required: true,
    max: LIMITS.question,
  },
  now: poll => poll.question,
  read: typed => ({ changes: { question: sanitizeLine(typed) } }),
}
const options = items('options', { label: 'polls-form-options', hint: 'polls-form-options-hint', required: true, max: 2200 }, lines)

function lines(typed: string): string[] {
  const all = typed.split(/[\n|]/u).map(sanitizeLine)
  return all.filter(line => line.length > 0)
}

/** What is wrong with the words, by field. */
function wrongWords(after: Words): Readonly<Record<string, Refusal>> | undefined {
  const wrong = checkWords(after.question, after.options)
  return wrong && { [wrong.key.includes('question') ? 'question' : 'options']: wrong }
}

/** Question, options, closing time: the three things that matter. */
export const NEW = sheet<PollSettings>({
  ...{ title: 'polls-form-title', submit: 'polls-form-submit', check: wrongWords },
  asks: [
    question,
    options,
    when(
      {
        ...{ name: 'closes', label: 'polls-form-closes', hint: 'polls-form-closes-hint', pick: 'polls-form-closes-pick' },
        now: ({ closesAt }) => closesAt,
      },
      (at, said) => ({ changes: { closesAt: at.toISOString() }, said }),
      () => ({ changes: {} }),
    ),
  ],
})

export const WORDS = sheet<PollSettings>({
  ...{ title: 'polls-form-title', submit: 'polls-form-save', check: wrongWords },
  asks: [
    question,
    {
      ...options,
      read(typed, { now: { min, max } }) {
        const all = lines(typed)
        return { changes: { options: all, max: Math.min(max, all.length), min: Math.min(min, all.length) } }
      },
    },
  ],
})

/** New words for a poll that stands: one line for each option, in order. */
export const REWORD = sheet<Words>({
  ...{ title: 'polls-do-words', submit: 'polls-form-save', asks: [question, { ...options, hint: 'polls-reword-hint' }] },
  check(after, { now }) {
    const n = now.options.length
    return after.options.length === n ? wrongWords(after) : { options: { key: 'polls-wrong-line-count', args: { n } } }
  },
})

export function wordsOf(poll: WholePoll): Words {
  return { question: poll.question, options: openOptions(poll).map(option => option.text) }
}

const number = (name: 'min' | 'max'): Asked<PollSettings> => ({
  ...{ name, label: `polls-answers-${name}`, kind: 'line', required: true, max: 2, ...(name === 'max' && { hint: 'polls-answers-hint' }) },
  now: settings => String(settings[name]),
  read: typed => ({ changes: { [name]: Number.parseInt(typed, 10) } }),
})

export const ANSWERS = sheet<PollSettings>({
  ...{ title: 'polls-answers-title', submit: 'polls-form-save', asks: [number('min'), number('max')] },
  check({ min, max, addOptions, options: { length } }) {
    const most = addOptions ? LIMITS.options : length
    return min >= 1 && max >= min && max <= most ? undefined : { max: { key: 'polls-wrong-answers', args: { most } } }
  },
})

const LOOKS = {
  opens: { title: 'polls-set-opens', hint: 'polls-form-opens-hint', pick: 'polls-form-opens-pick' },
  closes: { title: 'polls-set-closes', hint: 'polls-form-closes-hand', pick: 'polls-form-closes-pick-hand' },
} as const

/** When it opens or closes, of a draft; left empty: at once, or by hand. */
export function timeSheet(which: 'opens' | 'closes'): Sheet<PollSettings> {
  const { title, ...look } = LOOKS[which]
  const ask = when<PollSettings>(
    { name: 'when', label: 'polls-form-when', ...look, now: settings => settings[`${which}At`] },
    (at, said) => ({ changes: { [`${which}At`]: at.toISOString() }, said }),
    () => ({ changes: { [`${which}At`]: null } }),
  )
  return sheet({ title, submit: 'polls-form-save', asks: [ask] })
}

/** The same, of a poll that stands: when it opens, or where it is open, when it closes. */
export function retimeSheet({ state }: WholePoll): Sheet<WholePoll> {
  const opens = state === 'scheduled'
  const { title, ...look } = LOOKS[opens ? 'opens' : 'closes']
  const set = (at: Date | null) => ({ changes: opens ? { opensAt: at } : { closesAt: at } })
  const now = ({ opensAt, closesAt }: WholePoll) => (opens ? opensAt : closesAt)?.toISOString()
  return sheet({
    ...{ title, submit: 'polls-form-save' },
    asks: [when({ name: 'when', label: 'polls-form-when', ...look, now }, set, ({ ctx }) => set(opens ? ctx.speech.now : null))],
    check: ({ opensAt, closesAt }) =>
      opens && opensAt && closesAt && opensAt >= closesAt ? { when: { key: 'polls-wrong-closes-before-opens' } } : undefined,
  })
}

/** One sentence on what came of it: goes to every space. */
export function outcomeSheet(action: 'close' | 'outcome'): Sheet<WholePoll> {
  return sheet({
    title: `polls-do-${action}`,
    submit: action === 'close' ? 'polls-close-submit' : 'polls-form-save',
    intro: ({ now }) => now.question,
    asks: [
      {
        ...{ name: 'outcome', label: 'polls-outcome-label', hint: 'polls-outcome-hint', kind: 'lines', max: LIMITS.outcome },
        now: ({ outcome }) => outcome,
        read: typed => ({ changes: { outcome: sanitizeLine(typed) } }),
      },
    ],
  })
}
