import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { Log } from '../base/log.ts'
import type { Download, Page } from '../feature/parts.ts'

export interface PublicOptions {
  readonly host: string
  readonly port: number
  /** As others reach it: the path in it is taken off, where a proxy has not done so. */
  readonly publicUrl: string
  readonly pages: readonly Page[]
  /** What somebody reads who comes with a link that leads nowhere. */
  readonly nothingHere: string
  readonly log: Log
}

export interface PublicDoor {
  readonly port: number
  close(): Promise<void>
}

/** Said with every answer, whatever it is. */
const ALWAYS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'cross-origin-resource-policy': 'same-origin',
}
/** What nobody may keep, load anything with, or put into a frame. */
const CLOSED = { 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" } as const

/**
 * The door for everybody, open only where the operator has given it an address: the pages of the features, and nothing else. Only GET and HEAD; no cookies, no
 * scripts, no parameters; nothing of a request is logged. Rejects when the port is taken.
 */
export async function openPublic(o: PublicOptions): Promise<PublicDoor> {
  const app = new Hono()
  const base = new URL(o.publicUrl).pathname.replace(/\/+$/, '')
  const nothing = (context: Context) => context.text(o.nothingHere, 404, CLOSED)
  app.use(async (context, next) => {
    if (context.req.method === 'GET' || context.req.method === 'HEAD') await next()
    else context.res = context.body(null, 405, { allow: 'GET, HEAD', ...CLOSED })
    for (const [name, value] of Object.entries(ALWAYS)) context.header(name, value)
  })
  for (const at of new Set(['', base]))
    for (const page of o.pages)
      app.get(`${at}/${page.path}/:rest`, async context => {
        const got = await page.get(context.req.param('rest'))
        if (!got) return nothing(context)
        if ('etag' in got) return answerDownload(context, got)
        return context.html(got.html, 200, { ...CLOSED, 'content-security-policy': `${got.policy}; frame-ancestors 'none'` })
      })
  app.notFound(nothing)
  app.onError((cause, context) => {
    o.log.error({ err: cause }, 'A page could not be made')
    return context.body(null, 503, { 'retry-after': '60', ...CLOSED })
  })
  return listen(app, o)
}

/** The whole file, or that the reader has it already. */
async function answerDownload(context: Context, file: Download): Promise<Response> {
  const headers = {
    etag: file.etag,
    'last-modified': file.changedAt.toUTCString(),
    // Kept by the reader alone, who asks each time whether it still stands.
    'cache-control': 'private, no-cache',
    'content-security-policy': CLOSED['content-security-policy'],
  }
  if (isKnown(context, file)) return context.body(null, 304, headers)
  return context.body(await file.body(), 200, { ...headers, 'content-type': file.mime })
}

function isKnown({ req }: Context, { etag, changedAt }: Download): boolean {
  const tags = req.header('if-none-match')
  if (tags !== undefined) return tags.split(',').some(tag => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
  const since = Date.parse(req.header('if-modified-since') ?? '')
  return Math.floor(changedAt.getTime() / 1000) * 1000 <= since
}

async function listen(app: Hono, { host, port }: PublicOptions): Promise<PublicDoor> {
  // Who is slow may not hold the door for long.
  const serverOptions = { headersTimeout: 10_000, requestTimeout: 30_000 }
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false, serverOptions })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
