import { expect, test } from 'vitest'
import { ackMs } from '../../../adapters/slack/workspace.ts'
import type { Reply } from '../../../src/platform/adapter.ts'
import { SLACK_MS } from '../../platforms/slack/world.ts'
import { button, form, posted, stage, view } from './harness.ts'

test('a slow store: the press is acknowledged after two seconds, empty, and answered when it is done', async () => {
  const on = await stage()
  on.answerMs = undefined
  expect(ackMs).toBeLessThan(0.7 * SLACK_MS)
  const { message } = await posted(on)
  let give: (replies: readonly Reply[]) => void = () => undefined
  on.reply = () =>
    new Promise(resolve => {
      give = resolve
    })
  const press = on.amina.presses(message, 'Buses')
  expect(await press.acknowledged).toBe(true)
  expect(press.ackedAfter).toBeGreaterThan(0.95 * ackMs)
  give([{ kind: 'whisper', view: view('Counted.') }])
  expect(await press.answer).toMatchObject({ kind: 'said', text: 'Counted.' })
  expect(on.server.oddities).toEqual([])
})

test('words that the store cannot keep are not acknowledged before it can', async () => {
  const on = await stage()
  let away = true
  on.reply = () => {
    if (away) throw Object.assign(new Error('The store is away.'), { retry: true })
    return []
  }
  on.amina.says('private', 'hello')
  await on.server.until(() => on.heard.length === 3)
  expect(on.workspace.open).toBe(1)
  away = false
  await on.server.settled()
  expect(new Set(on.heard.map(one => one.id)).size).toBe(1)
})

test('what Slack delivers again after it was answered is acknowledged again, and answered no second time', async () => {
  const on = await stage()
  on.reply = () => [{ kind: 'whisper', view: view('Counted.') }]
  const whispers = (): string[] => on.channel.whispers.map(one => one.shown.text)
  const { message } = await posted(on)
  await on.amina.presses(message, 'Buses').acknowledged
  await on.server.until(() => whispers().length === 1)
  await on.server.settled()
  on.workspace.redeliver()
  await on.server.until(() => on.workspace.open === 0)
  await on.server.settled()
  expect([on.heard.length, whispers(), on.workspace.state.sockets.again]).toEqual([1, ['Counted.'], 1])
  expect(on.server.oddities).toEqual([])
})

test('a press does not wait for a name: it comes with that of the account, and says so, until the name is known', async () => {
  const on = await stage()
  const { message } = await posted(on)
  await on.amina.presses(message, 'Buses').acknowledged
  await on.amina.runs(on.channel, '/fm-poll', 'Buses?').acknowledged
  await on.amina.presses(message, 'Buses').acknowledged
  const ref = `slack:${on.workspace.id}:@${on.amina.id}`
  const known = { ref, name: 'Amina', locale: 'cy-GB' }
  expect(on.heard.map(({ person }) => person)).toEqual([{ ref, name: 'amina', isPartial: true }, known, known])
})

test('a cut connection: what was not acknowledged comes again, and nobody waits', async () => {
  const on = await stage()
  const { message } = await posted(on)
  let give: (replies: readonly Reply[]) => void = () => undefined
  on.reply = () =>
    new Promise(resolve => {
      give = resolve
    })
  const press = on.amina.presses(message, 'Buses')
  await on.server.until(() => on.heard.length === 1)
  on.reply = () => []
  on.workspace.cutSockets()
  await on.server.until(() => on.workspace.state.sockets.again > 0)
  give([])
  expect(await press.acknowledged).toBe(true)
  expect(new Set(on.heard.map(({ id }) => id)).size).toBe(1)
  expect(on.server.oddities).toEqual([])
  expect(on.statuses).toEqual([['up', undefined]])
})

