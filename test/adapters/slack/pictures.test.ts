import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { newClient } from '../../../adapters/slack/api.ts'
import { encode } from '../../../adapters/slack/encode.ts'
import { fetchFile } from '../../../adapters/slack/files.ts'
import type { MessageRef, Sent } from '../../../src/platform/adapter.ts'
import type { View } from '../../../src/view/view.ts'
import { GARDEN } from '../../helpers/samples.ts'
import { type Stage, stage, view } from './harness.ts'

const ABOUT = 'Six people with spades'
const garden = (text: string): View => ({
  ...view(text),
  blocks: [
    { kind: 'text', text },
    { kind: 'picture', id: 'garden', name: 'garden.png', mime: 'image/png', about: ABOUT },
  ],
})
const send = ({ adapter, space }: Stage, text = 'The new garden'): Promise<Sent> => adapter.send(space, garden(text), text)
const refOf = (sent: Sent): MessageRef => {
  if (sent === 'unsure' || !('ok' in sent)) throw new Error(`not sent: ${JSON.stringify(sent)}`)
  return sent.ok
}
const uploads = ({ server }: Stage) => server.calls('files.getUploadURLExternal')

test('goes up once for a workspace, however many posts and changes show it, with what it shows', async () => {
  const on = await stage()
  const message = refOf(await send(on, 'One'))
  refOf(await send(on, 'Two'))
  await on.adapter.change(message, garden('Three'))
  expect(uploads(on).map(call => call.fields)).toEqual([{ filename: 'garden.png', length: String(GARDEN.content.length), alt_txt: ABOUT }])
  expect(on.server.calls('files.completeUploadExternal')[0]?.fields).not.toHaveProperty('channel_id')
})

test('whose upload breaks off stands nowhere, and is simply tried again', async () => {
  const on = await stage()
  for (const method of ['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal']) {
    on.server.fail({ method, with: 'drop' })
    expect(await send(on)).toMatchObject({ later: expect.any(Number) })
  }
  expect(on.channel.messages).toEqual([])
  refOf(await send(on))
  expect(on.channel.messages).toHaveLength(1)
})

test('whose post breaks off is unsure, as any post', async () => {
  const on = await stage()
  on.server.fail({ method: 'chat.postMessage', with: 'drop after doing it' })
  expect(await send(on)).toBe('unsure')
})

test('that somebody deleted at Slack goes up again', async () => {
  const on = await stage()
  const message = refOf(await send(on))
  on.workspace.state.files.clear()
  expect(await on.adapter.change(message, garden('Newer'))).toMatchObject({ later: expect.any(Number) })
  expect(await on.adapter.change(message, garden('Newer'))).toEqual({ ok: message })
  expect(uploads(on)).toHaveLength(2)
})

test('that Slack never shows is refused in the end', async () => {
  const on = await stage()
  on.server.fail({ method: 'chat.postMessage', times: 2, with: { error: 'invalid_blocks' } })
  expect(await send(on)).toMatchObject({ later: expect.any(Number) })
  expect(await send(on)).toEqual({ no: 'refused', why: 'Slack says invalid_blocks' })
})

test('without its file is said in words; at its longest it is cut where Slack cuts it', () => {
  expect(encode(garden('x'))?.blocks.at(-1)).toMatchObject({ type: 'context', elements: [{ text: ABOUT }] })
  const long = { ...garden('x'), blocks: [{ kind: 'picture' as const, id: 'p', name: 'p', mime: 'image/png', about: 'a'.repeat(2100) }] }
  expect(encode(long, 'F1')?.blocks[0]).toMatchObject({ slack_file: { id: 'F1' }, alt_text: expect.stringMatching(/^a{1999}…$/) })
})

test('words with a picture in the direct messages bring it along', async () => {
  const on = await stage()
  const { files } = on.amina.uploads('garden.png', GARDEN.content) as { files: { id: string }[] }
  const event = { type: 'message', subtype: 'file_share', channel_type: 'im', channel: on.amina.dm.id, user: on.amina.id, ts: '1.000001' }
  const payload = { type: 'event_callback', event_id: 'Ev9', event_time: 1, event: { ...event, text: '', files } }
  on.workspace.state.sockets.dispatch({ type: 'events_api', payload: payload as never, answers: false })
  await on.server.until(() => on.heard.length > 0)
  const said = on.heard[0]?.event
  expect(said).toMatchObject({ kind: 'text', text: '', files: [{ name: 'garden.png', mime: 'image/png', bytes: GARDEN.content.length }] })
  expect(Buffer.from((await (said?.kind === 'text' ? said.files?.[0]?.read() : undefined)) ?? []).equals(GARDEN.content)).toBe(true)
})

test('the token goes to Slack and nowhere else, whatever a file says of itself', async () => {
  const on = await stage()
  const seen: string[] = []
  const thief = createServer((request, response) => {
    seen.push(String(request.headers.authorization))
    response.end('x')
  })
  await new Promise<void>(resolve => thief.listen(0, '127.0.0.1', resolve))
  const address = thief.address()
  const port = typeof address === 'object' ? address?.port : 0
  const access = { token: on.workspace.botToken, apiRoot: on.server.apiUrl }
  const client = newClient(access.token, access.apiRoot)
  const urls = [
    `http://127.0.0.1:${port}/a`,
    `https://files.slack.com.evil.example/a`,
    'http://files.slack.com/a',
    'file:///etc/passwd',
    'x',
  ]
  for (const url of urls) await expect(fetchFile(client, access, { id: 'F1', url })).rejects.toThrow('A file is not at Slack.')
  // A login page is not followed to, and is no file.
  on.workspace.state.scopes.delete('files:read')
  await expect(fetchFile(client, access, { id: 'F1', url: `${on.server.world.root}/files-pri/T1-F1/download/x` })).rejects.toThrow(
    'A file could not be fetched.',
  )
  expect(seen).toEqual([])
  await new Promise(resolve => thief.close(resolve))
})
