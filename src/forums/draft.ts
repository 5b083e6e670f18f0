import { need } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import { update } from '../feature/replies.ts'
import { readToken, token } from '../feature/token.ts'
import type { Draft, DraftKind } from '../kit/draft-kind.ts'
import { createDrafts, type Drafts } from '../kit/drafts.ts'
import type { Button, View } from '../view/view.ts'
import { createForum } from './create.ts'
import { NEW, PARTS, type Part, SHEETS } from './forms.ts'
import { defaults, ForumSettings } from './settings.ts'
import { showForum } from './show.ts'
import { toggled } from './toggle.ts'
import { draftCard, optionsMenu } from './view-card.ts'
import { postView, type Shown } from './view-post.ts'

/** Setting a forum up: the short form, then the draft card with a button for each part. */

type Settings = ForumSettings

const KIND: DraftKind<Settings> = {
  feature: 'forums',
  settings: ForumSettings,
  texts: { gone: 'forums-draft-gone', dropped: 'forums-draft-dropped', anew: 'forums-form-title', rightWay: 'forums-right-way' },
  nameOf: ({ theme }) => theme,
  card: ({ id, settings, ctx: { speech } }, known, said) => draftCard({ id, settings, speech, said }, known),
  first: { sheet: NEW, defaults: (ctx, home) => defaults('', ctx.person?.name ?? '', home) },
  parts: SHEETS,
  set: toggled,
  post: ({ settings, ctx }) => ({ view: explaining(postView(previewOf(settings, ctx), ctx.speech)) }),
  publish,
  presses: (usual, { keep }) => ({
    edit: (draft, args) => need(usual, partOf(args[1]))(draft, args),
    options: draft => ({ again: update(optionsOf(draft)) }),
    set: async (draft, [, name = '']) => update(optionsOf(await keep(draft, toggled(draft.settings, name)))),
  }),
}

export function forumDrafts(deps: Deps): Drafts<Settings> {
  return createDrafts(KIND, deps)
}

/** The post as it will stand; its buttons only say what they will be for. */
function explaining(post: View): View {
  const explain = (button: Button): Button => {
    const does = 'token' in button ? readToken(button.token)?.action : undefined
    return does ? { ...button, token: token('forums', 'sample', does) } : button
  }
  return { ...post, buttons: post.buttons.map(row => row.map(explain)) }
}

function optionsOf({ id, settings, ctx: { speech } }: Draft<Settings>): ReturnType<typeof optionsMenu> {
  return optionsMenu({ id, settings, speech })
}

export function partOf(word: string | undefined): Part {
  return PARTS.find(one => one === word) ?? 'words'
}

/** A draft as the forum that it would become. */
export function previewOf(settings: ForumSettings, { speech }: Ctx): Shown {
  const startsAt = settings.startsAt ? new Date(settings.startsAt) : speech.now
  const blank = { coming: 0, maybe: 0, cant: 0, waiting: 0, taken: 0, lastPlace: 0, came: 0, sequence: 0, reminded: [] }
  const none = {
    changedAt: null,
    was: null,
    cancelledAt: null,
    why: '',
    notes: '',
    outcomes: [],
    summaryAt: null,
    pollId: null,
    picture: null,
  }
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

async function publish({ ctx, settings, id }: Draft<Settings>, deps: Deps): ReturnType<DraftKind<Settings>['publish']> {
  const { zone, now, texts } = ctx.speech
  const made = await createForum(ctx.tx, deps, {
    networkId: ctx.network?.id ?? '',
    personId: ctx.person?.id ?? '',
    zone,
    settings,
    id,
    now,
  })
  return 'key' in made ? { said: texts.t(made.key, made.args) } : { view: await showForum(ctx, made, texts.t('forums-posted')) }
}
