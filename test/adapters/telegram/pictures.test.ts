import { expect, test } from 'vitest'
import { spaceRef } from '../../../adapters/telegram/refs.ts'
import type { MessageRef, Sent } from '../../../src/platform/adapter.ts'
import type { View } from '../../../src/view/view.ts'
import { GARDEN, LIBRARY } from '../../helpers/samples.ts'
import { button, type Stage, stage, view } from './harness.ts'

const ABOUT = 'Six people with spades'
const garden = (text: string, more: Partial<View> = {}): View => ({
  ...view(text),
  blocks: [
    { kind: 'title', text },
    { kind: 'picture', id: 'garden', name: 'garden.png', mime: 'image/png', about: ABOUT },
  ],
  ...more,
})
const okOf = (sent: Sent): MessageRef => {
  if (sent !== 'unsure' && 'ok' in sent) return sent.ok
  throw new Error(`not sent: ${JSON.stringify(sent)}`)
}
const offline = (): Promise<Stage> => stage({ started: false })
const send = ({ adapter, group }: Stage, text = 'The new garden', more: Partial<View> = {}): Promise<Sent> =>
  adapter.send(spaceRef(group.id), garden(text, more), text)
/** What each request gave as its picture: a file that came along, or Telegram's own id. */
const given = ({ tg }: Stage): string[] =>
  tg
    .calls()
    .flatMap(({ payload }) => (typeof payload['photo'] === 'string' ? [payload['photo']] : []))
    .map(photo => (photo.startsWith('attach://') ? 'a file' : 'an id'))

test('stands over its words, with its buttons, and what it shows written under them', async () => {
  const on = await offline()
  okOf(await send(on, 'The new garden', { buttons: [[button('I come')]] }))
  const [post] = on.group.fromBot
  expect(post).toMatchObject({ text: `The new garden\n${ABOUT}`, labels: [['I come']], raw: { photo: expect.any(Array) } })
  expect(post?.raw.caption_entities?.map(({ type }) => type)).toEqual(['bold', 'italic'])
})

test('goes up once, however many chats get it', async () => {
  const on = await offline()
  okOf(await send(on, 'One'))
  okOf(await on.adapter.send(spaceRef(on.tg.group('Gorton residents').id), garden('Two'), 'two'))
  expect(given(on)).toEqual(['a file', 'an id'])
})

test('that Telegram does not know any more goes up again', async () => {
  const on = await offline()
  okOf(await send(on, 'One'))
  on.tg.world.files.clear()
  okOf(await send(on, 'Two'))
  okOf(await send(on, 'Three'))
  expect(given(on)).toEqual(['a file', 'an id', 'a file', 'an id'])
})

test.each([
  ['cut off: unsure, as any post', 'drop after doing it', 'unsure'],
  ['too many: later', { status: 429, retry_after: 3 }, { later: 3000 }],
] as const)('whose post is %s', async (_, harm, is) => {
  const on = await offline()
  on.tg.fail({ method: 'sendPhoto', with: harm })
  expect(await send(on)).toEqual(is)
})

test('of which nothing changes is left as it is', async () => {
  const on = await offline()
  const message = okOf(await send(on))
  expect(await on.adapter.change(message, garden('The new garden'))).toEqual({ ok: message })
  expect(on.group.fromBot[0]?.edits).toBe(0)
})

test('cannot be taken out of a post: its words are changed; too many of them are refused', async () => {
  const on = await offline()
  const message = okOf(await send(on))
  expect(await on.adapter.change(message, view('Withdrawn'))).toEqual({ ok: message })
  expect([on.group.fromBot[0]?.text, on.group.fromBot[0]?.file?.content.equals(GARDEN.content)]).toEqual(['Withdrawn', true])
  expect(await on.adapter.change(message, view('x'.repeat(1025)))).toEqual({ no: 'refused', why: 'the message is too long' })
})

test('in reply to the bot comes in without words too; in a group no other does; of files only pictures do', async () => {
  const on = await stage()
  const message = okOf(await on.adapter.send(spaceRef(on.group.id), view('Show us'), 'k'))
  const [post] = on.group.fromBot
  on.amina.says(on.group, '', { photo: GARDEN })
  if (post) on.amina.says(on.group, '', { photo: GARDEN, replyTo: post })
  on.amina.says('private', '', { file: { ...LIBRARY, name: 'IMG 1.png' } })
  on.amina.says('private', '', { file: { name: 'a.pdf', mime: 'application/pdf', content: Buffer.from('%PDF') } })
  on.amina.says('private', 'the end')
  await on.tg.until(() => on.heard.some(({ event }) => event.kind === 'text' && event.text === 'the end'))
  expect(on.heard.map(({ event }) => (event.kind === 'text' ? [event.replyTo, event.files?.map(file => file.name)] : []))).toEqual([
    [message, ['photo.jpg']],
    [undefined, ['IMG 1.png']],
    // It is heard that there was something, to be told what can be read.
    [undefined, undefined],
    [undefined, undefined],
  ])
})

test('that is not there any more is said without the token', async () => {
  const on = await stage()
  on.amina.says('private', '', { photo: GARDEN })
  await on.tg.until(() => on.heard.length > 0)
  const event = on.heard[0]?.event
  const file = event?.kind === 'text' ? event.files?.[0] : undefined
  for (const harm of ['gone', 'away'] as const) {
    if (harm === 'gone') on.tg.world.files.clear()
    else on.tg.fail({ method: 'getFile', with: 'drop' })
    const error: unknown = await file?.read().catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(Error)
    expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain('1234:abc')
  }
})
