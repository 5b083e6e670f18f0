import { id, whole, yes } from '../../feature/args.ts'
import type { Args } from '../../feature/feature.ts'

/** What the buttons and forms of a series carry. Dates are named by their second. */

const DATE: Args = [id, whole.optional()]

export const SERIES_PRESSES: Readonly<Record<string, Args>> = {
  ...{ series: [id], dates: [id], date: DATE, skip: DATE, putback: DATE, newrule: [id, id] },
  ...{ pause: [id], resume: [id], end: [id, yes] },
}

export const SERIES_FORMS: Readonly<Record<string, Args>> = { rerule: [id], shift: DATE }
