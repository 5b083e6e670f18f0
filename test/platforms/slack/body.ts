import type { IncomingMessage } from 'node:http'
import busboy from 'busboy'
import { fromJson } from './content.ts'

/** What came with a request: fields as they were sent, and where a file was sent, its content. */
export interface Body {
  readonly fields: Record<string, unknown>
  readonly isForm: boolean
  readonly raw: Buffer
}

export function readAll(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

/** Fields from JSON or a form; undefined for JSON that is none. */
export async function readBody(request: IncomingMessage, query: string): Promise<Body | undefined> {
  const type = request.headers['content-type'] ?? ''
  const raw = await readAll(request)
  if (type.startsWith('application/json')) {
    const fields = raw.length === 0 ? {} : fromJson(raw.toString('utf8'))
    const isRecord = typeof fields === 'object' && fields !== null && !Array.isArray(fields)
    return isRecord ? { fields: fields as Record<string, unknown>, isForm: false, raw } : undefined
  }
  const fields = Object.fromEntries([...new URLSearchParams(query), ...new URLSearchParams(raw.toString('utf8'))])
  return { fields, isForm: true, raw }
}

/** The content of an uploaded file: the body itself, or the one file of a form. */
export async function readUpload(request: IncomingMessage): Promise<Buffer> {
  const raw = await readAll(request)
  if (!(request.headers['content-type'] ?? '').startsWith('multipart/form-data')) return raw
  const parser = busboy({ headers: request.headers })
  const chunks: Buffer[] = []
  parser.on('file', (_, stream) => stream.on('data', (chunk: Buffer) => chunks.push(chunk)))
  await new Promise<void>((resolve, reject) => {
    parser.on('error', reject)
    parser.on('close', resolve)
    parser.end(raw)
  })
  return Buffer.concat(chunks)
}
