import { Misdeeds } from '../misdeeds.ts'
import { Refusal, tooMany, unauthorized } from './refusal.ts'

/** What happens to a request instead of the usual: a status, or a broken or silent connection. 'hang' is held until `heal()` or the caller gives up. */
export type Harm =
  | number
  | { status: number; code?: number; message?: string; retry_after?: number; global?: boolean }
  | 'drop'
  | 'drop after doing it'
  | 'hang'

/**
 * Which requests are harmed: of one HTTP method or all, whose path (without /api/v10) fits the pattern ("*" stands for anything:
 * "/channels/*" + "/messages"), after `skip` good ones, `times` times (once), every n-th of them (each).
 */
export interface Fault {
  readonly method?: string
  readonly path?: string
  readonly skip?: number
  readonly times?: number
  readonly every?: number
  readonly with: Harm
}

/** "/channels/*" as a pattern for a whole path. */
export const pathPattern = (path: string): RegExp => new RegExp(`^${path.split('*').map(literally).join('.+')}$`)

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

const isThere = ({ path }: Fault, where: string): boolean => path === undefined || path === '*' || pathPattern(path).test(where)

/** The misbehaviour that tests have asked for. */
export class Faults extends Misdeeds<Harm, Fault> {
  /** The harm for this request, if any; counts it as done. */
  next(method: string, path: string): Harm | undefined {
    return this.take(fault => (fault.method === undefined || fault.method === '*' || fault.method === method) && isThere(fault, path))
  }
}

/** The refusal that a harm with a status stands for, in Discord's words where it has some. */
export function refusalOf(harm: Exclude<Harm, string>): Refusal {
  const asked = typeof harm === 'number' ? { status: harm } : harm
  if (asked.status === 429) return tooMany(asked.retry_after ?? 1, asked.global ? 'global' : 'user')
  if (asked.status === 401 && asked.message === undefined) return unauthorized()
  const words: Record<number, string> = {
    400: '400: Bad Request',
    403: '403: Forbidden',
    404: '404: Not Found',
    500: '500: Internal Server Error',
    502: '502: Bad Gateway',
    503: '503: Service Unavailable',
  }
  return new Refusal(asked.status, asked.code ?? 0, asked.message ?? words[asked.status] ?? 'Error')
}
