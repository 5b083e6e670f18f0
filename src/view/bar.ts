import { beside } from './direction.ts'
import type { Bar, Button, View } from './view.ts'

/** A bar is short, so that a line with it stays one on a phone, and is soon over for a screen reader. */
const LONGEST = 8

/** "1. Buses: 41 ████": as a platform draws a row of a tally that has nothing but letters. Without a figure it is the words alone. */
export function barLine({ label, count, share }: Bar): string {
  if (count === '') return label
  const length = share > 0 ? Math.max(1, Math.round(Math.min(share, 1) * LONGEST)) : 0
  return `${beside(label, count)}: ${beside(count, label)}${length > 0 ? ` ${'█'.repeat(length)}` : ''}`
}

/** The buttons of a view, where a platform can put some of them beside the rows that they choose: by token; and those that stay below. */
export function besideRows({ blocks, buttons }: View): { readonly beside: ReadonlyMap<string, Button>; readonly below: View['buttons'] } {
  const rows = new Set(blocks.flatMap(block => (block.kind === 'bars' ? block.rows.flatMap(({ token }) => token ?? []) : [])))
  const beside = new Map<string, Button>()
  const below = buttons.map(row =>
    row.filter(button => {
      if (!('token' in button) || button.beside === undefined || !rows.has(button.token) || beside.has(button.token)) return true
      beside.set(button.token, { ...button, label: button.beside })
      return false
    }),
  )
  return { beside, below: below.filter(row => row.length > 0) }
}
