import type { z } from 'zod'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import type { Prisma } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import type { View } from '../view/view.ts'
import { type KeptPlaces, type KnownPlaces, knownPlaces } from './audience.ts'
import { keepDraft } from './draft-rows.ts'
import type { Sheet } from './forms.ts'
import type { Press } from './presses.ts'

/**
 * What somebody is still setting up, as a row, so that an error, a restart or a closed dialog loses nothing: the short form with which it begins, the card with a
 * button for each setting, the forms of its parts, the menus of places, the preview, and Post. Only for coordinators, and each only their own.
 */

/** What every draft has. */
export interface Placed {
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
  /** As its rows are called, where a feature has drafts of several kinds; else as the feature. */
  readonly rows?: string
  readonly settings: z.ZodType<Settings>
  /** What is said where the draft is not there any more, and where it was thrown away; the button that begins one; how it is said in one line. */
  readonly texts: { readonly gone: TextKey; readonly dropped: TextKey; readonly anew: TextKey; readonly rightWay: TextKey }
  /** What it is called in one line. */
  nameOf(settings: Settings): string
  card(draft: Draft<Settings>, known: KnownPlaces, said?: string): View | Promise<View>
  /** The short form, and what is set before anybody chooses otherwise. `home`: the space where it was begun. */
  readonly first: {
    readonly sheet: Sheet<Settings>
    /** As its token is called; else `new`. */
    readonly name?: string
    defaults(ctx: Ctx, home: string | undefined): Settings
  }
  /** The forms of the card, by the names of their tokens, which are also those of the buttons that open them. */
  readonly parts: Readonly<Record<string, Sheet<Settings>>>
  /** What a tap on a setting with two or three states makes of it. */
  set(settings: Settings, name: string, now: Date): Partial<Settings>
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
  presses?(usual: Presses<Settings>, by: Pick<Saving<Settings>, 'save' | 'keep'>): Presses<Settings>
}

/** As the rows of its drafts are called. */
export function rowsOf({ rows, feature }: Pick<DraftKind<Placed>, 'rows' | 'feature'>): string {
  return rows ?? feature
}

export type Presses<Settings> = Readonly<Record<string, Press<Draft<Settings>>>>

/** What is done with a draft's row, and shown of it. */
export interface Saving<Settings> {
  card(draft: Draft<Settings>, said?: string): Promise<View>
  /** A new draft of whoever this is; undefined where there is nobody to keep it for. */
  create(ctx: Ctx, settings: Settings): Promise<Draft<Settings> | undefined>
  keep(draft: Draft<Settings>, changes: Partial<Settings>): Promise<Draft<Settings>>
  /** Saves changes and shows the card: in place of the one before, or (after a form, which stands between) anew. */
  save(draft: Draft<Settings>, changes: Partial<Settings>, how?: 'update' | 'whisper', said?: string): Promise<Outcome>
}

export function savingOf<Settings extends Placed>(kind: DraftKind<Settings>): Saving<Settings> {
  const saving: Saving<Settings> = {
    card: async (draft, said) => kind.card(draft, await knownPlaces(draft.ctx, draft.settings.places), said),
    async create(ctx, settings) {
      const id = await keepDraft(ctx, rowsOf(kind), settings)
      return id ? { id, settings, ctx } : undefined
    },
    async keep(draft, changes) {
      const settings = kind.settings.parse({ ...draft.settings, ...changes })
      await draft.ctx.tx.draft.update({ where: { id: draft.id }, data: { data: json(settings) } })
      return { ...draft, settings }
    },
    save: async (draft, changes, how = 'update', said) => [{ kind: how, view: await saving.card(await saving.keep(draft, changes), said) }],
  }
  return saving
}

/** As the store takes it: what is set in a draft is plain data. */
function json(data: object): Prisma.InputJsonObject {
  return { ...data }
}
