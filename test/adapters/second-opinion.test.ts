import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { webApi } from '@slack/bolt'
import { type APIMessage, ChannelType } from 'discord-api-types/v10'
import { createEmulator } from 'emulate'
import { afterEach, expect, test } from 'vitest'
import { discord } from '../../adapters/discord/index.ts'
import { clientOptions } from '../../adapters/slack/api.ts'
import { createPosting } from '../../adapters/slack/post.ts'
import { spaceRef } from '../../adapters/slack/refs.ts'
import type { Adapter, Inbound, MessageRef, Sent, SpaceRef } from '../../src/platform/adapter.ts'
import { view } from '../../src/view/make.ts'
import type { View } from '../../src/view/view.ts'

// Servers that others wrote, which know nothing of how we read the platforms' descriptions.

/** As much of the others' Discord as is used here. Its own types bring in those of a page, which are at odds with ours. */
interface Twin {
  readonly botToken: string
  readonly restUrl: string
  readonly prisma: { readonly channel: { findMany(): Promise<{ id: string }[]> } }
  start(): Promise<void>
  stop(): Promise<void>
  getFirstNonBotUserId(): Promise<string | null>
  channel(id: string): {
    getMessages(): Promise<APIMessage[]>
    waitForInteractionAck(o: { interactionId: string }): Promise<{ acknowledged: boolean }>
    user(id: string): {
      runSlashCommand(o: { name: string }): Promise<{ id: string }>
      clickButton(o: { messageId: string; customId: string }): Promise<{ id: string }>
      submitModal(o: { customId: string; fields: readonly { customId: string; value: string }[] }): Promise<{ id: string }>
    }
  }
}

async function openTwin(): Promise<Twin> {
  const name: string = 'discord-digital-twin'
  const { DigitalDiscord } = (await import(name)) as { DigitalDiscord: new (setup: object) => Twin }
  return new DigitalDiscord({ channels: [{ name: 'ardwick', type: ChannelType.GuildText }], users: [{ username: 'Amina' }] })
}

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const bench = {
  words: (_: string | undefined, key: string) => key,
  log: silent,
  now: () => new Date(),
  notice: () => {},
  unread: () => {},
  picture: async () => undefined,
}
const words = (text: string): View =>
  view({ lang: 'en', blocks: [{ kind: 'text', text }], buttons: [[{ label: 'Parks', token: 'polls_v_abc_1' }]] })
const form = {
  ...{ token: 'polls_new', title: 'A new poll', submit: 'Go on', lang: 'en' },
  fields: [{ name: 'question', label: 'What do you want to ask?', kind: 'line' as const, required: true, max: 300 }],
}

function standing(sent: Sent): MessageRef {
  if (sent === 'unsure' || !('ok' in sent)) throw new Error(JSON.stringify(sent))
  return sent.ok
}

/** It cannot be told to look for one itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Connects, answers a command with a form and everything else with a whisper; what was heard. */
async function answering(adapter: Adapter): Promise<readonly Inbound[]> {
  const heard: Inbound[] = []
  ends.push(() => adapter.stop())
  await new Promise<void>(resolve => {
    const receive = async (inbound: Inbound) => {
      heard.push(inbound)
      return inbound.event.kind === 'command' ? [{ kind: 'ask' as const, form }] : [{ kind: 'whisper' as const, view: words('Counted.') }]
    }
    void adapter.start([{ name: 'poll', about: { en: 'Ask' } }], receive, state => state === 'up' && resolve())
  })
  return heard
}

test('Discord, as others read it: a command, its form, a press, and posts that change and go', async () => {
  const twin = await openTwin()
  await twin.start()
  ends.push(() => twin.stop())
  const [{ id } = { id: '' }] = await twin.prisma.channel.findMany()
  const ardwick = twin.channel(id)
  const amina = ardwick.user((await twin.getFirstNonBotUserId()) ?? '')
  const adapter = discord.open({ DISCORD_TOKEN: twin.botToken, DISCORD_API_ROOT: twin.restUrl }, bench)
  const heard = await answering(adapter)
  const answer = async (interactionId: string) => {
    expect(await ardwick.waitForInteractionAck({ interactionId })).toMatchObject({ acknowledged: true })
    return (await ardwick.getMessages()).at(-1)
  }

  const post = standing(await adapter.send(`discord:${id}` as SpaceRef, words('What matters most?'), 'one'))
  const [, messageId = ''] = post.split('/')
  await answer((await amina.runSlashCommand({ name: 'poll' })).id)
  const fields = [{ customId: 'question', value: 'Which day?' }]
  await answer((await amina.submitModal({ customId: 'polls_new', fields })).id)
  const said = await answer((await amina.clickButton({ messageId, customId: 'polls_v_abc_1' })).id)
  expect(heard.map(({ event }) => event)).toMatchObject([
    { kind: 'command', name: 'poll', args: '' },
    { kind: 'submit', form: 'polls_new' },
    { kind: 'press', token: 'polls_v_abc_1', message: post },
  ])
  expect(JSON.stringify(said?.components)).toContain('Counted.')

  standing(await adapter.change(post, words('What matters most now?')))
  const changed = (await ardwick.getMessages()).find(one => one.id === messageId)
  expect(JSON.stringify(changed?.components)).toContain('What matters most now?')
  standing(await adapter.change(post, 'remove'))
  expect((await ardwick.getMessages()).map(one => one.id)).not.toContain(messageId)
  expect(await adapter.change(post, words('Gone?'))).toMatchObject({ no: 'gone' })
})

test('Slack, as others read it: posts that change and go', async () => {
  const slack = await createEmulator({ service: 'slack', port: await freePort() })
  ends.push(() => slack.close())
  const client = new webApi.WebClient('xoxb-test', clientOptions(`${slack.url}/api/`))
  const { channels = [] } = await client.conversations.list()
  const id = channels[0]?.id ?? ''
  const { team_id: team = '' } = await client.auth.test()
  const posting = createPosting({
    client,
    team,
    bench,
    suspect: async () => true,
    stopping: new AbortController().signal,
  })
  const post = standing(await posting.send(spaceRef(team, id), words('What matters <most> & why?')))
  const newest = async () => (await client.conversations.history({ channel: id })).messages?.[0]
  expect(await newest()).toMatchObject({ text: expect.stringContaining('What matters &lt;most&gt; &amp; why?') })
  standing(await posting.change(post, words('What matters most now?')))
  expect(await newest()).toMatchObject({ text: expect.stringContaining('What matters most now?') })
  standing(await posting.change(post, 'pin'))
  standing(await posting.change(post, 'remove'))
  expect((await newest())?.text ?? '').not.toContain('What matters most now?')
  expect(await posting.change(post, words('Gone?'))).toMatchObject({ no: 'gone' })
  expect(await posting.send(spaceRef(team, 'CNOWHERE'), words('Anybody?'))).toMatchObject({ no: 'gone' })
})
