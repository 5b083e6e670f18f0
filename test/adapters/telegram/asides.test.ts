import { describe, expect, test } from 'vitest'
import { messageRef, spaceRef } from '../../../adapters/telegram/refs.ts'
import type { Inbound, Reply } from '../../../src/platform/adapter.ts'
import { until } from '../../helpers/patience.ts'
import type { Person } from '../../platforms/telegram/people.ts'
import type { Posted } from '../../platforms/telegram/posted.ts'
import { button, type Stage, stage, view } from './harness.ts'

const card = view('Your vote: Buses', [[button('Take back', 'polls_back_1')]])
const way = (payload: string) => ({ kind: 'go private', payload, view: view('My answer is private.'), label: 'Open' }) as const
const whispers = (): readonly Reply[] => [{ kind: 'whisper', view: card }]

/** A new server, and a bot that has seen that it is one: somebody's command came to it alone. */
async function fresh(options: Parameters<typeof stage>[0] = {}): Promise<Stage> {
  const on = await stage({ isOld: false, ...options })
  await on.tg.until(() => on.tg.world.commands.length > 0, 'the commands to be listed')
  on.tg.person('Olwen', { language: 'en' }).says(on.group, '/poll')
  await on.tg.settled()
  on.heard.length = 0
  return on
}

async function poll({ adapter, group }: Stage): Promise<Posted> {
  await adapter.send(spaceRef(group.id), view('What matters most?', [[button('Buses')]]), 'k')
  const found = group.fromBot.at(-1)
  if (!found) throw new Error('the poll does not stand')
  return found
}

const alone = ({ group }: Stage, person: Person): string[] => person.seesAlone(group).map(one => one.text)
const refuses = ({ tg }: Stage, times = 1): void =>
  tg.fail({ method: 'sendMessage', times, with: { status: 400, description: 'Bad Request: no' } })
const last = ({ heard }: Stage): Inbound | undefined => heard.at(-1)

describe('a card that a press asks for', () => {
  test('is shown to the one who pressed, and the circle ends', async () => {
    const on = await fresh()
    on.reply = whispers
    expect(await on.amina.presses(await poll(on), 'Buses').answer).toEqual({ text: '', alert: false, url: undefined })
    expect(alone(on, on.amina)).toEqual([card.brief])
    expect([on.group.fromBot.length, on.amina.messages]).toEqual([1, []])
  })

  test('that Telegram refuses goes where the bot says, at once, and the next one is not tried', async () => {
    const on = await fresh()
    const post = await poll(on)
    on.reply = ({ event }) => (event.kind === 'missed' ? [way('app_waiting')] : whispers())
    refuses(on)
    expect((await on.amina.presses(post, 'Buses').answer).url).toBe('https://t.me/folkmoot_bot?start=app_waiting')
    expect(last(on)).toMatchObject({ mayWhisper: false, event: { kind: 'missed', view: card, isPress: true } })
    expect(last(on)?.id).toBe(`${on.heard[0]?.id}/missed1`)
    on.reply = () => []
    await on.amina.presses(post, 'Buses').answer
    expect(last(on)?.mayWhisper).toBe(false)
    // Of somebody else it says nothing.
    await on.tg.person('Brendan').presses(post, 'Buses').answer
    expect(last(on)?.mayWhisper).toBe(true)
  })

  test('and was answered in private is said so by the box', async () => {
    const on = await fresh()
    on.reply = ({ event }) => (event.kind === 'missed' ? [{ kind: 'whisper', view: view('Look in our private chat.') }] : whispers())
    const post = await poll(on)
    refuses(on)
    expect((await on.amina.presses(post, 'Buses').answer).text).toBe('Look in our private chat.')
  })

  test('and must not be kept is never handed back: the way is given with it', async () => {
    const on = await fresh()
    on.reply = () => [{ kind: 'whisper', view: card, instead: way('polls_mine_1') }]
    const post = await poll(on)
    refuses(on)
    expect((await on.amina.presses(post, 'Buses').answer).url).toContain('start=polls_mine_1')
    expect(on.heard.map(({ event }) => event.kind)).toEqual(['press'])
  })

  test('and waits for the store is sent to the private chat', async () => {
    const on = await fresh()
    on.reply = ({ event }) => (event.kind === 'missed' ? Promise.reject(new Error('away')) : whispers())
    const post = await poll(on)
    refuses(on)
    await on.amina.presses(post, 'Buses').answer
    await on.tg.until(() => on.amina.messages.some(one => one.text === card.brief))
  })

  test('is changed in place; where that fails it stands anew', async () => {
    const on = await fresh()
    on.reply = whispers
    await on.amina.presses(await poll(on), 'Buses').answer
    const [shown] = on.amina.seesAlone(on.group)
    if (!shown) throw new Error('nothing is shown')
    on.reply = () => [{ kind: 'update', view: view('Taken back', [[button('More')]]) }]
    await on.amina.presses(shown, 'Take back').answer
    expect([shown.text, alone(on, on.amina)]).toEqual(['Taken back', ['Taken back']])
    on.tg.fail({ method: 'editEphemeralMessageText', with: { status: 400 } })
    on.reply = () => [{ kind: 'update', view: view('Once more') }]
    await on.amina.presses(shown, 'More').answer
    expect(alone(on, on.amina)).toEqual(['Once more'])
  })
})

