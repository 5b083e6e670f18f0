/** What the rounds have shown so far. */
export interface Notes {
  begin(round: number): void
  /** Something that must not be; counts against the present round. */
  fault(what: string): void
  /** How long a start took, from the spawn until it listens on every platform. */
  started(ms: number): void
  recovered(ms: number): void
  settled(ms: number): void
  /** The bot's own log. */
  heard(lines: readonly string[]): void
  /** Answered presses that could not be looked up yet. */
  later(ids: readonly string[]): void
  /** All of these, and those from before. */
  take(ids: readonly string[]): readonly string[]
  /** Prints how it stands. */
  tell(presses: number): void
  /** Lines for the end. */
  add(lines: readonly string[]): void
  sum(total: { presses: number; kills: number }): void
  failed(): number
}

const mostFaults = 20
/** These lose what somebody did. */
const bad = /could not be handled$/

export function createNotes(say: (line: string) => void): Notes {
  const failed = new Set<number>()
  const starts: number[] = []
  const recoveries: number[] = []
  const logged = new Map<string, number>()
  let kept: readonly string[] = []
  let round = 0
  let faults = 0
  let checked = 0
  let settledMs = 0

  const fault = (what: string): void => {
    failed.add(round)
    faults += 1
    if (faults <= mostFaults) say(`round ${round}: ${what}`)
  }
  const hear = (line: string): void => {
    const entry = readEntry(line)
    logged.set(entry.msg, (logged.get(entry.msg) ?? 0) + 1)
    if (bad.test(entry.msg) && entry.again !== true) fault(`the bot logged: ${line.slice(0, 1_000)}`)
  }
  return {
    begin: to => {
      round = to
    },
    fault,
    started: ms => void starts.push(ms),
    recovered: ms => void recoveries.push(ms),
    settled: ms => {
      settledMs = ms
    },
    heard: lines => lines.forEach(hear),
    later: ids => {
      kept = [...kept, ...ids]
    },
    take(ids) {
      const all = [...kept, ...ids]
      kept = []
      checked += all.length
      return all
    },
    tell: presses =>
      say(`${round} rounds: ${presses} presses, ${checked} answered ones looked up, ${failed.size} rounds failed; starts ${span(starts)}`),
    add: lines => lines.forEach(say),
    sum(total) {
      say(`${total.kills} kills, ${total.presses} presses`)
      say(`starts ${span(starts)}; back after PostgreSQL alone was killed ${span(recoveries)}; at rest after ${settledMs} ms`)
      for (const [msg, times] of [...logged].sort()) say(`the bot logged ${times} times: ${msg}`)
      if (faults > mostFaults) say(`and ${faults - mostFaults} faults more`)
    },
    failed: () => failed.size,
  }
}

function readEntry(line: string): { msg: string; again?: boolean } {
  try {
    const entry = JSON.parse(line) as { msg?: string; again?: boolean }
    return { msg: entry.msg ?? line, ...(entry.again !== undefined && { again: entry.again }) }
  } catch {
    return { msg: line }
  }
}

/** "median 900 ms, longest 1200 ms". */
function span(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  return `median ${sorted[Math.floor(sorted.length / 2)] ?? 0} ms, longest ${sorted.at(-1) ?? 0} ms`
}
