import { readRow } from '../base/readable.ts'
import { spacesAt } from '../community/audience.ts'
import { need } from '../feature/args.ts'
import type { Ctx, Deps, Outcome, Press, Submit } from '../feature/feature.ts'
import { ask, unchanged, update, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { choosePlaces, type KeptPlaces, type KnownPlaces, knownPlaces, toggleSpace } from '../kit/audience.ts'
import { homeSpace, keepDraft, ownDraft } from '../kit/drafts.ts'
import { previewHere, previewOn } from '../kit/preview.ts'
import { chatsMenu, type PlacesMenu, whereMenu } from '../kit/view-audience.ts'
import { platformOf } from '../platform/adapter.ts'
import { sentence } from '../view/make.ts'
import { shorten } from '../view/sanitize.ts'
import type { Form, View } from '../view/view.ts'
import { createAnnouncement } from './create.ts'
import { checkBeside, checkWords, LATE, LIMITS, tidy } from './domain.ts'
import { newForm, whenForm, wordsForm } from './forms.ts'
import { pictureForm, readPicture } from './picture.ts'
import { linkOr, timing, whenOr } from './read.ts'
import { AnnouncementSettings, defaults } from './settings.ts'
import { showAnnouncement } from './show.ts'
import { draftCard } from './view-card.ts'
import { postView } from './view-post.ts'

/** Setting an announcement up: the short form, then the draft card with a button for each setting. Only coordinators, and each only their own draft. */

const series = () => import('./series-draft.ts')

interface Draft {
  readonly id: string
  readonly settings: AnnouncementSettings
  readonly ctx: Ctx
}

/** `/announce` alone: the short form. The space where it was said rides in the form's token. */
export function openNew(ctx: Ctx, home?: string): Outcome {
  return { again: ask(newForm(ctx, home ?? ctx.space?.id)) }
}

/** Somebody's message becomes a draft of its words. */
export async function draftFrom(ctx: Ctx, text: string): Promise<Outcome> {
  const words = tidy(text)
  const said = words.length > LIMITS.words ? ctx.speech.texts.t('announcements-shortened', { max: LIMITS.words }) : undefined
  if (words !== '') return draftOf(ctx, defaults(shorten(words, LIMITS.words), ctx.space), said)
  const id = await keepDraft(ctx, 'announcements', defaults('', ctx.space))
  return id ? ask(wordsForm(ctx, 'words', id, {})) : []
}

/** A new draft, and its card in private. */
export async function draftOf(ctx: Ctx, settings: AnnouncementSettings, said?: string): Promise<Outcome> {
  const id = await keepDraft(ctx, 'announcements', settings)
  return id ? whisper(await card({ id, settings, ctx }, said)) : []
}

/** The short form came in. */
export async function submitNew(ctx: Ctx, { args, values }: Submit): Promise<Outcome> {
  const read = await readWords(ctx, values, null)
  const when = await whenOr(ctx, values['when'] ?? '')
  const fields = { ...read.fields, ...('problem' in when ? { when: when.problem } : {}) }
  if (Object.keys(fields).length > 0 || 'problem' in when) return wrong(newForm(ctx, args[0], values), fields)
  const home = await homeSpace(ctx, args[0])
  return draftOf(ctx, { ...defaults(read.words, home ? { id: home } : undefined), link: read.link, ...timing(when) }, when.note)
}

interface Read {
  readonly words: string
  readonly link: string | null
  /** What is wrong, by field. */
  readonly fields: Readonly<Record<string, string>>
}

/** Words and link as a form brings them. `picture`: the one that they stand beside. */
export async function readWords(ctx: Ctx, values: Submit['values'], picture: AnnouncementSettings['picture']): Promise<Read> {
  const { t } = ctx.speech.texts
  const words = tidy(values['words'] ?? '')
  const link = linkOr(ctx, values['link'] ?? '')
  const refused = checkWords(words) ?? checkBeside({ words, link: 'problem' in link ? null : link.link, picture })
  const fields = {
    ...(refused ? { words: t(refused.key, refused.args) } : {}),
    ...('problem' in link ? { link: link.problem } : {}),
  }
  return { words, link: 'problem' in link ? null : link.link, fields }
}

export function wrong(form: Form, fields: Readonly<Record<string, string>>): Outcome {
  return { again: [{ kind: 'wrong', form, fields }] }
}

type Deed = (draft: Draft, deps: Deps, args: readonly string[]) => Promise<Outcome>

const PRESSES: Readonly<Record<string, Deed>> = {
  draft: async draft => ({ again: update(await card(draft)) }),
  set: (draft, _deps, [, name]) => set(draft, name),
  words: async ({ ctx, id, settings: { words, link } }) => ({ again: ask(wordsForm(ctx, 'words', id, { words, link: link ?? '' })) }),
  when: async ({ ctx, id, settings }) => ({ again: ask(whenForm(ctx, 'when', id, '', settings.postsAt)) }),
  repeat: async ({ ctx, id, settings: { repeats } }) => (await series()).askRepeat(ctx, id, repeats),
  where: (draft, _deps, [, kind, id]) => where(draft, kind, id),
  chats: (draft, _deps, [, page, id]) => chats(draft, Number(page), id),
  preview: (draft, deps, [, platform]) => preview(draft, deps, platform),
  picture: async (draft, _deps, [, how]) =>
    how === 'none'
      ? save(draft, { picture: null })
      : { again: ask(pictureForm(draft.ctx, 'picture', { ...draft.settings, id: draft.id })) },
  async drop({ ctx, id }) {
    await ctx.tx.draft.delete({ where: { id } })
    return update(sentence(ctx.speech.locale, ctx.speech.texts.t('announcements-draft-dropped')))
  },
  post: (draft, deps) => publish(draft, deps),
}

/** Buttons of the draft card. */
export async function draftPress(ctx: Ctx, deps: Deps, { action, args }: Press): Promise<Outcome> {
  const draft = await load(ctx, args[0])
  return draft ? need(PRESSES, action)(draft, deps, args) : unchanged(ctx, 'announcements-draft-gone')
}

/** One setting with two or three states moves on. */
async function set(draft: Draft, name: string | undefined): Promise<Outcome> {
  const { pin, lateHours } = draft.settings
  if (name === 'pin') return save(draft, { pin: !pin })
  if (name === 'late') return save(draft, { lateHours: LATE[(LATE.indexOf(lateHours) + 1) % LATE.length] ?? LATE[0] })
  return { again: update(await card(draft)) }
}

async function where(draft: Draft, kind: string | undefined, id: string | undefined): Promise<Outcome> {
  return placed(draft, known => choosePlaces(draft.settings, known, kind, id), whereMenu)
}

async function chats(draft: Draft, page: number, id: string | undefined): Promise<Outcome> {
  return placed(
    draft,
    known => toggleSpace(draft.settings, known, id),
    menu => chatsMenu(menu, page),
  )
}

/** One choice in a menu of places; the menu alone where it names nothing. */
async function placed(
  draft: Draft,
  choose: (known: KnownPlaces) => KeptPlaces | undefined,
  show: (menu: PlacesMenu) => View,
): Promise<Outcome> {
  const { ctx, id } = draft
  const known = await knownPlaces(ctx, draft.settings.places)
  const places = choose(known)
  const settings = { ...draft.settings, places: places ?? draft.settings.places }
  if (places) await keep(draft, settings)
  const shown = places ? await knownPlaces(ctx, places) : known
  const menu = update(show({ ...settings, feature: 'announcements', id, known: shown, speech: ctx.speech }))
  return places ? menu : { again: menu }
}

/** The post as it will stand; or as on one platform, with what is different there. */
async function preview({ settings, ctx, id }: Draft, deps: Deps, on: string | undefined): Promise<Outcome> {
  const spaces = await spacesAt(ctx.tx, ctx.network?.id ?? '', settings.places)
  const previewed = {
    post: postView({ ...settings, state: 'standing', changedAt: null }, ctx.speech),
    pin: settings.pin,
    platforms: [...new Set(spaces.map(space => space.platform))].sort(),
    here: platformOf(ctx.inbound.person.ref),
    token: (platform: string) => token('announcements', 'preview', id, platform),
  }
  const can = on === undefined ? undefined : deps.platform(on)?.can
  return { again: on !== undefined && can ? previewOn(on, can, previewed, ctx.speech) : previewHere(previewed, ctx.speech) }
}

/** Forms that the draft card opens. */
export async function draftSubmit(ctx: Ctx, submit: Submit): Promise<Outcome> {
  const draft = await load(ctx, submit.args[0])
  if (!draft) return unchanged(ctx, 'announcements-draft-gone')
  const { values } = submit
  if (submit.action === 'words') {
    const { words, link, fields } = await readWords(draft.ctx, values, draft.settings.picture)
    return Object.keys(fields).length > 0
      ? wrong(wordsForm(draft.ctx, 'words', draft.id, values), fields)
      : save(draft, { words, link }, 'whisper')
  }
  if (submit.action === 'repeat') {
    const read = await (await series()).readRepeat(draft.ctx, draft.id, values['repeat'] ?? '')
    return 'wrong' in read ? read.wrong : save(draft, read.timing, 'whisper')
  }
  if (submit.action === 'picture') {
    const read = await readPicture(draft.ctx, submit, 'picture', { ...draft.settings, id: draft.id })
    return 'again' in read ? read : save(draft, { picture: read.picture }, 'whisper')
  }
  const said = values['when'] ?? ''
  const when = await whenOr(draft.ctx, said)
  return 'problem' in when
    ? wrong(whenForm(draft.ctx, 'when', draft.id, said), { when: when.problem })
    : save(draft, timing(when), 'whisper', when.note)
}

/** Saves and shows the card again. After a form the card comes anew, since the form stands between. */
async function save(
  draft: Draft,
  changes: Partial<AnnouncementSettings>,
  how: 'update' | 'whisper' = 'update',
  said?: string,
): Promise<Outcome> {
  const settings = await keep(draft, { ...draft.settings, ...changes })
  return [{ kind: how, view: await card({ ...draft, settings }, said) }]
}

async function keep({ ctx, id }: Draft, changed: AnnouncementSettings): Promise<AnnouncementSettings> {
  const settings = AnnouncementSettings.parse(changed)
  await ctx.tx.draft.update({ where: { id }, data: { data: settings } })
  return settings
}

async function publish(draft: Draft, deps: Deps): Promise<Outcome> {
  const { ctx, settings, id } = draft
  if (!ctx.network || !ctx.person) return []
  if (settings.repeats) {
    const made = await (await series()).publishSeries(ctx, deps, { settings, repeats: settings.repeats, id })
    return 'view' in made ? update(made.view) : save(draft, made.changes, 'update', made.said)
  }
  const made = await createAnnouncement(ctx.tx, deps, { networkId: ctx.network.id, personId: ctx.person.id, settings, id })
  const { t } = ctx.speech.texts
  if ('key' in made) return { again: update(await card(draft, t(made.key, made.args))) }
  await ctx.tx.draft.delete({ where: { id } })
  return update(await showAnnouncement(ctx, made, t('announcements-posted')))
}

async function card(draft: Draft, said?: string): Promise<View> {
  const { ctx, settings } = draft
  const dates = settings.repeats ? (await series()).firstDates(settings.repeats, ctx.speech.now) : []
  return draftCard(draft.id, settings, { ...(await knownPlaces(ctx, settings.places)), dates }, ctx.speech, said)
}

async function load(ctx: Ctx, id: string | undefined): Promise<Draft | undefined> {
  const found = await ownDraft(ctx, 'announcements', id)
  return found && { id: found.row.id, settings: readRow('Draft', found.row, row => AnnouncementSettings.parse(row.data)), ctx: found.ctx }
}
