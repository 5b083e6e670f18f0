import { type KeptSettings, type Kind, termOf } from '../base/kept.ts'
import type { Texts } from './texts.ts'

/** What is kept of one kind and for how long, as a sentence. */
export function keptLine(kind: Kind, { t }: Texts, settings: KeptSettings): string {
  const { n, unit } = termOf(kind, settings)
  return t(`kept-${kind}`, { time: t('app-kept-time', { n, unit }) })
}
