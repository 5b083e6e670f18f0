import type { z } from 'zod'
import { readRow } from '../base/readable.ts'
import { spacesAt } from '../community/audience.ts'
import { mayStart } from '../community/permissions.ts'
import { need } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps, FormAction, Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, unchanged, update, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { platformOf } from '../platform/adapter.ts'
import type { Prisma, Draft as Row } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import { sentence } from '../view/make.ts'
import type { View } from '../view/view.ts'
import { choosePlaces, type KeptPlaces, type KnownPlaces, knownPlaces, toggleSpace } from './audience.ts'
import { formOf, type Sheet, taken } from './forms.ts'
import type { Handlers, Press } from './presses.ts'
import { previewHere, previewOn } from './preview.ts'
import { chatsMenu, type PlacesMenu, whereMenu } from './view-audience.ts'

/**
 * What somebody is still setting up, as a row, so that an error, a restart or a closed dialog loses nothing: the short form with which it begins, the card with a
 * button for each setting, the forms of its parts, the menus of places, the preview, and Post. Only for coordinators, and each only their own.
 */

/** What every draft has. */
interface Placed {
  readonly places: KeptPlaces
  /** The space where it was begun. */
  readonly home: string | null
}

export interface Draft<Settings> {
  readonly id: string
  readonly settings: Settings
  readonly ctx: Ctx
}

export interface DraftKind<Settings extends Placed> {
  readonly feature: string
  readonly settings: z.ZodType<Settings>
  /** What is said where the draft is not there any more, and where it was thrown away. */
  readonly texts: { readonly gone: TextKey; readonly dropped: TextKey }
  card(draft: Draft<Settings>, known: KnownPlaces, said?: string): View | Promise<View>
  /** The short form, and what is set before anybody chooses otherwise. `home`: the space where it was begun. */
  readonly first: { readonly sheet: Sheet<Settings>; defaults(ctx: Ctx, home: string | undefined): Settings }
  /** The forms of the card, by the names of their tokens, which are also those of the buttons that open them. */
  readonly parts: Readonly<Record<string, Sheet<Settings>>>
  /** What a tap on a setting with two or three states makes of it. */
  set(settings: Settings, name: string): Partial<Settings>
  /** A choice in the menu of places shows the card again, in place of the menu: most need one choice. */
  readonly oneChoice?: true
  /** The post as it will stand. */
  post(draft: Draft<Settings>): { readonly view: View; readonly pin?: boolean }
  /** Makes the thing; or says what is in the way, perhaps with settings that have become others. */
  publish(
    draft: Draft<Settings>,
    deps: Deps,
  ): Promise<{ readonly view: View } | { readonly said: string; readonly changes?: Partial<Settings> }>
  /** Further buttons of the card, or other ones; `usual`: those that every card has, and the parts. */
  presses?(usual: Presses<Settings>, by: Pick<Drafts<Settings>, 'save' | 'keep'>): Presses<Settings>
}

type Presses<Settings> = Readonly<Record<string, Press<Draft<Settings>>>>

export interface Drafts<Settings> extends Handlers<Draft<Settings>> {
  /** The short form; the space where it was asked for rides in the form's token. */
  open(ctx: Ctx, home?: string): Outcome
  /** A new draft, and its card in private. */
  begin(ctx: Ctx, settings: Settings, said?: string): Promise<Outcome>
  /** A new draft whose first form is this part. */
  beginWith(ctx: Ctx, settings: Settings, part: string): Promise<Outcome>
  /** The short form came in. */
  read(ctx: Ctx, submit: Submit): Promise<Outcome>
  /** Saves changes and shows what comes of them: the card, or another view. */
  save(draft: Draft<Settings>, changes: Partial<Settings>, how?: 'update' | 'whisper', said?: string): Promise<Outcome>
  keep(draft: Draft<Settings>, changes: Partial<Settings>): Promise<Draft<Settings>>
}

