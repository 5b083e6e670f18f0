import type { Act } from '../../../adapters/web/decode.ts'
import type { Answer, Message, Start } from '../../../adapters/web/wire.ts'
import { PATIENCE_MS } from '../../helpers/patience.ts'

/** A visitor with a cookie, speaking plain HTTP. */
export interface Visitor {
  readonly origin: string
  readonly cookie: string
  start(): Promise<Start>
  /** Sends an act as the page does; `id` is new unless given. */
  act(person: string, chat: string, act: Act['act'], id?: string): Promise<readonly Answer[]>
}

/** What the page behind the link does by itself: it sends its form. */
export function comeIn(link: string, headers: Record<string, string> = {}): Promise<Response> {
  const { origin, searchParams } = new URL(link)
  const body = new URLSearchParams({ key: searchParams.get('key') ?? '' })
  return fetch(`${origin}/`, { method: 'POST', redirect: 'manual', headers: { origin, ...headers }, body })
}

/** Uses the link up. */
export async function enter(link: string): Promise<Visitor> {
  const { origin } = new URL(link)
  const first = await comeIn(link)
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
  return {
    origin,
    cookie,
    start: async () => (await get(`${origin}/start`, { headers: { cookie } })).json() as Promise<Start>,
    async act(person, chat, act, id = crypto.randomUUID()) {
      const answer = await fetch(`${origin}/act`, post({ cookie, origin }, { id, person, chat, act }))
      if (!answer.ok) throw new Error(`The act was refused with ${answer.status}`)
      return ((await answer.json()) as { answers: readonly Answer[] }).answers
    },
  }
}

/** A connection that was kept may have been closed by a restart: like a browser, this then opens another one. */
function get(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init).catch(() => fetch(url, init))
}

export function post({ cookie, origin }: { cookie: string; origin: string }, body: unknown): RequestInit {
  return { method: 'POST', headers: { cookie, origin, 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** Reads the stream until `count` messages have come. */
export async function follow({ origin, cookie }: Visitor, headers: Record<string, string>, count: number): Promise<readonly Message[]> {
  const ending = new AbortController()
  const answer = await get(`${origin}/stream`, {
    headers: { cookie, ...headers },
    signal: AbortSignal.any([ending.signal, AbortSignal.timeout(PATIENCE_MS)]),
  })
  const messages: Message[] = []
  let text = ''
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk).toString('utf8')
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) messages.push(...dataOf(event))
    if (messages.length >= count) break
  }
  ending.abort()
  return messages
}

function dataOf(event: string): Message[] {
  const line = event.split('\n').find(one => one.startsWith('data: '))
  return line ? [JSON.parse(line.slice('data: '.length)) as Message] : []
}
