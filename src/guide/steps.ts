import type { Ctx } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'

/** The guide step by step: each step one screen of a phone, with the buttons that it speaks of as they are named. */

export const TRACKS = ['resident', 'organiser'] as const
export type Track = (typeof TRACKS)[number]

interface Step {
  readonly title: TextKey
  readonly text: (ctx: Ctx) => string
  /** Where one can begin with it at once. */
  readonly buttons: (ctx: Ctx) => readonly Button[]
}

const none = (): readonly Button[] => []

const RESIDENT: readonly Step[] = [
  {
    title: 'guide-resident-1-title',
    text: ({ speech: { texts } }) => texts.t('guide-resident-1', { mine: texts.t('polls-my-vote') }),
    buttons: mine,
  },
  { title: 'guide-resident-2-title', text: ({ speech: { texts } }) => texts.t('guide-resident-2'), buttons: none },
  {
    title: 'guide-resident-3-title',
    text: ({ speech: { texts } }) =>
      texts.t('guide-resident-3', { go: texts.t('forums-do-go'), maybe: texts.t('forums-do-maybe'), cant: texts.t('forums-do-cant') }),
    buttons: ({ network, speech }) =>
      network ? [{ label: speech.texts.t('guide-forums-button'), token: token('forums', 'list', network.id) }] : [],
  },
  {
    title: 'guide-resident-4-title',
    text: ({ speech: { texts } }) => texts.t('guide-resident-4'),
    buttons: ctx =>
      ctx.network ? [{ label: ctx.speech.texts.t('guide-area-button'), token: token('network', 'areas') }, ...mine(ctx)] : [],
  },
]

const ORGANISER: readonly Step[] = [
  {
    title: 'guide-organiser-1-title',
    text: ctx =>
      ctx.speech.texts.t('guide-organiser-1', {
        ...{ may: may(ctx), new: ctx.speech.texts.t('polls-form-title'), preview: ctx.speech.texts.t('polls-draft-preview') },
        ...{ where: ctx.speech.texts.t('polls-set-where'), post: ctx.speech.texts.t('polls-draft-post') },
      }),
    buttons: ctx => begin(ctx, 'polls', 'polls-form-title'),
  },
  {
    title: 'guide-organiser-2-title',
    text: ctx =>
      ctx.speech.texts.t('guide-organiser-2', {
        ...{ may: may(ctx), new: ctx.speech.texts.t('announcements-form-title') },
        ...{ where: ctx.speech.texts.t('announcements-set-where'), post: ctx.speech.texts.t('announcements-draft-post') },
      }),
    buttons: ctx => begin(ctx, 'announcements', 'announcements-form-title'),
  },
  {
    title: 'guide-organiser-3-title',
    text: ({ speech: { texts }, ...ctx }) =>
      texts.t('guide-organiser-3', { may: may(ctx), new: texts.t('forums-form-title'), post: texts.t('forums-draft-post') }),
    buttons: ctx => begin(ctx, 'forums', 'forums-form-title'),
  },
  {
    title: 'guide-organiser-4-title',
    text: ({ speech: { texts } }) => texts.t('guide-organiser-4', { close: texts.t('polls-do-close') }),
    buttons: none,
  },
]

const STEPS: Readonly<Record<Track, readonly Step[]>> = { resident: RESIDENT, organiser: ORGANISER }

/** The step of that number, from 1; undefined where there is none. */
export function stepView(ctx: Ctx, track: Track, n: number): View | undefined {
  const step = STEPS[track][n - 1]
  if (!step) return undefined
  const { t, locale } = ctx.speech.texts
  const of = STEPS[track].length
  const only: readonly Block[] = track === 'organiser' && may(ctx) === 'no' ? [{ kind: 'quiet', text: t('guide-organiser-only') }] : []
  const blocks: readonly Block[] = [
    { kind: 'title', text: t(step.title) },
    { kind: 'text', text: step.text(ctx) },
    ...only,
    { kind: 'quiet', text: t('guide-step', { n, of }) },
  ]
  const to = (label: TextKey, at: number, look?: 'main'): Button => ({
    label: t(label),
    token: at < 1 || at > of ? token('guide', 'start') : token('guide', 'step', track, at),
    ...(look && { look }),
  })
  const turn = n < of ? [to('guide-next', n + 1, 'main'), to('guide-back', n - 1)] : [to('guide-start', 0, 'main'), to('guide-back', n - 1)]
  return view({ lang: locale, blocks, buttons: [[...step.buttons(ctx)], turn], whole: true })
}

function mine({ network, speech }: Ctx): readonly Button[] {
  return network ? [{ label: speech.texts.t('guide-mine-button'), token: token('guide', 'mine') }] : []
}

function may({ network, roles }: Pick<Ctx, 'network' | 'roles'>): 'yes' | 'no' {
  return network && roles.has('coordinator') ? 'yes' : 'no'
}

/** The button that opens the short form of a new one. */
function begin(ctx: Ctx, feature: string, label: TextKey): readonly Button[] {
  if (may(ctx) === 'no') return []
  const home = ctx.space ? [ctx.space.id] : []
  return [{ label: ctx.speech.texts.t(label), token: token(feature, 'new', ...home) }]
}
