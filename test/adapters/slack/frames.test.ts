import { describe, expect, test } from 'vitest'
import { chance } from '../../../bench/random.ts'
import { deaths } from '../../helpers/deaths.ts'
import { mutated, withOdd } from '../../helpers/mutate.ts'
import type { Dispatch } from '../../platforms/slack/dispatch.ts'
import { form, posted, type Stage, stage, view } from './harness.ts'

// 2,000 deliveries over the wire, a hundred at a time.

const unreadable = 'Something that a platform sent could not be read'
const whisper = [{ kind: 'whisper', view: view('Counted.') }] as const

/** One delivery of each kind, as the server makes them; the bot has taken them all. */
async function official(on: Stage): Promise<Dispatch[]> {
  const { amina, channel, workspace, server } = on
  const { sockets } = workspace.state
  const told: Dispatch[] = []
  const own = sockets.dispatch
  sockets.dispatch = dispatch => {
    told.push(dispatch)
    own.call(sockets, dispatch)
  }
  const { message } = await posted(on)
  on.reply = ({ event }) => (event.kind === 'command' ? [{ kind: 'ask', form }] : [...whisper])
  const opened = amina.runs(channel, '/poll', 'Buses? | A | B')
  await opened.answer
  await amina.presses(message, 'Buses').answer
  amina.uses(amina.says(channel, 'Which day?'), 'Make this a poll')
  if (amina.modal) amina.submits(amina.modal, { question: 'What?', options: 'A' })
  amina.opensHome()
  amina.says('private', 'hello there')
  channel.kick(amina)
  channel.add(amina)
  channel.archive(amina)
  channel.unarchive(amina)
  await settled(on)
  sockets.dispatch = own
  await server.until(() => on.heard.some(({ event }) => event.kind === 'submit'), 'the dialog')
  return told
}

const settled = ({ server, workspace }: Stage): Promise<unknown> =>
  server.until(() => workspace.state.sockets.open === 0, 'all of it to be acknowledged')

const tell = ({ workspace }: Stage, { type, answers }: Dispatch, payload: unknown): void =>
  workspace.state.sockets.dispatch({ type, answers, payload: payload as object })

/** An ordinary press and an ordinary command still get their answers, on the connection of before. */
async function stillAnswers(on: Stage): Promise<void> {
  on.reply = () => [...whisper]
  const message = on.channel.messages.find(one => one.labels.flat().includes('Buses'))
  if (!message) throw new Error('no post')
  expect((await on.amina.presses(message, 'Buses').answer).text).toContain('Counted.')
  expect((await on.amina.runs(on.channel, '/poll', 'after').answer).text).toContain('Counted.')
  await settled(on)
}

const oddLines = (on: Stage): object[] => on.lines.filter(({ message }) => message === unreadable).map(({ data }) => data)
const kindOf = ({ payload }: Dispatch): unknown => Reflect.get(payload, 'type') ?? 'command'

