import type { Role } from '../community/members.ts'
import { need } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Action, Args, FormAction, Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { formOf, type Sheet, taken } from './forms.ts'
import { type Found, type Kind, type Member, target } from './target.ts'

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

/** A form about a thing that stands: the press of its name opens it. `args`: of the token, the id of the thing first. */
export interface ThingForm<Thing> {
  /** Left out where a press of its own opens it. */
  open?(made: string, ctx: Member, one: Thing): Outcome
  take(made: string, ctx: Member, one: Thing, submit: Submit): Promise<Outcome>
}

interface Asking<S, Thing> {
  readonly sheet: Sheet<S> | ((one: Thing) => Sheet<S>)
  /** What is set of it. */
  of(one: Thing): S
  /** Why it cannot be filled in now. */
  unless?(ctx: Member, one: Thing): Outcome | undefined
  take(ctx: Member, one: Thing, changes: Partial<S>, said?: string): Outcome | Promise<Outcome>
}

/** A form that shows what is set of a thing, and what becomes of it. */
export function thingForm<S, Thing>({ sheet, of, unless, take }: Asking<S, Thing>): Required<ThingForm<Thing>> {
  const sheetOf = typeof sheet === 'function' ? sheet : () => sheet
  return {
    open: (made, ctx, one) => unless?.(ctx, one) ?? { again: ask(formOf(made, sheetOf(one), { ctx, now: of(one) })) },
    take: async (made, ctx, one, submit) =>
      unless?.(ctx, one) ?? taken(made, sheetOf(one), { ctx, now: of(one) }, submit, (changes, said) => take(ctx, one, changes, said)),
  }
}

/** Handlers of a thing that stands, which is looked up with the role that it takes. */
export function onThing<Thing extends { readonly id: string; readonly networkId: string }>(
  feature: string,
  kind: Kind<Thing>,
  needs: Role | undefined,
  presses: Readonly<Record<string, (ctx: Member, thing: Thing, args: readonly string[]) => Outcome | Promise<Outcome>>>,
  forms: Readonly<Record<string, ThingForm<Thing>>> = {},
): Handlers<Found<Thing>> {
  const opened = Object.entries(forms).map(([name, form]) => {
    const made = ({ id }: Thing) => token(feature, name, id)
    const open: Press<Found<Thing>> = ({ ctx, thing }) => form.open?.(made(thing), ctx, thing) ?? []
    const take = ({ ctx, thing }: Found<Thing>, submit: Submit) => form.take(made(thing), ctx, thing, submit)
    return { name, open, take }
  })
  return {
    find: (ctx, id) => target(ctx, kind, id, needs),
    presses: {
      ...Object.fromEntries(opened.map(({ name, open }) => [name, open])),
      ...mapped(
        presses,
        run =>
          ({ ctx, thing }, args) =>
            run(ctx, thing, args),
      ),
    },
    forms: Object.fromEntries(opened.map(({ name, take }) => [name, take])),
  }
}

function mapped<From, To>(table: Readonly<Record<string, From>>, change: (one: From) => To): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(table).map(([name, one]) => [name, change(one)]))
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
