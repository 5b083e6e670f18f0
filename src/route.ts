import type { FileIn, Quoted, Reply } from './adapter.ts'
import { type Asked, answerPress, answerWords, beginAsking } from './asking.ts'
import type { CommandSpec, Ctx, Feature, Outcome, Submit } from './feature.ts'
import { whisper } from './replies.ts'
import { readToken, token } from './token.ts'
import { sentence, view } from './view/make.ts'
import type { Button, Form, View } from './view/view.ts'

type Features = readonly Feature[]

/** What the house answers to one event: finds the command, button, form or words a home, or says in plain words why not. */
export async function route(features: Features, ctx: Ctx): Promise<Outcome> {
  const { event } = ctx.inbound
  switch (event.kind) {
    case 'command':
      return forms(ctx, await command(features, ctx, event))
    case 'shortcut':
      return forms(ctx, await command(features, ctx, { ...event, args: '' }))
    case 'press':
      return forms(ctx, await press(features, ctx, event.token))
    case 'started':
      return forms(ctx, await (event.payload ? press(features, ctx, event.payload) : command(features, ctx, { name: 'guide', args: '' })))
    case 'submit':
      return forms(ctx, await submit(features, ctx, event.form, event.values, event.files))
    case 'text':
      return forms(ctx, await words(features, ctx, event))
    case 'suggest':
      return suggest(features, ctx, event.command, event.typed)
    case 'home':
      return { again: await home(features, ctx) }
    default:
      return []
  }
}

interface Said {
  readonly name: string
  readonly args: string
  readonly about?: Quoted
}

async function command(features: Features, ctx: Ctx, { name, args, about }: Said): Promise<Outcome> {
  const spec = specs(features).find(one => one.name === name.toLowerCase())
  const { t, locale } = ctx.speech.texts
  if (!spec) return whisper(sentence(locale, t('app-no-command', { name: name.slice(0, 40) })))
  if (spec.where === 'network' && !ctx.network)
    return ctx.networks.length > 1 ? whisper(whichNetwork(ctx)) : whisper(sentence(locale, t(noNetwork(ctx))))
  if (spec.role && !ctx.roles.has(spec.role)) return whisper(needs(ctx, spec.role))
  return about && spec.onMessage && args.trim() === '' ? spec.onMessage.run(ctx, about) : spec.run(ctx, args.trim())
}

async function press(features: Features, ctx: Ctx, text: string): Promise<Outcome> {
  const pressed = readToken(text)
  if (pressed?.feature === 'asking') return asked(features, ctx, await answerPress(ctx, pressed.action, pressed.args))
  if (pressed?.feature === 'app') return own(features, ctx, pressed.action, pressed.args)
  const feature = features.find(one => one.name === pressed?.feature)
  if (!pressed || !feature) return { again: whisper(sentence(ctx.speech.locale, ctx.speech.texts.t('app-old-button'))) }
  return feature.onPress(ctx, pressed)
}

/** Buttons of the house itself: what waits, and which network a private chat is about. */
async function own(features: Features, ctx: Ctx, action: string, args: readonly string[]): Promise<Outcome> {
  const { t, locale } = ctx.speech.texts
  const chosen = ctx.networks.find(network => network.id === args[0])
  if (action === 'network' && chosen) {
    await ctx.tx.identity.update({ where: { ref: ctx.identity.ref }, data: { networkId: chosen.id } })
    return whisper(sentence(locale, t('app-network-chosen', { name: chosen.name })))
  }
  if (action === 'networks') return { again: whisper(whichNetwork(ctx)) }
  // What waits is put before this answer by the app itself.
  if (action === 'waiting') return { again: whisper(sentence(locale, t('app-waiting-shown'))) }
  return command(features, ctx, { name: 'guide', args: '' })
}

async function submit(
  features: Features,
  ctx: Ctx,
  form: string,
  values: Readonly<Record<string, string | readonly string[]>>,
  files: Submit['files'] = {},
): Promise<Outcome> {
  const sent = readToken(form)
  const feature = features.find(one => one.name === sent?.feature)
  const { t, locale } = ctx.speech.texts
  if (!sent || !feature) return { again: whisper(sentence(locale, t('app-old-button'))) }
  const flat = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : value.join('\n')]),
  )
  return feature.onSubmit(ctx, { ...sent, values: flat, files })
}

