import type { Speech } from '../feature/context.ts'

/** What a setting can be that moves on with every press: all of it is read before the first press. Pure. */

export interface State {
  readonly label: string
  readonly chosen: boolean
}

/** "shown at once (chosen) · shown when it closes" */
export function statesLine(all: readonly State[], { texts: { t } }: Speech): string {
  return all.map(({ label, chosen }) => (chosen ? t('places-chosen', { name: label }) : label)).join(' · ')
}
