import { PermissionFlagsBits as Can, Routes } from 'discord.js'
import type { APIMessage } from 'discord-api-types/v10'
import { describe } from 'vitest'
import { posted, type Stage, send, tryAll } from './harness.ts'

const edit = async (on: Stage, body: object): Promise<unknown> => {
  const { id } = await posted(on, 'before', ['A'])
  return on.rest.patch(Routes.channelMessage(on.ardwick.id, id), { body })
}
const having = async (
  on: Stage,
  deed: () => unknown,
  then: () => Promise<unknown> = () => send(on, { content: 'x' }),
): Promise<unknown> => {
  await deed()
  return then()
}

describe('where and whose', () => {
  tryAll([
    {
      name: 'a channel that never was',
      call: on => on.rest.post(Routes.channelMessages('1'), { body: { content: 'x' } }),
      says: '10003 Unknown Channel',
    },
    { name: 'a channel that was deleted', call: on => having(on, () => on.ardwick.vanish()), says: '10003 Unknown Channel' },
    {
      name: 'a channel that the bot cannot see',
      call: on => having(on, () => on.ardwick.deny('bot', Can.ViewChannel)),
      says: '50001 Missing Access',
    },
    {
      name: 'a channel that everyone is kept out of, the bot let in',
      call: on =>
        having(on, () => {
          on.ardwick.deny('everyone', Can.ViewChannel)
          on.ardwick.allow('bot', Can.ViewChannel)
        }),
      says: 'done',
    },
    {
      name: 'a channel where the bot may not write',
      call: on => having(on, () => on.ardwick.deny('everyone', Can.SendMessages)),
      says: '50013 Missing Permissions',
    },
    {
      name: 'an embed where the bot may not embed',
      call: on =>
        having(
          on,
          () => on.ardwick.deny('bot', Can.EmbedLinks),
          () => send(on, { embeds: [{ title: 'x' }] }),
        ),
      says: '50013 Missing Permissions',
    },
    { name: 'a guild that threw the bot out', call: on => having(on, () => on.guild.kick()), says: '50001 Missing Access' },
    { name: 'a guild with an outage', call: on => having(on, () => on.guild.goesAway()), says: '10003 Unknown Channel' },
    { name: 'an edit', call: on => edit(on, { content: 'after' }), says: 'done' },
    {
      name: 'an edit that leaves nothing',
      call: on => edit(on, { content: null, components: [] }),
      says: '50006 Cannot send an empty message',
    },
    { name: 'an edit with a field that is not there', call: on => edit(on, { text: 'x' }), says: /UNKNOWN_FIELD/ },
    {
      name: 'an edit of a message that is gone',
      call: on => on.rest.patch(Routes.channelMessage(on.ardwick.id, '1'), { body: { content: 'x' } }),
      says: '10008 Unknown Message',
    },
    {
      name: "an edit of somebody's message",
      call: on => on.rest.patch(Routes.channelMessage(on.ardwick.id, on.amina.says(on.ardwick, 'mine').id), { body: { content: 'x' } }),
      says: '50005 Cannot edit a message authored by another user',
    },
    {
      name: "taking away somebody's message",
      call: on => on.rest.delete(Routes.channelMessage(on.ardwick.id, on.amina.says(on.ardwick, 'mine').id)),
      says: '50013 Missing Permissions',
    },
    {
      name: 'taking away its own',
      call: async on => on.rest.delete(Routes.channelMessage(on.ardwick.id, (await posted(on)).id)),
      says: 'done',
    },
    {
      name: 'pinning without the right',
      call: async on => on.rest.put(Routes.channelMessagesPin(on.ardwick.id, (await posted(on)).id)),
      says: '50013 Missing Permissions',
    },
    {
      name: 'pinning with it',
      call: async on => {
        on.ardwick.allow('bot', Can.PinMessages)
        return on.rest.put(Routes.channelMessagesPin(on.ardwick.id, (await posted(on)).id))
      },
      says: 'done',
    },
    {
      name: 'a locked thread',
      call: on => {
        const thread = on.ardwick.thread('x')
        thread.lock()
        return on.rest.post(Routes.channelMessages(thread.id), { body: { content: 'x' } })
      },
      says: '160005 This thread is locked',
    },
    {
      name: 'an archived thread wakes up',
      call: on => {
        const thread = on.ardwick.thread('x')
        thread.archive()
        return on.rest.post(Routes.channelMessages(thread.id), { body: { content: 'x' } })
      },
      says: 'done',
    },
    {
      name: 'an edit in an archived thread',
      call: async on => {
        const thread = on.ardwick.thread('x')
        const { id } = (await on.rest.post(Routes.channelMessages(thread.id), { body: { content: 'x' } })) as APIMessage
        thread.archive()
        return on.rest.patch(Routes.channelMessage(thread.id, id), { body: { content: 'y' } })
      },
      says: '50083 Tried to perform an operation on an archived thread, such as editing a message',
    },
    {
      name: 'taking a thread out of the archive',
      call: on => {
        const thread = on.ardwick.thread('x')
        thread.archive()
        return on.rest.patch(Routes.channel(thread.id), { body: { archived: false } })
      },
      says: 'done',
    },
    {
      name: 'the same where it is locked',
      call: on => {
        const thread = on.ardwick.thread('x')
        thread.archive()
        thread.lock()
        return on.rest.patch(Routes.channel(thread.id), { body: { archived: false } })
      },
      says: '50013 Missing Permissions',
    },
    {
      name: 'closed private messages',
      call: async on => {
        on.guild.joined(on.amina)
        on.amina.closesDms()
        return on.rest.post(Routes.channelMessages(on.amina.dm.id), { body: { content: 'x' } })
      },
      says: '50007 Cannot send messages to this user',
    },
    { name: 'an address that is not there', call: on => on.rest.get('/nowhere'), says: '0 404: Not Found' },
  ])
})