interface Words {
  readonly text: string
  readonly replyTo?: string
  readonly files?: readonly FileIn[]
}

async function words(features: Features, ctx: Ctx, { text, replyTo, files = [] }: Words): Promise<Outcome> {
  const inPrivate = ctx.inbound.place === 'private'
  const answer = inPrivate ? await answerWords(ctx, text, files) : undefined
  if (answer) return asked(features, ctx, answer)
  const post = replyTo ? await ctx.tx.delivery.findFirst({ where: { message: replyTo }, select: { subject: true } }) : undefined
  // A picture without words answers nothing but the question for one.
  for (const feature of text.trim() === '' ? [] : features) {
    const outcome = await feature.onText(ctx, text, post?.subject)
    if (outcome) return outcome
  }
  const { t, locale } = ctx.speech.texts
  return inPrivate ? { again: whisper(sentence(locale, t('app-not-understood'))) } : []
}

async function suggest(features: Features, ctx: Ctx, name: string, typed: string): Promise<Outcome> {
  const spec = specs(features).find(one => one.name === name)
  return { again: [{ kind: 'suggest', choices: spec ? (await spec.suggest(ctx, typed)).slice(0, 25) : [] }] }
}

async function home(features: Features, ctx: Ctx): Promise<readonly Reply[]> {
  const sections = (await Promise.all(features.map(feature => feature.forPerson(ctx)))).flat()
  const { t, locale } = ctx.speech.texts
  const blocks = sections.flatMap(section => section.view.blocks)
  const buttons = sections.flatMap(section => section.view.buttons)
  return [
    {
      kind: 'home',
      view: view({ lang: locale, blocks: blocks.length ? blocks : [{ kind: 'text', text: t('app-nothing-waits') }], buttons }),
    },
  ]
}

/** The end of a question-by-question form is a submit like any other. */
async function asked(features: Features, ctx: Ctx, step: Asked): Promise<Outcome> {
  if ('question' in step) return [{ kind: 'say', view: step.question }]
  const outcome = await submit(features, ctx, step.form.token, step.values, step.files)
  const replies = 'again' in outcome ? outcome.again : outcome
  const made: Reply[] = []
  for (const reply of replies)
    made.push(reply.kind === 'wrong' ? { kind: 'say', view: await beginAsking(ctx, reply.form, reply.fields, step.values) } : reply)
  return 'again' in outcome ? { again: made } : made
}

/** Where a platform has no forms: in private the first question, in a group the way into the private chat. */
async function forms(ctx: Ctx, outcome: Outcome): Promise<Outcome> {
  if (ctx.chat.can.forms !== 'questions') return outcome
  const made: Reply[] = []
  for (const reply of 'again' in outcome ? outcome.again : outcome)
    made.push(reply.kind === 'ask' ? await askThere(ctx, reply.form) : reply)
  return 'again' in outcome ? { again: made } : made
}

async function askThere(ctx: Ctx, form: Form): Promise<Reply> {
  if (ctx.inbound.place === 'private') return { kind: 'say', view: await beginAsking(ctx, form) }
  const { t, locale } = ctx.speech.texts
  return {
    kind: 'go private',
    payload: form.token,
    view: sentence(locale, t('app-ask-in-private', { title: form.title })),
    label: t('app-open-private'),
  }
}

function specs(features: Features): readonly CommandSpec[] {
  return features.flatMap(feature => feature.commands)
}

function noNetwork(ctx: Ctx): string {
  return ctx.inbound.place === 'private' ? 'app-no-network-private' : 'app-no-network-here'
}

function whichNetwork(ctx: Ctx): View {
  const { t, locale } = ctx.speech.texts
  const rows = ctx.networks.map((network): Button[] => [{ label: network.name, token: token('app', 'network', network.id) }])
  return sentence(locale, t('app-which-network'), rows)
}

/** What somebody without the role is told: what it takes, and who can help. */
function needs(ctx: Ctx, role: string): View {
  const { t, locale } = ctx.speech.texts
  return sentence(locale, t('app-needs-role', { role }), [[{ label: t('app-who'), token: token('network', 'who') }]])
}
