import type { Speech } from '../feature/context.ts'
import type { TextKey } from '../texts/keys.ts'

/** Why something is refused, as a key of a text with its figures. */
export interface Refusal {
  readonly key: TextKey
  readonly args?: Readonly<Record<string, string | number>>
}

/** A refusal, or a problem that is in words already, as it is told. */
export function told(refused: Refusal | { readonly problem: string }, { texts }: Speech): string {
  return 'problem' in refused ? refused.problem : texts.t(refused.key, refused.args)
}
