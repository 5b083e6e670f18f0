import type { Reply } from '../platform/adapter.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Args } from '../texts/texts.ts'
import { sentence } from '../view/make.ts'
import type { Button, Form, View } from '../view/view.ts'
import type { Ctx } from './context.ts'
import type { Answer, Outcome, Unkept } from './outcome.ts'

export function whisper(view: View): readonly Reply[] {
  return [{ kind: 'whisper', view }]
}

export function update(view: View): readonly Reply[] {
  return [{ kind: 'update', view }]
}

/** What may tell of a secret choice, for one person. `isReceipt`: as of a reply. */
export function tell(how: 'whisper' | 'update', view: View | Unkept, isReceipt = false): readonly Answer[] {
  const more = isReceipt && { isReceipt }
  return ['secret' in view ? { kind: 'secret', how, ...view, ...more } : { kind: how, view, ...more }]
}

export function ask(form: Form): readonly Reply[] {
  return [{ kind: 'ask', form }]
}

/** One sentence to the person, where nothing was changed. */
export function unchanged(ctx: Ctx, key: TextKey, args: Args = {}, buttons: readonly (readonly Button[])[] = []): Outcome {
  return { again: reply(ctx, key, args, buttons) }
}

/** One sentence to the person. */
export function reply(ctx: Ctx, key: TextKey, args: Args = {}, buttons: readonly (readonly Button[])[] = []): readonly Reply[] {
  const { t, locale } = ctx.speech.texts
  return whisper(sentence(locale, t(key, args), buttons))
}

/** A page in place of the one whose button was pressed; after a command or a form, a new one. */
export function turnTo(ctx: Ctx, view: View): readonly Reply[] {
  return ctx.inbound.event.kind === 'press' ? update(view) : whisper(view)
}

/** Whether an answer with buttons surely reaches this person alone, here and at once. */
export function isSecret(ctx: Ctx): boolean {
  const { whisper: how } = ctx.chat.can
  return ctx.inbound.place === 'private' || (how.to === 'everything' && how.buttons)
}

/** The way into the private chat, where `payload` goes on with what cannot be shown here. */
export function inPrivate(ctx: Ctx, payload: string): Outcome {
  const { t, locale } = ctx.speech.texts
  return { again: [{ kind: 'go private', payload, view: sentence(locale, t('network-in-private')), label: t('app-open-private') }] }
}
