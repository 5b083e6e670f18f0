import { randomBytes } from 'node:crypto'
import { GatewayOpcodes } from 'discord-api-types/v10'
import type { WebSocket } from 'ws'

interface Sent {
  readonly seq: number
  readonly text: string
}

/** How many events one session keeps for a resume; more missed than that cannot be replayed. */
const keepMost = 100_000

/** One identified session. It outlives its socket for a while, collecting what happens, until it is resumed or given up. */
export class Session {
  readonly id = randomBytes(16).toString('hex')
  readonly intents: number
  socket: WebSocket | undefined
  /** The events of this session so far. */
  seq = 0
  /** Milliseconds of real time; undefined while connected. */
  lostAt: number | undefined
  #sent: Sent[] = []

  constructor(intents: number, socket: WebSocket) {
    this.intents = intents
    this.socket = socket
  }

  /** @param data the event's data, already as JSON, since several sessions may get it */
  dispatch(event: string, data: string): void {
    this.seq += 1
    const text = `{"op":${GatewayOpcodes.Dispatch},"t":"${event}","s":${this.seq},"d":${data}}`
    this.#sent.push({ seq: this.seq, text })
    if (this.#sent.length > keepMost * 1.2) this.#sent.splice(0, this.#sent.length - keepMost)
    this.socket?.send(text)
  }

  /** The client has seen everything up to here. */
  confirm(seq: number | null): void {
    if (seq === null) return
    const first = this.#sent.findIndex(sent => sent.seq > seq)
    this.#sent = first < 0 ? [] : this.#sent.slice(first)
  }

  canReplay(after: number): boolean {
    return after <= this.seq && (this.#sent[0]?.seq ?? this.seq + 1) <= after + 1
  }

  /** Sends what came after `after` over the new socket. */
  replay(after: number, socket: WebSocket): void {
    this.socket = socket
    this.lostAt = undefined
    for (const sent of this.#sent) if (sent.seq > after) socket.send(sent.text)
  }
}
