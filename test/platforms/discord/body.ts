import type { IncomingMessage } from 'node:http'
import busboy from 'busboy'
import type { NumberedUpload } from './draft.ts'
import { Refusal } from './refusal.ts'

export interface Body {
  /** Undefined: the request had none. */
  readonly json: unknown
  readonly files: readonly NumberedUpload[]
}

const badJson = (): Refusal => new Refusal(400, 50_109, 'The request body contains invalid JSON.')

/** JSON, or multipart with `payload_json` and `files[n]`, as Discord takes them. */
export async function readBody(request: IncomingMessage): Promise<Body | Refusal> {
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) return readMultipart(request)
  const text = await readAll(request)
  if (text === '') return { json: undefined, files: [] }
  if (!type.startsWith('application/json')) return new Refusal(400, 50_035, `this loop-back server takes JSON or multipart, not "${type}"`)
  return parse(text, [])
}

function parse(text: string, files: readonly NumberedUpload[]): Body | Refusal {
  try {
    return { json: JSON.parse(text) as unknown, files }
  } catch {
    return badJson()
  }
}

function readAll(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.on('error', reject)
  })
}

async function readMultipart(request: IncomingMessage): Promise<Body | Refusal> {
  const files: NumberedUpload[] = []
  const fields = new Map<string, string>()
  const parser = busboy({ headers: request.headers, defParamCharset: 'utf8' })
  parser.on('field', (name, value) => fields.set(name, value))
  parser.on('file', (name, stream, info) => {
    const chunks: Buffer[] = []
    const number = /^files\[(\d+)\]$/.exec(name)?.[1] ?? name
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => files.push({ number, name: info.filename, mime: info.mimeType, content: Buffer.concat(chunks) }))
  })
  await new Promise<void>((resolve, reject) => {
    parser.on('error', reject)
    parser.on('close', resolve)
    request.on('error', reject)
    request.pipe(parser)
  })
  const json = fields.get('payload_json')
  const other = [...fields.keys()].find(name => name !== 'payload_json')
  if (other !== undefined) return new Refusal(400, 50_035, `this loop-back server takes payload_json and files[n], not "${other}"`)
  const stray = files.find(file => !/^\d+$/.test(file.number))
  if (stray) return new Refusal(400, 50_035, `a file is called "${stray.number}", not files[n]`)
  return json === undefined ? { json: {}, files } : parse(json, files)
}
