import type { Press } from './feature.ts'

const SHAPE = /^[A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*$/

/** `feature_action_arg…`: what a button, a form or a private link carries. Throws where it would not fit every platform (64 bytes of `A-Za-z0-9_-`). */
export function token(feature: string, action: string, ...args: readonly (string | number)[]): string {
  const made = [feature, action, ...args].join('_')
  if (made.length > 64 || !SHAPE.test(made)) throw new Error(`This token does not fit every platform: ${made}`)
  return made
}

/** Takes a token apart; undefined for anything that we never made the like of. */
export function readToken(text: string): (Press & { readonly feature: string }) | undefined {
  if (text.length > 64 || !SHAPE.test(text)) return undefined
  const [feature, action, ...args] = text.split('_')
  return feature && action ? { feature, action, args } : undefined
}
