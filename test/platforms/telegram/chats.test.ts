import { InputFile } from 'grammy'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { outcome, posted, type Stage, stage } from './harness.ts'
import type { Spoken } from './people.ts'

let on: Stage
beforeEach(async () => {
  on = await stage()
})
afterEach(() => on.tg.stop())

const hello = (on: Stage, chat: number): Promise<unknown> => on.api.sendMessage(chat, 'Hello')
const told = (said: Spoken): boolean => said.update !== undefined

test('privacy mode: commands for it and answers to it; everything once it is admin', async () => {
  const { group, amina } = on
  const poll = await posted(on)
  expect(told(amina.says(group, 'The buses are late'))).toBe(false)
  expect(told(amina.says(group, '/poll'))).toBe(true)
  expect(told(amina.says(group, '/poll@folkmoot_bot Buses? | A | B'))).toBe(true)
  expect(told(amina.says(group, '/poll@other_bot'))).toBe(false)
  expect(told(amina.says(group, 'Damp homes', { replyTo: poll }))).toBe(true)
  expect(told(amina.says('private', 'Hello'))).toBe(true)
  const slip = amina.says(group, 'The busses are late').posted
  expect(amina.edits(slip, 'The buses are late')).toBeUndefined()
  expect(amina.edits(slip, '/poll')?.edited_message?.text).toBe('/poll')
  group.promote(true)
  expect(told(amina.says(group, 'The buses are late'))).toBe(true)
})

test('being added, promoted, thrown out, blocked', async () => {
  const group = on.tg.group('New', { bot: false })
  group.add(on.amina)
  group.promote(true)
  group.kick()
  on.amina.blocks()
  const updates = await on.api.getUpdates()
  const changes = updates.flatMap(({ my_chat_member: change }) =>
    change ? [`${change.chat.type} ${change.old_chat_member.status} > ${change.new_chat_member.status}`] : [],
  )
  expect(changes).toEqual([
    'supergroup left > member',
    'supergroup member > administrator',
    'supergroup administrator > kicked',
    'private member > kicked',
  ])
  expect(updates[1]?.message?.new_chat_members?.map(user => user.id)).toEqual([1234])
})

test('a startgroup link says its payload in the group', async () => {
  const group = on.tg.group('New', { bot: false })
  group.add(on.amina, 'join_17')
  expect((await on.api.getUpdates()).at(-1)?.message).toMatchObject({ text: '/start@folkmoot_bot join_17', chat: { id: group.id } })
})

test('a group moves: service messages in both, the old id only says where to', async () => {
  const group = on.tg.group('Basic', { kind: 'group' })
  const next = group.migrate()
  expect(next.id).toBeLessThan(-1_000_000_000_000)
  const updates = await on.api.getUpdates()
  expect(
    updates.map(({ message, my_chat_member }) => message?.migrate_to_chat_id ?? message?.migrate_from_chat_id ?? my_chat_member?.chat.id),
  ).toEqual([next.id, next.id, group.id])
  await expect(hello(on, group.id)).rejects.toMatchObject({
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: next.id },
  })
  expect(await outcome(hello(on, next.id))).toBe('done')
})

test('topics: every message hangs under the first one of its topic, an answer under what it answers', async () => {
  const group = on.tg.group('Forum', { topics: true })
  const topic = group.topic('Housing')
  const { posted: asked } = on.amina.says(group, '/poll', { topic })
  expect(asked.raw).toMatchObject({ message_thread_id: topic.id, is_topic_message: true, reply_to_message: { message_id: topic.id } })
  expect(asked.replyTo).toBeUndefined()
  await on.api.sendMessage(group.id, 'Here', { message_thread_id: topic.id, reply_parameters: { message_id: asked.id } })
  await on.api.sendMessage(group.id, 'And here', { reply_parameters: { message_id: asked.id } })
  expect(group.fromBot).toMatchObject([
    { text: 'Here', topic: topic.id, replyTo: asked.id },
    { text: 'And here', topic: topic.id, replyTo: asked.id },
  ])
})

test('anonymous admins, channels and linked channels speak without a person', async () => {
  const { group } = on
  group.anonymousAdmin().says('/poll')
  group.channel('Ardwick news').says('/poll')
  group.linkedChannel('Moss Side news').says('A post')
  const seen = (await on.api.getUpdates()).map(({ message }) => [
    message?.from.id,
    message?.sender_chat?.type,
    message?.is_automatic_forward,
  ])
  expect(seen).toEqual([
    [1_087_968_824, 'supergroup', undefined],
    [136_817_688, 'channel', undefined],
    [777_000, 'channel', true],
  ])
})

test('START with a payload, through a link button too', async () => {
  const url = 'https://t.me/folkmoot_bot?start=vote_17'
  await on.api.sendMessage(on.group.id, 'Vote', { reply_markup: { inline_keyboard: [[{ text: 'My vote', url }]] } })
  const poll = on.group.fromBot[0]
  if (!poll) throw new Error('nothing was posted')
  const ben = on.tg.person('Ben')
  expect(() => ben.presses(poll, 'My vote')).toThrow('sends nothing to the bot')
  ben.opens(poll, 'My vote')
  const [update] = await on.api.getUpdates()
  expect(update?.message).toMatchObject({
    text: '/start vote_17',
    chat: { id: ben.id, type: 'private' },
    entities: [{ type: 'bot_command' }],
  })
  expect(() => ben.starts('not allowed!')).toThrow('does not pass on')
})

test('pinning tells the bot of its own pin', async () => {
  on.group.promote(true)
  await on.api.pinChatMessage(on.group.id, (await posted(on)).id)
  expect(on.group.pinned).toHaveLength(1)
  expect((await on.api.getUpdates()).at(-1)?.message).toMatchObject({
    from: { id: 1234 },
    pinned_message: { text: 'What matters most?' },
  })
  await on.api.unpinChatMessage(on.group.id)
  expect(on.group.pinned).toHaveLength(0)
})

test('a file goes both ways, whole', async () => {
  await on.api.sendDocument(on.group.id, new InputFile(Buffer.from('area,votes\nArdwick,41\n'), 'the tällý.csv'), { caption: 'The tally' })
  const sent = on.group.fromBot[0]
  expect(sent).toMatchObject({ text: 'The tally', file: { name: 'the tällý.csv', content: Buffer.from('area,votes\nArdwick,41\n') } })
  on.amina.says('private', 'My leaflet', { file: { name: 'leaflet.txt', mime: 'text/plain', content: Buffer.from('Come!') } })
  const [update] = await on.api.getUpdates()
  const { file_path } = await on.api.getFile(update?.message?.document?.file_id ?? '')
  const got = await fetch(`${on.tg.apiRoot}/file/bot1234:abc/${file_path}`)
  expect(await got.text()).toBe('Come!')
})

test('who is who', async () => {
  const { group, amina, api } = on
  amina.says(group, 'Hello')
  expect((await api.getChatMember(group.id, amina.id)).status).toBe('member')
  group.admin(amina)
  expect((await api.getChatMember(group.id, amina.id)).status).toBe('administrator')
  expect((await api.getChatAdministrators(group.id)).map(admin => admin.user.first_name)).toEqual(['Olu', 'Amina'])
  expect(await api.getChat(group.id)).toMatchObject({ title: 'Ardwick residents', permissions: { can_pin_messages: false } })
  expect(await outcome(api.getChatMember(group.id, 5))).toBe('400 Bad Request: invalid user_id specified')
})
