import { need } from '../feature/args.ts'
import type { Ctx, Deps, Outcome, Submit } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import { createDrafts, type Draft, type DraftKind, type Drafts, type Part } from '../kit/drafts.ts'
import { timeOr } from '../schedule/asked-time.ts'
import { weekFromNow } from '../schedule/plain-time.ts'
import { sanitizeLine } from '../view/sanitize.ts'
import type { Button } from '../view/view.ts'
import { createPoll } from './create.ts'
import { checkWords, LIMITS, RESULTS, readPollText } from './domain.ts'
import { answersForm, newPollForm, timeForm, wordsForm } from './forms.ts'
import { previewPoll } from './preview.ts'
import { defaults, PollSettings, votersOf } from './settings.ts'
import { draftCard } from './view-card.ts'
import { postedView } from './view-manage.ts'
import { postView } from './view-post.ts'

/** Setting a poll up: the short form, then the draft card with a button for each setting. */

type Settings = PollSettings

const words: Part<Settings> = {
  show: ({ ctx, id, settings }, typed) => wordsForm(ctx, id, typed ? { ...settings, ...readWords(typed) } : settings),
  async read({ ctx, settings: { min, max } }, { values }) {
    const { question, options } = readWords(values)
    const wrong = wrongWords(ctx, question, options)
    if (wrong) return { wrong }
    return { changes: { question, options, max: Math.min(max, options.length), min: Math.min(min, options.length) } }
  },
}

const answers: Part<Settings> = {
  show: ({ ctx, id, settings }) => answersForm(ctx, id, settings),
  async read({ ctx, settings: { addOptions, options } }, { values }) {
    const [min, max] = ['min', 'max'].map(name => Number.parseInt(values[name] ?? '', 10))
    const most = addOptions ? LIMITS.options : options.length
    if (min !== undefined && max !== undefined && min >= 1 && max >= min && max <= most) return { changes: { min, max } }
    return { wrong: { max: ctx.speech.texts.t('polls-wrong-answers', { most }) } }
  },
}

/** When it opens or closes; left empty: at once, or by hand. */
function time(name: 'opens' | 'closes'): Part<Settings> {
  return {
    show: ({ ctx, id, settings }, typed) => {
      const made = token('polls', name, id)
      return typed ? timeForm(ctx, made, name, typed['when']) : timeForm(ctx, made, name, '', settings[`${name}At`])
    },
    async read({ ctx }, { values }) {
      const said = values['when'] ?? ''
      const at = said.trim() === '' ? null : await timeOr(ctx, said)
      if (at && 'problem' in at) return { wrong: { when: at.problem } }
      return { changes: { [`${name}At`]: at?.at.toISOString() ?? null } }
    },
  }
}

const KIND: DraftKind<Settings> = {
  feature: 'polls',
  settings: PollSettings,
  texts: { gone: 'polls-draft-gone', dropped: 'polls-draft-dropped' },
  card: ({ id, settings, ctx: { speech } }, known, said) => draftCard(id, settings, known, speech, said),
  first: { show: newPollForm, read: readNew },
  parts: { words, answers, opens: time('opens'), closes: time('closes') },
  set: changed,
  oneChoice: true,
  post,
  publish,
  presses: usual => ({
    // Cards of before had one kind of button for settings and for what opens a form or a menu.
    set: (draft, args) =>
      need(usual, ['where', 'answers', 'words', 'opens', 'closes'].find(one => one === args[1]) ?? 'set')(
        draft,
        args[1] === 'where' ? [] : args,
      ),
  }),
}

export function pollDrafts(deps: Deps): Drafts<Settings> {
  return createDrafts(KIND, deps)
}

/** Somebody's message becomes a draft: its card if the words make a poll, else the form with what there is. */
export async function takeMessage(ctx: Ctx, deps: Deps, text: string): Promise<Outcome> {
  const { question, options } = readPollText(text)
  const settings = defaults(question, options, ctx.space?.id, weekFromNow(ctx.speech))
  const drafts = pollDrafts(deps)
  return checkWords(question, options) ? drafts.beginWith(ctx, settings, 'words') : drafts.begin(ctx, settings)
}

async function readNew(ctx: Ctx, values: Submit['values'], home: string | undefined): ReturnType<DraftKind<Settings>['first']['read']> {
  const { question, options } = readWords(values)
  const said = values['closes'] ?? ''
  const closes = said.trim() === '' ? { at: weekFromNow(ctx.speech) } : await timeOr(ctx, said)
  const refused = wrongWords(ctx, question, options)
  if (refused || 'problem' in closes) return { wrong: { ...refused, ...('problem' in closes ? { closes: closes.problem } : {}) } }
  return { settings: defaults(question, options, home, closes.at) }
}

/** The question, and an option a line. */
export function readWords(values: Submit['values']): { question: string; options: string[] } {
  const lines = (values['options'] ?? '').split(/[\n|]/u).map(sanitizeLine)
  return { question: sanitizeLine(values['question'] ?? ''), options: lines.filter(line => line.length > 0) }
}

/** What is wrong with them, by field. */
export function wrongWords({ speech }: Ctx, question: string, options: readonly string[]): Readonly<Record<string, string>> | undefined {
  const wrong = checkWords(question, options)
  return wrong && { [wrong.key.includes('question') ? 'question' : 'options']: speech.texts.t(wrong.key, wrong.args) }
}

/** What has two or three states moves on. */
function changed(settings: Settings, name: string): Partial<Settings> {
  const { secret, addOptions, results, places } = settings
  if (name === 'secret') return { secret: !secret }
  if (name === 'add') return { addOptions: !addOptions }
  if (name === 'results') return { results: RESULTS[(RESULTS.indexOf(results) + 1) % RESULTS.length] ?? 'live' }
  if (name !== 'voters') return {}
  return { places: { ...places, audience: votersOf(settings) === 'everyone' ? 'steering' : 'residents' } }
}

/** The post as it will stand; its buttons only say what they will be for. */
function post({ id, settings, ctx }: Draft<Settings>): ReturnType<DraftKind<Settings>['post']> {
  const shown = postView(previewPoll(id, settings, ctx), undefined, ctx.speech)
  let n = 0
  const explaining = (button: Button): Button => ({ ...button, token: token('polls', 'sample', n++) })
  return { view: { ...shown, buttons: shown.buttons.map(row => row.map(explaining)) } }
}

async function publish({ ctx, settings, id }: Draft<Settings>, deps: Deps): ReturnType<DraftKind<Settings>['publish']> {
  const made = await createPoll(ctx.tx, deps, { networkId: ctx.network?.id ?? '', personId: ctx.person?.id ?? '', settings, id })
  return 'key' in made ? { said: ctx.speech.texts.t(made.key, made.args) } : { view: postedView(made, ctx.speech) }
}
