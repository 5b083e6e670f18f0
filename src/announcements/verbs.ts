import type { EndOf } from '../texts/texts.ts'

/** Verbs of `/announce`, each with the button actions that it stands for: on a single announcement, on a series. `list` is the command's own. */
export interface Verb {
  readonly one?: string
  readonly series?: string
}

export const VERBS: Readonly<Record<EndOf<'announcements-verb-'>, Verb>> = {
  list: {},
  show: { one: 'show', series: 'series' },
  edit: { one: 'reword', series: 'rewrite' },
  move: { one: 'move', series: 'dates' },
  now: { one: 'now' },
  skip: { series: 'skip' },
  pause: { series: 'pause' },
  resume: { series: 'resume' },
  end: { series: 'end' },
  withdraw: { one: 'withdraw', series: 'end' },
}
