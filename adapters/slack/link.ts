import { SocketModeReceiver } from '@slack/bolt'
import { clientOptions, silent, within } from './api.ts'

/** Acknowledges a delivery; false where its connection is no more, so that it comes again. */
export type Ack = (payload?: object) => Promise<boolean>

export interface Link {
  /** One connection, from its beginning to its end. Rejects where none could be opened, with what Slack says to the app token. */
  connect(): Promise<void>
  hangUp(): Promise<void>
}

interface Parts {
  readonly appToken: string
  readonly apiRoot: string
  /** Aborted: no connection is wanted any more. */
  readonly over: AbortSignal
  opened(): void
  take(body: unknown, ack: Ack): void
}

const helloMs = 20_000
const goodbyeMs = 3_000

/**
 * The Socket Mode connection of one app. Bolt's own App is not used: it acknowledges events before anybody has read them, its token check is an unhandled
 * rejection and so is its reconnecting after a refused app token. Here every connection is opened by us.
 */
export function createLink({ appToken, apiRoot, over, opened, take }: Parts): Link {
  const installerOptions = { clientOptions: clientOptions(apiRoot) }
  const { client: socket } = new SocketModeReceiver({
    ...{ appToken, logger: silent, autoReconnectEnabled: false, clientPingTimeout: 10_000, installerOptions },
  })
  let connection = 0
  let closed: () => void = () => undefined

  socket.on('connected', () => {
    connection += 1
    opened()
  })
  socket.on('disconnected', () => {
    connection += 1
    closed()
  })
  socket.on('slack_event', ({ body, ack }: { body: unknown; ack: (payload?: object) => Promise<void> }) => {
    const mine = connection
    take(body, async payload => {
      if (mine !== connection) return false
      return ack(payload).then(
        () => true,
        () => false,
      )
    })
  })

  async function hangUp(): Promise<void> {
    await within(goodbyeMs, socket.disconnect(), undefined).catch(() => undefined)
    closed()
  }

  async function connect(): Promise<void> {
    const gone = new Promise<void>(resolve => {
      closed = resolve
    })
    const late = setTimeout(() => void hangUp(), helloMs)
    await socket.start().finally(() => clearTimeout(late))
    if (over.aborted) await hangUp()
    await gone
  }

  return { connect, hangUp }
}
