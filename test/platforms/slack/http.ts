import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Body, readBody, readUpload } from './body.ts'
import { refusalOf } from './faults.ts'
import { readFields } from './fields.ts'
import { type Method, methods } from './methods/table.ts'
import { missingScope, no, Refusal, tooMany } from './refusal.ts'
import { answerResponseUrl } from './respond.ts'
import { type Call, remember, type WorkspaceState, type World } from './world.ts'

/** Answers POST /api/<method>. */
export async function answerApi(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const name = path.slice('/api/'.length)
  const body = await readBody(request, query)
  const given = tokenOf(request, body)
  const workspace = world.byToken.get(given)
  const call = note(world, name, workspace, body?.fields ?? {})
  const outcome = await harmed(world, call, response, () => decide(world, name, workspace, given, body))
  if (outcome) reply(world, response, outcome.value, workspace, methods[name])
}

function note(world: World, method: string, workspace: WorkspaceState | undefined, fields: Record<string, unknown>): Call {
  const { token: _, ...shown } = fields
  const call: Call = { method, team: workspace?.team.id, fields: shown, at: world.now(), status: undefined, error: undefined }
  remember(world.calls, call, world.remember)
  world.counts.set(method, (world.counts.get(method) ?? 0) + 1)
  return call
}

/** Does it, or what a test has ordered instead. Undefined when there is nothing to answer. */
async function harmed(
  world: World,
  call: Call,
  response: ServerResponse,
  doIt: () => unknown,
): Promise<{ readonly value: unknown } | undefined> {
  const harm = world.faults.next(call.method, call.team, call.fields['channel'] ?? call.fields['channel_id'])
  if (harm === 'drop' || harm === 'hang') {
    if (harm === 'hang') world.faults.hang(() => response.socket?.destroy())
    else response.socket?.destroy()
    world.changes.happened()
    return undefined
  }
  const value = typeof harm === 'object' ? refusalOf(harm) : await doIt()
  call.status = value instanceof Refusal ? value.status : 200
  call.error = value instanceof Refusal ? value.error : undefined
  world.changes.happened()
  if (harm === 'drop after doing it') {
    response.socket?.destroy()
    return undefined
  }
  return { value }
}

function tokenOf(request: IncomingMessage, body: Body | undefined): string {
  const header = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  return header ?? String(body?.fields['token'] ?? '')
}

function decide(world: World, name: string, workspace: WorkspaceState | undefined, given: string, body: Body | undefined): unknown {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined
  if (!method) return no('unknown_method', { req_method: name })
  if (!body) return no('invalid_json')
  if (given === '') return no('not_authed')
  const trouble = authTrouble(method, workspace, given)
  if (!workspace || trouble) return no(trouble ?? 'invalid_auth')
  const seconds = world.limitRates ? world.rates.wait(method.tier, workspace.team.id, name, body.fields['channel']) : 0
  if (seconds > 0) return tooMany(seconds)
  if (method.scopes.length > 0 && !method.scopes.some(scope => workspace.scopes.has(scope)))
    return missingScope(method.scopes, workspace.scopes)
  const fields = readFields(name, method, body, world.strict)
  if (fields instanceof Refusal) return fields
  return method.run({ world, workspace }, fields as never)
}

function authTrouble(method: Method, workspace: WorkspaceState | undefined, given: string): string | undefined {
  if (!workspace) return 'invalid_auth'
  const isApp = given === workspace.appToken
  if (isApp !== (method.token === 'app')) return 'not_allowed_token_type'
  return isApp ? workspace.appTokenTrouble : workspace.tokenTrouble
}

function reply(world: World, response: ServerResponse, outcome: unknown, workspace?: WorkspaceState, method?: Method): void {
  const isRefusal = outcome instanceof Refusal
  const status = isRefusal ? outcome.status : 200
  const text = JSON.stringify(isRefusal ? outcome : { ok: true, ...(outcome as object) })
  const scopes = workspace && {
    'x-oauth-scopes': [...workspace.scopes].join(','),
    'x-accepted-oauth-scopes': (method?.scopes ?? []).join(','),
  }
  const retry = isRefusal && outcome.retryAfter !== undefined && { 'retry-after': String(outcome.retryAfter) }
  send(world, response, status, text, { 'content-type': 'application/json; charset=utf-8', ...scopes, ...retry })
}

function send(world: World, response: ServerResponse, status: number, text: string, headers: Record<string, string>): void {
  const write = (): void => {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) })
    response.end(text)
  }
  if (world.latencyMs > 0) setTimeout(write, world.latencyMs)
  else write()
}

/** Answers POST /respond/<team>/<id>: what a bot says to a deed, without a token. */
export async function answerRespond(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, , team = '', id = ''] = (request.url ?? '').split('/')
  const body = await readBody(request, '')
  const workspace = world.workspaces.get(team)
  const about = workspace?.responses.get(id)
  const call = note(world, 'response_url', workspace, { channel: about?.channel, ...body?.fields })
  const outcome = await harmed(world, call, response, () =>
    workspace && body ? answerResponseUrl(world, workspace, about, body) : new Refusal('invalid_payload', {}, 400),
  )
  if (!outcome) return
  const { value } = outcome
  if (value instanceof Refusal) return reply(world, response, value)
  send(world, response, 200, 'ok', { 'content-type': 'text/html' })
}

/** Takes the content of a file: POST /upload/<team>/<file id>, the body raw or as a form. */
export async function answerUpload(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, , team = '', id = ''] = (request.url ?? '').split('/')
  const content = await readUpload(request)
  const workspace = world.workspaces.get(team)
  const file = workspace?.files.get(id)
  const call = note(world, 'upload', workspace, { file: id, length: content.length })
  const outcome = await harmed(world, call, response, () => {
    if (!workspace || !file || file.content.length > 0) return new Refusal('not_found', {}, 404)
    if (world.strict && content.length !== file.length) return new Refusal('length_mismatch', {}, 400)
    workspace.files.set(id, { ...file, content })
    return `OK - ${content.length}`
  })
  if (!outcome) return
  const { value } = outcome
  if (value instanceof Refusal) return reply(world, response, value)
  send(world, response, 200, String(value), { 'content-type': 'text/plain' })
}
