import type { Role } from '../community/members.ts'
import type { Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { formOf, type Sheet, taken } from './forms.ts'
import type { Handlers, Press } from './presses.ts'
import { type Found, type Kind, type Member, target } from './target.ts'

/** Buttons and forms of a thing that stands. */

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
