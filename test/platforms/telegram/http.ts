import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Body, readBody } from './body.ts'
import { refusalOf } from './faults.ts'
import { findMethod, run } from './methods/table.ts'
import { bad, Refusal, tooMany, unauthorized } from './refusal.ts'
import type { Check } from './schema.ts'
import { type Call, remember, type World } from './world.ts'

type Method = NonNullable<ReturnType<typeof findMethod>>

/** Answers one request to /bot<token>/<method>. `check` is there in strict mode only. */
export async function answerApi(world: World, check: Check | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { token, name, query } = parsePath(request.url ?? '')
  const body = await readBody(request, query, world.strict)
  const call = note(world, name, body instanceof Refusal ? {} : body.fields)
  const harm = world.faults.next(call.method, call.payload['chat_id'])
  if (harm === 'drop' || harm === 'hang') {
    if (harm === 'hang') world.faults.hang(() => drop(response))
    else drop(response)
    world.changes.happened()
    return
  }
  const outcome = typeof harm === 'object' ? refusalOf(harm) : await decide(world, check, token, name, body, response)
  call.status = outcome instanceof Refusal ? outcome.status : 200
  call.description = outcome instanceof Refusal ? outcome.description : undefined
  world.changes.happened()
  if (harm === 'drop after doing it') return drop(response)
  if (world.latencyMs > 0) setTimeout(() => reply(response, outcome), world.latencyMs)
  else reply(response, outcome)
}

function parsePath(url: string): { token: string; name: string; query: URLSearchParams | undefined } {
  const [path = '', search] = url.split('?')
  const [, bot = '', name = ''] = path.split('/')
  return { token: decodeURIComponent(bot.slice('bot'.length)), name, query: search === undefined ? undefined : new URLSearchParams(search) }
}

function note(world: World, name: string, payload: Record<string, unknown>): Call {
  const method = findMethod(name)?.name ?? name
  const call: Call = { method, payload, at: world.now(), status: undefined, description: undefined }
  remember(world.calls, call, world.remember)
  world.counts.set(method, (world.counts.get(method) ?? 0) + 1)
  return call
}

async function decide(
  world: World,
  check: Check | undefined,
  token: string,
  name: string,
  body: Body | Refusal,
  response: ServerResponse,
): Promise<unknown> {
  if (!/^\d+:[\w-]+$/.test(token)) return new Refusal(404, 'Not Found')
  if (token !== world.token || !world.tokenWorks) return unauthorized()
  if (world.loggedOut) return new Refusal(400, 'Logged out')
  const method = findMethod(name)
  if (!method || (world.isOld && /Ephemeral/.test(method.name))) return new Refusal(404, 'Not Found: method not found')
  if (body instanceof Refusal) return body
  const fields = readFields(method, body, check)
  if (fields instanceof Refusal) return fields
  const seconds = world.limitRates && method.paced ? world.rates.wait(Number(fields['chat_id'])) : 0
  if (seconds > 0) return tooMany(seconds)
  return run(method, world, fields, { files: body.files, onGone: gone => response.once('close', gone) })
}

/** The fields, checked and in their right types. */
function readFields(method: Method, body: Body, check: Check | undefined): Record<string, unknown> | Refusal {
  if (!check) return body.isForm ? loosely(body.fields) : body.fields
  const fields = check(method.name, body.fields, body.isForm)
  if (fields instanceof Refusal) return fields
  const undone = Object.keys(fields).find(field => !method.does.includes(field))
  return undone === undefined ? fields : bad(`this loop-back server does not do "${undone}" of ${method.name}; teach it before using it`)
}

/** Without a schema: what looks like JSON is taken for it, texts excepted. */
function loosely(fields: Record<string, unknown>): Record<string, unknown> {
  const made = Object.entries(fields).map(([name, value]) => {
    const isJson = typeof value === 'string' && !/^(?:text|caption)$/.test(name) && /^(?:[[{]|-?\d{1,15}$|true$|false$)/.test(value)
    return [name, isJson && name !== 'callback_query_id' ? JSON.parse(value) : value]
  })
  return Object.fromEntries(made)
}

function reply(response: ServerResponse, outcome: unknown): void {
  const isRefusal = outcome instanceof Refusal
  const text = JSON.stringify(isRefusal ? outcome : { ok: true, result: outcome })
  const status = isRefusal ? outcome.status : 200
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

/** The connection breaks without a word. */
function drop(response: ServerResponse): void {
  response.socket?.destroy()
}

/** Files that were sent in: GET /file/bot<token>/documents/<id>. */
export function answerFile(world: World, request: IncomingMessage, response: ServerResponse): void {
  const [, , bot = '', , id = ''] = (request.url ?? '').split('/')
  const file = decodeURIComponent(bot) === `bot${world.token}` ? world.files.get(id) : undefined
  if (!file) {
    reply(response, new Refusal(404, 'Not Found'))
    return
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.content.length })
  response.end(file.content)
}
