import { spacesAt } from '../community/audience.ts'
import { need } from '../feature/args.ts'
import type { Ctx, Deps, Outcome, Press, Submit } from '../feature/feature.ts'
import { ask, turnTo, unchanged, update, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { choosePlaces, type KeptPlaces, type KnownPlaces, knownPlaces, toggleSpace } from '../kit/audience.ts'
import { homeSpace, keepDraft } from '../kit/drafts.ts'
import { previewHere, previewOn } from '../kit/preview.ts'
import { chatsMenu, type PlacesMenu, whereMenu } from '../kit/view-audience.ts'
import { platformOf } from '../platform/adapter.ts'
import { sentence } from '../view/make.ts'
import type { Form, View } from '../view/view.ts'
import { createForum } from './create.ts'
import { newForm, PARTS, type Part, partForm } from './forms.ts'
import { readPart } from './read.ts'
import { defaults, ForumSettings } from './settings.ts'
import { showForum } from './show.ts'
import { type DraftTarget, draftTarget } from './target.ts'
import { toggled } from './toggle.ts'
import { draftCard, optionsMenu } from './view-card.ts'
import { postView, type Shown } from './view-post.ts'

/** Setting a forum up: the short form, then the draft card with a button for each part. Only coordinators, and each only their own draft. */

/** `/forum new`: the short form. The space where it was said rides in the form's token. */
export function openNew(ctx: Ctx, home?: string): Outcome {
  return { again: ask(newForm(ctx, home ?? ctx.space?.id)) }
}

/** The short form came in. */
export async function submitNew(ctx: Ctx, { args, values }: Submit): Promise<Outcome> {
  const home = await homeSpace(ctx, args[0])
  const base = defaults('', ctx.person?.name ?? '', home)
  const [words, time, place] = [
    await readPart(ctx, 'words', { theme: values['theme'] ?? '' }, base),
    await readPart(ctx, 'time', { when: values['when'] ?? '' }, base),
    await readPart(ctx, 'place', { address: values['address'] ?? '' }, base),
  ]
  const all = [words, time, place]
  const wrong = Object.assign({}, ...all.map(one => ('wrong' in one ? one.wrong : {}))) as Readonly<Record<string, string>>
  if (Object.keys(wrong).length > 0) return wrongForm(newForm(ctx, args[0], values), wrong)
  return draftOf(ctx, Object.assign({}, base, ...all.map(one => ('changes' in one ? one.changes : {}))) as ForumSettings)
}

export function wrongForm(form: Form, fields: Readonly<Record<string, string>>): Outcome {
  return { again: [{ kind: 'wrong', form, fields }] }
}

/** A new draft, and its card in private. */
export async function draftOf(ctx: Ctx, settings: ForumSettings, said?: string): Promise<Outcome> {
  const id = await keepDraft(ctx, 'forums', settings)
  return id ? whisper(await card({ id, settings, ctx }, said)) : []
}

type Deed = (draft: DraftTarget, deps: Deps, args: readonly string[]) => Promise<Outcome>

const PRESSES: Readonly<Record<string, Deed>> = {
  draft: async draft => ({ again: update(await card(draft)) }),
  edit: async ({ ctx, id, settings }, _deps, [, part]) => ({ again: ask(partForm(ctx, partOf(part), id, settings)) }),
  options: async ({ id, settings, ctx: { speech } }) => ({ again: update(optionsMenu({ id, settings, speech })) }),
  async set(draft, _deps, [, name]) {
    const settings = await keep(draft, toggled(draft.settings, name))
    return update(optionsMenu({ id: draft.id, settings, speech: draft.ctx.speech }))
  },
  where: (draft, _deps, [, kind, id]) => placed(draft, known => choosePlaces(draft.settings, known, kind, id), whereMenu),
  chats: (draft, _deps, [, page, id]) =>
    placed(
      draft,
      known => toggleSpace(draft.settings, known, id),
      menu => chatsMenu(menu, Number(page)),
    ),
  preview: (draft, deps, [, platform]) => preview(draft, deps, platform),
  async drop({ ctx, id }) {
    await ctx.tx.draft.delete({ where: { id } })
    return update(sentence(ctx.speech.locale, ctx.speech.texts.t('forums-draft-dropped')))
  },
  post: publish,
}

export function partOf(word: string | undefined): Part {
  return PARTS.find(part => part === word) ?? 'words'
}

/** Whether an id is that of one's own draft. */
export async function isDraft(ctx: Ctx, id: string | undefined): Promise<boolean> {
  return (await draftTarget(ctx, id)) !== undefined
}

/** Buttons of the draft card. */
export async function draftPress(ctx: Ctx, deps: Deps, { action, args }: Press): Promise<Outcome> {
  const draft = await draftTarget(ctx, args[0])
  return draft ? need(PRESSES, action)(draft, deps, args) : unchanged(ctx, 'forums-draft-gone')
}

/** A form of a part of one's own draft. */
export async function draftSubmit(ctx: Ctx, { action, args, values }: Submit): Promise<Outcome> {
  const part = partOf(action)
  const draft = await draftTarget(ctx, args[0])
  if (!draft) return unchanged(ctx, 'forums-draft-gone')
  const read = await readPart(draft.ctx, part, values, draft.settings)
  if ('wrong' in read) return wrongForm(partForm(draft.ctx, part, draft.id, draft.settings, values), read.wrong)
  const settings = await keep(draft, read.changes)
  return whisper(await card({ ...draft, settings }))
}

async function placed(
  draft: DraftTarget,
  choose: (known: KnownPlaces) => KeptPlaces | undefined,
  show: (menu: PlacesMenu) => View,
): Promise<Outcome> {
  const { ctx, id } = draft
  const known = await knownPlaces(ctx, draft.settings.places)
  const places = choose(known)
  const settings = places ? await keep(draft, { places }) : draft.settings
  const shown = places ? await knownPlaces(ctx, places) : known
  const menu = update(show({ ...settings, feature: 'forums', id, known: shown, speech: ctx.speech }))
  return places ? menu : { again: menu }
}

async function keep({ ctx, id, settings }: DraftTarget, changes: Partial<ForumSettings>): Promise<ForumSettings> {
  const changed = ForumSettings.parse({ ...settings, ...changes })
  await ctx.tx.draft.update({ where: { id }, data: { data: changed } })
  return changed
}

/** The post as it will stand; or as on one platform, with what is different there. */
async function preview({ settings, ctx, id }: DraftTarget, deps: Deps, on: string | undefined): Promise<Outcome> {
  const spaces = await spacesAt(ctx.tx, ctx.network?.id ?? '', settings.places)
  const previewed = {
    ...{ post: { ...postView(previewOf(settings, ctx), ctx.speech), buttons: [] }, pin: false, here: platformOf(ctx.inbound.person.ref) },
    platforms: [...new Set(spaces.map(space => space.platform))].sort(),
    token: (platform: string) => token('forums', 'preview', id, platform),
  }
  const can = on === undefined ? undefined : deps.platform(on)?.can
  return { again: on !== undefined && can ? previewOn(on, can, previewed, ctx.speech) : previewHere(previewed, ctx.speech) }
}

function previewOf(settings: ForumSettings, { speech }: Ctx): Shown {
  const startsAt = settings.startsAt ? new Date(settings.startsAt) : speech.now
  const blank = { coming: 0, maybe: 0, cant: 0, waiting: 0, taken: 0, lastPlace: 0, came: 0, sequence: 0, reminded: [] }
  const none = { changedAt: null, cancelledAt: null, why: '', notes: '', outcomes: [], summaryAt: null, pollId: null, picture: null }
  return {
    ...settings,
    ...blank,
    ...none,
    startsAt,
    postsAt: speech.now,
    state: 'standing',
    zone: speech.zone,
    id: 'preview',
    networkId: '',
  }
}

async function publish(draft: DraftTarget, deps: Deps): Promise<Outcome> {
  const { ctx, settings, id } = draft
  if (!ctx.network || !ctx.person) return []
  const wish = { networkId: ctx.network.id, personId: ctx.person.id, zone: ctx.speech.zone, settings, id, now: ctx.speech.now }
  const made = await createForum(ctx.tx, deps, wish)
  const { t } = ctx.speech.texts
  if ('key' in made) return { again: update(await card(draft, t(made.key, made.args))) }
  await ctx.tx.draft.delete({ where: { id } })
  return turnTo(ctx, await showForum(ctx, made, t('forums-posted')))
}

async function card({ id, settings, ctx }: DraftTarget, said?: string): Promise<View> {
  return draftCard({ id, settings, speech: ctx.speech, said }, await knownPlaces(ctx, settings.places))
}
