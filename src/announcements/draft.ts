import { need } from '../feature/args.ts'
import type { Ctx, Deps, Outcome, Submit } from '../feature/feature.ts'
import { createDrafts, type Draft, type DraftKind, type Drafts, type Part, type Wrong } from '../kit/drafts.ts'
import { shorten } from '../view/sanitize.ts'
import { createAnnouncement } from './create.ts'
import { checkBeside, checkWords, LATE, LIMITS, tidy } from './domain.ts'
import { newForm, whenForm, wordsForm } from './forms.ts'
import { pictureForm, readPicture } from './picture.ts'
import { linkOr, timing, whenOr } from './read.ts'
import { askRepeat, firstDates, publishSeries, readRepeat } from './series-draft.ts'
import { AnnouncementSettings, defaults } from './settings.ts'
import { showAnnouncement } from './show.ts'
import { draftCard } from './view-card.ts'
import { postView } from './view-post.ts'

/** Setting an announcement up: the short form, then the draft card with a button for each setting. */

type Settings = AnnouncementSettings

const words: Part<Settings> = {
  show: ({ ctx, id, settings }, typed) => wordsForm(ctx, 'words', id, typed ?? { words: settings.words, link: settings.link ?? '' }),
  async read({ ctx, settings }, { values }) {
    const { words: said, link, fields } = await readWords(ctx, values, settings.picture)
    return Object.keys(fields).length > 0 ? { wrong: fields } : { changes: { words: said, link } }
  },
}

const when: Part<Settings> = {
  show: ({ ctx, id, settings }, typed) =>
    typed ? whenForm(ctx, 'when', id, typed['when']) : whenForm(ctx, 'when', id, '', settings.postsAt),
  async read({ ctx }, { values }) {
    const read = await whenOr(ctx, values['when'] ?? '')
    return 'problem' in read ? { wrong: { when: read.problem } } : { changes: timing(read), said: read.note }
  },
}

const repeat: Part<Settings> = {
  show: ({ ctx, id, settings }, typed) => askRepeat(ctx, id, settings.repeats, typed?.['repeat']),
  read: ({ ctx }, { values }) => readRepeat(ctx, values['repeat'] ?? ''),
}

const picture: Part<Settings> = {
  show: ({ ctx, id, settings }, typed) => pictureForm(ctx, 'picture', { ...settings, id }, typed?.['about']),
  async read({ ctx, settings }, submit) {
    const read = await readPicture(ctx, submit, settings)
    return 'picture' in read ? { changes: read } : read
  },
}

const KIND: DraftKind<Settings> = {
  feature: 'announcements',
  settings: AnnouncementSettings,
  texts: { gone: 'announcements-draft-gone', dropped: 'announcements-draft-dropped' },
  card({ id, settings, ctx: { speech } }, known, said) {
    const dates = settings.repeats ? firstDates(settings.repeats, speech.now) : []
    return draftCard(id, settings, { ...known, dates }, speech, said)
  },
  first: { show: newForm, read: readNew },
  parts: { words, when, repeat, picture },
  set({ pin, lateHours }, name) {
    if (name === 'pin') return { pin: !pin }
    return name === 'late' ? { lateHours: LATE[(LATE.indexOf(lateHours) + 1) % LATE.length] ?? LATE[0] } : {}
  },
  post: ({ settings, ctx: { speech } }) => ({
    view: postView({ ...settings, state: 'standing', changedAt: null }, speech),
    pin: settings.pin,
  }),
  publish,
  presses: (usual, { save }) => ({
    picture: (draft, args) => (args[1] === 'none' ? save(draft, { picture: null }) : need(usual, 'picture')(draft, args)),
  }),
}

export function announcementDrafts(deps: Deps): Drafts<Settings> {
  return createDrafts(KIND, deps)
}

/** Somebody's message becomes a draft of its words. */
export async function takeMessage(ctx: Ctx, deps: Deps, text: string): Promise<Outcome> {
  const drafts = announcementDrafts(deps)
  const said = tidy(text)
  if (said === '') return drafts.beginWith(ctx, defaults('', ctx.space), 'words')
  const isLong = said.length > LIMITS.words
  const note = isLong ? ctx.speech.texts.t('announcements-shortened', { max: LIMITS.words }) : undefined
  return drafts.begin(ctx, defaults(shorten(said, LIMITS.words), ctx.space), note)
}

async function readNew(ctx: Ctx, values: Submit['values'], home: string | undefined): ReturnType<DraftKind<Settings>['first']['read']> {
  const read = await readWords(ctx, values, null)
  const at = await whenOr(ctx, values['when'] ?? '')
  const wrong = { ...read.fields, ...('problem' in at ? { when: at.problem } : {}) }
  if (Object.keys(wrong).length > 0 || 'problem' in at) return { wrong }
  return { settings: { ...defaults(read.words, home ? { id: home } : undefined), link: read.link, ...timing(at) }, said: at.note }
}

interface Read {
  readonly words: string
  readonly link: string | null
  readonly fields: Wrong
}

/** Words and link as a form brings them. `beside`: the picture that they stand beside. */
export async function readWords(ctx: Ctx, values: Submit['values'], beside: Settings['picture']): Promise<Read> {
  const { t } = ctx.speech.texts
  const said = tidy(values['words'] ?? '')
  const link = linkOr(ctx, values['link'] ?? '')
  const refused = checkWords(said) ?? checkBeside({ words: said, link: 'problem' in link ? null : link.link, picture: beside })
  const fields = {
    ...(refused ? { words: t(refused.key, refused.args) } : {}),
    ...('problem' in link ? { link: link.problem } : {}),
  }
  return { words: said, link: 'problem' in link ? null : link.link, fields }
}

async function publish({ ctx, settings, id }: Draft<Settings>, deps: Deps): ReturnType<DraftKind<Settings>['publish']> {
  if (settings.repeats) return publishSeries(ctx, deps, { settings, repeats: settings.repeats, id })
  const wish = { networkId: ctx.network?.id ?? '', personId: ctx.person?.id ?? '', settings, id }
  const made = await createAnnouncement(ctx.tx, deps, wish)
  const { t } = ctx.speech.texts
  return 'key' in made ? { said: t(made.key, made.args) } : { view: await showAnnouncement(ctx, made, t('announcements-posted')) }
}
