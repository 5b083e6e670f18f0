import { z } from 'zod'
import { keptMs } from '../base/kept.ts'
import type { Ctx } from '../feature/context.ts'
import type { Submit } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import type { FileIn } from '../platform/adapter.ts'
import { view } from '../view/make.ts'
import { alike, tooLong } from '../view/sanitize.ts'
import type { Button, Field, Form, View } from '../view/view.ts'

/** Forms on a platform that has none: the fields are asked one by one in the private chat, and what was said so far is a row. */

const Answers = z.record(z.string(), z.string())
type Answers = z.infer<typeof Answers>

const Kept = z.object({
  form: z.looseObject({ fields: z.array(z.looseObject({ name: z.string(), label: z.string() })) }),
  answers: Answers,
})

interface Running {
  readonly form: Form
  readonly answers: Answers
  readonly step: number
}

/** What comes next: another question, or all the values of the form. */
export type Asked = { readonly question: View } | { readonly form: Form; readonly values: Answers; readonly files: Submit['files'] }

/** Begins a form at its first field (or at the first of `wrong`, with what was said before kept). */
export async function beginAsking(ctx: Ctx, form: Form, wrong: Readonly<Record<string, string>> = {}, kept: Answers = {}): Promise<View> {
  const asked = pictureLast(form.fields)
  const first = asked.findIndex(field => field.name in wrong)
  const fields = asked.map((field, i) => (field.name in wrong ? refused(field, i === first ? '' : (wrong[field.name] ?? '')) : field))
  const run: Running = { form: { ...form, fields }, answers: kept, step: Math.max(first, 0) }
  await save(ctx, run)
  return question(ctx, run, wrong[fields[run.step]?.name ?? ''], first < 0)
}

/** What was refused is never offered to be kept: it can still be read in the chat above. `problem`: said when it is asked for later. */
function refused({ value: _, ...field }: Field, problem: string): Field {
  const hint = [problem, field.hint ?? ''].filter(Boolean).join('\n')
  return hint === '' ? field : { ...field, hint }
}

/** A picture lives only as long as the message that brings it is handled: it is asked for at the end. */
const pictureLast = (fields: readonly Field[]): readonly Field[] => fields.toSorted((a, b) => Number(isPicture(a)) - Number(isPicture(b)))

const isPicture = ({ kind }: Field): boolean => kind === 'picture'

/** Takes words as the answer to the open question; undefined when nothing is being asked. */
export async function answerWords(ctx: Ctx, text: string, files: readonly FileIn[]): Promise<Asked | undefined> {
  const run = await load(ctx)
  const field = run?.form.fields[run.step]
  if (!run || !field) return undefined
  const { t } = ctx.speech.texts
  const [file] = files
  if (isPicture(field)) return file ? next(ctx, run, '', file) : { question: question(ctx, run, t('asking-picture'), false) }
  const said = text.trim()
  if (said === '') return { question: question(ctx, run, t('asking-words'), false) }
  const length = field.max && tooLong(said, field.max)
  if (field.max && length) return { question: question(ctx, run, t('asking-too-long', { max: field.max, length }), false) }
  if (!field.choices) return next(ctx, run, said)
  const choice = field.choices.find((one, i) => said === String(i + 1) || alike(one.label, said))
  return choice ? next(ctx, run, choice.value) : { question: question(ctx, run, t('asking-choose'), false) }
}

/** Takes a press on one of the question's own buttons: `c` and a choice's place, `skip`, or `stop`. */
export async function answerPress(ctx: Ctx, action: string, args: readonly string[]): Promise<Asked> {
  const { t, locale } = ctx.speech.texts
  const run = await load(ctx)
  const field = run?.form.fields[run.step]
  if (!run || !field || String(run.step) !== args[0])
    return { question: view({ lang: locale, blocks: [{ kind: 'text', text: t('asking-over') }] }) }
  if (action === 'stop') {
    await ctx.tx.asking.deleteMany({ where: here(ctx) })
    return { question: view({ lang: locale, blocks: [{ kind: 'text', text: t('asking-stopped') }] }) }
  }
  if (action === 'skip' && (field.value || !field.required)) return next(ctx, run, field.value ?? '')
  const choice = (field.choices ?? field.meant)?.[Number(args[1])]
  return choice ? next(ctx, run, choice.value) : { question: question(ctx, run, undefined, false) }
}

