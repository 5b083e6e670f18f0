import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { secureHeaders } from 'hono/secure-headers'
import { streamSSE } from 'hono/streaming'
import type { Words, Workbench } from '../../src/platform/adapter.ts'
import { FILE_BYTES } from '../../src/platform/download.ts'
import { fromJson } from '../../src/platform/json.ts'
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

/** `form`: where the page may send a form. */
const headersWith = (form: string): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: [form],
      frameAncestors: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    // This is plain HTTP on one computer.
    strictTransportSecurity: false,
  })

const headers = headersWith("'none'")
const headersOfTheLink = headersWith("'self'")

/** The pages, the stream and the one door for acts. Everything but the assets and the "no access" page needs the cookie. */
export function makeServer(behind: Behind): Served {
  const app = new Hono()
  const ends = new Set<() => void>()
  const assets = readAssets()
  app.use((c, next) => (c.req.path === '/' && c.req.query('key') !== undefined ? headersOfTheLink : headers)(c, next))
  app.use(noStore, onlyThisHost(behind))
  app.get('/', c => front(c, behind))
  app.post('/', onlyOurPage(behind, 'application/x-www-form-urlencoded'), c => enter(c, behind))
  app.get('/page/:name', c => {
    const asset = assets.get(c.req.param('name'))
    return asset ? c.body(asset.body, 200, { 'content-type': asset.type }) : c.notFound()
  })
  app.use(onlyInside(behind))
  app.get('/start', c => c.json(behind.begin(localeOf(c))))
  app.get('/stream', c => stream(c, behind.journal, ends))
  app.get('/picture/:id', c => showPicture(c, behind))
  app.post('/act', onlyOurPage(behind, 'application/json'), c => takeAct(c, behind))
  app.post('/file', onlyOurPage(behind, 'application/octet-stream'), c => takeFile(c, behind))
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

/**
 * The whole body, with or without its length said before. Undefined: it is larger. Empty where there is none, or it broke off.
 * (The library's own limit fails for a body in pieces.)
 */
async function bodyOf(c: Context, most: number): Promise<Uint8Array | undefined> {
  if (Number(c.req.header('content-length') ?? 0) > most) return undefined
  const parts: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const part of c.req.raw.body ?? []) {
      parts.push(part)
      bytes += part.byteLength
      if (bytes > most) return undefined
    }
  } catch {
    return new Uint8Array()
  }
  return Buffer.concat(parts)
}

/** The rest of the body is not read: nothing more can come over this connection. */
const tooLarge = (c: Context): Response => c.json({ error: 'too large' }, 413, { connection: 'close' })

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

/** To look uses nothing up: a preview of the link, or a page that a browser fetches ahead of time, must not take the place of the one who has it. */
function front(c: Context, behind: Behind): Response | Promise<Response> {
  const key = c.req.query('key')
  const locale = localeOf(c)
  if (isInside(c, behind)) return key === undefined ? c.html(drawPage('index', behind.words, locale)) : c.redirect('/', 303)
  if (key !== undefined && behind.door.opensWith(key)) return c.html(drawPage('enter', behind.words, locale, key))
  return c.html(drawPage('closed', behind.words, locale), 403)
}

/** Somebody comes in: this uses the link up. */
async function enter(c: Context, behind: Behind): Promise<Response> {
  if (isInside(c, behind)) return c.redirect('/', 303)
  const body = await bodyOf(c, MAX_BODY)
  const secret = body && behind.door.enter(new URLSearchParams(Buffer.from(body).toString()).get('key') ?? '')
  if (secret === undefined) return c.html(drawPage('closed', behind.words, localeOf(c)), 403)
  setCookie(c, cookieName(behind), secret, { httpOnly: true, sameSite: 'Strict', path: '/' })
  return c.redirect('/', 303)
}

async function takeAct(c: Context, behind: Behind): Promise<Response> {
  const body = await bodyOf(c, MAX_BODY)
  if (!body) return tooLarge(c)
  const { data: act } = Act.safeParse(fromJson(Buffer.from(body).toString()))
  if (!act) return c.json({ error: 'shape' }, 400)
  const answers = await behind.act(act, localeOf(c))
  if (answers && 'later' in answers) return c.json({ error: 'later', said: answers.later.map(view => view.brief) }, 503)
  return answers ? c.json({ answers, last: behind.journal.last() }) : c.json({ error: 'unknown' }, 404)
}

async function takeFile(c: Context, behind: Behind): Promise<Response> {
  const [name, mime] = [c.req.query('name') ?? '', c.req.query('mime') ?? '']
  const body = await bodyOf(c, FILE_BYTES)
  return body ? c.json({ id: behind.keepFile(name.slice(0, 200), mime.slice(0, 100), body) }) : tooLarge(c)
}

/** What is none of the pictures that browsers draw is not handed out. */
async function showPicture(c: Context, behind: Behind): Promise<Response> {
  const bytes = await behind.picture(c.req.param('id') ?? '')
  const mime = bytes && mimeOf(bytes)
  return bytes && mime ? c.body(new Uint8Array(bytes), 200, { 'content-type': mime }) : c.notFound()
}

/** All chats in one stream. A browser that comes back says the last number it got, and gets what came after. */
function stream(c: Context, journal: Journal, ends: Set<() => void>): Response {
  // Of a stream that nobody reads there would be no end.
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' })
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
