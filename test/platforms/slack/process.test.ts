import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { App } from '@slack/bolt'
import { afterEach, expect, test } from 'vitest'

let child: ChildProcess | undefined
afterEach(async () => {
  if (!child) return
  child.kill('SIGTERM')
  await once(child, 'exit')
})

interface Ready {
  readonly apiUrl: string
  readonly workspaces: readonly { readonly id: string; readonly botToken: string; readonly appToken: string }[]
}

/** The server as its own process; resolves with its address and its tokens. */
async function spawnServer(...options: string[]): Promise<Ready> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  child = spawn(process.execPath, ['--import', 'tsx', main, '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!child.stdout) throw new Error('no output to read')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return JSON.parse(line.toString('utf8')) as Ready
}

test('a driver in another process: people, presses, faults, what stands', async () => {
  const { apiUrl, workspaces } = await spawnServer('--loose', '--workspaces', '2')
  const [first] = workspaces
  if (!first) throw new Error('no workspace')
  const control = async (name: string, asked: object = {}): Promise<unknown> => {
    const response = await fetch(new URL(`/control/${name}`, apiUrl), {
      method: 'POST',
      body: JSON.stringify({ team: first.id, ...asked }),
    })
    const answer = (await response.json()) as { ok: boolean; result?: unknown; error?: string }
    if (!answer.ok) throw new Error(answer.error ?? 'refused')
    return answer.result
  }
  const app = new App({
    token: first.botToken,
    appToken: first.appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 } },
  })
  app.action('v:1', async ({ ack, respond }) => {
    await ack()
    await respond('Counted')
  })
  await app.start()
  const channel = (await control('channel', { name: 'ardwick' })) as { id: string }
  const { ids: people } = (await control('people', { count: 3 })) as { ids: string[] }
  const { ts } = await app.client.chat.postMessage({ channel: channel.id, text: 'What matters most?' })

  const presses = people.map(person => ({
    team: first.id,
    person,
    channel: channel.id,
    message: ts,
    which: { forged: { actionId: 'v:1' } },
  }))
  const { ids } = (await control('presses', { presses })) as { ids: number[] }
  await expect
    .poll(() => control('interactions'))
    .toMatchObject(ids.map((id, n) => ({ id, person: people[n], acked: true, answers: [{ kind: 'said', text: 'Counted' }] })))

  await control('fail', { method: 'chat.postMessage', with: { status: 500 }, team: undefined })
  await expect(app.client.chat.postMessage({ channel: channel.id, text: 'Hello' })).rejects.toMatchObject({ statusCode: 500 })
  expect(await control('messages', { channel: channel.id })).toMatchObject([{ ts, text: 'What matters most?', byBot: true }])
  expect(await control('state')).toMatchObject({
    workspaces: [{ id: first.id, connections: 1, open: 0, acknowledged: 3 }, { connections: 0 }],
    answered: 3,
    harmed: 1,
  })
  await expect(control('dance')).rejects.toThrow('no such control: dance')
  await app.stop()
})
