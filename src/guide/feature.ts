import { TOLD } from '../base/kept.ts'
import { waysIn } from '../community/permissions.ts'
import { oneOf, whole } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import { defineFeature } from '../feature/define.ts'
import type { Deps, Feature } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { nothingBlocks } from '../kit/nothing.ts'
import { keptLine } from '../texts/kept.ts'
import { sentence, view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { stepView, TRACKS } from './steps.ts'

/** `/guide` (what the bot is) and `/mine` (what waits for me, what is held about me). */
export function guideFeature(deps: Deps): Feature {
  return defineFeature({
    name: 'guide',
    commands: [
      {
        name: 'guide',
        about: 'guide-command',
        where: 'anywhere',
        run: async ctx => ({ again: whisper(guideView(ctx)) }),
        suggest: async () => [],
      },
      {
        ...{ name: 'mine', about: 'guide-mine-command', where: 'network', suggest: async () => [] },
        run: ctx => mine(ctx, deps),
        newcomer: ctx => newcomer(ctx, deps),
      },
    ],
    actions: {
      start: { args: [], link: [], run: async ctx => ({ again: turnTo(ctx, guideView(ctx)) }) },
      step: {
        args: [oneOf(...TRACKS), whole],
        link: [oneOf(...TRACKS), whole],
        run: async (ctx, [track, n]) => ({
          again: turnTo(ctx, stepView(ctx, TRACKS.find(one => one === track) ?? 'resident', Number(n)) ?? guideView(ctx)),
        }),
      },
      mine: { args: [], link: [], run: ctx => openMine(ctx, deps) },
    },
  })
}

function guideView(ctx: Ctx): View {
  const { t, locale } = ctx.speech.texts
  const { network } = ctx
  const contact =
    network?.contact && !network.sample ? [{ kind: 'quiet', text: t('guide-contact', { contact: network.contact }) } as const] : []
  const place: Block[] = network
    ? [
        { kind: 'quiet', text: t('guide-network', { name: network.name }) },
        ...contact,
        ...(network.sample ? [{ kind: 'text', text: t('guide-sample') } as const] : []),
      ]
    : [{ kind: 'quiet', text: t('guide-no-network') }]
  const blocks: Block[] = [
    { kind: 'title', text: t('guide-title') },
    { kind: 'text', text: t('guide-what') },
    ...place,
    { kind: 'text', text: t('guide-choose') },
  ]
  const tracks: Button[] = [
    { label: t('guide-resident-button'), token: token('guide', 'step', 'resident', 1), look: 'main' },
    { label: t('guide-coordinator-button'), token: token('guide', 'step', 'coordinator', 1), look: 'main' },
  ]
  const waits: readonly Button[] = network ? [{ label: t('guide-mine-button'), token: token('guide', 'mine') }] : waysIn(ctx)
  return view({ lang: locale, blocks, buttons: [tracks, waits] })
}

async function openMine(ctx: Ctx, deps: Deps): Promise<Outcome> {
  if (ctx.network) return mine(ctx, deps)
  return ctx.inbound.place === 'private' && ctx.networks.length === 0 ? newcomer(ctx, deps) : { again: whisper(guideView(ctx)) }
}

/** `/mine` in private, by somebody who is in no network yet. */
async function newcomer(ctx: Ctx, { features }: Deps): Promise<Outcome> {
  const blocks = [{ kind: 'title', text: ctx.speech.texts.t('guide-mine-title') } as const, ...(await nothingBlocks(ctx, features()))]
  return { again: whisper(view({ lang: ctx.speech.locale, blocks, buttons: [waysIn(ctx)] })) }
}

async function mine(ctx: Ctx, { features, kept }: Deps): Promise<Outcome> {
  const { t, locale } = ctx.speech.texts
  if (!ctx.person) return { again: whisper(sentence(locale, t('app-no-network-private'), [waysIn(ctx)])) }
  const sections = (await Promise.all(features().map(feature => feature.forPerson(ctx)))).flat()
  const held = (await Promise.all(features().map(feature => feature.personalData(ctx)))).flat()
  const area = ctx.person.areaId ? await ctx.tx.area.findUnique({ where: { id: ctx.person.areaId } }) : null
  const blocks: Block[] = [
    { kind: 'title', text: t('guide-mine-title') },
    ...(sections.length > 0 ? sections.flatMap(section => section.view.blocks) : await nothingBlocks(ctx, features())),
    { kind: 'text', text: area ? t('guide-mine-area', { area: area.name }) : t('guide-mine-no-area') },
    { kind: 'title', text: t('guide-mine-held') },
    { kind: 'list', items: [t('guide-held-name', { name: ctx.identity.name }), ...held] },
    { kind: 'title', text: t('guide-mine-kept') },
    { kind: 'list', items: [...TOLD.map(kind => keptLine(kind, ctx.speech.texts, kept)), t('guide-kept-rest')] },
  ]
  const buttons = [
    ...sections.flatMap(section => section.view.buttons),
    [{ label: t('guide-area-button'), token: token('network', 'areas') }],
  ]
  return { again: whisper(view({ lang: locale, blocks, buttons })) }
}
