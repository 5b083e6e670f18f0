import { setTimeout as wait } from 'node:timers/promises'
import { SocketModeReceiver, webApi } from '@slack/bolt'
import { clientOptions, silent } from './api.ts'
import { codeOf, isTokenCode, networkCode } from './refusals.ts'

/** Who the bot is in a workspace. */
export interface Who {
  readonly team: string
  readonly user: string
}

/** Acknowledges a delivery; false where its connection is no more, so that it comes again. */
export type Ack = (payload?: object) => Promise<boolean>

interface Parts {
  readonly client: webApi.WebClient
  readonly appToken: string
  readonly apiRoot: string
  /** Which of the token pairs: "first". */
  readonly which: string
  /** Both tokens are good, before the first connection. */
  met(who: Who): void
  take(body: unknown, ack: Ack): void
  turn(state: 'up' | 'down' | 'dead', why?: string): void
}

export interface Link {
  stop(): Promise<void>
  /** Asks Slack whether the bot token still works; ends all where it does not. True while it does, or nobody can say. */
  suspect(): Promise<boolean>
  /** Ends all for good. */
  die(why: string): void
}

/** The first pause after a failure and the longest; each is twice the one before. */
const pauses = [250, 30_000] as const
const helloMs = 20_000
/** A connection that lasted so long was a good one. */
const goodMs = 1_000

/**
 * Keeps one workspace connected. Bolt's own App is not used: it acknowledges events before anybody has read them, its token check is an unhandled
 * rejection and so is its reconnecting after a refused app token. Here both tokens are tried first, and every new connection is opened from here.
 */
export function startLink(parts: Parts): Link {
  const { client, which } = parts
  const stopping = new AbortController()
  const installerOptions = { clientOptions: clientOptions(parts.apiRoot) }
  const { client: socket } = new SocketModeReceiver({
    ...{ appToken: parts.appToken, logger: silent, autoReconnectEnabled: false, clientPingTimeout: 10_000, installerOptions },
  })
  let state: 'up' | 'down' | 'dead' | undefined
  let connection = 0
  let closed: () => void = () => undefined
  /** Whose token is asked about now. */
  let asking: 'bot' | 'app' = 'bot'

  function turn(to: 'up' | 'down' | 'dead', why?: string): void {
    if (state === to || state === 'dead') return
    state = to
    parts.turn(to, why)
  }

  const isOver = (): boolean => stopping.signal.aborted || state === 'dead'

  function die(why: string): void {
    turn('dead', why)
    void hangUp()
  }

  socket.on('connected', () => {
    connection += 1
    if (!isOver()) turn('up')
  })
  socket.on('disconnected', () => {
    connection += 1
    closed()
  })
  socket.on('slack_event', ({ body, ack }: { body: unknown; ack: (payload?: object) => Promise<void> }) => {
    const mine = connection
    parts.take(body, async payload => {
      if (mine !== connection) return false
      return ack(payload).then(
        () => true,
        () => false,
      )
    })
  })

  /** One connection from its beginning to its end. */
  async function connect(): Promise<void> {
    const gone = new Promise<void>(resolve => {
      closed = resolve
    })
    asking = 'app'
    const late = setTimeout(() => void hangUp(), helloMs)
    try {
      await socket.start()
    } finally {
      clearTimeout(late)
    }
    if (isOver()) await hangUp()
    await gone
  }

  async function hangUp(): Promise<void> {
    const end = new AbortController()
    const late = wait(3_000, undefined, { signal: end.signal }).catch(() => undefined)
    await Promise.race([socket.disconnect(), late]).catch(() => undefined)
    end.abort()
  }

  async function meet(): Promise<void> {
    const { team_id: team, user_id: user } = await client.auth.test()
    if (team === undefined || user === undefined) throw new Error('Slack did not say whose token this is.')
    parts.met({ team, user })
  }

  /** Does it; how many failures there were then, one after the other. */
  async function attempt(work: () => Promise<void>, failures: number): Promise<number> {
    const begun = performance.now()
    try {
      await work()
      if (performance.now() - begun > goodMs) return 0
    } catch (error) {
      if (isOver()) return 0
      const trouble = troubleOf(error, () => refused(which, asking))
      if (trouble.dead) die(trouble.why)
      else turn('down', trouble.why)
      if (trouble.waitMs) await pause(trouble.waitMs)
    }
    if (!isOver()) await pause(Math.min(pauses[0] * 2 ** Math.min(failures, 10), pauses[1]))
    return failures + 1
  }

  const pause = (ms: number): Promise<void> => wait(ms, undefined, { signal: stopping.signal }).catch(() => undefined)

  async function run(): Promise<void> {
    let isMet = false
    const greet = async (): Promise<void> => {
      await meet()
      isMet = true
      await connect()
    }
    for (let failures = 0; !isOver(); ) failures = await attempt(isMet ? connect : greet, failures)
  }

  const running = run().catch(() => turn('dead', 'Something broke inside the Slack adapter.'))
  return {
    async stop() {
      stopping.abort()
      await hangUp()
      closed()
      await running
    },
    async suspect() {
      const code = await client.auth.test().then(() => undefined, codeOf)
      if (isTokenCode(code)) die(refused(which, 'bot'))
      return !isTokenCode(code)
    },
    die,
  }
}

interface Trouble {
  readonly dead?: boolean
  /** One plain line for the operator. */
  readonly why: string
  readonly waitMs?: number
}

function refused(which: string, kind: 'bot' | 'app'): string {
  const [name, page] =
    kind === 'bot' ? (['SLACK_BOT_TOKEN', 'OAuth & Permissions'] as const) : (['SLACK_APP_TOKEN', 'Basic Information'] as const)
  const trouble = { why: `Slack refuses the ${which} token in ${name}. Copy it again from the app's page "${page}" and start again.` }
  return trouble.why
}

/** Errors of the app token's one method, which the bot token's does not have. */
const hopeless = new Set(['missing_scope', 'not_allowed_token_type', 'forbidden_team', 'team_disabled', 'access_denied', 'link_disabled'])

function troubleOf(error: unknown, refusal: () => string): Trouble {
  if (error instanceof webApi.WebAPIRateLimitedError) return { why: 'Slack asks us to wait.', waitMs: error.retryAfter * 1000 }
  if (error instanceof webApi.WebAPIRequestError) return { why: `Slack cannot be reached (${networkCode(error)}).` }
  if (error instanceof webApi.WebAPIHTTPError) return { why: `Slack answers with status ${error.statusCode}.` }
  const code = codeOf(error)
  if (code === undefined) return { why: 'The connection to Slack broke.' }
  if (!isTokenCode(code) && !hopeless.has(code)) return { why: `Slack answers with ${code}.` }
  return { dead: true, why: refusal() }
}
