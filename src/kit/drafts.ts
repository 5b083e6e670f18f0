import { readRow } from '../base/readable.ts'
import { need } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps, Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, unchanged, update, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { type Draft, type DraftKind, type Placed, rowsOf, type Saving, savingOf } from './draft-kind.ts'
import { draftPresses } from './draft-presses.ts'
import { homeSpace, ownDraft } from './draft-rows.ts'
import { formOf, taken } from './forms.ts'
import { leave, offerLeft, takeLeft } from './left.ts'
import { openParts, type Understood } from './line/said.ts'
import type { Handlers, Press } from './presses.ts'
import { offerReadings } from './readings.ts'

export interface Drafts<Settings> extends Handlers<Draft<Settings>> {
  /** The short form; the space where it was asked for rides in the form's token. */
  open(ctx: Ctx, home?: string): Outcome
  /** A new draft, and its card in private. */
  begin(ctx: Ctx, settings: Settings, said?: string): Promise<Outcome>
  /** A new draft whose first form is this part. */
  beginWith(ctx: Ctx, settings: Settings, part: string): Promise<Outcome>
  /** What a line after a command makes: the card; or what of it was not understood, with what is known kept. */
  fromLine(ctx: Ctx, made: Understood<Settings>, said?: string): Promise<Outcome>
  /** The form of a part, filled with what was typed, and why that will not do, with the right way. */
  mend(ctx: Ctx, settings: Settings, part: string, problem: string): Promise<Outcome>
  /** What people without the role have left here for a coordinator; undefined where nothing is left. */
  left(ctx: Ctx): Promise<Outcome | undefined>
  /** What somebody without the role has left becomes one's own draft. */
  adopt(ctx: Ctx, id: string): Promise<Outcome>
  /** The short form came in. */
  read(ctx: Ctx, submit: Submit): Promise<Outcome>
}

export function createDrafts<Settings extends Placed>(kind: DraftKind<Settings>, deps: Deps): Drafts<Settings> {
  const { feature } = kind
  const { sheet, defaults, name: first = 'new' } = kind.first
  const saving = savingOf(kind)
  const usual = { ...draftPresses(kind, saving, deps), ...partsOf(kind, saving).presses }
  const firstToken = (home: string | undefined) => (home ? token(feature, first, home) : token(feature, first))

  async function begin(ctx: Ctx, settings: Settings, said?: string): Promise<Outcome> {
    const draft = await saving.create(ctx, settings)
    return draft ? whisper(await saving.card(draft, said)) : []
  }

  return {
    begin,

    forms: partsOf(kind, saving).forms,
    presses: { ...usual, ...kind.presses?.(usual, saving) },
    async find(ctx, id) {
      const found = await ownDraft(ctx, rowsOf(kind), id)
      if (!found) return { refused: unchanged(ctx, kind.texts.gone) }
      return { id: found.row.id, settings: readRow('Draft', found.row, row => kind.settings.parse(row.data)), ctx: found.ctx }
    },
    open(ctx, asked) {
      const home = asked ?? ctx.space?.id
      return { again: ask(formOf(firstToken(home), sheet, { ctx, now: defaults(ctx, home) })) }
    },
    async beginWith(ctx, settings, part) {
      const draft = await saving.create(ctx, settings)
      return draft ? ask(formOf(token(feature, part, draft.id), need(kind.parts, part), { ctx, now: settings })) : []
    },
    async fromLine(ctx, { settings, notes, misread }, said) {
      if (!ctx.roles.has('coordinator')) return leave(ctx, feature, settings)
      if (misread.length > 0)
        return offerReadings(ctx, feature, settings, openParts(feature, misread, ctx.speech.texts.t(kind.texts.rightWay)))
      return begin(ctx, settings, [...(said ? [said] : []), ...notes].join('\n') || undefined)
    },
    async mend(ctx, settings, part, problem) {
      if (!ctx.roles.has('coordinator')) return leave(ctx, feature, settings)
      const draft = await saving.create(ctx, settings)
      if (!draft) return []
      const form = formOf(token(feature, part, draft.id), need(kind.parts, part), { ctx, now: settings })
      return ask({ ...form, intro: [problem, ctx.speech.texts.t(kind.texts.rightWay)].join('\n') })
    },
    left: ctx => offerLeft(ctx, feature, data => kind.nameOf(kind.settings.parse(data)), kind.texts.anew),
    async adopt(ctx, id) {
      const data = await takeLeft(ctx, feature, id)
      if (data === undefined) return unchanged(ctx, kind.texts.gone)
      return update(await saving.card({ id, settings: kind.settings.parse(data), ctx }))
    },
    async read(ctx, submit) {
      const now = defaults(ctx, await homeSpace(ctx, submit.args[0]))
      return taken(firstToken(submit.args[0]), sheet, { ctx, now }, submit, (changes, said) => begin(ctx, { ...now, ...changes }, said))
    },
  }
}

/** The forms of the card's parts, and the buttons that open them. */
function partsOf<Settings extends Placed>({ feature, parts }: DraftKind<Settings>, { save }: Saving<Settings>) {
  const presses: Record<string, Press<Draft<Settings>>> = {}
  const forms: Record<string, (draft: Draft<Settings>, submit: Submit) => Promise<Outcome>> = {}
  for (const [name, part] of Object.entries(parts)) {
    presses[name] = ({ id, ctx, settings }) => ({ again: ask(formOf(token(feature, name, id), part, { ctx, now: settings })) })
    forms[name] = (draft, submit) =>
      taken(token(feature, name, draft.id), part, { ctx: draft.ctx, now: draft.settings }, submit, (changes, said) =>
        save(draft, changes, 'whisper', said),
      )
  }
  return { presses, forms }
}
