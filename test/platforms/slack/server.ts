import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { answerControl } from './control.ts'
import type { Fault } from './faults.ts'
import { answerApi, answerRespond, answerUpload } from './http.ts'
import type { Interaction } from './interaction.ts'
import { answerDownload } from './pictures.ts'
import { loadCheck } from './schema.ts'
import { openWorkspace, Workspace, type WorkspaceOptions } from './workspaces.ts'
import { type Call, createWorld, type Options, type World } from './world.ts'

/** A loop-back Slack: what a test sees and moves. */
export class Slack {
  readonly world: World
  readonly #server: Server
  readonly #workspaces = new Map<string, Workspace>()

  constructor(world: World, server: Server) {
    this.world = world
    this.#server = server
  }

  /** What Bolt and the web client take as `slackApiUrl`. */
  get apiUrl(): string {
    return `${this.world.root}/api/`
  }

  /** A workspace that has the app, with a token pair of its own. */
  workspace(name = 'Ardwick', options: WorkspaceOptions = {}): Workspace {
    const workspace = new Workspace(this.world, openWorkspace(this.world, name, options))
    this.#workspaces.set(workspace.id, workspace)
    return workspace
  }

  /** @throws Error for an id that this server never gave */
  workspaceOf(id: string): Workspace {
    const workspace = this.#workspaces.get(id)
    if (!workspace) throw new Error(`there is no workspace ${id}`)
    return workspace
  }

  get workspaces(): Workspace[] {
    return [...this.#workspaces.values()]
  }

  /** Harms coming requests. Several faults apply one after the other. */
  fail(fault: Fault): void {
    this.world.faults.arm(fault)
  }

  /** Ends all harm, and the requests that hang. */
  heal(): void {
    this.world.faults.clear()
    for (const workspace of this.workspaces) workspace.cutEvery(0)
  }

  /** The requests so far (the newest `remember`), of one method or all. */
  calls(method?: string): Call[] {
    return method === undefined ? [...this.world.calls] : this.world.calls.filter(call => call.method === method)
  }

  /** What people did, oldest first. */
  get interactions(): readonly Interaction[] {
    return this.world.interactions
  }

  /** What Slack would pass over in silence and a bot should not do. */
  get oddities(): readonly string[] {
    return this.world.oddities
  }

  /** How many requests were told to come later. */
  get tooMany(): number {
    return this.world.rates.refused
  }

  /**
   * Resolves with what the condition gives once that is truthy, looking after every change here; never sleeps.
   * @param within milliseconds of real time; then it rejects with the last requests in its words
   */
  until<T>(condition: () => T, what = 'a condition', within = PATIENCE_MS): Promise<NonNullable<T>> {
    return this.world.changes.until(condition, () => `${what}; the last requests were ${this.#lastCalls()}`, within)
  }

  /** Waits until all that happened is acknowledged. */
  async settled(): Promise<void> {
    await this.until(() => this.workspaces.every(({ open }) => open === 0), 'all envelopes to be acknowledged')
  }

  async stop(): Promise<void> {
    this.heal()
    for (const { state } of this.workspaces) state.sockets.stop()
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  #lastCalls(): string {
    const last = this.world.calls.slice(-5)
    return last.length === 0 ? 'none' : last.map(call => `${call.method} ${call.status ?? 'open'} ${call.error ?? ''}`.trim()).join(', ')
  }
}

/** Starts a loop-back Slack on 127.0.0.1, on a free port unless `port` says one. Stop it with `stop()`. */
export async function startSlack(options: Options = {}): Promise<Slack> {
  const world = createWorld(options)
  if (world.strict) world.check = await loadCheck()
  const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000 }, (request, response) => {
    const url = request.url ?? ''
    if (url.startsWith('/control/')) return void answerControl(slack, request, response)
    if (url.startsWith('/files-pri/')) return answerDownload(world, request, response)
    const answer = url.startsWith('/respond/') ? answerRespond : url.startsWith('/upload/') ? answerUpload : answerApi
    answer(world, request, response).catch((cause: unknown) => {
      response.destroy(cause instanceof Error ? cause : undefined)
    })
  })
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => upgrade(world, sockets, request, socket, head))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  world.root = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const slack = new Slack(world, server)
  return slack
}

/** A connection needs the ticket that apps.connections.open gave. */
function upgrade(world: World, sockets: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const url = new URL(request.url ?? '', 'http://loop-back')
  const workspace = world.workspaces.get(url.searchParams.get('team') ?? '')
  if (!workspace?.sockets.admits(url.searchParams.get('ticket') ?? '')) {
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    return
  }
  sockets.handleUpgrade(request, socket, head, client => workspace.sockets.accept(client))
}
