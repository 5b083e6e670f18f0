import { InteractionResponseType as Ack } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import type { Meanwhile, Reply } from '../../../src/platform/adapter.ts'
import type { Interaction } from '../../platforms/discord/interaction.ts'
import { form, held, type Stage, stage, view, whisper } from './harness.ts'

const AGAIN = 'Please tap again in a minute.'
const away = (): never => {
  throw Object.assign(new Error('The store is away.'), { retry: true })
}

/** The bot tells people so and holds what they did, until it is given its answer; or it says each time that the store is away. */
function storeGoesAway(on: Stage, how: 'hangs' | 'is closed') {
  const back = held<readonly Reply[]>()
  let given: readonly Reply[] | undefined
  const told = new Set<string>()
  on.reply = (inbound, tell: Meanwhile['tell']) => {
    // As the bot does: once for each delivery.
    if (!told.has(inbound.id)) tell([whisper(AGAIN)])
    told.add(inbound.id)
    return how === 'hangs' ? back.promise : (given ?? away())
  }
  return (replies: readonly Reply[]): void => {
    given = replies
    back.give(replies)
  }
}

/** What came of it, in the order in which it came. */
const words = (made: Interaction): unknown[] => made.messages.map(one => [one.text, one.ephemeral])

describe.each(['hangs', 'is closed'] as const)('while the store %s', how => {
  test('who presses hears so alone, beside the post; the receipt comes after it, and the post changes then', async () => {
    const on = await stage()
    const post = await on.posted()
    const comesBack = storeGoesAway(on, how)
    const press = on.amina.presses(post, 'Buses')
    await press.said
    expect([press.ack, post.text, words(press)]).toEqual([Ack.DeferredMessageUpdate, 'What matters most?', [[AGAIN, true]]])
    comesBack([whisper('Counted.'), { kind: 'update', view: view('Closed') }])
    expect((await press.update).text).toBe('Closed')
    expect(words(press)).toEqual([
      [AGAIN, true],
      ['Counted.', true],
    ])
    expect([press.refused, on.ardwick.fromBot.length]).toEqual([[], 1])
  })

  test('who gives a command hears so alone, where the answer then stands', async () => {
    const on = await stage()
    const comesBack = storeGoesAway(on, how)
    const command = on.amina.runs(on.ardwick, 'poll', 'Buses?')
    const said = await command.said
    expect([command.ack, words(command)]).toEqual([Ack.DeferredChannelMessageWithSource, [[AGAIN, true]]])
    comesBack([whisper('Your draft is ready.'), { kind: 'say', view: view('For all') }])
    await on.discord.until(() => command.messages.length === 2)
    expect(words(command)).toEqual([
      ['Your draft is ready.', true],
      ['For all', false],
    ])
    expect([said.text, command.refused]).toEqual(['Your draft is ready.', []])
  })

  test('an answer for all takes the words away', async () => {
    const on = await stage()
    const comesBack = storeGoesAway(on, how)
    const command = on.amina.runs(on.ardwick, 'poll', 'Buses?')
    const said = await command.said
    comesBack([{ kind: 'say', view: view('For all') }])
    await on.discord.until(() => command.followUps.length === 1)
    expect([words(command), said.deleted]).toEqual([[['For all', false]], true])
  })

  test('who sends a form hears so alone, and the answer takes the place of that; the form is empty then', async () => {
    const on = await stage()
    on.reply = () => [{ kind: 'ask', form }]
    const modal = await on.amina.runs(on.ardwick, 'poll').asks
    const comesBack = storeGoesAway(on, how)
    const sent = on.amina.submits(modal, { question: 'What matters?', options: 'Buses\nParks' })
    await sent.said
    expect(words(sent)).toEqual([[AGAIN, true]])
    comesBack([whisper('Your draft is ready.')])
    await on.discord.until(() => sent.messages[0]?.text === 'Your draft is ready.')
    expect(words(sent)).toEqual([['Your draft is ready.', true]])
    on.reply = () => [{ kind: 'ask', form }]
    expect((await on.amina.runs(on.ardwick, 'poll').asks).filled).toEqual({ question: '', options: '' })
  })
})

test('a form that could not be taken yet is filled in already for the one who opens it again, and for nobody else', async () => {
  const on = await stage()
  on.reply = () => [{ kind: 'ask', form }]
  const modal = await on.amina.runs(on.ardwick, 'poll').asks
  storeGoesAway(on, 'hangs')
  await on.amina.submits(modal, { question: 'What matters?', options: 'Buses\nParks' }).said
  on.reply = () => [{ kind: 'ask', form }]
  const bea = on.discord.person('Bea')
  on.guild.joined(bea)
  expect((await bea.runs(on.ardwick, 'poll').asks).filled).toEqual({ question: '', options: '' })
  expect((await on.amina.runs(on.ardwick, 'poll').asks).filled).toEqual({ question: 'What matters?', options: 'Buses\nParks' })
})

test('words in private: who writes hears so there, and the answer comes after it', async () => {
  const on = await stage()
  const comesBack = storeGoesAway(on, 'is closed')
  on.amina.says('dm', 'hello')
  const said = (): string[] => on.amina.messages.slice(1).map(one => one.text)
  await on.discord.until(() => said().length === 1)
  comesBack([{ kind: 'say', view: view('Good morning.') }])
  await on.discord.until(() => said().length === 2)
  expect(said()).toEqual([AGAIN, 'Good morning.'])
})

describe('what was told and is not done in the end', () => {
  test('given up, it is left at the words; the form waits filled in', async () => {
    const on = await stage()
    const post = await on.posted()
    on.reply = () => [{ kind: 'ask', form }]
    const modal = await on.amina.runs(on.ardwick, 'poll').asks
    on.retryMs = 0
    storeGoesAway(on, 'is closed')
    const deeds = [on.amina.presses(post, 'Buses'), on.amina.submits(modal, { question: 'What matters?' })]
    const givenUp = (): number => on.lines.filter(({ data }) => 'again' in data && data.again === false).length
    await on.discord.until(() => givenUp() === 2)
    for (const deed of deeds) await deed.said
    on.reply = () => [{ kind: 'ask', form }]
    expect((await on.amina.runs(on.ardwick, 'poll').asks).filled).toEqual({ question: 'What matters?', options: '' })
    await on.adapter.stop()
    expect(deeds.flatMap(words)).toEqual([
      [AGAIN, true],
      [AGAIN, true],
    ])
  })

  test('when the bot stops, it is left at the words', async () => {
    const on = await stage()
    const post = await on.posted()
    storeGoesAway(on, 'is closed')
    const press = on.amina.presses(post, 'Buses')
    await press.said
    await on.adapter.stop()
    expect(words(press)).toEqual([[AGAIN, true]])
  })
})
