import { Misdeeds } from '../misdeeds.ts'
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

/** The misbehaviour that tests have asked for. */
export class Faults extends Misdeeds<Harm, Fault> {
  /** The harm for this request, if any; counts it as done. */
  next(method: string, team: string | undefined, channel: unknown): Harm | undefined {
    return this.take(
      fault =>
        (fault.method === '*' || fault.method === method) &&
        (fault.team === undefined || fault.team === team) &&
        (fault.channel === undefined || fault.channel === channel),
    )
  }
}

/** The refusal that a harm stands for, in Slack's words. */
export function refusalOf(harm: Exclude<Harm, string>): Refusal {
  if ('error' in harm) return new Refusal(harm.error)
  if (harm.status === 429) return tooMany(harm.retry_after ?? 1)
  return new Refusal('internal_error', {}, harm.status, harm.retry_after)
}
