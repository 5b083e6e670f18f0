/** What one press wants, as the model reads it off the button. */
export type Wish = { readonly choose: number } | { readonly drop: number } | 'drop all'

/** What the person was told: that it counts, that the poll is closed, or nothing that says so. */
type Told = 'counted' | 'closed' | 'something' | undefined

export interface Pressed {
  /** As the bot's guard names the delivery. */
  readonly id: string
  readonly wish: Wish
  told: Told
}

/** The ballot after these presses, sorted: the model that the bot is held against, written without its code. */
export function fold(presses: readonly Pressed[], max: number): readonly number[] {
  let ballot: readonly number[] = []
  for (const { wish } of presses) ballot = after(ballot, wish, max)
  return ballot.toSorted((a, b) => a - b)
}

function after(ballot: readonly number[], wish: Wish, max: number): readonly number[] {
  if (wish === 'drop all') return []
  if ('drop' in wish) return ballot.filter(option => option !== wish.drop)
  if (ballot.includes(wish.choose)) return ballot
  if (max === 1) return [wish.choose]
  return ballot.length < max ? [...ballot, wish.choose] : ballot
}

/**
 * Whether a ballot is what these presses, in their order, must have led to. In an open poll all of them count; in one that was closed meanwhile those up to
 * some moment: not before the last one that was said to count, and before the first one that was told that it is closed.
 */
export function agrees(
  ballot: readonly number[],
  presses: readonly Pressed[],
  poll: { readonly max: number; readonly open: boolean },
): boolean {
  const said = ballot.toSorted((a, b) => a - b).join()
  if (poll.open) return said === fold(presses, poll.max).join()
  const least = presses.findLastIndex(one => one.told === 'counted') + 1
  const late = presses.findIndex(one => one.told === 'closed')
  const most = late < 0 ? presses.length : late
  for (let count = least; count <= most; count++) if (said === fold(presses.slice(0, count), poll.max).join()) return true
  return false
}
