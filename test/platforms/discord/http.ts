import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { type Body, readBody } from './body.ts'
import type { Check } from './check.ts'
import { refusalOf } from './faults.ts'
import type { Paced } from './rates.ts'
import { invalidForm, notFound, Refusal, unauthorized } from './refusal.ts'
import { type Found, findRoute } from './rest/routes.ts'
import { type Call, remember, type World } from './world.ts'

const root = '/api/v10'

/** Answers one request under /api/v10. `check` is there in strict mode only. */
export async function answerApi(world: World, check: Check | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://discord')
  const method = request.method ?? 'GET'
  const path = url.pathname.startsWith(`${root}/`) ? url.pathname.slice(root.length) : url.pathname
  const body = await readBody(request)
  const found = url.pathname.startsWith(`${root}/`) ? findRoute(method, path) : undefined
  const call = note(world, method, path, found, body)
  const harm = world.faults.next(method, decodeURIComponent(path))
  if (harm === 'drop' || harm === 'hang') {
    if (harm === 'hang') world.faults.hang(() => drop(response))
    else drop(response)
    world.changes.happened()
    return
  }
  const { outcome, headers } =
    harm !== undefined && harm !== 'drop after doing it'
      ? { outcome: refusalOf(harm), headers: {} }
      : decide(world, check, { found, body, query: url.searchParams, authorization: request.headers.authorization })
  call.status = outcome instanceof Refusal ? outcome.status : outcome === undefined ? 204 : 200
  if (outcome instanceof Refusal) {
    call.code = outcome.code
    call.message = outcome.message
  }
  world.changes.happened()
  if (harm === 'drop after doing it') return drop(response)
  if (world.latencyMs > 0) setTimeout(() => reply(response, outcome, headers), world.latencyMs)
  else reply(response, outcome, headers)
}

function note(world: World, method: string, path: string, found: Found | undefined, body: Body | Refusal): Call {
  const route = found?.route.route ?? path
  const json = body instanceof Refusal ? {} : ((body.json ?? {}) as Record<string, unknown>)
  const call: Call = { method, path, route, body: json, at: world.now(), status: undefined, code: undefined, message: undefined }
  const name = `${method} ${route}`
  remember(world.calls, call, world.remember)
  world.counts.set(name, (world.counts.get(name) ?? 0) + 1)
  return call
}

interface Incoming {
  readonly found: Found | undefined
  readonly body: Body | Refusal
  readonly query: URLSearchParams
  readonly authorization: string | undefined
}

function decide(world: World, check: Check | undefined, incoming: Incoming): { outcome: unknown; headers: OutgoingHttpHeaders } {
  const { found, body, query } = incoming
  if (!found) return { outcome: notFound(), headers: {} }
  const { route, params } = found
  const free = route.free === true
  if (!free && !(world.tokenWorks && incoming.authorization === `Bot ${world.token}`)) return { outcome: unauthorized(), headers: {} }
  const paced: Paced = { method: route.method, route: route.route, major: majorOf(params), free }
  const blocked = world.rates.blocked(paced)
  if (blocked) return { outcome: blocked, headers: {} }
  const { headers, refusal } = world.limitRates ? world.rates.take(paced) : { headers: {}, refusal: undefined }
  if (refusal) return { outcome: refusal, headers }
  const wrong = body instanceof Refusal ? body : checkBody(check, found, body)
  if (wrong) return { outcome: wrong, headers }
  const { json = {}, files = [] } = body as Body
  return { outcome: route.run({ world, params, query, body: json, files }), headers }
}

/** What has limits of its own: a channel, a guild, a webhook with its token. */
const majorOf = ({ channel, guild, app, token }: Record<string, string>): string =>
  channel ?? guild ?? (token === undefined ? '' : `${app}/${token}`)

function checkBody(check: Check | undefined, { route }: Found, body: Body): Refusal | undefined {
  if (!check) return undefined
  const { schema } = route
  if (schema === undefined) {
    const isEmpty = body.json === undefined || JSON.stringify(body.json) === '{}'
    return isEmpty ? undefined : invalidForm('', `${route.method} ${route.route} takes no body`)
  }
  return check(typeof schema === 'string' ? schema : schema(body.json), body.json ?? {}, route.list === true)
}

function reply(response: ServerResponse, outcome: unknown, headers: OutgoingHttpHeaders): void {
  if (outcome === undefined) {
    response.writeHead(204, headers)
    response.end()
    return
  }
  const isRefusal = outcome instanceof Refusal
  const text = JSON.stringify(outcome)
  const own = isRefusal ? outcome.headers : {}
  response.writeHead(isRefusal ? outcome.status : 200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
    ...own,
  })
  response.end(text)
}

/** The connection breaks without a word. */
function drop(response: ServerResponse): void {
  response.socket?.destroy()
}

/** Files that were sent in: GET /attachments/<channel>/<id>/<name>. */
export function answerFile(world: World, request: IncomingMessage, response: ServerResponse): void {
  const [, , , id = ''] = (request.url ?? '').split('/')
  const file = world.files.get(id)
  if (!file) {
    reply(response, notFound(), {})
    return
  }
  response.writeHead(200, { 'content-type': file.mime, 'content-length': file.content.length })
  response.end(file.content)
}
