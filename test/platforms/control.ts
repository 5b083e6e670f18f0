import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Changes } from './changes.ts'

/** What a driver in another process can do, by name. Each gets the server and the body of the request. */
export type Commands<Server> = Readonly<Record<string, (server: Server, asked: never) => unknown>>

/** Carries out POST /control/<name> with a JSON body. Answers `{ ok: true, result }`, or 400 with what went wrong. */
export async function obey<Server extends { readonly world: { readonly changes: Changes } }>(
  commands: Commands<Server>,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await carryOut(commands, server, request).catch((fault: unknown) => ({ ok: false, error: String(fault) }))
  server.world.changes.happened()
  response.writeHead(answer.ok ? 200 : 400, { 'content-type': 'application/json' })
  response.end(JSON.stringify(answer))
}

async function carryOut<Server>(
  commands: Commands<Server>,
  server: Server,
  request: IncomingMessage,
): Promise<{ ok: boolean; result?: unknown }> {
  const name = (request.url ?? '').slice('/control/'.length).replace(/\?.*/, '')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new Error(`no such control: ${name}; there are: ${Object.keys(commands).join(', ')}`)
  const result = command(server, (text === '' ? {} : JSON.parse(text)) as never)
  return { ok: true, result: result ?? true }
}
