import { readRow } from '../base/readable.ts'
import type { Ctx, Deps, Outcome, Press, Submit } from '../feature/feature.ts'
import { ask, update, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { homeSpace, keepDraft, ownDraft } from '../kit/drafts.ts'
import { timeOr } from '../schedule/asked-time.ts'
import { weekFromNow } from '../schedule/plain-time.ts'
import { sentence } from '../view/make.ts'
import { sanitizeLine } from '../view/sanitize.ts'
import type { Button, View } from '../view/view.ts'
import { createPoll, spacesFor } from './create.ts'
import { checkWords, LIMITS, RESULTS, readPollText } from './domain.ts'
import { answersForm, newPollForm, timeForm, wordsForm } from './forms.ts'
import { previewPoll } from './preview.ts'
import { defaults, PollSettings, type Where } from './settings.ts'
import { draftCard, type Places, whereMenu } from './view-card.ts'
import { postedView } from './view-manage.ts'
import { postView } from './view-post.ts'

/** Setting a poll up: the short form, then the draft card with a button for each setting. Only coordinators, and each only their own draft. */

interface Draft {
  readonly id: string
  readonly settings: PollSettings
  readonly ctx: Ctx
}

/** `/poll` alone: the short form. The space where it was said rides in the form's token. */
export function openNew(ctx: Ctx, home?: string): Outcome {
  return { again: ask(newPollForm(ctx, home ?? ctx.space?.id)) }
}

/** Somebody's message becomes a draft: its card if the words make a poll, else the form with what there is. */
export async function draftFrom(ctx: Ctx, text: string): Promise<Outcome> {
  const { question, options } = readPollText(text)
  const draft = await create(ctx, defaults(question, options, ctx.space?.id, weekFromNow(ctx.speech)))
  if (!draft) return []
  const { settings } = draft
  return checkWords(settings.question, settings.options) ? ask(wordsForm(ctx, draft.id, settings)) : whisper(await card(draft))
}

async function create(ctx: Ctx, settings: PollSettings): Promise<Draft | undefined> {
  const id = await keepDraft(ctx, 'polls', settings)
  return id ? { id, settings, ctx } : undefined
}

/** The short form came in: a draft, and its card in private. */
export async function submitNew(ctx: Ctx, submit: Submit): Promise<Outcome> {
  const home = await homeSpace(ctx, submit.args[0])
  const question = sanitizeLine(submit.values['question'] ?? '')
  const options = lines(submit.values['options'] ?? '')
  const closes = await closingTime(ctx, submit.values['closes'] ?? '')
  const wrong = checkWords(question, options)
  const { t } = ctx.speech.texts
  const fields: Record<string, string> = {}
  if (wrong) fields[wrong.key.includes('question') ? 'question' : 'options'] = t(wrong.key, wrong.args)
  if ('problem' in closes) fields['closes'] = closes.problem
  if (wrong || 'problem' in closes) return { again: [{ kind: 'wrong', form: newPollForm(ctx, submit.args[0], submit.values), fields }] }
  const draft = await create(ctx, defaults(question, options, home, closes.at))
  return draft ? whisper(await card(draft)) : []
}

function lines(text: string): string[] {
  return text
    .split(/[\n|]/u)
    .map(sanitizeLine)
    .filter(line => line.length > 0)
}

async function closingTime(ctx: Ctx, words: string): Promise<{ at: Date } | { problem: string }> {
  if (words.trim() === '') return { at: weekFromNow(ctx.speech) }
  return timeOr(ctx, words)
}

/** Buttons of the draft card. */
export async function draftPress(ctx: Ctx, deps: Deps, press: Press): Promise<Outcome> {
  const draft = await load(ctx, press.args[0])
  const { t, locale } = ctx.speech.texts
  if (!draft) return { again: whisper(sentence(locale, t('polls-draft-gone'))) }
  switch (press.action) {
    case 'set':
      return change(draft, press.args[1] ?? '')
    case 'where':
      return save(draft, { where: readWhere(press.args) })
    case 'preview':
      return { again: whisper(preview(draft)) }
    case 'drop':
      await ctx.tx.draft.delete({ where: { id: draft.id } })
      return update(sentence(locale, t('polls-draft-dropped')))
    case 'post':
      return publish(draft, deps)
    case 'opens':
    case 'closes':
    case 'answers':
    case 'words':
      return change(draft, press.action)
    default:
      return { again: update(await card(draft)) }
  }
}

/** The post as it will stand; its buttons only say what they will be for. */
function preview({ id, settings, ctx }: Draft): View {
  const shown = postView(previewPoll(id, settings, ctx), undefined, ctx.speech)
  let n = 0
  const explaining = (button: Button): Button => ({ ...button, token: token('polls', 'sample', n++) })
  return { ...shown, buttons: shown.buttons.map(row => row.map(explaining)) }
}

function readWhere(args: readonly string[]): Where {
  const [, kind, id = ''] = args
  if (kind === 'space') return { kind: 'space', spaceId: id }
  return kind === 'area' ? { kind: 'area', areaId: id } : { kind: 'all' }
}

/** One setting: what has two or three states moves on; what needs words opens a form. */
async function change(draft: Draft, name: string): Promise<Outcome> {
  const { settings, ctx, id } = draft
  switch (name) {
    case 'secret':
      return save(draft, { secret: !settings.secret })
    case 'add':
      return save(draft, { addOptions: !settings.addOptions })
    case 'voters':
      return save(draft, { voters: settings.voters === 'everyone' ? 'steering' : 'everyone' })
    case 'results':
      return save(draft, { results: RESULTS[(RESULTS.indexOf(settings.results) + 1) % RESULTS.length] ?? 'live' })
    case 'where':
      return { again: update(whereMenu(id, settings, await placesOf(draft), ctx.speech)) }
    case 'answers':
      return { again: ask(answersForm(ctx, id, settings)) }
    case 'words':
      return { again: ask(wordsForm(ctx, id, settings)) }
    case 'opens':
    case 'closes':
      return { again: ask(timeForm(ctx, token('polls', name, id), name, '', settings[`${name}At`])) }
    default:
      return { again: update(await card(draft)) }
  }
}

/** Forms that the draft card opens. */
export async function draftSubmit(ctx: Ctx, submit: Submit): Promise<Outcome> {
  const draft = await load(ctx, submit.args[0])
  const { t, locale } = ctx.speech.texts
  if (!draft) return { again: whisper(sentence(locale, t('polls-draft-gone'))) }
  if (submit.action === 'answers') return saveAnswers(draft, submit)
  return submit.action === 'words' ? saveWords(draft, submit) : saveTime(draft, submit, submit.action === 'opens' ? 'opensAt' : 'closesAt')
}

async function saveTime(draft: Draft, submit: Submit, name: 'opensAt' | 'closesAt'): Promise<Outcome> {
  const words = submit.values['when'] ?? ''
  if (words.trim() === '') return save(draft, { [name]: null }, 'whisper')
  const read = await timeOr(draft.ctx, words)
  if ('problem' in read)
    return {
      again: [
        {
          kind: 'wrong',
          form: timeForm(draft.ctx, token('polls', submit.action, draft.id), submit.action, words),
          fields: { when: read.problem },
        },
      ],
    }
  return save(draft, { [name]: read.at.toISOString() }, 'whisper')
}

async function saveAnswers(draft: Draft, submit: Submit): Promise<Outcome> {
  const [min, max] = ['min', 'max'].map(name => Number.parseInt(submit.values[name] ?? '', 10))
  const most = draft.settings.addOptions ? LIMITS.options : draft.settings.options.length
  const fine = min !== undefined && max !== undefined && min >= 1 && max >= min && max <= most
  if (fine) return save(draft, { min, max }, 'whisper')
  const { t } = draft.ctx.speech.texts
  return {
    again: [{ kind: 'wrong', form: answersForm(draft.ctx, draft.id, draft.settings), fields: { max: t('polls-wrong-answers', { most }) } }],
  }
}

async function saveWords(draft: Draft, submit: Submit): Promise<Outcome> {
  const question = sanitizeLine(submit.values['question'] ?? '')
  const options = lines(submit.values['options'] ?? '')
  const wrong = checkWords(question, options)
  const { t } = draft.ctx.speech.texts
  if (!wrong)
    return save(
      draft,
      { question, options, max: Math.min(draft.settings.max, options.length), min: Math.min(draft.settings.min, options.length) },
      'whisper',
    )
  const fields = { [wrong.key.includes('question') ? 'question' : 'options']: t(wrong.key, wrong.args) }
  return { again: [{ kind: 'wrong', form: wordsForm(draft.ctx, draft.id, { ...draft.settings, question, options }), fields }] }
}

/** Saves and shows the card again. After a form the card comes anew, since the form stands between. */
async function save(draft: Draft, changes: Partial<PollSettings>, how: 'update' | 'whisper' = 'update'): Promise<Outcome> {
  const settings = PollSettings.parse({ ...draft.settings, ...changes })
  await draft.ctx.tx.draft.update({ where: { id: draft.id }, data: { data: settings } })
  return [{ kind: how, view: await card({ ...draft, settings }) }]
}

async function publish(draft: Draft, deps: Deps): Promise<Outcome> {
  const { ctx, settings, id } = draft
  if (!ctx.network || !ctx.person) return []
  const made = await createPoll(ctx.tx, deps, { networkId: ctx.network.id, personId: ctx.person.id, settings, id })
  const { t } = ctx.speech.texts
  if ('key' in made) return { again: update(await card(draft, t(made.key, made.args))) }
  await ctx.tx.draft.delete({ where: { id } })
  return update(postedView(made, ctx.speech))
}

async function card(draft: Draft, note?: string): Promise<View> {
  return draftCard(draft.id, draft.settings, await placesOf(draft), draft.ctx.speech, note)
}

async function placesOf({ ctx, settings }: Draft): Promise<Places> {
  const networkId = ctx.network?.id ?? ''
  const areas = await ctx.tx.area.findMany({ where: { networkId, retiredAt: null }, orderBy: { name: 'asc' } })
  const spaces = await ctx.tx.space.findMany({ where: { networkId, state: 'joined' }, orderBy: { title: 'asc' } })
  const reach = await spacesFor(ctx.tx, networkId, settings.where, settings.voters)
  return { areas, spaces, reach: reach.length }
}

async function load(ctx: Ctx, id: string | undefined): Promise<Draft | undefined> {
  const found = await ownDraft(ctx, 'polls', id)
  return found && { id: found.row.id, settings: readRow('Draft', found.row, row => PollSettings.parse(row.data)), ctx: found.ctx }
}
