import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import busboy from 'busboy'
import type { Upload } from './posted.ts'
import { bad, type Refusal } from './refusal.ts'
import { hasLoneSurrogate } from './text.ts'

export interface Body {
  readonly fields: Record<string, unknown>
  readonly files: Map<string, Upload>
  /** All fields are strings so far. */
  readonly isForm: boolean
}

const none: ReadonlyMap<string, Upload> = new Map()

/** Fields from the address, JSON, a form, or multipart, as Telegram takes them. */
export async function readBody(request: IncomingMessage, query: URLSearchParams | undefined, strict: boolean): Promise<Body | Refusal> {
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) return readMultipart(request)
  const raw = await readAll(request)
  if (strict && !isUtf8(raw)) return bad('strings must be encoded in UTF-8')
  const text = raw.toString('utf8')
  if (text === '' || !type.startsWith('application/json')) {
    const fields: Record<string, unknown> = Object.fromEntries([...(query ?? []), ...new URLSearchParams(text)])
    return { fields, files: new Map(none), isForm: true }
  }
  const fields = parse(text)
  if (!fields) return bad("can't parse JSON object")
  return strict && hasLoneSurrogate(fields) ? bad('strings must be encoded in UTF-8') : { fields, files: new Map(none), isForm: false }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function readAll(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

/** A part that is a file stands in `files` by its own name; a field names it "attach://name", or is the file itself. */
async function readMultipart(request: IncomingMessage): Promise<Body> {
  const raw = quoteFileNames(await readAll(request), /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '')?.[1] ?? '')
  const fields: Record<string, unknown> = {}
  const files = new Map<string, Upload>()
  const attached = new Set<string>()
  const parser = busboy({ headers: request.headers, defParamCharset: 'utf8' })
  parser.on('field', (name, value) => {
    fields[name] = value
    // Also inside the JSON of a medium.
    for (const [, file = ''] of value.matchAll(/(?:^|")attach:\/\/([^"]+)/g)) attached.add(file)
  })
  parser.on('file', (name, stream, info) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => files.set(name, { name: info.filename, mime: info.mimeType, content: Buffer.concat(chunks) }))
  })
  await new Promise<void>((resolve, reject) => {
    parser.on('error', reject)
    parser.on('close', resolve)
    parser.end(raw)
  })
  for (const name of files.keys()) if (!attached.has(name)) fields[name] = `attach://${name}`
  return { fields, files, isForm: true }
}

/** grammY writes file names bare, also with blanks and accents; Telegram reads them, busboy wants quotes around them. */
function quoteFileNames(raw: Buffer, boundary: string): Buffer {
  const bare = new RegExp(
    `(--${boundary.replaceAll(/\W/g, '\\$&')}\r\ncontent-disposition:[^\r\n]*;\\s*filename=)([^"\r\n][^\r\n;]*)`,
    'gi',
  )
  const quoted = raw.toString('latin1').replace(bare, (_, before: string, name: string) => `${before}"${name.replaceAll('"', '\\"')}"`)
  return Buffer.from(quoted, 'latin1')
}
