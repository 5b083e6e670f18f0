/** What the Web API answers with `ok: false`. Slack says nearly everything with status 200; only too many requests have a status of their own. */
export class Refusal {
  readonly error: string
  readonly extra: Readonly<Record<string, unknown>>
  readonly status: number
  /** Seconds, sent as Retry-After. */
  readonly retryAfter: number | undefined

  constructor(error: string, extra: Record<string, unknown> = {}, status = 200, retryAfter?: number) {
    this.error = error
    this.extra = extra
    this.status = status
    this.retryAfter = retryAfter
  }

  toJSON(): object {
    return { ok: false, error: this.error, ...this.extra }
  }
}

export const no = (error: string, extra: Record<string, unknown> = {}): Refusal => new Refusal(error, extra)

export const tooMany = (seconds: number): Refusal => new Refusal('ratelimited', {}, 429, seconds)

/** @param problems "must be less than 3001 characters [json-pointer:/blocks/0/text/text]" */
export const wrong = (error: 'invalid_blocks' | 'invalid_arguments' | 'invalid_metadata_format', problems: readonly string[]): Refusal =>
  no(error, {
    ...(error === 'invalid_blocks' && { errors: problems }),
    response_metadata: { messages: problems.map(problem => `[ERROR] ${problem}`) },
  })

export const missingScope = (needed: readonly string[], provided: Iterable<string>): Refusal =>
  no('missing_scope', { needed: needed.join(','), provided: [...provided].join(',') })
