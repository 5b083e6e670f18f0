import { expect, test } from 'vitest'
import { decode, unmark } from '../../../adapters/slack/decode.ts'

const me = { team: 'T1', user: 'UBOT', fetch: async () => new Uint8Array(), commands: new Set(['poll']) }
const now = new Date('2026-11-02T18:00:00Z')
const read = (body: object) => decode(body, me, now)
const event = (inner: object) => ({ type: 'event_callback', event_id: 'Ev1', event_time: 1_793_642_400, event: inner })
const press = (more: object) => ({
  ...{ type: 'block_actions', team: { id: 'T1' }, user: { id: 'U1', name: 'amina' }, trigger_id: '1.2.3', response_url: 'https://r' },
  ...{ channel: { id: 'C1', name: 'ardwick' }, container: { type: 'message', message_ts: '1.000001', is_ephemeral: false } },
  ...{ actions: [{ type: 'button', action_id: 'r0:0', value: 'polls_v_1', action_ts: '1793642400.5' }], ...more },
})

test.each([
  ['a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
  ['see <https://x.example|x.example> and <https://y.example>', 'see x.example and https://y.example'],
  ['&lt;!channel&gt;', '<!channel>'],
])('%j was typed as %j', (sent, typed) => {
  expect(unmark(sent)).toBe(typed)
})

test('a press names its message, its moment and its place', () => {
  expect(read(press({}))?.inbound).toEqual({
    ...{ id: 'slack:T1:1.2.3', received: now, at: new Date('2026-11-02T18:00:00.500Z') },
    place: { space: 'slack:T1:C1', title: 'ardwick' },
    person: { ref: 'slack:T1:@U1', name: 'amina' },
    event: { kind: 'press', token: 'polls_v_1', message: 'slack:T1:C1/1.000001' },
  })
})

test.each([
  ['on a whisper has no message to edit', { container: { type: 'message', message_ts: '1.1', is_ephemeral: true } }, { isHome: false }],
  ['on the home is private', { channel: undefined, response_url: undefined, container: { type: 'view' } }, { isHome: true }],
] as const)('a press %s', (_, more, ways) => {
  expect(read(press(more))).toMatchObject({ ways, inbound: { event: { kind: 'press' } } })
  expect(read(press(more))?.inbound.event).not.toHaveProperty('message')
})

test('the way into the private chat brings its payload back there', () => {
  const actions = [{ type: 'button', action_id: 'a', value: 'slack_private_polls_x', action_ts: '1.1' }]
  expect(read(press({ actions }))?.inbound).toMatchObject({ place: 'private', event: { kind: 'started', payload: 'polls_x' } })
})

test('a shortcut on a message brings its words as they were typed; a command may have a prefix there too', () => {
  const about = { message_ts: '1.000001', message: { type: 'message', user: 'U2', text: 'Buses &amp; <https://x.example|parks>?' } }
  const used = press({ type: 'message_action', callback_id: 'poll', action_ts: '1793642400.5', ...about })
  expect(read(used)).toEqual({
    inbound: {
      ...{ id: 'slack:T1:1.2.3', received: now, at: new Date('2026-11-02T18:00:00.500Z') },
      place: { space: 'slack:T1:C1', title: 'ardwick' },
      person: { ref: 'slack:T1:@U1', name: 'amina' },
      event: { kind: 'shortcut', name: 'poll', about: { message: 'slack:T1:C1/1.000001', text: 'Buses & parks?' } },
    },
    ways: { user: 'U1', waits: true, trigger: '1.2.3', url: 'https://r', channel: 'C1' },
  })
  expect(read({ ...used, message: { text: null } })?.inbound.event).toMatchObject({ about: { text: '' } })
})

test('a dialog comes back with a picked moment as an instant, and with an empty picker as nothing', () => {
  const picker = (seconds: number | null) => ({ value: { type: 'datetimepicker', selected_date_time: seconds } })
  const view = {
    ...{ callback_id: 'polls_new', private_metadata: '{"channel":"C1"}', blocks: [{ type: 'input', block_id: 'closes' }] },
    state: { values: { closes: picker(1_795_802_400), opens: picker(null) } },
  }
  expect(read({ type: 'view_submission', user: { id: 'U1' }, trigger_id: '1', view })?.inbound).toMatchObject({
    place: { space: 'slack:T1:C1' },
    event: { kind: 'submit', values: { closes: '2026-11-27T18:00:00.000Z', opens: '' } },
  })
})

test.each([
  [
    { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: 'hi', ts: '1.000001' },
    { place: 'private', event: { kind: 'text', text: 'hi' } },
  ],
  [
    { type: 'app_home_opened', tab: 'home', user: 'U1', channel: 'D1' },
    { place: 'private', event: { kind: 'home' } },
  ],
  [
    { type: 'member_joined_channel', user: 'UBOT', channel: 'C1', inviter: 'U1' },
    { event: { kind: 'joined' }, person: { ref: 'slack:T1:@U1' } },
  ],
  [
    { type: 'channel_left', channel: 'C1', actor_id: 'U1' },
    { event: { kind: 'left', how: 'removed' }, place: { space: 'slack:T1:C1' } },
  ],
  [
    { type: 'group_deleted', channel: 'C1' },
    { event: { kind: 'left', how: 'deleted' }, place: { space: 'slack:T1:C1' } },
  ],
  [
    { type: 'channel_archive', channel: 'C1', user: 'U1' },
    { event: { kind: 'left', how: 'archived' }, place: { space: 'slack:T1:C1' }, person: { ref: 'slack:T1:@UBOT' } },
  ],
  [
    { type: 'channel_unarchive', channel: 'C1', user: 'U1' },
    { event: { kind: 'back' }, place: { space: 'slack:T1:C1' } },
  ],
  [
    { type: 'channel_id_changed', old_channel_id: 'C1', new_channel_id: 'C2' },
    { event: { kind: 'moved', to: 'slack:T1:C2' }, place: { space: 'slack:T1:C1' } },
  ],
])('the event %j is %j', (inner, inbound) => {
  expect(read(event(inner))?.inbound).toMatchObject({ id: 'slack:T1:Ev1', ...inbound })
})

test.each([
  { type: 'message', channel_type: 'channel', channel: 'C1', user: 'U1', text: 'among ourselves', ts: '1.1' },
  { type: 'message', channel_type: 'im', channel: 'D1', user: 'UBOT', bot_id: 'B1', text: 'our own', ts: '1.1' },
  { type: 'message', channel_type: 'im', channel: 'D1', user: 'U3', bot_id: 'B3', text: 'another bot', ts: '1.1' },
  { type: 'message', channel_type: 'im', channel: 'D1', subtype: 'message_changed', ts: '1.1' },
  { type: 'member_joined_channel', user: 'U2', channel: 'C1' },
  { type: 'app_home_opened', tab: 'messages', user: 'U1' },
])('%j is none of our business', inner => {
  expect(read(event(inner))).toBeUndefined()
})

test.each([{}, { type: 'view_closed' }, { type: 'mystery' }, press({ actions: [{ type: 'button', action_ts: '1.1' }] })])(
  '%j means nothing and breaks nothing',
  body => {
    expect(read(body)).toBeUndefined()
  },
)

test.each([{ type: 'block_actions' }, { type: 7 }, press({ actions: null }), event({}), []])('%j cannot be read', body => {
  expect(() => read(body)).toThrow('Not of the shape that is read.')
})
