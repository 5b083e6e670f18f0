import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { secureHeaders } from 'hono/secure-headers'
import { streamSSE } from 'hono/streaming'
import { FILE_BYTES, type Words, type Workbench } from '../../src/adapter.ts'
import { mimeOf } from '../../src/view/pictured.ts'
import type { View } from '../../src/view/view.ts'
import { Act } from './decode.ts'
import type { Door } from './door.ts'
import { encodeMessage } from './encode.ts'
import type { Journal, Kept } from './journal.ts'
import { drawPage, readAssets } from './pages.ts'
import type { Answer, Start } from './wire.ts'

export interface Behind {
  readonly door: Door
  readonly journal: Journal
  readonly words: Words
  readonly log: Workbench['log']
  /** The port once it is known. */
  port(): number
  begin(locale: string | undefined): Start
  /** The bytes of a picture that stands in a view. */
  picture(id: string): Promise<Uint8Array | undefined>
  /** Keeps what a form will bring; returns its id. */
  keepFile(name: string, mime: string, content: Uint8Array): string
  /** Undefined: the act speaks of something that is not there. */
  act(act: Act, locale: string | undefined): Promise<readonly Answer[] | undefined | Later>
}

/** It is not done yet, and the page is to try again; what it says meanwhile. */
export interface Later {
  readonly later: readonly View[]
}

export interface Served {
  readonly fetch: Hono['fetch']
  /** Ends all streams: without this the server would never be done. */
  endStreams(): void
}

const MAX_BODY = 64 * 1024

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin',
  // This is plain HTTP on one computer.
  strictTransportSecurity: false,
})

/** The pages, the stream and the one door for acts. Everything but the assets and the "no access" page needs the cookie. */
export function makeServer(behind: Behind): Served {
  const app = new Hono()
  const ends = new Set<() => void>()
  const assets = readAssets()
  app.use(headers, noStore, onlyThisHost(behind))
  app.get('/', c => front(c, behind))
  app.get('/page/:name', c => {
    const asset = assets.get(c.req.param('name'))
    return asset ? c.body(asset.body, 200, { 'content-type': asset.type }) : c.notFound()
  })
  app.use(onlyInside(behind))
  app.get('/start', c => c.json(behind.begin(localeOf(c))))
  app.get('/stream', c => stream(c, behind.journal, ends))
  app.get('/picture/:id', c => showPicture(c, behind))
  app.post('/act', onlyOurPage(behind, 'application/json'), atMost(MAX_BODY), c => takeAct(c, behind))
  app.post('/file', onlyOurPage(behind, 'application/octet-stream'), atMost(FILE_BYTES), c => takeFile(c, behind))
  app.onError((error, c) => {
    behind.log.error({ error: error.message, path: c.req.path }, 'The browser chat failed to answer')
    return c.json({ error: 'failed' }, 500)
  })
  return {
    fetch: app.fetch,
    endStreams: () => {
      for (const end of ends) end()
    },
  }
}

const noStore: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('cache-control', 'no-store')
}

/** A page elsewhere that makes its own name point at this computer is told apart by the name it asks for. */
function onlyThisHost({ port }: Behind): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host')
    if (host !== `127.0.0.1:${port()}` && host !== `localhost:${port()}`) return c.json({ error: 'host' }, 403)
    return next()
  }
}

function onlyInside(behind: Behind): MiddlewareHandler {
  return async (c, next) => (isInside(c, behind) ? next() : c.json({ error: 'closed' }, 403))
}

const atMost = (maxSize: number): MiddlewareHandler => bodyLimit({ maxSize, onError: c => c.json({ error: 'too large' }, 413) })

function onlyOurPage({ port }: Behind, type: string): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin')
    if (origin !== `http://127.0.0.1:${port()}` && origin !== `http://localhost:${port()}`) return c.json({ error: 'origin' }, 403)
    if (c.req.header('content-type')?.split(';')[0] !== type) return c.json({ error: 'type' }, 415)
    return next()
  }
}

/** Cookies do not know ports: the name does, so that two bots on one computer do not push each other out. */
function cookieName(behind: Behind): string {
  return `folkmoot-${behind.port()}`
}

function isInside(c: Context, behind: Behind): boolean {
  return behind.door.knows(getCookie(c, cookieName(behind)))
}

function front(c: Context, behind: Behind): Response | Promise<Response> {
  const key = c.req.query('key')
  const locale = localeOf(c)
  if (isInside(c, behind)) return key === undefined ? c.html(drawPage('index', behind.words, locale)) : c.redirect('/', 303)
  const secret = key === undefined ? undefined : behind.door.enter(key)
  if (secret === undefined) return c.html(drawPage('closed', behind.words, locale), 403)
  setCookie(c, cookieName(behind), secret, { httpOnly: true, sameSite: 'Strict', path: '/' })
  return c.redirect('/', 303)
}

async function takeAct(c: Context, behind: Behind): Promise<Response> {
  const body: unknown = await c.req.json().catch(() => undefined)
  const { data: act } = Act.safeParse(body)
  if (!act) return c.json({ error: 'shape' }, 400)
  const answers = await behind.act(act, localeOf(c))
  if (answers && 'later' in answers) return c.json({ error: 'later', said: answers.later.map(view => view.brief) }, 503)
  return answers ? c.json({ answers, last: behind.journal.last() }) : c.json({ error: 'unknown' }, 404)
}

async function takeFile(c: Context, behind: Behind): Promise<Response> {
  const [name, mime] = [c.req.query('name') ?? '', c.req.query('mime') ?? '']
  return c.json({ id: behind.keepFile(name.slice(0, 200), mime.slice(0, 100), new Uint8Array(await c.req.arrayBuffer())) })
}

/** What is none of the pictures that browsers draw is not handed out. */
async function showPicture(c: Context, behind: Behind): Promise<Response> {
  const bytes = await behind.picture(c.req.param('id') ?? '')
  const mime = bytes && mimeOf(bytes)
  return bytes && mime ? c.body(new Uint8Array(bytes), 200, { 'content-type': mime }) : c.notFound()
}

/** All chats in one stream. A browser that comes back says the last number it got, and gets what came after. */
function stream(c: Context, journal: Journal, ends: Set<() => void>): Response {
  const after = Number(c.req.header('last-event-id') ?? c.req.query('after') ?? 0)
  return streamSSE(c, async out => {
    let tail: Promise<unknown> = out.write('retry: 1000\n\n')
    const push = (message: Kept): void => {
      tail = tail.then(() => out.writeSSE({ id: String(message.n), event: 'message', data: JSON.stringify(encodeMessage(message)) }))
    }
    // A number that we never gave: the journal is another one now.
    if (!Number.isSafeInteger(after) || after > journal.last()) tail = tail.then(() => out.writeSSE({ event: 'reset', data: '{}' }))
    else for (const message of journal.since(after)) push(message)
    const unwatch = journal.watch(push)
    await new Promise<void>(resolve => {
      ends.add(resolve)
      out.onAbort(resolve)
    }).finally(unwatch)
    await tail
  })
}

/** The first language that the browser asks for. */
function localeOf(c: Context): string | undefined {
  const first = c.req.header('accept-language')?.split(/[,;]/)[0]?.trim()
  return first && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(first) ? first : undefined
}