test('a form from a command, all problems at their fields, and the answer in the channel', async () => {
  const on = await stage()
  on.reply = ({ event }) =>
    event.kind === 'command'
      ? [{ kind: 'ask', form }]
      : [{ kind: 'wrong', form, fields: { question: 'Too short.', options: 'Two at least.' } }]
  const opened = await on.amina.runs(on.channel, '/fm-poll', 'Buses?').answer
  expect(opened.kind).toBe('opened')
  expect(on.heard[0]).toMatchObject({ event: { name: 'poll', args: 'Buses?' }, person: { name: 'Amina', locale: 'cy-GB' } })
  const dialog = on.amina.modal
  if (!dialog) throw new Error('no dialog is open')
  expect((await on.amina.submits(dialog, { question: 'x' }).answer).errors).toEqual({ question: 'Too short.', options: 'Two at least.' })
  on.reply = () => [{ kind: 'whisper', view: view('Only you see this.') }]
  const sent = on.amina.submits(dialog, { question: 'What matters most?', options: 'A\nB' })
  await on.server.until(() => on.channel.whispers.length === 1)
  expect(sent.answers[0]?.kind).toBe('closed')
  expect(on.heard.at(-1)).toMatchObject({
    place: { space: on.space },
    event: { kind: 'submit', form: 'polls_new', values: { question: 'What matters most?', options: 'A\nB' } },
  })
})

test('the next form takes the place of the one that was sent', async () => {
  const on = await stage()
  on.reply = () => [{ kind: 'ask', form }]
  await on.amina.runs(on.channel, '/poll').answer
  const dialog = on.amina.modal
  if (!dialog) throw new Error('no dialog is open')
  on.reply = () => [{ kind: 'ask', form: { ...form, token: 'polls_next', title: 'And the areas' } }]
  expect(await on.amina.submits(dialog, { question: 'x' }).answer).toMatchObject({ kind: 'updated', text: 'And the areas' })
})

test('a form whose moment is over is offered by a button', async () => {
  const on = await stage()
  on.server.fail({ method: 'views.open', with: { error: 'expired_trigger_id' } })
  on.reply = () => [{ kind: 'ask', form }]
  const { message } = await on.amina.runs(on.channel, '/poll').answer
  if (!message) throw new Error('nothing was said')
  expect(message.shown.text).toContain('slack-form-wait in cy-GB')
  expect(await on.amina.presses(message, 'slack-form-open in cy-GB').answer).toMatchObject({ kind: 'opened', text: 'A new poll' })
  expect(on.heard).toHaveLength(1)
})

test('a whisper that is updated changes itself; a used-up response address does not silence the bot', async () => {
  const on = await stage()
  on.reply = () => [{ kind: 'whisper', view: view('Draft', [[button]]) }]
  const { message } = await on.amina.runs(on.channel, '/poll').answer
  if (!message) throw new Error('nothing was said')
  on.reply = () => [{ kind: 'update', view: view('Posted.') }]
  expect(await on.amina.presses(message, 'Buses').answer).toMatchObject({ kind: 'replaced', text: 'Posted.' })
  on.server.fail({ method: 'response_url', with: { status: 404 } })
  on.reply = () => [{ kind: 'whisper', view: view('By the slower way') }]
  on.amina.runs(on.channel, '/poll')
  await on.server.until(() => on.channel.whispers.some(one => one.shown.text === 'By the slower way'))
})

test('a command where the bot is not: the one who asked learns how to let it in', async () => {
  const on = await stage()
  const elsewhere = on.workspace.channel('elsewhere', { bot: false, members: [on.amina] })
  on.reply = () => [{ kind: 'say', view: view('For all') }]
  expect((await on.amina.runs(elsewhere, '/poll').answer).text).toContain('slack-missing-member in cy-GB')
})

test('a file for one person comes in their direct messages, and the channel says so to them alone', async () => {
  const on = await stage()
  const file = { kind: 'file', name: 'forum.ics', mime: 'text/calendar', text: 'BEGIN:VCALENDAR', about: 'The forum' } as const
  on.reply = () => [{ kind: 'whisper', view: { ...view('Your calendar file'), blocks: [file] } }]
  await on.amina.runs(on.channel, '/fm-poll', 'file').answer
  await on.server.until(() => on.amina.messages.some(message => message.files.length > 0))
  expect(on.amina.messages.flatMap(message => message.files.map(({ name }) => name))).toEqual(['forum.ics'])
  await on.server.until(() => on.channel.whispers.length === 1)
  expect(on.channel.whispers[0]?.shown.text ?? on.channel.whispers[0]?.text).toBe('slack-file-sent in cy-GB')
  expect(on.channel.messages).toEqual([])
})
