import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Api } from 'grammy'
import { afterEach, expect, test } from 'vitest'

let child: ChildProcess | undefined
afterEach(async () => {
  if (!child) return
  child.kill('SIGTERM')
  await once(child, 'exit')
})

/** The server as its own process; resolves with its address. */
async function spawnServer(...options: string[]): Promise<string> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  child = spawn(process.execPath, ['--import', 'tsx', main, '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!child.stdout) throw new Error('no output to read')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return line.toString('utf8').trim()
}

async function control(root: string, name: string, asked: object = {}): Promise<unknown> {
  const response = await fetch(`${root}/control/${name}`, { method: 'POST', body: JSON.stringify(asked) })
  const answer = (await response.json()) as { ok: boolean; result?: unknown; error?: string }
  if (!answer.ok) throw new Error(answer.error ?? 'refused')
  return answer.result
}

test('a driver in another process: people, presses, faults, what stands', async () => {
  const root = await spawnServer('--loose')
  const api = new Api('1234:abc', { apiRoot: root })
  const group = (await control(root, 'group', { title: 'Ardwick residents' })) as { id: number }
  const { ids: people } = (await control(root, 'people', { count: 3 })) as { ids: number[] }
  const { message_id } = await api.sendMessage(group.id, 'What matters most?')

  const presses = people.map(person => ({ person, chat: group.id, message: message_id, data: 'v:1' }))
  const { ids } = (await control(root, 'presses', { presses })) as { ids: string[] }
  const updates = await api.getUpdates({ limit: 100 })
  expect(updates.map(update => update.callback_query?.id)).toEqual(ids)
  await api.answerCallbackQuery(ids[0] ?? '', { text: 'Counted' })
  expect(await control(root, 'answered')).toMatchObject([{ id: ids[0], data: 'v:1', person: people[0], answered: { text: 'Counted' } }])

  await control(root, 'fail', { method: 'sendMessage', with: { status: 500 } })
  await expect(api.sendMessage(group.id, 'Hello')).rejects.toMatchObject({ error_code: 500 })
  expect(await control(root, 'messages', { chat: group.id })).toMatchObject([{ id: message_id, text: 'What matters most?', byBot: true }])
  expect(await control(root, 'state')).toMatchObject({ pending: 3, open: 2, answered: 1, harmed: 1, calls: { sendMessage: 2 } })
  await expect(control(root, 'dance')).rejects.toThrow('no such control: dance')
})
