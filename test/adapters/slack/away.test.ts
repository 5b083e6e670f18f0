import { describe, expect, test } from 'vitest'
import type { Reply } from '../../../src/platform/adapter.ts'
import type { View } from '../../platforms/slack/view.ts'
import { form, posted, type Stage, stage, view } from './harness.ts'

const AGAIN = 'Please tap again in a minute.'
const whisper = (words: string): Reply => ({ kind: 'whisper', view: view(words) })
const away = (): never => {
  throw Object.assign(new Error('The store is away.'), { retry: true })
}

/** The bot tells people so and holds what they did, until it is given its answer; or it says each time that the store is away. */
function storeGoesAway(on: Stage, how: 'hangs' | 'is closed') {
  let give: (replies: readonly Reply[]) => void = () => undefined
  const back = new Promise<readonly Reply[]>(resolve => {
    give = resolve
  })
  let given: readonly Reply[] | undefined
  const told = new Set<string>()
  on.reply = ({ id }, tell) => {
    // As the bot does: once for each delivery.
    if (!told.has(id)) tell([whisper(AGAIN)])
    told.add(id)
    return how === 'hangs' ? back : (given ?? away())
  }
  return (replies: readonly Reply[]): void => {
    given = replies
    give(replies)
  }
}

async function opened(on: Stage): Promise<View> {
  on.reply = () => [{ kind: 'ask', form }]
  await on.amina.runs(on.channel, '/poll').answer
  if (!on.amina.modal) throw new Error('no dialog is open')
  return on.amina.modal
}

/** What Amina alone got to see in the channel. */
const whispers = (on: Stage): string[] => on.channel.whispers.filter(one => one.only === on.amina.id).map(one => one.shown.text)

/** Everything is acknowledged, once, and answered. */
async function over(on: Stage): Promise<void> {
  await on.server.settled()
  await on.adapter.stop()
  expect([on.workspace.open, on.server.oddities]).toEqual([0, []])
}

describe.each(['hangs', 'is closed'] as const)('while the store %s', how => {
  test('who presses hears so alone, and gets the receipt when it is back', async () => {
    const on = await stage()
    const { message } = await posted(on)
    const comesBack = storeGoesAway(on, how)
    const press = on.amina.presses(message, 'Buses')
    expect([await press.answer, await press.acknowledged]).toMatchObject([{ kind: 'said', text: AGAIN }, true])
    expect([whispers(on), on.channel.fromBot.length]).toEqual([[AGAIN], 1])
    comesBack([whisper('Counted.')])
    await on.server.until(() => press.answers.length === 2)
    await over(on)
    expect(whispers(on)).toEqual([AGAIN, 'Counted.'])
    expect(press.answers.map(({ text }) => text)).toEqual([AGAIN, 'Counted.'])
  })

  test('who gives a command hears so alone, and gets the answer when it is back', async () => {
    const on = await stage()
    const comesBack = storeGoesAway(on, how)
    const command = on.amina.runs(on.channel, '/fm-poll', 'Buses?')
    expect([await command.answer, await command.acknowledged]).toMatchObject([{ kind: 'said', text: AGAIN }, true])
    expect(whispers(on)).toEqual([AGAIN])
    comesBack([whisper('Your draft is ready.')])
    await on.server.until(() => command.answers.length === 2)
    await over(on)
    expect([whispers(on), on.channel.fromBot]).toEqual([[AGAIN, 'Your draft is ready.'], []])
  })

  test('a dialog stays open with the words at its first field and all that was filled in; the answer comes when it is back', async () => {
    const on = await stage()
    const dialog = await opened(on)
    const comesBack = storeGoesAway(on, how)
    const sent = on.amina.submits(dialog, { question: 'What matters?', options: 'Buses\nParks' })
    expect(await sent.answer).toMatchObject({ kind: 'errors', errors: { question: AGAIN } })
    expect([on.amina.modal === dialog, dialog.open, whispers(on)]).toEqual([true, true, []])
    comesBack([whisper('Your draft is ready.')])
    await on.server.until(() => whispers(on).length > 0)
    await over(on)
    expect([whispers(on), sent.answers.length]).toEqual([['Your draft is ready.'], 1])
    // As it stands: nobody has to type it again.
    expect(on.heard.at(-1)?.event).toMatchObject({ values: { question: 'What matters?', options: 'Buses\nParks' } })
  })

  test('brought again by Slack, it is handled once, acknowledged each time, and nothing is said twice', async () => {
    const on = await stage()
    const { message } = await posted(on)
    const comesBack = storeGoesAway(on, how)
    const press = on.amina.presses(message, 'Buses')
    await press.answer
    for (let i = 0; i < 3; i += 1) on.workspace.redeliver()
    await on.server.until(() => on.workspace.open === 0)
    expect(whispers(on)).toEqual([AGAIN])
    if (how === 'hangs') expect(on.heard).toHaveLength(1)
    comesBack([whisper('Counted.')])
    await on.server.until(() => press.answers.length === 2)
    await over(on)
    expect([whispers(on), on.workspace.state.sockets.again]).toEqual([[AGAIN, 'Counted.'], 3])
  })
})

