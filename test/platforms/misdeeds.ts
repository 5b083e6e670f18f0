/** What every server's faults have in common: after `skip` good requests, `times` times (once), every n-th of them (each). */
interface Wish<Harm> {
  readonly skip?: number
  readonly times?: number
  readonly every?: number
  readonly with: Harm
}

interface Armed<Fault> {
  readonly fault: Fault
  seen: number
  left: number
}

/** The misbehaviour that tests have asked for. */
export class Misdeeds<Harm, Fault extends Wish<Harm>> {
  #armed: Armed<Fault>[] = []
  #hanging: (() => void)[] = []
  /** How many requests were harmed so far. */
  done = 0

  arm(fault: Fault): void {
    this.#armed.push({ fault, seen: -(fault.skip ?? 0), left: fault.times ?? 1 })
  }

  clear(): void {
    this.#armed = []
    this.release()
  }

  /** Lets every hanging request end, its connection dropped. */
  release(): void {
    for (const end of this.#hanging.splice(0)) end()
  }

  hang(end: () => void): void {
    this.#hanging.push(end)
  }

  /** The harm for a request that some fault fits, if any; counts it as done. */
  protected take(fits: (fault: Fault) => boolean): Harm | undefined {
    if (this.#armed.length === 0) return undefined
    const armed = this.#armed.find(({ fault }) => fits(fault))
    if (!armed) return undefined
    armed.seen += 1
    if (armed.seen <= 0 || armed.seen % (armed.fault.every ?? 1) !== 0) return undefined
    armed.left -= 1
    if (armed.left <= 0) this.#armed = this.#armed.filter(other => other !== armed)
    this.done += 1
    return armed.fault.with
  }
}
