import { ComponentType, MessageType } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { decodeWords } from '../../../adapters/discord/decode.ts'
import { encodeForm } from '../../../adapters/discord/form.ts'
import type { MessageRef, Sent } from '../../../src/platform/adapter.ts'
import type { View } from '../../../src/view/view.ts'
import { GARDEN } from '../../helpers/samples.ts'
import { form, type Stage, stage, view } from './harness.ts'

const ABOUT = 'Six people with spades'
const garden = (text: string, about = ABOUT): View => ({
  ...view(text),
  blocks: [
    { kind: 'text', text },
    { kind: 'picture', id: 'garden', name: 'garden.png', mime: 'image/png', about },
  ],
})
const send = ({ adapter, space }: Stage, what = garden('The new garden'), key = 'key'): Promise<Sent> => adapter.send(space, what, key)
const refOf = (sent: Sent): MessageRef => {
  if (sent === 'unsure' || !('ok' in sent)) throw new Error(`not sent: ${JSON.stringify(sent)}`)
  return sent.ok
}
const edits = ({ discord }: Stage) => discord.calls('PATCH /channels/*/messages/*')

test('is sent again with the same key after a cut, and stands once', async () => {
  const on = await stage()
  on.discord.fail({ method: 'POST', path: '/channels/*/messages', with: 'drop after doing it' })
  expect(await send(on)).toBe('unsure')
  refOf(await send(on))
  expect(on.ardwick.fromBot).toHaveLength(1)
})

test('stays where only words change: it is not sent up again', async () => {
  const on = await stage()
  const message = refOf(await send(on))
  expect(await on.adapter.change(message, garden('The newer garden'))).toEqual({ ok: message })
  expect(edits(on).map(({ status, body }) => [status, 'attachments' in body])).toEqual([[200, false]])
  expect(on.ardwick.fromBot[0]?.raw.attachments).toHaveLength(1)
})

test('is brought along where the post had none, and goes where it has none any more', async () => {
  const on = await stage()
  const message = refOf(await send(on, view('The garden')))
  expect(await on.adapter.change(message, garden('The garden'))).toEqual({ ok: message })
  expect(edits(on).map(({ status }) => status)).toEqual([400, 200])
  expect(on.ardwick.fromBot[0]?.raw.attachments.map(({ description }) => description)).toEqual([ABOUT])
  expect(await on.adapter.change(message, view('No garden'))).toEqual({ ok: message })
  expect(on.ardwick.fromBot[0]?.raw.attachments).toEqual([])
})

test('may be said in 1,024 characters; longer words are cut there', async () => {
  const on = await stage()
  refOf(await send(on, garden('x', 'a'.repeat(1100))))
  expect(on.ardwick.fromBot[0]?.raw.attachments[0]?.description).toMatch(/^a{1023}…$/)
})

test.each([
  [true, { required: true, min_values: 1, max_values: 1 }],
  [false, { required: false, min_values: 0, max_values: 1 }],
])('is a field of a form (required: %s)', (required, control) => {
  const { components } = encodeForm({ ...form, fields: [{ name: 'picture', label: 'The picture', kind: 'picture', required }] })
  expect(components).toMatchObject([
    { label: 'The picture', component: { type: ComponentType.FileUpload, custom_id: 'picture', ...control } },
  ])
})

test('in private comes in without words too', () => {
  const url = 'https://cdn.discordapp.com/attachments/1/2/garden.png'
  const attachments = [{ id: '9', filename: 'garden.png', content_type: 'image/png', size: GARDEN.content.length, url, proxy_url: url }]
  const said = {
    id: '1573919303017693184',
    channel_id: '12',
    type: MessageType.Default,
    content: '',
    attachments,
    author: { id: '34', username: 'amina' },
  }
  expect(decodeWords(said as never, '1', new Date())?.inbound.event).toMatchObject({
    ...{ kind: 'text', text: '' },
    files: [{ name: 'garden.png', mime: 'image/png', bytes: GARDEN.content.length }],
  })
})
