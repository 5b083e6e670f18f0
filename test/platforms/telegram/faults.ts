import { Misdeeds } from '../misdeeds.ts'
import { Refusal, tooMany, unauthorized } from './refusal.ts'

/** What happens to a request instead of the usual. 'hang' is held until `release()` or the caller gives up. */
export type Harm = { status: number; description?: string; retry_after?: number } | 'drop' | 'drop after doing it' | 'hang'

/** Which requests are harmed: of one method or '*', in one chat or all, after `skip` good ones, `times` times (once). */
export interface Fault {
  readonly method: string
  readonly chat?: number
  readonly skip?: number
  readonly times?: number
  readonly with: Harm
}

/** The misbehaviour that tests have asked for. */
export class Faults extends Misdeeds<Harm, Fault> {
  /** The harm for this request, if any; counts it as done. */
  next(method: string, chat: unknown): Harm | undefined {
    return this.take(
      fault => (fault.method === '*' || fault.method === method) && (fault.chat === undefined || fault.chat === Number(chat)),
    )
  }
}

/** The refusal that a harm with a status stands for, in Telegram's words where it has some. */
export function refusalOf(harm: { status: number; description?: string; retry_after?: number }): Refusal {
  if (harm.description !== undefined) {
    return new Refusal(harm.status, harm.description, harm.retry_after === undefined ? undefined : { retry_after: harm.retry_after })
  }
  if (harm.status === 429) return tooMany(harm.retry_after ?? 1)
  if (harm.status === 401) return unauthorized()
  const words: Record<number, string> = {
    400: 'Bad Request',
    403: 'Forbidden',
    409: 'Conflict',
    500: 'Internal Server Error',
    502: 'Bad Gateway',
  }
  return new Refusal(harm.status, words[harm.status] ?? 'Error')
}