describe('a delivery that cannot be read is passed over, acknowledged and counted, and the next is answered', () => {
  test.each<{ name: string; of: string; path: string; value: unknown }>([
    { name: 'an event without what happened', of: 'event_callback', path: 'event', value: undefined },
    { name: 'an event of null', of: 'event_callback', path: 'event', value: null },
    { name: 'something happened, nobody says what', of: 'event_callback', path: 'event.type', value: undefined },
    { name: 'an event of no time', of: 'event_callback', path: 'event_time', value: 1e300 },
    { name: 'a press of nobody', of: 'block_actions', path: 'user', value: null },
    { name: 'a press of no time', of: 'block_actions', path: 'actions.0.action_ts', value: 'now' },
    { name: 'presses that are none', of: 'block_actions', path: 'actions', value: null },
    { name: 'a dialog without what was filled in', of: 'view_submission', path: 'view.state', value: undefined },
    {
      name: 'a moment in a hundred thousand years',
      of: 'view_submission',
      path: 'view.state.values.question.question',
      value: { type: 'datetimepicker', selected_date_time: 99_999_999_999_999 },
    },
    { name: 'a command without a person', of: 'command', path: 'user_id', value: undefined },
    { name: 'a command with a number', of: 'command', path: 'text', value: 7 },
    { name: 'an address that is none', of: 'command', path: 'response_url', value: 'nowhere' },
  ])('$name', async ({ of, path, value }) => {
    const died = deaths()
    const on = await stage({ strict: false })
    const found = (await official(on)).find(one => kindOf(one) === of)
    if (!found) throw new Error(`there was no ${of}`)
    const heard = on.heard.length
    tell(on, found, withOdd(found.payload, path, value))
    await on.server.until(() => on.unread.length > 0, 'it to be counted')
    await settled(on)
    expect([on.unread, on.heard.length]).toEqual([['slack'], heard])
    await stillAnswers(on)
    expect([died, on.workspace.state.sockets.again, on.workspace.state.sockets.opened]).toEqual([[], 0, 1])
  })

  test.each([
    ['null', null],
    ['a list', []],
    ['a word', 'x'],
  ])('%s instead of it', async (_, payload) => {
    const died = deaths()
    const on = await stage({ strict: false })
    await official(on)
    for (const type of ['events_api', 'interactive', 'slash_commands'] as const) tell(on, { type, payload: {}, answers: false }, payload)
    await on.server.until(() => on.unread.length === 3, 'them to be counted')
    await settled(on)
    await stillAnswers(on)
    expect(died).toEqual([])
  })

  test('something happened that is called like what the library tells itself', async () => {
    const died = deaths()
    const on = await stage({ strict: false })
    const found = (await official(on)).find(one => kindOf(one) === 'event_callback')
    if (!found) throw new Error('nothing happened')
    for (const type of ['close', 'error', 'disconnected', 'connected', 'ws_message'])
      tell(on, found, withOdd(found.payload, 'event.type', type))
    await settled(on)
    await stillAnswers(on)
    expect([died, on.statuses.map(([state]) => state), on.workspace.state.sockets.opened]).toEqual([[], ['up'], 1])
  })

  test('frames that are no envelopes', async () => {
    const died = deaths()
    const on = await stage({ strict: false })
    await official(on)
    on.workspace.state.sockets.say('null', '[]', '7', '{"type":"events_api"}', '{"envelope_id":7,"type":"events_api"}', '{', '')
    await on.server.until(() => on.unread.length === 7, 'them to be counted')
    await stillAnswers(on)
    expect(died).toEqual([])
  })

  test('what was logged is its shape: no word, no name, no number', async () => {
    const on = await stage({ strict: false })
    const found = (await official(on)).find(one => kindOf(one) === 'command')
    if (!found) throw new Error('there was no command')
    tell(on, found, withOdd(found.payload, 'user_id', { U0AMINA: 'Amina' }))
    await on.server.until(() => on.unread.length > 0, 'it to be counted')
    expect(oddLines(on)).toEqual([
      {
        ...{ platform: 'slack', error: 'Misfit', where: 'user_id', at: [], unlogged: 0 },
        shape: expect.stringMatching(/^\{token:string,team_id:string,.*user_id:\{\*:string\},.*trigger_id:string\}$/),
      },
    ])
  })
})

test('2,000 deliveries with something odd in them: all acknowledged, nobody ends, and the next press is answered', async () => {
  const died = deaths()
  const on = await stage({ strict: false })
  const frames = await official(on)
  const by = chance(7)
  on.reply = ({ event }) => (event.kind === 'press' ? [...whisper] : [])
  for (let n = 0; n < 2_000; n += 1) {
    const found = by.pick(frames)
    tell(on, found, (mutated({ payload: found.payload }, by) as { payload?: unknown }).payload)
    if (n % 100 === 99) await settled(on)
  }
  await stillAnswers(on)
  expect([died, on.statuses.map(([state]) => state)]).toEqual([[], ['up']])
  expect(on.unread.length).toBeGreaterThan(300)
  expect(oddLines(on)).toHaveLength(5)
  expect(JSON.stringify(oddLines(on))).not.toMatch(/Amina|ardwick|Buses|hello|xoxb|xapp|loop-back/)
})
