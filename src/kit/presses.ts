import { mayStart } from '../community/permissions.ts'
import { id, need } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Action, Args, FormAction, Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'

/** What buttons and forms about one kind of thing lead to. Their shapes are known from the start; what they do is loaded when the first of them is used. */

export type Refused = { readonly refused: Outcome }

/** What a button does. `args`: all that its token carries, the id of the thing first. */
export type Press<On> = (on: On, args: readonly string[]) => Outcome | Promise<Outcome>

export interface Handlers<On extends object> {
  /** What a token is about, looked up at the moment of use for whoever may act on it; or what everybody else is told. */
  find(ctx: Ctx, id: string | undefined): Promise<On | Refused>
  readonly presses: Readonly<Record<string, Press<On>>>
  /** What becomes of a form that was filled in; the press of the same name opens it. */
  readonly forms?: Readonly<Record<string, (on: On, submit: Submit) => Outcome | Promise<Outcome>>>
}

type Load<On extends object> = () => Promise<Handlers<On>>

/** Does one of the presses, as a button or a verb asks for it. */
export async function press<On extends object>(handlers: Handlers<On>, ctx: Ctx, name: string, args: readonly string[]): Promise<Outcome> {
  const on = await handlers.find(ctx, args[0])
  return 'refused' in on ? on.refused : need(handlers.presses, name)(on, args)
}

/** The actions of these buttons. `linked`: those that a private link may carry, since they open a card and change nothing. */
export function pressActions<On extends object>(
  shapes: Readonly<Record<string, Args>>,
  load: Load<On>,
  linked: readonly string[] = [],
): Readonly<Record<string, Action>> {
  const action = (name: string, args: Args): Action => ({
    args,
    ...(linked.includes(name) && { link: args }),
    run: async (ctx, said) => press(await load(), ctx, name, said),
  })
  return Object.fromEntries(Object.entries(shapes).map(([name, args]) => [name, action(name, args)]))
}

/** The forms that these buttons open. */
export function pressForms<On extends object>(
  shapes: Readonly<Record<string, Args>>,
  link: FormAction['link'],
  load: Load<On>,
): Readonly<Record<string, FormAction>> {
  const form = (name: string, args: Args): FormAction => ({
    ...{ args, link },
    open: async (ctx, said) => press(await load(), ctx, name, said),
    async read(ctx, submit) {
      const handlers = await load()
      const on = await handlers.find(ctx, submit.args[0])
      return 'refused' in on ? on.refused : need(handlers.forms ?? {}, name)(on, submit)
    },
  })
  return Object.fromEntries(Object.entries(shapes).map(([name, args]) => [name, form(name, args)]))
}

/** Where the same token may be about one kind of thing or another: the first that finds it, else the last one's refusal. */
export async function firstOf<One extends object, Other extends object>(
  one: Load<One>,
  other: Load<Other>,
): Promise<Handlers<Either<One, Other>>> {
  const [a, b] = [await one(), await other()]
  return {
    async find(ctx, id) {
      const found = await a.find(ctx, id)
      if (!('refused' in found)) return { first: found }
      const next = await b.find(ctx, id)
      return 'refused' in next ? next : { second: next }
    },
    presses: eachOf(a.presses, b.presses),
    forms: eachOf(a.forms ?? {}, b.forms ?? {}),
  }
}

type Either<One, Other> = { readonly first: One } | { readonly second: Other }

type Table<On, With> = Readonly<Record<string, (on: On, how: With) => Outcome | Promise<Outcome>>>

/** What both do under one name. */
function eachOf<One, Other, With>(a: Table<One, With>, b: Table<Other, With>): Table<Either<One, Other>, With> {
  return Object.fromEntries(
    Object.keys(a)
      .filter(name => Object.hasOwn(b, name))
      .map(name => [
        name,
        (on: Either<One, Other>, how: With) => ('first' in on ? need(a, name)(on.first, how) : need(b, name)(on.second, how)),
      ]),
  )
}

/** The button that takes on what somebody has left. */
export function adopting(load: () => Promise<{ adopt(ctx: Ctx, id: string): Promise<Outcome> }>): Action {
  return { args: [id], run: async (ctx, [one = '']) => mayStart(ctx) ?? (await load()).adopt(ctx, one) }
}

/** What opens and reads the form with which a draft begins. `home`: the space where it was asked for. */
export interface First {
  open(ctx: Ctx, home?: string): Outcome
  read(ctx: Ctx, submit: Submit): Promise<Outcome>
}

/** That form, for coordinators. */
export function firstForm(args: FormAction['args'], load: () => Promise<First>): FormAction {
  return {
    ...{ args, link: 'opens it' },
    open: async (ctx, [home]) => mayStart(ctx) ?? (await load()).open(ctx, home),
    read: async (ctx, submit) => mayStart(ctx) ?? (await load()).read(ctx, submit),
  }
}
