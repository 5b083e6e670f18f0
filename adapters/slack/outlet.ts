/** Lets the posts of one workspace out one by one: Slack takes some hundred a minute of all its channels together. */
export interface Outlet {
  /** Resolves when it is this post's turn; false where that would take too long, or nothing more goes out: it was not sent. `isAnswer`: somebody waits for it. */
  turn(isAnswer: boolean): Promise<boolean>
}

/** Five a second; so many may go at once after a quiet time. */
const everyMs = 200
const together = 5
const mostMs = 8_000

interface Waiting {
  readonly until: number
  /** By the clock too: a computer that slept must not let out what another process has sent meanwhile. */
  readonly untilClock: number
  go(isMine: boolean): void
}

export function createOutlet(now: () => number, stopping: AbortSignal): Outlet {
  const lines: readonly [answers: Waiting[], posts: Waiting[]] = [[], []]
  let next = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined

  const isWaiting = (): boolean => lines.some(line => line.length > 0)

  /** Lets out what may go now, and comes back for the rest. */
  function flow(): void {
    timer = undefined
    const at = now()
    next = Math.max(next, at - (together - 1) * everyMs)
    for (const line of lines) while (line[0] && (next <= at || isLate(line[0], at))) release(line, at)
    if (isWaiting()) timer = setTimeout(flow, Math.max(1, next - at))
  }

  function release(line: Waiting[], at: number): void {
    const one = line.shift()
    if (!one) return
    const isMine = !isLate(one, at)
    if (isMine) next += everyMs
    one.go(isMine)
  }

  const isLate = (one: Waiting, at: number): boolean => one.until < at || one.untilClock < Date.now()

  stopping.addEventListener('abort', () => {
    clearTimeout(timer)
    for (const [i, line] of lines.entries()) for (const one of line.splice(0)) one.go(i === 0)
  })

  return {
    turn(isAnswer) {
      // What was done before the end is answered.
      if (stopping.aborted) return Promise.resolve(isAnswer)
      return new Promise(go => {
        lines[isAnswer ? 0 : 1].push({ until: now() + mostMs, untilClock: Date.now() + mostMs, go })
        if (timer === undefined) flow()
      })
    },
  }
}
