import { need } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { readToken, token } from '../feature/token.ts'
import type { Draft, DraftKind } from '../kit/draft-kind.ts'
import { createDrafts, type Drafts } from '../kit/drafts.ts'
import { weekFromNow } from '../schedule/plain-time.ts'
import type { Button } from '../view/view.ts'
import { SAMPLES } from './actions.ts'
import { CHOICES, choiceOf } from './closing.ts'
import { createPoll } from './create.ts'
import { checkWords, RESULTS, readPollText } from './domain.ts'
import { ANSWERS, NEW, timeSheet, WORDS } from './forms.ts'
import { previewPoll } from './preview.ts'
import { defaults, PollSettings, timesOf, votersOf } from './settings.ts'
import { draftCard } from './view-card.ts'
import { postedView } from './view-manage.ts'
import { postView } from './view-post.ts'

/** Setting a poll up: the short form, then the draft card with a button for each setting. */

type Settings = PollSettings

const KIND: DraftKind<Settings> = {
  feature: 'polls',
  settings: PollSettings,
  texts: { gone: 'polls-draft-gone', dropped: 'polls-draft-dropped', anew: 'polls-form-title', rightWay: 'polls-right-way' },
  nameOf: ({ question }) => question,
  card: ({ id, settings, ctx: { speech } }, known, said) => draftCard(id, settings, known, speech, said),
  first: { sheet: NEW, defaults: (ctx, home) => defaults('', [], home, weekFromNow(ctx.speech)) },
  parts: { words: WORDS, answers: ANSWERS, opens: timeSheet('opens'), closes: timeSheet('closes') },
  set: changed,
  oneChoice: true,
  post,
  publish,
  presses: usual => ({
    // Cards of before had one kind of button for settings and for what opens a form or a menu.
    set: (draft, args) =>
      need(usual, ['where', 'answers', 'words', 'opens', 'closes'].find(one => one === args[1]) ?? 'set')(
        draft,
        args[1] === 'where' ? [] : args,
      ),
  }),
}

export function pollDrafts(deps: Deps): Drafts<Settings> {
  return createDrafts(KIND, deps)
}

/** Somebody's message becomes a draft: its card if the words make a poll, else the form with what there is. */
export async function takeMessage(ctx: Ctx, deps: Deps, text: string): Promise<Outcome> {
  const { question, options } = readPollText(text)
  const settings = defaults(question, options, ctx.space?.id, weekFromNow(ctx.speech))
  const drafts = pollDrafts(deps)
  return checkWords(question, options) ? drafts.beginWith(ctx, settings, 'words') : drafts.begin(ctx, settings)
}

/** What has two or three states moves on. */
function changed(settings: Settings, name: string, now: Date): Partial<Settings> {
  const { secret, addOptions, results, places } = settings
  if (name === 'secret') return { secret: !secret }
  if (name === 'add') return { addOptions: !addOptions }
  if (name === 'closing') return { closing: after(CHOICES, choiceOf(settings.closing, timesOf(settings, now))) }
  if (name === 'results') return { results: after(RESULTS, results) }
  if (name !== 'voters') return {}
  return { places: { ...places, audience: votersOf(settings) === 'everyone' ? 'steering' : 'residents' } }
}

/** The next of them; after the last one the first. */
function after<One>(all: readonly One[], one: One): One {
  return all[(all.indexOf(one) + 1) % all.length] ?? one
}

/** The post as it will stand; its buttons only say what they will be for. */
function post({ id, settings, ctx }: Draft<Settings>): ReturnType<DraftKind<Settings>['post']> {
  const shown = postView(previewPoll(id, settings, ctx), undefined, ctx.speech)
  let n = 0
  const explaining = (button: Button): Button => {
    const does = 'token' in button ? SAMPLES.find(one => one === readToken(button.token)?.action) : undefined
    return { ...button, token: token('polls', 'sample', n++, ...(does ? [does] : [])) }
  }
  return { view: { ...shown, buttons: shown.buttons.map(row => row.map(explaining)) } }
}

async function publish({ ctx, settings, id }: Draft<Settings>, deps: Deps): ReturnType<DraftKind<Settings>['publish']> {
  const made = await createPoll(ctx.tx, deps, { networkId: ctx.network?.id ?? '', personId: ctx.person?.id ?? '', settings, id })
  return 'key' in made ? { said: ctx.speech.texts.t(made.key, made.args) } : { view: postedView(made, ctx.speech) }
}
