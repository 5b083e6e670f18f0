import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Dispatch } from './dispatch.ts'
import { remember, type World } from './world.ts'

interface Sending {
  readonly dispatch: Dispatch
  attempt: number
  /** The person who waits has been told that it failed, or the acknowledgement came. */
  settled: boolean
  done: boolean
  personTimer: NodeJS.Timeout | undefined
}

interface Flight {
  readonly sending: Sending
  readonly connection: Connection
  late: boolean
  timer: NodeJS.Timeout | undefined
}

interface Connection {
  readonly socket: WebSocket
  readonly opened: number
  pinger: NodeJS.Timeout | undefined
}

const mostConnections = 10
const mostAttempts = 3

/** The Socket Mode connections of one app, and the envelopes that are under way. Each envelope goes to one of the connections. */
export class Sockets {
  readonly #world: World
  readonly #appId: string
  readonly #tickets = new Set<string>()
  readonly #connections: Connection[] = []
  readonly #flights = new Map<string, Flight>()
  /** Envelope ids that were acknowledged, to tell a second acknowledgement from an unknown one. */
  readonly #acked: string[] = []
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #recent: Dispatch[] = []
  #waiting: Sending[] = []
  #turn = 0
  #cutter: NodeJS.Timeout | undefined
  /** Envelopes sent, also again. */
  sent = 0
  /** Envelopes that were sent again. */
  again = 0
  acknowledged = 0
  opened = 0
  /** The next so many acknowledgements get lost, each with its connection. */
  losing = 0

  constructor(world: World, appId: string) {
    this.#world = world
    this.#appId = appId
  }

  get connections(): number {
    return this.#connections.length
  }

