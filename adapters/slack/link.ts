import { SocketModeReceiver } from '@slack/bolt'
import type { Frames } from '../../src/platform/frames.ts'
import { fromJson } from '../../src/platform/json.ts'
import { within } from '../../src/platform/waiting.ts'
import { clientOptions, silent } from './api.ts'

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
  readonly frames: Frames
  opened(): void
  take(body: unknown, ack: Ack): void
}

const helloMs = 20_000
const goodbyeMs = 3_000

/**
 * The Socket Mode connection of one app. Bolt's own App is not used: it acknowledges events before anybody has read them, its token check is an unhandled
 * rejection and so is its reconnecting after a refused app token. Here every connection is opened by us.
 */
export function createLink({ appToken, apiRoot, over, frames, opened, take }: Parts): Link {
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
  // The library's own reading ends the process where a delivery has no event in it, and takes one that is called "disconnected" for the end of the connection.
  const greetings = socket.listeners('ws_message')
  socket.removeAllListeners('ws_message')
  socket.on('ws_message', (data: unknown) => {
    const frame = fromJson(String(data))
    const read = frames.read(frame, () => readFrame(frame))
    if (read === 'greeting') for (const greet of greetings) greet(data, false)
    else if (read) hear(read)
  })

  function hear({ id, body }: Envelope): void {
    const mine = connection
    take(body, async payload => {
      if (mine !== connection) return false
      // It is the library's own way, but for the name in its types.
      const sent: unknown = Reflect.apply(Reflect.get(socket, 'send'), socket, [id, payload])
      return Promise.resolve(sent).then(
        () => true,
        () => false,
      )
    })
  }

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

/** What Slack wants acknowledged. */
interface Envelope {
  readonly id: string
  readonly body: unknown
}

/** @throws Error for what can be neither taken nor acknowledged */
function readFrame(frame: unknown): Envelope | 'greeting' {
  if (typeof frame !== 'object' || frame === null) throw new TypeError('No frame of Socket Mode.')
  const { type, envelope_id: id, payload: body } = frame as { type?: unknown; envelope_id?: unknown; payload?: unknown }
  if (type === 'hello' || type === 'disconnect') return 'greeting'
  if (typeof id !== 'string') throw new TypeError('An envelope without an id.')
  return { id, body }
}
