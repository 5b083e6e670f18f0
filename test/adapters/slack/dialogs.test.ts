import { expect, test } from 'vitest'
import type { Form } from '../../../src/view/view.ts'
import { form, stage, view } from './harness.ts'

/** Stands still, so that no trigger grows old while a test works. */
const clock = (): Date => new Date('2026-11-02T18:00:00Z')
const at = '2026-11-27T18:00:00.000Z'
const seconds = (iso: string): number => Date.parse(iso) / 1000
const dated: Form = {
  ...form,
  fields: [
    { name: 'question', label: 'Your question', kind: 'line', required: true },
    { name: 'closes', label: 'Closes', kind: 'when', required: false, hint: 'Friday 6pm', pick: 'Empty: when you close it', at },
  ],
}

test('"Make this a poll" on a message opens a form; the answer is for that person alone, where they were', async () => {
  const on = await stage({ clock })
  const said = on.amina.says(on.channel, 'Buses or <b>parks</b> & trees?')
  on.reply = () => [{ kind: 'ask', form }]
  expect(await on.amina.uses(said, 'Make this a poll').answer).toMatchObject({ kind: 'opened', text: 'A new poll' })
  expect(on.heard[0]).toMatchObject({
    place: { space: on.space },
    person: { ref: `slack:${on.workspace.id}:@${on.amina.id}` },
    event: { kind: 'shortcut', name: 'poll', about: { message: `${on.space}/${said.ts}`, text: 'Buses or <b>parks</b> & trees?' } },
  })
  on.reply = () => [{ kind: 'whisper', view: view('Your draft is ready.') }]
  const dialog = on.amina.modal
  if (!dialog) throw new Error('no dialog is open')
  on.amina.submits(dialog, { question: 'Buses or parks?' })
  await on.server.until(() => on.channel.whispers.some(one => one.shown.text === 'Your draft is ready.'))
  expect(on.server.calls('chat.postEphemeral')).toEqual([])
  expect(on.server.oddities).toEqual([])
})

test('a shortcut that needs no form is answered through its response address, where the bot is not too', async () => {
  const on = await stage({ clock })
  const elsewhere = on.workspace.channel('elsewhere', { bot: false, members: [on.amina] })
  on.reply = () => [{ kind: 'whisper', view: view('Only coordinators can do that.') }]
  const used = on.amina.uses(on.amina.says(elsewhere, 'Buses?'), 'Make this a poll')
  expect(await used.answer).toMatchObject({ kind: 'said', text: 'Only coordinators can do that.' })
  expect(elsewhere.whispers).toHaveLength(1)
})

test('a time is picked on a clock: it stands on what the bot says, and comes back as an instant', async () => {
  const on = await stage({ clock })
  on.reply = ({ event }) => (event.kind === 'command' ? [{ kind: 'ask', form: dated }] : [])
  await on.amina.runs(on.channel, '/poll').answer
  const dialog = on.amina.modal
  if (!dialog) throw new Error('no dialog is open')
  expect(dialog.state['closes']).toEqual({ value: { type: 'datetimepicker', selected_date_time: seconds(at) } })
  await on.amina.submits(dialog, { question: 'Buses?', closes: seconds('2026-12-04T17:30:00.000Z') }).acknowledged
  expect(on.heard.at(-1)?.event).toMatchObject({ values: { question: 'Buses?', closes: '2026-12-04T17:30:00.000Z' } })
})

test('what was picked stays after an error at its field, and when the dialog is shown anew; an emptied picker stays empty', async () => {
  const on = await stage({ clock })
  const picked = '2026-12-04T17:30:00.000Z'
  on.reply = () => [{ kind: 'ask', form: dated }]
  await on.amina.runs(on.channel, '/poll').answer
  const dialog = on.amina.modal
  if (!dialog) throw new Error('no dialog is open')
  on.reply = () => [{ kind: 'wrong', form: dated, fields: { closes: 'That is in the past.' } }]
  const first = on.amina.submits(dialog, { question: 'Buses?', closes: seconds(picked) })
  expect(await first.answer).toMatchObject({ kind: 'errors', errors: { closes: 'That is in the past.' } })
  // A problem that belongs to no field is shown by showing the whole dialog anew.
  on.reply = () => [{ kind: 'wrong', form: dated, fields: { elsewhere: 'Something else is wrong.' } }]
  expect(await on.amina.submits(dialog).answer).toMatchObject({ kind: 'updated' })
  on.reply = () => []
  await on.amina.submits(dialog).acknowledged
  expect(on.heard.map(({ event }) => (event.kind === 'submit' ? event.values['closes'] : 'asked'))).toEqual([
    'asked',
    picked,
    picked,
    picked,
  ])
  on.reply = () => [{ kind: 'ask', form: dated }]
  await on.amina.runs(on.channel, '/poll').answer
  const second = on.amina.modal
  if (!second) throw new Error('no dialog is open')
  await on.amina.submits(second, { question: 'Buses?', closes: '' }).acknowledged
  expect(on.heard.at(-1)?.event).toMatchObject({ values: { closes: '' } })
})