  /** Envelopes without an acknowledgement: under way, or waiting for a connection. */
  get open(): number {
    return [...this.#flights.values()].filter(flight => !flight.late).length + this.#waiting.length
  }

  /** A ticket is good for one connection. */
  ticket(): string {
    const ticket = randomUUID()
    this.#tickets.add(ticket)
    return ticket
  }

  admits(ticket: string): boolean {
    return this.#tickets.delete(ticket)
  }

  accept(socket: WebSocket): void {
    if (this.#connections.length >= mostConnections) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: debug }))
      socket.close()
      return
    }
    const connection: Connection = { socket, opened: Date.now(), pinger: undefined }
    connection.pinger = setInterval(() => socket.ping('Ping from loop-back'), this.#world.pingMs)
    this.#connections.push(connection)
    this.opened += 1
    socket.on('message', data => this.#heard(connection, String(data)))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => this.#closed(connection))
    const hello = {
      type: 'hello',
      num_connections: this.#connections.length,
      debug_info: { ...debug, started: new Date(connection.opened).toISOString(), build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: this.#appId },
    }
    socket.send(JSON.stringify(hello))
    socket.ping('Ping from loop-back')
    for (const sending of this.#waiting.splice(0)) this.#transmit(sending)
    this.#world.changes.happened()
  }

  dispatch(dispatch: Dispatch): void {
    const sending: Sending = { dispatch, attempt: 0, settled: false, done: false, personTimer: undefined }
    remember(this.#recent, dispatch, 100)
    if (dispatch.late) sending.personTimer = setTimeout(() => this.#timeIsUp(sending), this.#world.ackWithinMs)
    this.#transmit(sending)
  }

  /** Says something over each connection that no Slack would say. */
  say(...frames: readonly string[]): void {
    for (const { socket } of this.#connections) for (const frame of frames) socket.send(frame)
  }

  /** Tells the app the last so many things once more (of the newest hundred), as Slack does when an acknowledgement got lost. */
  redeliver(count: number): void {
    for (const { type, payload, answers } of this.#recent.slice(-count)) {
      this.#transmit({ dispatch: { type, payload, answers }, attempt: 1, settled: false, done: false, personTimer: undefined })
    }
  }

  /** Breaks all connections without a word. */
  cut(): void {
    for (const { socket } of [...this.#connections]) socket.terminate()
  }

  /** Cuts every so many milliseconds; 0 ends it. */
  cutEvery(ms: number): void {
    clearInterval(this.#cutter)
    this.#cutter = ms > 0 ? setInterval(() => this.cut(), ms) : undefined
  }

  /** Asks the app to connect anew, as Slack does every few hours. The app closes the connection. */
  askToReconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void {
    for (const { socket } of this.#connections) socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: debug }))
  }

  /** Stops pinging, so that an app that looks after its connections finds them dead. */
  fallSilent(): void {
    for (const { pinger } of this.#connections) clearInterval(pinger)
  }

  stop(): void {
    clearInterval(this.#cutter)
    for (const timer of this.#timers) clearTimeout(timer)
    for (const { sending, timer } of this.#flights.values()) {
      sending.done = true
      clearTimeout(timer)
      clearTimeout(sending.personTimer)
    }
    for (const { personTimer } of this.#waiting) clearTimeout(personTimer)
    this.#waiting = []
    this.#flights.clear()
    for (const { socket } of [...this.#connections]) socket.terminate()
  }

  #transmit(sending: Sending): void {
    if (sending.done) return
    const connection = this.#next()
    if (!connection) {
      this.#waiting.push(sending)
      return
    }
    const { dispatch, attempt } = sending
    const id = randomUUID()
    const flight: Flight = { sending, connection, late: false, timer: undefined }
    flight.timer = setTimeout(() => this.#unanswered(flight), this.#world.ackWithinMs)
    this.#flights.set(id, flight)
    this.sent += 1
    if (attempt > 0) this.again += 1
    const retry = { retry_attempt: attempt, retry_reason: attempt > 0 ? 'timeout' : '' }
    const { type, payload, answers } = dispatch
    connection.socket.send(JSON.stringify({ envelope_id: id, payload, type, accepts_response_payload: answers, ...retry }))
  }

  /** Connections take turns. */
  #next(): Connection | undefined {
    const ready = this.#connections.filter(({ socket }) => socket.readyState === 1)
    this.#turn += 1
    return ready[this.#turn % Math.max(1, ready.length)]
  }

  #timeIsUp(sending: Sending): void {
    if (sending.settled) return
    sending.settled = true
    sending.dispatch.late?.()
    this.#world.changes.happened()
  }

  /** Time is up for one delivery: another follows, some time later. */
  #unanswered(flight: Flight): void {
    flight.late = true
    this.#world.changes.happened()
    const { sending } = flight
    if (sending.done || sending.attempt >= mostAttempts) return
    this.#later(() => this.#repeat(sending), this.#world.againAfterMs[sending.attempt] ?? 0)
  }

  #repeat(sending: Sending): void {
    if (sending.done) return
    sending.attempt += 1
    this.#transmit(sending)
  }

  #closed(connection: Connection): void {
    clearInterval(connection.pinger)
    const at = this.#connections.indexOf(connection)
    if (at >= 0) this.#connections.splice(at, 1)
    for (const [id, flight] of this.#flights) {
      if (flight.connection !== connection) continue
      clearTimeout(flight.timer)
      this.#flights.delete(id)
      if (!flight.late) this.#repeat(flight.sending)
    }
    this.#world.changes.happened()
  }

  #heard(connection: Connection, text: string): void {
    const { envelope_id: id, payload = {} } = JSON.parse(text) as { envelope_id?: string; payload?: Record<string, unknown> }
    const flight = id === undefined ? undefined : this.#flights.get(id)
    if (id === undefined || !flight) {
      this.#odd(`${this.#acked.includes(id ?? '') ? 'second' : 'unknown'} acknowledgement ${id}`)
      return
    }
    if (this.losing > 0) {
      this.losing -= 1
      connection.socket.terminate()
      return
    }
    clearTimeout(flight.timer)
    this.#flights.delete(id)
    remember(this.#acked, id, 1000)
    this.acknowledged += 1
    const { sending, late } = flight
    const { dispatch } = sending
    if (flight.connection !== connection) this.#odd('acknowledgement over another connection')
    if (!dispatch.answers && Object.keys(payload).length > 0) this.#odd(`${dispatch.type} takes no payload: ${JSON.stringify(payload)}`)
    if (late) this.#odd(`late acknowledgement of ${dispatch.type}`)
    sending.done = true
    clearTimeout(sending.personTimer)
    if (!sending.settled) {
      sending.settled = true
      dispatch.acked?.(payload)
    }
    this.#world.changes.happened()
  }

  #odd(what: string): void {
    remember(this.#world.oddities, what, 1000)
    this.#world.changes.happened()
  }

  #later(what: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      what()
    }, ms)
    this.#timers.add(timer)
  }
}

const debug = { host: 'applink-loopback' }
