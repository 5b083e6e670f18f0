import { Refusal, tooMany } from './refusal.ts'

/** What happens to a request instead of the usual. `error` is answered with status 200. 'hang' is held until `heal()` or the caller gives up. */
export type Harm =
  | { readonly status: number; readonly retry_after?: number }
  | { readonly error: string }
  | 'drop'
  | 'drop after doing it'
  | 'hang'

/** Which requests are harmed: of one method ('chat.postMessage', 'response_url', 'upload') or '*', of one workspace or channel or all, after `skip` good ones, `times` times (once). */
export interface Fault {
  readonly method: string
  readonly team?: string
  readonly channel?: string
  readonly skip?: number
  readonly times?: number
  readonly with: Harm
}

interface Armed {
  readonly fault: Fault
  skip: number
  left: number
}

/** The misbehaviour that tests have asked for. */
export class Faults {
  #armed: Armed[] = []
  #hanging: (() => void)[] = []
  /** How many requests were harmed so far. */
  done = 0

  arm(fault: Fault): void {
    this.#armed.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 })
  }

  clear(): void {
    this.#armed = []
    for (const end of this.#hanging.splice(0)) end()
  }

  hang(end: () => void): void {
    this.#hanging.push(end)
  }

  /** The harm for this request, if any; counts it as done. */
  next(method: string, team: string | undefined, channel: unknown): Harm | undefined {
    if (this.#armed.length === 0) return undefined
    const armed = this.#armed.find(
      ({ fault }) =>
        (fault.method === '*' || fault.method === method) &&
        (fault.team === undefined || fault.team === team) &&
        (fault.channel === undefined || fault.channel === channel),
    )
    if (!armed) return undefined
    if (armed.skip > 0) {
      armed.skip -= 1
      return undefined
    }
    armed.left -= 1
    if (armed.left <= 0) this.#armed = this.#armed.filter(other => other !== armed)
    this.done += 1
    return armed.fault.with
  }
}

/** The refusal that a harm stands for, in Slack's words. */
export function refusalOf(harm: Exclude<Harm, string>): Refusal {
  if ('error' in harm) return new Refusal(harm.error)
  if (harm.status === 429) return tooMany(harm.retry_after ?? 1)
  return new Refusal('internal_error', {}, harm.status, harm.retry_after)
}
