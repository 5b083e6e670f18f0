import { entry, readArgs } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Feature, Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { whisper } from '../feature/replies.ts'
import { readToken, token } from '../feature/token.ts'
import type { Values } from '../platform/adapter.ts'
import { sentence } from '../view/make.ts'

/** The ways into the features: tokens on buttons, of forms, in links. What no feature has declared leads nowhere. */

/** What has declared where its tokens lead. */
export type Door = Pick<Feature, 'name' | 'actions' | 'forms'>
type Doors = readonly Door[]

/** A button; a form's token on one opens the form. */
export async function press(doors: Doors, ctx: Ctx, said: string): Promise<Outcome> {
  const { door, action, args } = named(doors, said)
  const pressed = entry(door?.actions, action)
  if (pressed && readArgs(pressed.args, args)) return pressed.run(ctx, args)
  const form = entry(door?.forms, action)
  return form && readArgs(form.args, args) ? form.open(ctx, args) : oldButton(ctx)
}

/** A private link. Anybody can send one to anybody, so it opens only what was made to be linked. */
export async function follow(doors: Doors, ctx: Ctx, said: string): Promise<Outcome> {
  const { door, action, args } = named(doors, said)
  const linked = entry(door?.actions, action)
  if (linked?.link && readArgs(linked.link, args)) return linked.run(ctx, args)
  const form = entry(door?.forms, action)
  if (!form || !readArgs(form.args, args)) return deadLink(ctx)
  return form.link === 'opens it' ? form.open(ctx, args) : follow(doors, ctx, form.link(args))
}

/** A link by which somebody brought the bot into a chat. What was not made for that is nothing: the chat asked for nothing. */
export async function bringIn(doors: Doors, ctx: Ctx, said: string): Promise<Outcome> {
  const { door, action, args } = named(doors, said)
  const brought = entry(door?.actions, action)
  return brought?.brings && readArgs(brought.brings, args) ? brought.run(ctx, args) : []
}

/** Where a link for a form leads. */
export function linkFor(doors: Doors, said: string): string {
  const { door, action, args } = named(doors, said)
  const form = entry(door?.forms, action)
  return form === undefined || form.link === 'opens it' ? said : form.link(args)
}

/** A form that was filled in. */
export async function submit(doors: Doors, ctx: Ctx, { form: said, values, files = {} }: Sent): Promise<Outcome> {
  const { door, action, args } = named(doors, said)
  const form = entry(door?.forms, action)
  if (!form || !readArgs(form.args, args)) return oldButton(ctx)
  const flat = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : value.join('\n')]),
  )
  return form.read(ctx, { action, args, values: flat, files })
}

interface Sent {
  readonly form: string
  readonly values: Values
  readonly files?: Submit['files']
}

interface Named {
  readonly door: Door | undefined
  readonly action: string
  readonly args: readonly string[]
}

function named(doors: Doors, said: string): Named {
  const { feature, action = '', args = [] } = readToken(said) ?? {}
  return { door: doors.find(one => one.name === feature), action, args }
}

function oldButton({ speech: { texts } }: Ctx): Outcome {
  return { again: whisper(sentence(texts.locale, texts.t('app-old-button'))) }
}

function deadLink({ speech: { texts } }: Ctx): Outcome {
  const guide = { label: texts.t('app-guide-button'), token: token('app', 'guide') }
  return { again: whisper(sentence(texts.locale, texts.t('app-dead-link'), [[guide]])) }
}