async function next(ctx: Ctx, run: Running, value: string, file?: FileIn): Promise<Asked> {
  const field = run.form.fields[run.step]
  const answers = field ? { ...run.answers, [field.name]: value } : run.answers
  const on = { ...run, answers, step: run.step + 1 }
  if (on.step < run.form.fields.length) {
    await save(ctx, on)
    return { question: question(ctx, on, undefined, false) }
  }
  await ctx.tx.asking.deleteMany({ where: here(ctx) })
  const words = run.form.fields.filter(one => !isPicture(one))
  const values = Object.fromEntries(words.map(one => [one.name, answers[one.name] ?? one.value ?? '']))
  return { form: run.form, values, files: file && field ? { [field.name]: file } : {} }
}

function question(ctx: Ctx, run: Running, problem: string | undefined, first: boolean): View {
  const { t, locale } = ctx.speech.texts
  const field = run.form.fields[run.step]
  if (!field) throw new Error('There is no such question.')
  return view({
    lang: locale,
    blocks: [
      ...(first ? ([{ kind: 'title', text: run.form.title }] as const) : []),
      ...(first && run.form.intro ? ([{ kind: 'text', text: run.form.intro }] as const) : []),
      ...(problem ? ([{ kind: 'text', text: problem }] as const) : []),
      { kind: 'text', text: t('asking-question', { n: run.step + 1, of: run.form.fields.length, label: field.label }) },
      ...(field.hint ? ([{ kind: 'quiet', text: field.hint }] as const) : []),
      ...(field.value ? ([{ kind: 'quiet', text: t('asking-now', { value: field.value }) }] as const) : []),
    ],
    buttons: [...choiceButtons(field, run.step), ends(ctx, field, run.step)],
    brief: field.label,
  })
}

function choiceButtons(field: Field, step: number): Button[][] {
  return (field.choices ?? field.meant ?? []).map((choice, i) => [{ label: choice.label, token: token('asking', 'c', step, i) }])
}

function ends(ctx: Ctx, field: Field, step: number): Button[] {
  const { t } = ctx.speech.texts
  const skip = { label: t(field.value ? 'asking-keep' : 'asking-skip'), token: token('asking', 'skip', step) }
  return [...(field.value || !field.required ? [skip] : []), { label: t('asking-stop'), token: token('asking', 'stop', step) }]
}

function here(ctx: Ctx): { identityRef: string; place: string } {
  return { identityRef: ctx.identity.ref, place: 'private' }
}

async function save(ctx: Ctx, run: Running): Promise<void> {
  const data = {
    form: JSON.parse(JSON.stringify(run.form)),
    answers: run.answers,
    step: run.step,
    expiresAt: new Date(ctx.speech.now.getTime() + keptMs('questions')),
  }
  await ctx.tx.asking.upsert({ where: { identityRef_place: here(ctx) }, create: { ...here(ctx), ...data }, update: data })
}

/** The question that is open to this person, once more. */
export async function openQuestion(ctx: Ctx): Promise<View | undefined> {
  const run = await load(ctx)
  return run && question(ctx, run, undefined, run.step === 0)
}

/** Whether one is. */
export async function isAsked(ctx: Ctx): Promise<boolean> {
  return (await load(ctx)) !== undefined
}

async function load(ctx: Ctx): Promise<Running | undefined> {
  const row = await ctx.tx.asking.findUnique({ where: { identityRef_place: here(ctx) } })
  if (!row || row.expiresAt < ctx.speech.now) return undefined
  const kept = Kept.safeParse({ form: row.form, answers: row.answers })
  // We wrote the form ourselves, in this shape.
  if (kept.success) return { form: row.form as unknown as Form, answers: kept.data.answers, step: row.step }
  // One that cannot be read is no question any more: everything that somebody says would end at it.
  await ctx.tx.asking.deleteMany({ where: here(ctx) })
  ctx.log.error({ table: 'Asking', why: kept.error.name }, 'A row cannot be read')
  return undefined
}
