import { Agent, request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import type { Act } from '../../../adapters/web/decode.ts'
import { type Chance, chance } from '../../../bench/random.ts'
import { deaths } from '../../helpers/deaths.ts'
import { mutated } from '../../helpers/mutate.ts'
import { enter, type Visitor } from './http.ts'
import { say, startBot } from './tiny-bot.ts'

// 2,000 bodies over a few connections that are kept, ten at once.

const types = ['application/json', 'application/octet-stream', 'application/x-www-form-urlencoded'] as const
const doors = { '/act': types[0], '/file?name=a.png&mime=image/png': types[1], '/': types[2] } as const

const acts = (message: `web:${string}/${number}`): Act['act'][] => [
  { kind: 'text', text: '/poll What? | A | B' },
  { kind: 'text', text: 'Hello?', replyTo: message },
  { kind: 'press', token: 'poll_secret', message },
  { kind: 'submit', form: 'poll_new', values: { question: 'What?', areas: ['gorton'] }, message, files: { photo: crypto.randomUUID() } },
  { kind: 'suggest', command: 'poll', typed: 'cl' },
  { kind: 'home' },
  { kind: 'started', payload: '' },
]

/** A body with something odd in it: in what it says, or in how it is written. */
function oddBody(known: readonly Act['act'][], by: Chance): string {
  const act = { id: crypto.randomUUID(), person: 'ewan', chat: by.pick(['ardwick', 'private']), act: by.pick(known) }
  const body = JSON.stringify((mutated({ act }, by) as { act?: unknown }).act ?? null)
  return by.below(5) === 0 ? by.pick([body.slice(0, by.below(body.length)), '', '\u0000', body.repeat(200), '%', `${body}{`]) : body
}

function send(agent: Agent, visitor: Visitor, path: string, type: string, body: string, isWhole: boolean): Promise<number> {
  const { origin, cookie } = visitor
  const { port } = new URL(origin)
  const length = isWhole ? { 'content-length': Buffer.byteLength(body) } : { 'transfer-encoding': 'chunked' }
  const headers = { origin, cookie, 'content-type': type, ...length }
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, answer => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0))
    })
    // A connection that was kept may be closed by the server just when it is used again: then nothing was sent on it.
    sent.once('error', (cause: NodeJS.ErrnoException) => {
      if (sent.reusedSocket && cause.code === 'ECONNRESET') send(agent, visitor, path, type, body, isWhole).then(resolve, reject)
      else reject(cause)
    })
    sent.end(body)
  })
}

test('2,000 bodies with something odd in them: each is answered, none with 500, and the next act is taken', async () => {
  const died = deaths()
  const bot = await startBot()
  const agent = new Agent({ keepAlive: true, maxSockets: 10 })
  onTestFinished(async () => {
    agent.destroy()
    await bot.stop()
  })
  const visitor = await enter(bot.adapter.link)
  const sent = await bot.adapter.send('web:ardwick', say('Before', [[{ label: 'Secret', token: 'poll_secret' }]]), 'k')
  if (sent === 'unsure' || !('ok' in sent)) throw new Error('not sent')
  const known = acts(sent.ok as `web:${string}/${number}`)
  const by = chance(7)
  const statuses: number[] = []
  for (let n = 0; n < 200; n += 1) {
    const ten = Array.from({ length: 10 }, () => {
      const [path, type] = by.pick(Object.entries(doors))
      return send(agent, visitor, by.below(4) > 0 ? '/act' : path, by.below(4) > 0 ? types[0] : type, oddBody(known, by), by.below(2) > 0)
    })
    statuses.push(...(await Promise.all(ten)))
  }
  expect(statuses).toHaveLength(2_000)
  expect([...new Set(statuses)].filter(status => ![200, 303, 400, 403, 404, 413, 415].includes(status))).toEqual([])
  expect(statuses.filter(status => status === 400).length).toBeGreaterThan(300)
  expect(await visitor.act('ewan', 'levenshulme', { kind: 'press', token: 'poll_secret' })).toMatchObject([{ kind: 'update' }])
  expect(died).toEqual([])
})
