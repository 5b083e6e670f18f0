import { waysIn } from '../community/permissions.ts'
import { actionsIn, id, whole } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Action, CommandSpec, Feature } from '../feature/feature.ts'
import type { Answer, Outcome } from '../feature/outcome.ts'
import { type Claim, type Said, STRENGTHS } from '../feature/parts.ts'
import { whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { nothingBlocks } from '../kit/nothing.ts'
import type { FileIn, Quoted, Reply } from '../platform/adapter.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Args } from '../texts/texts.ts'
import { sentence, view } from '../view/make.ts'
import type { Button, Form, View } from '../view/view.ts'
import { bringIn, type Door, follow, linkFor, press, submit } from './doors.ts'
import { type Asked, answerPress, answerWords, beginAsking, isAsked, openQuestion } from './questions.ts'
import { keepWaiting } from './waiting.ts'

type Features = readonly Feature[]

interface All {
  readonly features: Features
  /** Where tokens lead: the features' ways in, and the bot's own. */
  readonly doors: readonly Door[]
}

export interface Router extends All {
  route(ctx: Ctx): Promise<Outcome>
}

/** Finds what somebody did a home among the features, or says in plain words why not. `doors`: every way in that a token can name. */
export function createRouter(features: Features): Router {
  const doors: Door[] = [...features]
  const all = { features, doors }
  doors.push(...ownDoors(all))
  return { ...all, route: ctx => route(all, ctx) }
}

async function route(all: All, ctx: Ctx): Promise<Outcome> {
  const { event } = ctx.inbound
  switch (event.kind) {
    case 'command':
      return forms(all, ctx, await command(all, ctx, event))
    case 'shortcut':
      return forms(all, ctx, await command(all, ctx, { ...event, args: '' }))
    case 'press':
      return forms(all, ctx, await press(all.doors, ctx, event.token))
    case 'started':
      if (ctx.inbound.place !== 'private') return forms(all, ctx, await bringIn(all.doors, ctx, event.payload))
      return forms(all, ctx, await (event.payload ? follow(all.doors, ctx, event.payload) : command(all, ctx, { name: 'guide', args: '' })))
    case 'submit':
      return forms(all, ctx, await submit(all.doors, ctx, event))
    case 'text':
      return forms(all, ctx, await words(all, ctx, event))
    case 'suggest':
      return suggest(all, ctx, event.command, event.typed)
    case 'missed':
      if (!event.isLost) return whisper(event.view)
      await keepWaiting(ctx, event.view)
      return []
    case 'home':
      return { again: await home(all, ctx) }
    default:
      return []
  }
}

interface Begun {
  readonly name: string
  readonly args: string
  readonly about?: Quoted
}

async function command(all: All, ctx: Ctx, { name, args, about }: Begun): Promise<Outcome> {
  const spec = specs(all).find(one => one.name === name.toLowerCase())
  const { t, locale } = ctx.speech.texts
  if (!spec) return whisper(sentence(locale, t('app-no-command', { name: name.slice(0, 40) })))
  if (spec.where === 'network' && !ctx.network) return ctx.networks.length > 1 ? whisper(whichNetwork(ctx)) : outside(ctx, spec)
  if (spec.role && !ctx.roles.has(spec.role)) return whisper(needs(ctx, spec.role))
  return about && spec.onMessage && args.trim() === '' ? spec.onMessage.run(ctx, about) : spec.run(ctx, args.trim())
}

/** Buttons of the bot itself: what waits, which network a private chat is about, and the steps of a form that is asked question by question. */
function ownDoors(all: All): readonly Door[] {
  const guide: Action['run'] = ctx => command(all, ctx, { name: 'guide', args: '' })
  const step =
    (name: string): Action['run'] =>
    async (ctx, args) =>
      asked(all, ctx, await answerPress(ctx, name, args))
  return [
    {
      name: 'app',
      actions: {
        network: { args: [id], run: (ctx, [network]) => chooseNetwork(all, ctx, network) },
        networks: { args: [], link: [], run: async ctx => ({ again: whisper(whichNetwork(ctx)) }) },
        // What waits is put before this answer by the app itself.
        waiting: { args: [], link: [], run: async ctx => ({ again: whisper(say(ctx, 'app-waiting-shown')) }) },
        // The question that is open to this person, from where there was no room for it.
        asked: { args: [], link: [], run: async ctx => ({ again: whisper((await openQuestion(ctx)) ?? say(ctx, 'asking-over')) }) },
        guide: { args: [], link: [], run: guide },
        // From what Home shows back to its first page.
        home: { args: [], run: async ctx => (ctx.chat.can.home ? { again: await home(all, ctx) } : guide(ctx, [])) },
      },
      forms: {},
    },
    { name: 'asking', actions: actionsIn({ c: [whole, whole], skip: [whole], stop: [whole] }, step), forms: {} },
  ]
}

async function chooseNetwork(all: All, ctx: Ctx, wish: string | undefined): Promise<Outcome> {
  const chosen = ctx.networks.find(network => network.id === wish)
  if (!chosen) return command(all, ctx, { name: 'guide', args: '' })
  await ctx.tx.identity.update({ where: { ref: ctx.identity.ref }, data: { networkId: chosen.id } })
  return whisper(say(ctx, 'app-network-chosen', { name: chosen.name }))
}

interface Words {
  readonly text: string
  readonly replyTo?: string
  readonly tokens?: readonly string[]
  readonly files?: readonly FileIn[]
}

async function words(all: All, ctx: Ctx, { text, replyTo, tokens = [], files = [] }: Words): Promise<Outcome> {
  const inPrivate = ctx.inbound.place === 'private'
  const answer = inPrivate || ctx.inbound.isUnseen ? await answerWords(ctx, text, files) : undefined
  if (answer) return asked(all, ctx, answer)
  const post = replyTo ? await ctx.tx.delivery.findFirst({ where: { message: replyTo }, select: { subject: true } }) : undefined
  // A picture without words answers nothing but the question for one.
  const outcome = text.trim() === '' ? undefined : await heard(all.features, ctx, { text, subject: post?.subject, tokens })
  if (outcome) return outcome
  const { t, locale } = ctx.speech.texts
  const isWordless = text.trim() === ''
  if (inPrivate || ctx.inbound.isUnseen) return { again: whisper(sentence(locale, t(isWordless ? 'app-wordless' : 'app-not-understood'))) }
  // What all can read is no answer to what was asked in private.
  return (await isAsked(ctx)) ? { again: whisper(sentence(locale, t('asking-not-here'))) } : []
}

/** What the feature with the strongest claim makes of words. Where two are as strong, nobody knows what was meant, and nothing is done. */
async function heard(features: Features, ctx: Ctx, said: Said): Promise<Outcome | undefined> {
  const claims: Claim[] = []
  // One after the other: a transaction has only one connection.
  for (const feature of features) claims.push(...[await feature.claims(ctx, said)].filter(claim => claim !== undefined))
  for (const strength of STRENGTHS) {
    const [only, ...more] = claims.filter(claim => claim.strength === strength)
    if (more.length > 0) return undefined
    const outcome = await only?.hear()
    if (outcome) return outcome
  }
  return undefined
}

async function suggest(all: All, ctx: Ctx, name: string, typed: string): Promise<Outcome> {
  const spec = specs(all).find(one => one.name === name)
  return { again: [{ kind: 'suggest', choices: spec ? (await spec.suggest(ctx, typed)).slice(0, 25) : [] }] }
}

async function home(all: All, ctx: Ctx): Promise<readonly Reply[]> {
  if (!ctx.network && ctx.networks.length > 1) return [{ kind: 'home', view: whichNetwork(ctx) }]
  const sections = (await Promise.all(all.features.map(feature => feature.forPerson(ctx)))).flat()
  const blocks = sections.flatMap(section => section.view.blocks)
  const buttons = sections.flatMap(section => section.view.buttons)
  return [
    {
      kind: 'home',
      view: view({ lang: ctx.speech.locale, blocks: blocks.length ? blocks : await nothingBlocks(ctx, all.features), buttons }),
    },
  ]
}

/** The end of a question-by-question form is a submit like any other. */
async function asked(all: All, ctx: Ctx, step: Asked): Promise<Outcome> {
  const kind = ctx.inbound.place === 'private' ? 'say' : 'whisper'
  if ('question' in step) return [{ kind, view: step.question }]
  const outcome = await submit(all.doors, ctx, { form: step.form.token, values: step.values, files: step.files })
  return changed(outcome, async reply =>
    reply.kind === 'wrong' ? { kind, view: await beginAsking(ctx, reply.form, reply.fields, step.values) } : reply,
  )
}

/** Where a platform has no forms: in private the first question, in a group the way into the private chat. */
async function forms(all: All, ctx: Ctx, outcome: Outcome): Promise<Outcome> {
  if (ctx.chat.can.forms !== 'questions') return outcome
  return changed(outcome, async reply => (reply.kind === 'ask' ? askThere(all, ctx, reply.form) : reply))
}

/** The same outcome with its replies changed, one after the other; what is secret stays as it is. */
async function changed(outcome: Outcome, change: (reply: Reply) => Promise<Reply>): Promise<Outcome> {
  if (!('again' in outcome)) return inTurn(outcome, change)
  return { again: await inTurn(outcome.again, async (answer: Answer) => (answer.kind === 'secret' ? answer : change(answer))) }
}

async function inTurn<One>(all: readonly One[], change: (one: One) => Promise<One>): Promise<readonly One[]> {
  const made: One[] = []
  for (const one of all) made.push(await change(one))
  return made
}

async function askThere({ doors }: All, ctx: Ctx, form: Form): Promise<Reply> {
  if (ctx.inbound.place === 'private') return { kind: 'say', view: await beginAsking(ctx, form) }
  const { t, locale } = ctx.speech.texts
  const payload = linkFor(doors, form.token)
  // A link that anybody could make may not open this form. Who asked for it here is asked there all the same.
  if (payload !== form.token) await beginAsking(ctx, form)
  return {
    kind: 'go private',
    payload: payload === form.token ? payload : token('app', 'asked'),
    view: sentence(locale, t('app-ask-in-private', { title: form.title })),
    label: t('app-open-private'),
  }
}

function specs({ features }: All): readonly CommandSpec[] {
  return features.flatMap(feature => feature.commands)
}

/** A command for networks, where there is none. */
async function outside(ctx: Ctx, { newcomer }: CommandSpec): Promise<Outcome> {
  return newcomer && ctx.inbound.place === 'private'
    ? newcomer(ctx)
    : whisper(sentence(ctx.speech.locale, ctx.speech.texts.t(noNetwork(ctx)), [waysIn(ctx)]))
}

function noNetwork(ctx: Ctx): TextKey {
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

function say({ speech: { texts } }: Ctx, key: TextKey, args: Args = {}): View {
  return sentence(texts.locale, texts.t(key, args))
}