describe('a command', () => {
  test('from an old app is seen by all, and leads to the private chat, by a press too; until a new app is there', async () => {
    const on = await fresh()
    const post = await poll(on)
    on.amina.state.oldApp = true
    on.amina.says(on.group, '/poll')
    await on.amina.presses(post, 'Buses').answer
    expect(on.heard.map(({ mayWhisper, isUnseen }) => [mayWhisper, isUnseen])).toEqual([
      [false, undefined],
      [false, undefined],
    ])
    on.amina.state.oldApp = false
    on.amina.says(on.group, '/poll')
    await on.tg.settled()
    await on.amina.presses(post, 'Buses').answer
    expect(on.heard.slice(2).map(({ mayWhisper, isUnseen }) => [mayWhisper, isUnseen])).toEqual([
      [true, true],
      [true, undefined],
    ])
  })

  test('seen by all is answered to one alone where the bot is an admin, and no more when it is none', async () => {
    const on = await fresh()
    on.group.promote()
    on.amina.state.oldApp = true
    for (const rights of [true, false]) {
      on.group.promote(rights)
      on.amina.says(on.group, '/poll')
      await on.tg.settled()
      expect(last(on)?.mayWhisper).toBe(rights)
    }
  })

  test('leads into the private chat before one alone', async () => {
    const on = await fresh()
    on.reply = () => [way('polls_new')]
    on.amina.says(on.group, '/poll')
    const [shown] = await on.tg.until(() => (alone(on, on.amina).length > 0 ? on.amina.seesAlone(on.group) : undefined))
    expect(shown?.labels).toEqual([['Open']])
    expect(on.group.fromBot).toEqual([])
  })

  test('of an anonymous admin gets no private answer', async () => {
    const on = await fresh()
    on.group.anonymousAdmin().says('/poll')
    await on.tg.settled()
    expect(last(on)).toMatchObject({ mayWhisper: false, event: { kind: 'nameless' } })
  })
})

