import { describe } from 'vitest'
import { type Case, input, modal, type Stage, section, tryAll } from './harness.ts'

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const button = (more: object = {}): object => ({ type: 'button', action_id: 'a', text: plain('A'), ...more })
const actions = (...elements: object[]): object => ({ type: 'actions', elements })
const option = (text: string, value = text): object => ({ text: plain(text), value })
const options = (count: number): object[] => Array.from({ length: count }, (_, n) => option(String(n)))
const dated = (format: string): object => {
  const date = { type: 'date', timestamp: 1_796_493_600, format, fallback: 'x' }
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [date] }] }
}
const x = (count: number): string => 'x'.repeat(count)

const post = (on: Stage, blocks: unknown): Promise<unknown> =>
  on.client.apiCall('chat.postMessage', { channel: on.channel.id, text: 'x', blocks: blocks as object })

const open = (on: Stage, view: object): Promise<unknown> => {
  on.amina.runs(on.channel, '/x')
  return on.client.apiCall('views.open', { trigger_id: [...on.workspace.state.triggers.keys()].at(-1), view })
}

const blockCase = (name: string, problem: string, ...blocks: object[]): Case => ({
  name,
  says: problem === 'done' ? 'done' : problem.startsWith('msg') ? problem : `invalid_blocks: ${problem}`,
  call: on => post(on, blocks),
})

const viewCase = (name: string, problem: string, view: object): Case => ({
  name,
  says: problem === 'done' ? 'done' : `invalid_arguments: ${problem}`,
  call: on => open(on, view),
})

describe('blocks of a message', () => {
  tryAll([
    blockCase('a long section', 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]', section(x(3001))),
    blockCase('the longest section', 'done', section(x(3000))),
    blockCase('an empty section', 'must be more than 0 characters [json-pointer:/blocks/0/text/text]', section('')),
    blockCase('a long header', 'must be less than 151 characters [json-pointer:/blocks/0/text/text]', {
      type: 'header',
      text: plain(x(151)),
    }),
    blockCase('a moment', 'done', dated('{date_long_pretty}, {time}')),
    blockCase(
      'a moment of parts that there are not',
      'invalid date format [json-pointer:/blocks/0/elements/0/elements/0/format]',
      dated('{week}'),
    ),
    blockCase(
      'a long label',
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
      actions(button({ text: plain(x(76)) })),
    ),
    blockCase(
      'a long value',
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
      actions(button({ value: x(2001) })),
    ),
    blockCase(
      'a long action id',
      'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
      actions(button({ action_id: x(256) })),
    ),
    blockCase('the same action id twice', '`action_id` a already exists [json-pointer:/blocks]', actions(button(), button())),
    blockCase(
      'the same block id twice',
      'block_id already exists: b [json-pointer:/blocks]',
      { type: 'divider', block_id: 'b' },
      { type: 'divider', block_id: 'b' },
    ),
    blockCase(
      'too many buttons in a row',
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
      actions(...Array.from({ length: 26 }, (_, n) => button({ action_id: String(n) }))),
    ),
    blockCase(
      'too many blocks',
      'no more than 50 items allowed [json-pointer:/blocks]',
      ...Array.from({ length: 51 }, () => ({ type: 'divider' })),
    ),
    blockCase(
      'too many options in a menu',
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
      actions({ type: 'static_select', options: options(101) }),
    ),
    blockCase(
      'too many radio buttons',
      'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
      actions({ type: 'radio_buttons', options: options(11) }),
    ),
    blockCase(
      'a long option',
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
      actions({ type: 'checkboxes', options: [option(x(76), 'v')] }),
    ),
    blockCase(
      'a long value of an option',
      'must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
      actions({ type: 'checkboxes', options: [option('t', x(151))] }),
    ),
    blockCase('a moment to pick from', 'done', actions({ type: 'datetimepicker', initial_date_time: 1_795_802_400 })),
    blockCase(
      'a moment in milliseconds',
      'must be a UNIX timestamp of 10 digits [json-pointer:/blocks/0/elements/0/initial_date_time]',
      actions({ type: 'datetimepicker', initial_date_time: 1_795_802_400_000 }),
    ),
    blockCase(
      'an unknown field',
      'invalid additional property: colour [json-pointer:/blocks/0/elements/0]',
      actions(button({ colour: 'red' })),
    ),
    blockCase('an unknown block', 'unsupported type: poll [json-pointer:/blocks/0/type]', { type: 'poll' }),
    blockCase(
      'mrkdwn on a button',
      'failed to match all allowed schemas [json-pointer:/blocks/0/elements/0/text]',
      actions(button({ text: { type: 'mrkdwn', text: 'A' } })),
    ),
    blockCase('all text of a message', 'msg_blocks_too_long', ...Array.from({ length: 5 }, () => section(x(2700)))),
    { name: 'blocks that are no list', says: 'invalid_blocks_format', call: on => post(on, 'nonsense') },
  ])
})

describe('dialogs and homes', () => {
  tryAll([
    viewCase('all is well', 'done', modal('New poll', input('q', 'Question'))),
    viewCase('a long title', 'must be less than 25 characters [json-pointer:/view/title/text]', modal(x(25))),
    viewCase('no title', 'missing required field: title [json-pointer:/view]', { type: 'modal', blocks: [] }),
    viewCase('fields and nothing to send them with', 'missing required field: submit [json-pointer:/view]', {
      ...modal('X', input('q', 'Q')),
      submit: undefined,
    }),
    viewCase('long hidden words', 'must be less than 3001 characters [json-pointer:/view/private_metadata]', {
      ...modal('X'),
      private_metadata: x(3001),
    }),
    viewCase('a long name of the dialog', 'must be less than 256 characters [json-pointer:/view/callback_id]', {
      ...modal('X'),
      callback_id: x(256),
    }),
    viewCase('a long label', 'must be less than 2001 characters [json-pointer:/view/blocks/0/label/text]', modal('X', input('q', x(2001)))),
    viewCase(
      'a long placeholder',
      'must be less than 151 characters [json-pointer:/view/blocks/0/element/placeholder/text]',
      modal('X', input('q', 'Q', { placeholder: plain(x(151)) })),
    ),
    viewCase(
      'too many blocks',
      'no more than 100 items allowed [json-pointer:/view/blocks]',
      modal('X', ...Array.from({ length: 101 }, () => ({ type: 'divider' as const }))),
    ),
    viewCase('a home is no dialog', 'must be a modal [json-pointer:/view/type]', { type: 'home', blocks: [] }),
    {
      name: 'a dialog is no home',
      says: 'invalid_arguments: must be a home [json-pointer:/view/type]',
      call: on => on.client.apiCall('views.publish', { user_id: on.amina.id, view: modal('X') }),
    },
  ])
})
