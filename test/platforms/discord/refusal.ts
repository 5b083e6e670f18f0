/** What the REST API answers instead of what was asked. `code` is Discord's own number, 0 where it has none. */
export class Refusal {
  readonly status: number
  readonly code: number
  readonly message: string
  readonly more: { errors?: object; retry_after?: number; global?: boolean }
  readonly headers: Record<string, string>

  constructor(status: number, code: number, message: string, more: Refusal['more'] = {}, headers: Record<string, string> = {}) {
    this.status = status
    this.code = code
    this.message = message
    this.more = more
    this.headers = headers
  }

  toJSON(): object {
    return { message: this.message, code: this.code, ...this.more }
  }
}

/** 50035 with one message at one place in the body: "components.0.components" -> "Must be between 1 and 5 in length." */
export function invalidForm(path: string, message: string, code = 'BASE_TYPE_BAD'): Refusal {
  const leaf: object = { _errors: [{ code, message }] }
  const errors = path === '' ? leaf : path.split('.').reduceRight<object>((inner, key) => ({ [key]: inner }), leaf)
  return new Refusal(400, 50_035, 'Invalid Form Body', { errors })
}

/** Too many requests. @param seconds may have a fraction, as Discord's has */
export function tooMany(seconds: number, scope: 'user' | 'global' | 'shared'): Refusal {
  const headers = {
    'retry-after': String(Math.ceil(seconds)),
    'x-ratelimit-scope': scope,
    ...(scope === 'global' && { 'x-ratelimit-global': 'true' }),
  }
  return new Refusal(429, 0, 'You are being rate limited.', { retry_after: seconds, global: scope === 'global' }, headers)
}

export const unauthorized = (): Refusal => new Refusal(401, 0, '401: Unauthorized')
export const notFound = (): Refusal => new Refusal(404, 0, '404: Not Found')
export const unknownChannel = (): Refusal => new Refusal(404, 10_003, 'Unknown Channel')
export const unknownGuild = (): Refusal => new Refusal(404, 10_004, 'Unknown Guild')
export const unknownMember = (): Refusal => new Refusal(404, 10_007, 'Unknown Member')
export const unknownMessage = (): Refusal => new Refusal(404, 10_008, 'Unknown Message')
export const unknownUser = (): Refusal => new Refusal(404, 10_013, 'Unknown User')
export const unknownWebhook = (): Refusal => new Refusal(404, 10_015, 'Unknown Webhook')
export const unknownEvent = (): Refusal => new Refusal(404, 10_070, 'Unknown Guild Scheduled Event')
export const tooManyEvents = (): Refusal => new Refusal(400, 30_038, 'Maximum number of uncompleted guild scheduled events reached (100)')
export const finishedEvent = (): Refusal => new Refusal(400, 180_000, 'Cannot update a finished event')
export const unknownInteraction = (): Refusal => new Refusal(404, 10_062, 'Unknown interaction')
export const alreadyAcknowledged = (): Refusal => new Refusal(400, 40_060, 'Interaction has already been acknowledged.')
export const missingAccess = (): Refusal => new Refusal(403, 50_001, 'Missing Access')
export const othersMessage = (): Refusal => new Refusal(403, 50_005, 'Cannot edit a message authored by another user')
export const emptyMessage = (): Refusal => new Refusal(400, 50_006, 'Cannot send an empty message')
export const cannotWriteTo = (): Refusal => new Refusal(403, 50_007, 'Cannot send messages to this user')
export const missingPermissions = (): Refusal => new Refusal(403, 50_013, 'Missing Permissions')
export const invalidWebhookToken = (): Refusal => new Refusal(401, 50_027, 'Invalid Webhook Token')
export const noSharedGuild = (): Refusal => new Refusal(403, 50_278, 'Cannot send messages to this user due to having no mutual guilds')
export const archivedThread = (): Refusal =>
  new Refusal(400, 50_083, 'Tried to perform an operation on an archived thread, such as editing a message')
export const lockedThread = (): Refusal => new Refusal(400, 160_005, 'This thread is locked')
