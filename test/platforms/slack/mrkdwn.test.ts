import { expect, test } from 'vitest'
import { type Message, Message as Standing } from './message.ts'
import { mrkdwn } from './mrkdwn.ts'

test.each([
  ['plain words', 'plain words', [], [], []],
  ['<!channel> and <!here>', '@channel and @here', ['channel', 'here'], [], []],
  ['<@U1> <@U2|Ben> <!subteam^S1>', '@U1 @Ben subteam^S1', ['U1', 'U2', 'S1'], [], []],
  ['&lt;!channel&gt; &amp;lt; &lt;@U1&gt;', '<!channel> &lt; <@U1>', [], [], []],
  ['<https://a.example|words>', 'words', [], ['https://a.example'], []],
  ['see https://a.example/x now', 'see https://a.example/x now', [], ['https://a.example/x'], []],
  ['<#C1|general> #ardwick', '#general #ardwick', [], ['#C1', '#ardwick'], []],
  ['@here, a@channel.example', '@here, a@channel.example', ['here'], [], []],
  ['*bold* _it_ ~no~ `code`', '*bold* _it_ ~no~ `code`', [], [], ['code: code', 'bold: bold', 'italic: it', 'strike: no']],
  ['2*3*4 snake_case_name', '2*3*4 snake_case_name', [], [], []],
  ['<!date^1793600000^{date}|Friday>', 'Friday', [], [], []],
])('%s', (source, text, pings, links, styled) => {
  expect(mrkdwn(source)).toEqual({ text, pings, links, styled })
})

function standing(blocks: Message['blocks'], text = ''): Message {
  const made = { team: 'T', channel: 'C', ts: '1.1', at: 0, user: 'U', bot: undefined, thread: undefined, only: undefined, files: [] }
  return new Standing(made, { text, blocks, metadata: undefined })
}

test('plain text pings and links nothing; mrkdwn does; verbatim finds nothing by itself', () => {
  const words = '<!channel> https://a.example @here'
  const section = (text: object): Message => standing([{ type: 'section', text } as never])
  expect(section({ type: 'plain_text', text: words }).shown).toEqual({ text: words, pings: [], links: [], styled: [] })
  expect(section({ type: 'mrkdwn', text: words }).shown).toMatchObject({ pings: ['channel', 'here'], links: ['https://a.example'] })
  expect(section({ type: 'mrkdwn', text: '@here https://a.example', verbatim: true }).shown).toMatchObject({ pings: [], links: [] })
})

test('the text beside blocks is not seen, but pings', () => {
  const message = standing([{ type: 'header', text: { type: 'plain_text', text: 'What?' } }], '<@U1> asks https://a.example')
  expect(message.shown).toEqual({ text: 'What?', pings: ['U1'], links: [], styled: [] })
})

test('rich text and markdown blocks are looked into', () => {
  const rich = standing([
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Hi ' },
            { type: 'broadcast', range: 'here' },
            { type: 'link', url: 'https://a.example' },
          ],
        },
      ],
    },
    { type: 'markdown', text: 'see [this](https://b.example)' },
  ])
  expect(rich.shown).toMatchObject({
    text: 'Hi @herehttps://a.example\nsee this',
    pings: ['here'],
    links: ['https://a.example', 'https://b.example'],
  })
})
