/** What the Bot API answers with `ok: false`. Status is the HTTP status and `error_code` at once, as Telegram does it. */
export class Refusal {
  readonly status: number
  readonly description: string
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined

  constructor(status: number, description: string, parameters?: { retry_after?: number; migrate_to_chat_id?: number }) {
    this.status = status
    this.description = description
    this.parameters = parameters
  }

  toJSON(): object {
    const { status, description, parameters } = this
    return { ok: false, error_code: status, description, ...(parameters && { parameters }) }
  }
}

export const bad = (what: string): Refusal => new Refusal(400, `Bad Request: ${what}`)

export const forbidden = (what: string): Refusal => new Refusal(403, `Forbidden: ${what}`)

export const conflict = (what: string): Refusal => new Refusal(409, `Conflict: ${what}`)

export const unauthorized = (): Refusal => new Refusal(401, 'Unauthorized')

export const tooMany = (seconds: number): Refusal => new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
