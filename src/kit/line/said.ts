import type { Ctx } from '../../feature/context.ts'
import { token } from '../../feature/token.ts'
import { shorten } from '../../view/sanitize.ts'
import type { Button } from '../../view/view.ts'
import type { Placed } from '../draft-kind.ts'
import type { Reading } from '../readings.ts'
import { type Key, type Line, readLine } from './grammar.ts'

/** What the keys of a line make of a draft's settings. */

/** A part that was not wholly understood. */
export interface Misread<S> {
  /** In plain words, what was not understood. */
  readonly problem: string
  /** What it may have been meant for. */
  readonly readings: readonly Reading<S>[]
  /** The button that asks for it anew: its name, and the words on it. */
  readonly anew: { readonly press: string; readonly label: string }
}

/** What one key says. */
export type Said<S> = { readonly changes: Partial<S>; readonly note?: string | undefined } | Misread<S>
export type Reader<S> = (ctx: Ctx, value: string, now: S) => Promise<Said<S>>

/** The keys that a command takes, each with what it makes of its value. */
export type Readers<S> = Readonly<Partial<Record<Key, Reader<S>>>>

export interface Understood<S> {
  readonly settings: S
  readonly notes: readonly string[]
  readonly misread: readonly Misread<S>[]
}

/** All keys in their order, on settings that hold already what stands before them. */
export async function understand<S extends Placed>(ctx: Ctx, line: Line, settings: S, readers: Readers<S>): Promise<Understood<S>> {
  const { t } = ctx.speech.texts
  const card = { press: 'draft', label: t('line-show-draft') }
  const misread: Misread<S>[] = line.twice.map(key => ({ problem: t('line-twice', { key }), readings: [], anew: card }))
  const notes: string[] = []
  let now = settings
  for (const key of keysIn(readers)) {
    const value = line.said[key]
    const read = value === undefined ? undefined : readers[key]
    if (!read || value === undefined) continue
    if (value === '') {
      misread.push({ problem: t('line-empty', { key }), readings: [], anew: card })
      continue
    }
    const found = await read(ctx, value, now)
    if ('problem' in found) misread.push(found)
    else {
      now = { ...now, ...found.changes }
      if (found.note) notes.push(found.note)
    }
  }
  return { settings: now, notes, misread }
}

/** Plain parts, of a command that has no use for them. */
export function strayParts<S>(ctx: Ctx, { plain }: Line, readers: Readers<S>): readonly Misread<S>[] {
  const { t } = ctx.speech.texts
  const keys = keysIn(readers)
    .map(key => `${key}:`)
    .join(', ')
  const anew = { press: 'draft', label: t('line-show-draft') }
  return plain.map(part => ({ problem: t('line-unknown', { said: shorten(part, 40), keys }), readings: [], anew }))
}

/** The line of a command that takes these keys. */
export function lineWith<S>(args: string, readers: Readers<S>, alsoLines = false): Line {
  return readLine(args, keysIn(readers), alsoLines)
}

function keysIn<S>(readers: Readers<S>): readonly Key[] {
  return Object.keys(readers) as Key[]
}

/** What is said of all that was not understood, and the buttons under it: readings where one thing alone is open, then what asks anew. */
export function openParts<S>(
  feature: string,
  misread: readonly Misread<S>[],
  rightWay: string,
): { problem: string; readings: readonly Reading<S>[]; others(draft: string): readonly Button[] } {
  const presses = new Map(misread.map(({ anew }) => [anew.press, anew.label]))
  const [only, ...more] = misread
  const readings = only && more.length === 0 ? only.readings : []
  return {
    problem: [...misread.map(({ problem }) => problem), ...(readings.length === 0 ? [rightWay] : [])].join('\n'),
    readings,
    others: draft => [...presses].map(([press, label]) => ({ label, token: token(feature, ...named(press, draft)) })),
  }
}

/** A press of the card, with what its token carries after the draft's id (`edit time`). */
function named(press: string, draft: string): [string, ...string[]] {
  const [name = '', ...rest] = press.split(' ')
  return [name, draft, ...rest]
}
