import type { Ctx, Speech } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { wrongForm } from '../kit/forms.ts'
import type { Refused } from '../kit/presses.ts'
import { type Refusal, told } from '../kit/refusal.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Args, BeginOf } from '../texts/texts.ts'
import type { Field, Form } from '../view/view.ts'
import type { Acting, Handler } from './permissions.ts'

/** One question of a coordinator: a form asks it, and a command may answer it at once. */

export interface Question<Thing extends object> {
  /** Of its token, behind which the network and what it is about follow. */
  readonly action: string
  readonly key: BeginOf<'-title'> & BeginOf<'-label'> & BeginOf<'-hint'>
  readonly field: Omit<Field, 'label' | 'kind' | 'value'> & { readonly kind?: Field['kind'] }
  /** What it is about, or why there is no such thing. */
  find(acting: Acting, args: readonly string[]): Promise<Thing | Refused>
  /** What is set. */
  value(thing: Thing, acting: Acting): string
  does(acting: Acting, thing: Thing, words: string): Promise<Outcome | { readonly wrong: Refusal }>
}

interface Asked {
  readonly open: Handler
  readonly submit: Handler
  /** The words of a command; without any the form opens. */
  say(acting: Acting, args: readonly string[], words: string): Promise<Outcome>
}

export function question<Thing extends object>({ action, key, field, find, value, does }: Question<Thing>): Asked {
  const form = ({ ctx, network }: Acting, args: readonly string[], typed: string) =>
    oneLine(ctx.speech, token('network', action, network.id, ...args), key, { ...field, ...(typed && { value: typed }) })
  const open: Handler = async (acting, args) => {
    const thing = await find(acting, args)
    return 'refused' in thing ? thing.refused : { again: ask(form(acting, args, value(thing, acting))) }
  }
  return {
    open,
    async submit(acting, args, values) {
      const thing = await find(acting, args)
      if ('refused' in thing) return thing.refused
      const words = values[field.name] ?? ''
      const done = await does(acting, thing, words)
      return 'wrong' in done ? wrongForm(form(acting, args, words), { [field.name]: told(done.wrong, acting.ctx.speech) }) : done
    },
    async say(acting, args, words) {
      if (words === '') return open(acting, args, {})
      const thing = await find(acting, args)
      if ('refused' in thing) return thing.refused
      const done = await does(acting, thing, words)
      return 'wrong' in done ? unchanged(acting.ctx, done.wrong.key, done.wrong.args) : done
    },
  }
}

/** A form about the place where it is asked for: where questions are asked one by one, in private, it is to be said here. */
export function askHere(ctx: Ctx, form: Form, how: TextKey, args: Args = {}): Outcome {
  return ctx.chat.can.forms === 'questions' ? unchanged(ctx, how, args) : { again: ask(form) }
}

/** A form of one question. */
export function oneLine(
  { texts: { t, locale } }: Speech,
  made: string,
  key: Question<object>['key'],
  field: Question<object>['field'] & { readonly value?: string },
): Form {
  const asked: Field = { kind: 'line', ...field, label: t(`${key}-label`), hint: t(`${key}-hint`) }
  return { token: made, title: t(`${key}-title`), submit: t('network-form-save'), lang: locale, fields: [asked] }
}