describe('a way that all can see', () => {
  test('stands once, leads the newest one too, and goes when all whom it was for have used it', async () => {
    const on = await fresh()
    const [bea, cal] = [on.tg.person('Bea', { oldApp: true }), on.tg.person('Cal', { oldApp: true })]
    on.reply = ({ person, place }) => (place === 'private' ? [] : [way(`app_${person.name}`)])
    const url = (post: Posted | undefined): string => JSON.stringify(post?.keyboard)
    bea.says(on.group, '/poll')
    const shown = await on.tg.until(() => on.group.fromBot[0])
    cal.says(on.group, '/poll')
    await on.tg.until(() => url(shown).includes('app_Cal'))
    // Nobody gets a second one within the hour.
    bea.says(on.group, '/poll')
    await on.tg.settled()
    expect([on.group.fromBot.length, url(shown)]).toEqual([1, expect.stringContaining('app_Cal')])
    bea.starts('app_waiting')
    await on.tg.settled()
    expect(on.group.fromBot).toHaveLength(1)
    cal.starts('app_waiting')
    await on.tg.until(() => on.group.fromBot.length === 0)
    cal.says(on.group, '/poll')
    await on.tg.settled()
    await on.adapter.stop()
    expect(on.group.fromBot).toEqual([])
  })
})

test('a server that turns out to be an old one shows a private answer to nobody for longer than it takes to delete it', async () => {
  const on = await fresh()
  const post = await poll(on)
  on.reply = ({ event }) => (event.kind === 'missed' ? [way('app_waiting')] : whispers())
  on.tg.world.isOld = true
  expect((await on.amina.presses(post, 'Buses').answer).url).toContain('app_waiting')
  expect(on.group.fromBot).toEqual([post])
  await on.tg.person('Brendan').presses(post, 'Buses').answer
  expect(on.heard.filter(({ event }) => event.kind === 'press').map(({ mayWhisper }) => mayWhisper)).toEqual([true, false])
})

describe('a receipt', () => {
  const receipt = (text: string) => (): readonly Reply[] => [
    { kind: 'whisper', view: view(text, [[button('Take back', 'polls_mine_1')]]), isReceipt: true },
  ]

  test('is the answer to the press: a box the first time, then a toast', async () => {
    const on = await stage()
    const post = await poll(on)
    on.reply = receipt('Counted: Buses. This chat sees totals only. You can change it until Friday.')
    const alerts: boolean[] = []
    for (const person of [on.amina, on.amina, on.tg.person('Brendan')]) alerts.push((await person.presses(post, 'Buses').answer).alert)
    expect(alerts).toEqual([true, false, true])
  })

  test('stands in the group too while that keeps nobody waiting, with its button; a later one takes its place', async () => {
    const on = await fresh()
    const post = await poll(on)
    // After the post its chat is given time to rest.
    on.reply = receipt('Counted: Buses')
    await until(async () => {
      await on.amina.presses(post, 'Buses').answer
      return alone(on, on.amina).length > 0
    })
    expect(on.amina.seesAlone(on.group)[0]?.labels).toEqual([['Take back']])
    on.reply = receipt('Counted: Parks')
    await until(async () => {
      await on.amina.presses(post, 'Buses').answer
      return alone(on, on.amina).includes('Counted: Parks')
    })
    await on.tg.until(() => alone(on, on.amina).length === 1, 'the one before to go')
  })

  test('of 500 presses at once, all are given by the answer, the tally moves at its pace, and nothing is turned back', async () => {
    const on = await fresh({ realTime: true, rates: 'telegram' })
    const post = await poll(on)
    on.reply = receipt('Counted: Buses')
    const people = Array.from({ length: 500 }, (_, n) => on.tg.person(`Resident ${n}`))
    const edits = (async () => {
      const made: unknown[] = []
      for (let n = 1; n <= 4; n += 1)
        made.push(await on.adapter.change(messageRef(on.group.id, post.id), view(`Buses: ${n}`, [[button('Buses')]])))
      return made
    })()
    const answers = await Promise.all(people.map(person => person.presses(post, 'Buses').answer))
    expect(answers.filter(({ text }) => text !== 'Counted: Buses')).toEqual([])
    expect(await edits).toEqual(Array.from({ length: 4 }, () => ({ ok: messageRef(on.group.id, post.id) })))
    expect([post.text, on.tg.tooMany]).toEqual(['Buses: 4', 0])
    expect(on.tg.calls('sendMessage').filter(call => call.payload['ephemeral_message_parameters'] !== undefined).length).toBeLessThan(5)
  })
})
