import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { GatewayCloseCodes, GatewayDispatchEvents, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10'
import { type WebSocket, WebSocketServer } from 'ws'
import { allowedIntents, type Close, type Identify, readyPayload, refuseAddress, refuseIdentify, refuseToken } from './handshake.ts'
import { guildCreate } from './payloads.ts'
import { Session } from './session.ts'
import type { Options, World } from './world.ts'

interface Socket {
  readonly ws: WebSocket
  session: Session | undefined
  /** When it sent something, milliseconds by the server's clock: at most 120 in 60 s. */
  sent: number[]
}

type Frame = { op?: unknown; d?: unknown }
type Resume = { token?: unknown; session_id?: unknown; seq?: unknown }

/** The WebSocket half of the platform. */
export class Gateway {
  readonly #world: () => World
  readonly #allowed: number
  readonly #resumeWithinMs: number
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #sockets = new Set<Socket>()
  #sessions: Session[] = []
  #lastIdentify = Number.NEGATIVE_INFINITY
  heartbeatMs: number
  /** Heartbeats get no answer while this is set: the client should notice that it talks to a zombie. */
  withholdsAcks = false
  /** New connections are refused while this is set. */
  isUnavailable = false
  /** How many identifies are left today, as GET /gateway/bot tells it. */
  identifiesLeft = 1000
  identifies = 0
  resumes = 0
  heartbeats = 0
  readonly closes: number[] = []

  constructor(options: Options, world: () => World) {
    this.#world = world
    this.heartbeatMs = options.heartbeatMs ?? 41_250
    this.#resumeWithinMs = (options.resumeWithin ?? 180) * 1000
    this.#allowed = allowedIntents(options.privileged)
  }

  /** Sessions that a client is connected to now. */
  get connected(): number {
    return this.#sessions.filter(session => session.socket).length
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.isUnavailable) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n')
      return
    }
    this.#server.handleUpgrade(request, socket, head, ws => this.#welcome(ws, new URL(request.url ?? '/', 'http://gateway')))
  }

  /** Tells every session that asked for such events; also those that wait to be resumed. */
  tell(event: GatewayDispatchEvents, data: unknown, needs = 0): void {
    if (this.#sessions.length === 0) return
    this.#forget()
    const text = JSON.stringify(data)
    for (const session of this.#sessions) if (needs === 0 || session.intents & needs) session.dispatch(event, text)
    this.#world().changes.happened()
  }

  /** As `tell`, with data that depends on what the session may read. */
  tellEach(event: GatewayDispatchEvents, data: (intents: number) => unknown, needs: number): void {
    for (const session of this.#sessions) if (session.intents & needs) session.dispatch(event, JSON.stringify(data(session.intents)))
  }

  /** Says something over every connection that no Discord would say. */
  say(...frames: readonly string[]): void {
    for (const { ws } of this.#sockets) for (const frame of frames) ws.send(frame)
  }

  /** Breaks every connection without a word, as a lost network does. */
  cut(): void {
    for (const { ws } of this.#sockets) ws.terminate()
  }

  /** Closes every connection with a code: 4004 and others are final for the client. */
  close(code: number, reason = ''): void {
    for (const { ws } of this.#sockets) ws.close(code, reason)
  }

  /** Asks every client to connect again and resume (op 7). */
  askToReconnect(): void {
    for (const { ws } of this.#sockets) this.#say(ws, GatewayOpcodes.Reconnect, null)
  }

  /** Tells every client that its session is no longer good (op 9): to be resumed, or to be begun anew. */
  invalidate(resumable: boolean): void {
    for (const socket of this.#sockets) {
      if (!resumable) this.#end(socket.session)
      this.#say(socket.ws, GatewayOpcodes.InvalidSession, resumable)
    }
  }

  /** Sessions that were cut can no longer be resumed: the next attempt gets op 9. */
  forgetSessions(): void {
    for (const session of this.#sessions.filter(one => !one.socket)) this.#end(session)
  }

  stop(): void {
    this.cut()
    this.#server.close()
  }

  #welcome(ws: WebSocket, address: URL): void {
    const socket: Socket = { ws, session: undefined, sent: [] }
    this.#sockets.add(socket)
    ws.on('error', () => ws.terminate())
    ws.on('close', code => this.#gone(socket, code))
    ws.on('message', raw => this.#obey(socket, this.#hear(socket, raw.toString())))
    const refused = refuseAddress(address)
    if (refused) ws.close(refused.code, refused.reason)
    else this.#say(ws, GatewayOpcodes.Hello, { heartbeat_interval: this.heartbeatMs })
  }

  #obey({ ws }: Socket, close: Close | undefined): void {
    if (close) ws.close(close.code, close.reason)
    this.#world().changes.happened()
  }

  #say(ws: WebSocket, op: GatewayOpcodes, d: unknown): void {
    ws.send(JSON.stringify({ op, d, s: null, t: null }))
  }

  #gone(socket: Socket, code: number): void {
    this.#sockets.delete(socket)
    this.closes.push(code)
    const { session } = socket
    if (session && session.socket === socket.ws) {
      session.socket = undefined
      session.lostAt = Date.now()
      if (code === 1000 || code === 1001) this.#end(session)
    }
    this.#world().changes.happened()
  }

  #end(session: Session | undefined): void {
    this.#sessions = this.#sessions.filter(other => other !== session)
  }

  #forget(): void {
    const oldest = Date.now() - this.#resumeWithinMs
    if (this.#sessions.some(session => (session.lostAt ?? oldest) < oldest)) {
      this.#sessions = this.#sessions.filter(session => (session.lostAt ?? oldest) >= oldest)
    }
  }

  /** What a client says; the close that it earns, if any. */
  #hear(socket: Socket, raw: string): Close | undefined {
    const frame = parse(raw)
    if (!frame) return { code: GatewayCloseCodes.DecodeError, reason: 'Error while decoding payload.' }
    if (!this.#isPaced(socket)) return { code: GatewayCloseCodes.RateLimited, reason: 'You are sending too many requests.' }
    if (frame.op === GatewayOpcodes.Heartbeat) return this.#beat(socket, frame.d)
    if (frame.op === GatewayOpcodes.Identify) return this.#identify(socket, (frame.d ?? {}) as Identify)
    if (frame.op === GatewayOpcodes.Resume) return this.#resume(socket, (frame.d ?? {}) as Resume)
    if (!socket.session) return { code: GatewayCloseCodes.NotAuthenticated, reason: 'Not authenticated.' }
    const others = [GatewayOpcodes.PresenceUpdate, GatewayOpcodes.VoiceStateUpdate, GatewayOpcodes.RequestGuildMembers]
    return others.some(op => op === frame.op) ? undefined : { code: GatewayCloseCodes.UnknownOpcode, reason: 'Unknown opcode.' }
  }

  #isPaced(socket: Socket): boolean {
    const world = this.#world()
    if (!world.limitRates) return true
    const now = world.now().getTime()
    socket.sent = [...socket.sent.filter(at => at > now - 60_000), now]
    return socket.sent.length <= 120
  }

  #beat(socket: Socket, seq: unknown): undefined {
    this.heartbeats += 1
    if (typeof seq === 'number') socket.session?.confirm(seq)
    if (!this.withholdsAcks) this.#say(socket.ws, GatewayOpcodes.HeartbeatAck, null)
  }

  #identify(socket: Socket, asked: Identify): Close | undefined {
    const world = this.#world()
    if (socket.session) return { code: GatewayCloseCodes.AlreadyAuthenticated, reason: 'Already authenticated.' }
    const refused = refuseIdentify(world, this.#allowed, asked)
    if (refused) return refused
    const now = world.now().getTime()
    if (world.limitRates && now - this.#lastIdentify < 5000) {
      this.#say(socket.ws, GatewayOpcodes.InvalidSession, false)
      return undefined
    }
    this.#lastIdentify = now
    this.identifies += 1
    this.identifiesLeft -= 1
    const session = new Session(Number(asked.intents), socket.ws)
    socket.session = session
    this.#sessions.push(session)
    session.dispatch(GatewayDispatchEvents.Ready, JSON.stringify(readyPayload(world, session.id, asked.shard)))
    if (session.intents & GatewayIntentBits.Guilds) this.#tellGuilds(session)
    return undefined
  }

  #tellGuilds(session: Session): void {
    const world = this.#world()
    for (const guild of world.guilds.values()) {
      if (!guild.here) continue
      if (guild.available) session.dispatch(GatewayDispatchEvents.GuildCreate, JSON.stringify(guildCreate(world, guild)))
      else session.dispatch(GatewayDispatchEvents.GuildDelete, JSON.stringify({ id: guild.id, unavailable: true }))
    }
  }

  #resume(socket: Socket, { token, session_id, seq }: Resume): Close | undefined {
    const refused = refuseToken(this.#world(), token)
    if (refused) return refused
    this.#forget()
    const session = this.#sessions.find(one => one.id === session_id)
    if (session && typeof seq === 'number' && seq > session.seq) return { code: GatewayCloseCodes.InvalidSeq, reason: 'Invalid seq.' }
    if (!session || typeof seq !== 'number' || !session.canReplay(seq)) {
      this.#say(socket.ws, GatewayOpcodes.InvalidSession, false)
      return undefined
    }
    this.resumes += 1
    const before = session.socket
    socket.session = session
    session.replay(seq, socket.ws)
    session.dispatch(GatewayDispatchEvents.Resumed, '{"_trace":[]}')
    before?.terminate()
    return undefined
  }
}

function parse(raw: string): Frame | undefined {
  try {
    const frame: unknown = JSON.parse(raw)
    return typeof frame === 'object' && frame !== null && 'op' in frame ? frame : undefined
  } catch {
    return undefined
  }
}
