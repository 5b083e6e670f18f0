import { spacesAt } from '../community/audience.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { update } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { platformOf } from '../platform/adapter.ts'
import { sentence } from '../view/make.ts'
import type { View } from '../view/view.ts'
import { choosePlaces, EVERYWHERE, type KeptPlaces, type KnownPlaces, knownPlaces, toggleSpace } from './audience.ts'
import type { Draft, DraftKind, Placed, Presses, Saving } from './draft-kind.ts'
import { previewHere, previewOn } from './preview.ts'
import { takeReading } from './readings.ts'
import { chatsMenu, type PlacesMenu, whereMenu } from './view-audience.ts'

/** The buttons that the card of every draft has. */
export function draftPresses<Settings extends Placed>(kind: DraftKind<Settings>, saving: Saving<Settings>, deps: Deps): Presses<Settings> {
  const { card, save } = saving
  const place = placing(kind.feature, saving)
  return {
    draft: async draft => ({ again: update(await card(draft)) }),
    take: (draft, [, n]) => takeReading(kind, saving, draft, Number(n)),
    set: (draft, [, name = '']) => save(draft, kind.set(draft.settings, name, draft.ctx.speech.now)),
    where: (draft, [, how, id]) =>
      place(draft, known => choosePlaces(draft.settings, known, how, id), whereMenu, kind.oneChoice ? 'card' : 'menu'),
    chats: (draft, [, page, id]) =>
      place(
        draft,
        known => toggleSpace(draft.settings, known, id),
        menu => chatsMenu(menu, Number(page)),
      ),
    widen: draft => save(draft, { places: { ...EVERYWHERE, audience: draft.settings.places.audience } } as Partial<Settings>),
    preview: (draft, [, platform]) => preview(kind, draft, deps, platform),
    async drop({ ctx, id }) {
      await ctx.tx.draft.delete({ where: { id } })
      return update(sentence(ctx.speech.locale, ctx.speech.texts.t(kind.texts.dropped)))
    },
    async post(draft) {
      const { ctx, id } = draft
      if (!ctx.network || !ctx.person) return []
      const made = await kind.publish(draft, deps)
      if ('view' in made) await ctx.tx.draft.delete({ where: { id } })
      if ('view' in made) return update(made.view)
      return made.changes ? save(draft, made.changes, 'update', made.said) : { again: update(await card(draft, made.said)) }
    },
  }
}

/** One choice in a menu of places; the menu alone where it names nothing that is there. */
function placing<Settings extends Placed>(feature: string, { card, keep }: Saving<Settings>) {
  return async (
    draft: Draft<Settings>,
    choose: (known: KnownPlaces) => KeptPlaces | undefined,
    show: (menu: PlacesMenu) => View,
    next: 'menu' | 'card' = 'menu',
  ): Promise<Outcome> => {
    const { ctx, id } = draft
    const known = await knownPlaces(ctx, draft.settings.places)
    const places = choose(known)
    const { settings } = places ? await keep(draft, { places } as Partial<Settings>) : draft
    if (places && next === 'card') return update(await card({ ...draft, settings }))
    const shown = places ? await knownPlaces(ctx, places) : known
    const menu = update(show({ places: settings.places, home: settings.home, feature, id, known: shown, speech: ctx.speech }))
    return places ? menu : { again: menu }
  }
}

/** The post as it will stand; or as on one platform, with what is different there. */
async function preview<Settings extends Placed>(
  kind: DraftKind<Settings>,
  draft: Draft<Settings>,
  deps: Deps,
  on: string | undefined,
): Promise<Outcome> {
  const { ctx, id, settings } = draft
  const spaces = await spacesAt(ctx.tx, ctx.network?.id ?? '', settings.places)
  const { view: post, pin = false } = kind.post(draft)
  const previewed = {
    ...{ post, pin, here: platformOf(ctx.inbound.person.ref) },
    platforms: [...new Set(spaces.map(space => space.platform))].sort(),
    token: (platform: string) => token(kind.feature, 'preview', id, platform),
  }
  const can = on === undefined ? undefined : deps.platform(on)?.can
  return { again: on !== undefined && can ? previewOn(on, can, previewed, ctx.speech) : previewHere(previewed, ctx.speech) }
}