test('brought again before it is acknowledged: all of it is acknowledged together', async () => {
  const on = await stage()
  const { message } = await posted(on)
  let tell: (replies: readonly Reply[]) => void = () => undefined
  let give: (replies: readonly Reply[]) => void = () => undefined
  on.reply = (_, told) => {
    tell = told
    return new Promise(resolve => {
      give = resolve
    })
  }
  const press = on.amina.presses(message, 'Buses')
  await on.server.until(() => on.heard.length === 1)
  on.workspace.redeliver()
  // Read in the order in which they came: with this, the press that came again has come in.
  on.amina.runs(on.channel, '/fm-poll', 'Buses?')
  const [first, answer] = [tell, give]
  await on.server.until(() => on.heard.length === 2)
  expect(on.heard.map(({ event }) => event.kind)).toEqual(['press', 'command'])
  give([])
  first([whisper(AGAIN)])
  await press.answer
  await on.server.until(() => on.workspace.open === 0)
  answer([whisper('Counted.')])
  await on.server.until(() => press.answers.length === 2)
  await over(on)
  expect(whispers(on)).toEqual([AGAIN, 'Counted.'])
})

test('an acknowledgement that got lost says the same when it is given again: the dialog stays open', async () => {
  const on = await stage()
  const dialog = await opened(on)
  const comesBack = storeGoesAway(on, 'hangs')
  on.workspace.state.sockets.losing = 1
  const sent = on.amina.submits(dialog, { question: 'What matters?' })
  expect(await sent.answer).toMatchObject({ kind: 'errors', errors: { question: AGAIN } })
  expect([dialog.open, on.workspace.state.sockets.again]).toEqual([true, 1])
  comesBack([whisper('Your draft is ready.')])
  await on.server.until(() => whispers(on).includes('Your draft is ready.'))
  await over(on)
  expect(on.heard.filter(({ event }) => event.kind === 'submit')).toHaveLength(1)
})

test('words in private: who writes hears so there, and they come again to a bot that stops before they are done', async () => {
  const on = await stage()
  storeGoesAway(on, 'is closed')
  on.amina.says('private', 'hello')
  const said = (): string[] => on.amina.messages.filter(one => one.byBot).map(one => one.shown.text)
  // What the bot itself has said is told to it too.
  await on.server.until(() => said().length === 1 && on.workspace.open === 1)
  await on.adapter.stop()
  expect([said(), on.workspace.open]).toEqual([[AGAIN], 1])
})

describe('what was told and is not done in the end', () => {
  test('given up, it is left at the words', async () => {
    const on = await stage()
    const { message } = await posted(on)
    const dialog = await opened(on)
    on.retryMs = 0
    storeGoesAway(on, 'is closed')
    const press = on.amina.presses(message, 'Buses')
    const sent = on.amina.submits(dialog, { question: 'What matters?' })
    await on.server.until(() => on.lines.filter(({ data }) => 'again' in data && data.again === false).length === 2)
    await over(on)
    expect([press, sent].map(({ answers }) => answers.map(({ kind, text }) => [kind, text]))).toEqual([
      [['said', AGAIN]],
      [['errors', AGAIN]],
    ])
    expect(whispers(on)).toEqual([AGAIN])
  })

  test('when the bot stops, it is left at the words', async () => {
    const on = await stage()
    const { message } = await posted(on)
    storeGoesAway(on, 'is closed')
    const press = on.amina.presses(message, 'Buses')
    await press.answer
    await over(on)
    expect(whispers(on)).toEqual([AGAIN])
  })
})
