import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { comeIn, enter, follow, post, type Visitor } from './http.ts'
import { newDir, say, startBot, type TinyBot } from './tiny-bot.ts'

let bot: TinyBot
let visitor: Visitor
beforeAll(async () => {
  bot = await startBot()
  visitor = await enter(bot.adapter.link)
})
afterAll(() => bot.stop())

/** A request whose Host is ours to choose; a body may come in pieces. */
function ask(path: string, headers: Record<string, string>, method = 'GET', body: string | readonly string[] = ''): Promise<number> {
  const { port } = new URL(visitor.origin)
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, answer => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sent.on('error', reject)
    for (const piece of typeof body === 'string' ? [] : body) sent.write(piece)
    sent.end(typeof body === 'string' ? body : undefined)
  })
}

describe('the link', () => {
  test('lets one browser in, once, and leads to an address without the key', async () => {
    const other = await startBot()
    const first = await comeIn(other.adapter.link)
    expect([first.status, first.headers.get('location')]).toEqual([303, '/'])
    expect(first.headers.get('set-cookie')).toMatch(/^folkmoot-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    for (const second of [await comeIn(other.adapter.link), await fetch(other.adapter.link)]) {
      expect([second.status, second.headers.get('set-cookie')]).toEqual([403, null])
      expect(await second.text()).toContain('stop it (press Ctrl and C together) and start it again')
    }
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await fetch(other.adapter.link, { headers: { cookie }, redirect: 'manual' })).status).toBe(303)
    expect((await comeIn(other.adapter.link, { cookie })).status).toBe(303)
    await other.stop()
  })

  test('is not used up by looking at it: a preview, a page fetched ahead, any number of times', async () => {
    const other = await startBot()
    const looks = [
      { method: 'HEAD' },
      { method: 'GET' },
      { headers: { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' } },
      { method: 'OPTIONS' },
    ]
    for (const how of [...looks, ...looks]) {
      const look = await fetch(other.adapter.link, { ...how, redirect: 'manual' })
      expect([how.method, look.headers.get('set-cookie')]).toEqual([how.method, null])
    }
    const page = await fetch(other.adapter.link)
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self';")
    expect(await page.text()).toContain(`<input type="hidden" name="key" value="${new URL(other.adapter.link).searchParams.get('key')}">`)
    expect((await comeIn(other.adapter.link)).status).toBe(303)
    await other.stop()
  })

  test('a wrong key, or a page elsewhere that sends the right one, does not use it up', async () => {
    const other = await startBot()
    const wrong = other.adapter.link.replace(/.$/, last => (last === 'A' ? 'B' : 'A'))
    expect([(await fetch(wrong)).status, (await comeIn(wrong)).status]).toEqual([403, 403])
    expect((await comeIn(other.adapter.link, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await comeIn(other.adapter.link, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await comeIn(other.adapter.link)).status).toBe(303)
    await other.stop()
  })

  test('the browser that was in stays in after a restart; a new link moves the chat to another browser', async () => {
    const dir = await newDir()
    const one = await startBot({ dir })
    const { port } = new URL(one.adapter.link)
    const first = await enter(one.adapter.link)
    await one.stop()
    const two = await startBot({ dir, port: Number(port) })
    expect(two.adapter.link).not.toBe(one.adapter.link)
    expect((await first.start()).people).toHaveLength(7)
    await enter(two.adapter.link)
    expect((await fetch(`${first.origin}/start`, { headers: { cookie: first.cookie } })).status).toBe(403)
    await two.stop()
  })
})

describe('who is let in', () => {
  const act = () => JSON.stringify({ id: crypto.randomUUID(), person: 'ewan', chat: 'gorton', act: { kind: 'home' } })
  const base = () => {
    const { host, origin } = new URL(visitor.origin)
    return { host, origin, cookie: visitor.cookie, 'content-type': 'application/json' }
  }
  const cases: { name: string; change: (headers: ReturnType<typeof base>) => Record<string, string | undefined>; status: number }[] = [
    { name: 'our own page', change: headers => headers, status: 200 },
    {
      name: 'our own page by the name localhost',
      change: headers => ({
        ...headers,
        host: headers.host.replace('127.0.0.1', 'localhost'),
        origin: headers.origin.replace('127.0.0.1', 'localhost'),
      }),
      status: 200,
    },
    {
      name: 'a type with a character set',
      change: headers => ({ ...headers, 'content-type': 'application/json; charset=utf-8' }),
      status: 200,
    },
    { name: 'a name that points here', change: headers => ({ ...headers, host: 'evil.example' }), status: 403 },
    { name: 'another port in Host', change: headers => ({ ...headers, host: '127.0.0.1:1' }), status: 403 },
    { name: 'another page', change: headers => ({ ...headers, origin: 'https://evil.example' }), status: 403 },
    { name: 'a page on another port', change: headers => ({ ...headers, origin: 'http://127.0.0.1:1' }), status: 403 },
    { name: 'a page without an origin', change: headers => ({ ...headers, origin: 'null' }), status: 403 },
    { name: 'no Origin', change: ({ origin: _, ...headers }) => headers, status: 403 },
    { name: 'no cookie', change: ({ cookie: _, ...headers }) => headers, status: 403 },
    {
      name: 'a made-up cookie',
      change: headers => ({ ...headers, cookie: `${headers.cookie.split('=')[0]}=${'A'.repeat(43)}` }),
      status: 403,
    },
    { name: 'a form of another page', change: headers => ({ ...headers, 'content-type': 'text/plain' }), status: 415 },
  ]
  test.each(cases)('$name: $status', async ({ change, status }) => {
    expect(await ask('/act', change(base()) as Record<string, string>, 'POST', act())).toBe(status)
  })

  test.each(['/start', '/stream'])('%s needs the cookie and the host', async path => {
    const { host, cookie } = base()
    expect(await ask(path, { host })).toBe(403)
    expect(await ask(path, { host: 'evil.example', cookie })).toBe(403)
  })

  test.each([
    ['65 KB', { id: crypto.randomUUID(), person: 'ewan', chat: 'gorton', act: { kind: 'text', text: 'x'.repeat(65 * 1024) } }, 413],
    ['no shape of ours', { hello: 1 }, 400],
    ['an unknown chat', { id: crypto.randomUUID(), person: 'ewan', chat: 'moss-side', act: { kind: 'home' } }, 404],
  ])('a body of %s is refused', async (_, body, status) => {
    expect((await fetch(`${visitor.origin}/act`, post(visitor, body))).status).toBe(status)
  })

  test('a body that is no JSON is refused', async () => {
    expect(await ask('/act', base(), 'POST', '{"id":')).toBe(400)
  })

  test.each<readonly [string, readonly string[] | undefined, number]>([
    ['an act', undefined, 200],
    ['nothing', [], 400],
    ['half an act', ['{"id":'], 400],
    ['too much', ['{', ...Array.from({ length: 9 }, () => 'x'.repeat(8 * 1024))], 413],
  ])('a body in pieces, whose length is not said, of %s: %s', async (_, given, status) => {
    const whole = act()
    expect(await ask('/act', { ...base(), 'transfer-encoding': 'chunked' }, 'POST', given ?? [whole.slice(0, 30), whole.slice(30)])).toBe(
      status,
    )
  })

  test('to ask for the head of the stream opens none', async () => {
    const { host, cookie } = base()
    expect(await ask('/stream', { host, cookie }, 'HEAD')).toBe(200)
  })

  test.each(['/', '/start', '/page/main.js', '/nothing'])('%s is guarded against frames, foreign scripts and caches', async path => {
    const { headers } = await fetch(`${visitor.origin}${path}`, { headers: { cookie: visitor.cookie } })
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test.each(['/page/..%2findex.ts', '/page/%2e%2e/index.ts', '/page/tsconfig.json', '/page/index.html'])('%s is not served', async path => {
    expect(await ask(path, { host: base().host, cookie: visitor.cookie })).toBe(404)
  })
})

describe('acts', () => {
  test('a repeated act reaches the bot under the same id, and its words and answers stand once', async () => {
    const id = crypto.randomUUID()
    await visitor.act('farah', 'private', { kind: 'text', text: 'Hello?' }, id)
    await visitor.act('farah', 'private', { kind: 'text', text: 'Hello?' }, id)
    expect(bot.heard.filter(inbound => inbound.id === `web:${id}`)).toHaveLength(2)
    const { messages } = await visitor.start()
    expect(messages.filter(message => message.chat === '@farah').map(message => message.text ?? message.view?.brief)).toEqual([
      'Hello?',
      'You wrote: Hello?',
    ])
  })

  test('what is whispered in a group is written down nowhere', async () => {
    const answers = await visitor.act('ewan', 'gorton', { kind: 'text', text: '/guide' })
    expect(answers).toMatchObject([{ kind: 'whisper', view: { brief: 'I run polls, in every chat at once.' } }])
    expect((await visitor.start()).messages.filter(message => message.chat === 'gorton')).toEqual([])
  })

  test('what is whispered in private stays there', async () => {
    expect(await visitor.act('ewan', 'private', { kind: 'text', text: '/guide' })).toEqual([])
    expect((await visitor.start()).messages.at(-1)).toMatchObject({ chat: '@ewan', view: { brief: 'I run polls, in every chat at once.' } })
  })

  test('an update of a pressed message changes it for everybody; of a whisper, only there', async () => {
    const sent = await bot.adapter.send('web:levenshulme', say('Before', [[{ label: 'Secret', token: 'poll_secret' }]]), 'to-update')
    const message = sent !== 'unsure' && 'ok' in sent ? (sent.ok as `web:${string}/${number}`) : 'web:none/1'
    expect(await visitor.act('ewan', 'levenshulme', { kind: 'press', token: 'poll_secret', message })).toEqual([])
    expect((await visitor.start()).messages.find(one => one.ref === message)?.view?.brief).toBe('Now it is secret.')
    expect(await visitor.act('ewan', 'levenshulme', { kind: 'press', token: 'poll_secret' })).toMatchObject([{ kind: 'update' }])
  })

  test('a bot that fails is said to have failed, and the next act is taken', async () => {
    const broken = await startBot({
      answer: inbound => (inbound.event.kind === 'home' ? Promise.reject(new Error('broken')) : Promise.resolve([])),
    })
    const one = await enter(broken.adapter.link)
    await expect(one.act('ewan', 'private', { kind: 'home' })).rejects.toThrow('500')
    expect(await one.act('ewan', 'private', { kind: 'started', payload: '' })).toEqual([])
    await broken.stop()
  })

  test('what the bot could not even begin is to be tried again', async () => {
    let away = true
    const waiting = await startBot({
      answer: async () => {
        if (away) throw Object.assign(new Error('The store is away.'), { retry: true })
        return [{ kind: 'whisper', view: say('Here again') }]
      },
    })
    const one = await enter(waiting.adapter.link)
    await expect(one.act('ewan', 'ardwick', { kind: 'press', token: 'a_b' })).rejects.toThrow('503')
    away = false
    expect(await one.act('ewan', 'ardwick', { kind: 'press', token: 'a_b' })).toMatchObject([{ kind: 'whisper' }])
    await waiting.stop()
  })

  test('stop waits for what is under way', async () => {
    let finish = (): void => undefined
    const slow = await startBot({ answer: () => new Promise(resolve => (finish = () => resolve([{ kind: 'say', view: say('Done') }]))) })
    const one = await enter(slow.adapter.link)
    const answer = one.act('ewan', 'private', { kind: 'home' })
    await expect.poll(() => slow.heard.length).toBe(1)
    let stopped = false
    const stopping = slow.stop().then(() => (stopped = true))
    await expect(one.act('ewan', 'private', { kind: 'home' })).rejects.toThrow('503')
    expect(stopped).toBe(false)
    finish()
    expect(await answer).toEqual([])
    await stopping
  })
})

describe('the stream', () => {
  test('brings what is new, and after a break exactly what came since', async () => {
    const live = follow(visitor, { 'last-event-id': String((await visitor.start()).last) }, 2)
    await bot.adapter.send('web:ancoats', say('One'), 'stream-1')
    const two = await bot.adapter.send('web:ancoats', say('Two'), 'stream-2')
    const [first] = await live
    expect((await live).map(message => message.view?.brief)).toEqual(['One', 'Two'])

    if (two !== 'unsure' && 'ok' in two) await bot.adapter.change(two.ok, say('Two, changed'))
    await bot.adapter.send('web:ancoats', say('Three'), 'stream-3')
    const rest = await follow(visitor, { 'last-event-id': String(first?.n) }, 2)
    expect(rest.map(message => message.view?.brief)).toEqual(['Two, changed', 'Three'])
  })

  test('goes on after a restart from the journal', async () => {
    const dir = await newDir()
    const before = await startBot({ dir })
    const { port } = new URL(before.adapter.link)
    const reader = await enter(before.adapter.link)
    await before.adapter.send('web:ardwick', say('Before'), 'k1')
    const { last } = await reader.start()
    await before.stop()
    const after = await startBot({ dir, port: Number(port) })
    await after.adapter.send('web:ardwick', say('After'), 'k2')
    expect((await follow(reader, { 'last-event-id': String(last) }, 1)).map(message => message.view?.brief)).toEqual(['After'])
    await after.stop()
  })

  test('tells a page to begin anew when its number is not ours', async () => {
    const answer = await fetch(`${visitor.origin}/stream`, { headers: { cookie: visitor.cookie, 'last-event-id': '999999' } })
    let text = ''
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString('utf8')
      if (text.includes('event: ')) break
    }
    expect(text).toContain('event: reset')
  })
})