export function createDrafts<Settings extends Placed>(kind: DraftKind<Settings>, deps: Deps): Drafts<Settings> {
  const { feature } = kind
  type One = Draft<Settings>

  const card = async (draft: One, said?: string): Promise<View> =>
    kind.card(draft, await knownPlaces(draft.ctx, draft.settings.places), said)

  async function find(ctx: Ctx, id: string | undefined): Promise<One | { readonly refused: Outcome }> {
    const found = await ownDraft(ctx, feature, id)
    if (!found) return { refused: unchanged(ctx, kind.texts.gone) }
    return { id: found.row.id, settings: readRow('Draft', found.row, row => kind.settings.parse(row.data)), ctx: found.ctx }
  }

  async function create(ctx: Ctx, settings: Settings): Promise<One | undefined> {
    const id = await keepDraft(ctx, feature, settings)
    return id ? { id, settings, ctx } : undefined
  }

  async function begin(ctx: Ctx, settings: Settings, said?: string): Promise<Outcome> {
    const draft = await create(ctx, settings)
    return draft ? whisper(await card(draft, said)) : []
  }

  async function keep(draft: One, changes: Partial<Settings>): Promise<One> {
    const settings = kind.settings.parse({ ...draft.settings, ...changes })
    await draft.ctx.tx.draft.update({ where: { id: draft.id }, data: { data: json(settings) } })
    return { ...draft, settings }
  }

  /** After a form the card comes anew, since the form stands between. */
  async function save(draft: One, changes: Partial<Settings>, how: 'update' | 'whisper' = 'update', said?: string): Promise<Outcome> {
    return [{ kind: how, view: await card(await keep(draft, changes), said) }]
  }

  /** One choice in a menu of places; the menu alone where it names nothing that is there. */
  async function place(
    draft: One,
    choose: (known: KnownPlaces) => KeptPlaces | undefined,
    show: (menu: PlacesMenu) => View,
    next: 'menu' | 'card' = 'menu',
  ): Promise<Outcome> {
    const { ctx, id } = draft
    const known = await knownPlaces(ctx, draft.settings.places)
    const places = choose(known)
    const { settings } = places ? await keep(draft, { places } as Partial<Settings>) : draft
    if (places && next === 'card') return update(await card({ ...draft, settings }))
    const shown = places ? await knownPlaces(ctx, places) : known
    const menu = update(show({ places: settings.places, home: settings.home, feature, id, known: shown, speech: ctx.speech }))
    return places ? menu : { again: menu }
  }

  /** As it will stand; or as on one platform, with what is different there. */
  async function preview(draft: One, on: string | undefined): Promise<Outcome> {
    const { ctx, id, settings } = draft
    const spaces = await spacesAt(ctx.tx, ctx.network?.id ?? '', settings.places)
    const { view: post, pin = false } = kind.post(draft)
    const previewed = {
      ...{ post, pin, here: platformOf(ctx.inbound.person.ref) },
      platforms: [...new Set(spaces.map(space => space.platform))].sort(),
      token: (platform: string) => token(feature, 'preview', id, platform),
    }
    const can = on === undefined ? undefined : deps.platform(on)?.can
    return { again: on !== undefined && can ? previewOn(on, can, previewed, ctx.speech) : previewHere(previewed, ctx.speech) }
  }

  async function publish(draft: One): Promise<Outcome> {
    const { ctx, id } = draft
    if (!ctx.network || !ctx.person) return []
    const made = await kind.publish(draft, deps)
    if ('said' in made)
      return made.changes ? save(draft, made.changes, 'update', made.said) : { again: update(await card(draft, made.said)) }
    await ctx.tx.draft.delete({ where: { id } })
    return update(made.view)
  }

  const presses: Record<string, Press<One>> = {
    draft: async draft => ({ again: update(await card(draft)) }),
    set: (draft, [, name = '']) => save(draft, kind.set(draft.settings, name)),
    where: (draft, [, how, id]) =>
      place(draft, known => choosePlaces(draft.settings, known, how, id), whereMenu, kind.oneChoice ? 'card' : 'menu'),
    chats: (draft, [, page, id]) =>
      place(
        draft,
        known => toggleSpace(draft.settings, known, id),
        menu => chatsMenu(menu, Number(page)),
      ),
    preview: (draft, [, platform]) => preview(draft, platform),
    async drop({ ctx, id }) {
      await ctx.tx.draft.delete({ where: { id } })
      return update(sentence(ctx.speech.locale, ctx.speech.texts.t(kind.texts.dropped)))
    },
    post: publish,
  }
  const forms: Record<string, (draft: One, submit: Submit) => Promise<Outcome>> = {}
  for (const [name, part] of Object.entries(kind.parts)) {
    presses[name] = ({ id, ctx, settings }) => ({ again: ask(formOf(token(feature, name, id), part, { ctx, now: settings })) })
    forms[name] = (draft, submit) =>
      taken(token(feature, name, draft.id), part, { ctx: draft.ctx, now: draft.settings }, submit, (changes, said) =>
        save(draft, changes, 'whisper', said),
      )
  }
  const { sheet, defaults } = kind.first
  const firstToken = (home: string | undefined) => (home ? token(feature, 'new', home) : token(feature, 'new'))
  return {
    ...{ find, forms, begin, save, keep },
    presses: { ...presses, ...kind.presses?.(presses, { save, keep }) },
    open(ctx, asked) {
      const home = asked ?? ctx.space?.id
      return { again: ask(formOf(firstToken(home), sheet, { ctx, now: defaults(ctx, home) })) }
    },
    async beginWith(ctx, settings, part) {
      const draft = await create(ctx, settings)
      return draft ? ask(formOf(token(feature, part, draft.id), need(kind.parts, part), { ctx, now: settings })) : []
    },
    async read(ctx, submit) {
      const now = defaults(ctx, await homeSpace(ctx, submit.args[0]))
      return taken(firstToken(submit.args[0]), sheet, { ctx, now }, submit, (changes, said) => begin(ctx, { ...now, ...changes }, said))
    },
  }
}

