import { TOLD } from '../base/kept.ts'
import type { Ctx } from '../feature/context.ts'
import { defineFeature } from '../feature/define.ts'
import type { Deps, Feature } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { nothingBlocks } from '../kit/nothing.ts'
import { keptLine } from '../texts/kept.ts'
import { sentence, view } from '../view/make.ts'
import type { Block, View } from '../view/view.ts'

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
      mine: { args: [], link: [], run: ctx => openMine(ctx, deps) },
    },
  })
}

function guideView(ctx: Ctx): View {
  const { t, locale } = ctx.speech.texts
  const { network } = ctx
  const lines = (['guide-what', 'guide-vote', 'guide-secret', 'guide-mine', 'guide-coordinator'] as const).map(
    key => ({ kind: 'text', text: t(key) }) as const,
  )
  const place: Block[] = network
    ? [
        { kind: 'quiet', text: t('guide-network', { name: network.name }) },
        ...(network.contact ? [{ kind: 'quiet', text: t('guide-contact', { contact: network.contact }) } as const] : []),
      ]
    : [{ kind: 'quiet', text: t('guide-no-network') }]
  const buttons = network ? [[{ label: t('guide-mine-button'), token: token('guide', 'mine') }]] : []
  return view({ lang: locale, blocks: [{ kind: 'title', text: t('guide-title') }, ...lines, ...place], buttons })
}

async function openMine(ctx: Ctx, deps: Deps): Promise<Outcome> {
  if (ctx.network) return mine(ctx, deps)
  return ctx.inbound.place === 'private' && ctx.networks.length === 0 ? newcomer(ctx, deps) : { again: whisper(guideView(ctx)) }
}

/** `/mine` in private, by somebody who is in no network yet. */
async function newcomer(ctx: Ctx, { features }: Deps): Promise<Outcome> {
  const blocks = [{ kind: 'title', text: ctx.speech.texts.t('guide-mine-title') } as const, ...(await nothingBlocks(ctx, features()))]
  return { again: whisper(view({ lang: ctx.speech.locale, blocks })) }
}

async function mine(ctx: Ctx, { features, kept }: Deps): Promise<Outcome> {
  const { t, locale } = ctx.speech.texts
  if (!ctx.person) return { again: whisper(sentence(locale, t('app-no-network-private'))) }
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