/** The form with which a draft begins, for coordinators. */
export function firstForm<Settings>(args: FormAction['args'], load: () => Promise<Pick<Drafts<Settings>, 'open' | 'read'>>): FormAction {
  return {
    ...{ args, link: 'opens it' },
    open: async (ctx, [home]) => mayStart(ctx) ?? (await load()).open(ctx, home),
    read: async (ctx, submit) => mayStart(ctx) ?? (await load()).read(ctx, submit),
  }
}

/** Keeps a new draft of this person; its id, or undefined where there is nobody to keep it for. `data`: JSON. */
export async function keepDraft(ctx: Ctx, feature: string, data: object): Promise<string | undefined> {
  if (!ctx.network || !ctx.person) return undefined
  const id = ctx.ids.id()
  await ctx.tx.draft.create({ data: { id, networkId: ctx.network.id, personId: ctx.person.id, feature, data } })
  return id
}

/** One's own draft, seen from the network that it belongs to, and only as a coordinator there. */
export async function ownDraft(ctx: Ctx, feature: string, id: string | undefined): Promise<{ row: Row; ctx: Ctx } | undefined> {
  const row = id ? await ctx.tx.draft.findUnique({ where: { id } }) : null
  if (row?.feature !== feature) return undefined
  const there = await ctx.in(row.networkId)
  const isMine = there?.person?.id === row.personId && there.roles.has('coordinator')
  return there && isMine ? { row, ctx: there } : undefined
}

/** A space of this network that a form was begun in. */
export async function homeSpace(ctx: Ctx, id: string | undefined): Promise<string | undefined> {
  if (!id || !ctx.network) return undefined
  const space = await ctx.tx.space.findFirst({ where: { id, networkId: ctx.network.id, state: 'joined' } })
  return space?.id
}

/** As the store takes it: what is set in a draft is plain data. */
function json(data: object): Prisma.InputJsonObject {
  return { ...data }
}
