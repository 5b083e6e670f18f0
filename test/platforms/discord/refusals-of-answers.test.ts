import { DiscordAPIError, Routes } from 'discord.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { commands, outcome, posted, register, row, type Stage, stage } from './harness.ts'
import type { Interaction } from './interaction.ts'
import { DISCORD_S } from './world.ts'

let on: Stage
beforeEach(async () => {
  on = await stage({ answerWithin: DISCORD_S })
  await register(on)
})
afterEach(() => on.discord.stop())

const run = (): Interaction => on.amina.runs(on.ardwick, 'poll')
const press = async (): Promise<Interaction> => on.amina.presses(await posted(on, 'What?', ['A']), 'A')
const answer = (to: Interaction, type: number, data?: object, query = ''): Promise<unknown> =>
  on.rest.post(Routes.interactionCallback(to.id, to.token), {
    body: { type, ...(data && { data }) },
    auth: false,
    query: new URLSearchParams(query),
  })
const later = (to: Interaction, body: object): Promise<unknown> => on.rest.post(Routes.webhook(on.app, to.token), { body, auth: false })
const original = (to: Interaction): `/${string}` => Routes.webhookMessage(on.app, to.token)
const field = (custom_id: string, more: object = {}): object => ({
  type: 18,
  label: 'Question',
  component: { type: 4, custom_id, style: 1, ...more },
})
const form = (...components: object[]): object => ({ custom_id: 'f', title: 'New poll', components })

describe('the first answer', () => {
  test('is due in three seconds', async () => {
    const [inTime, late] = [run(), run()]
    on.clock.forward(3)
    expect(await outcome(answer(inTime, 4, { content: 'x' }))).toBe('done')
    on.clock.forward(0.1)
    expect(await outcome(answer(late, 4, { content: 'x' }))).toBe('10062 Unknown interaction')
    expect(late.refused.map(refusal => refusal.code)).toEqual([10_062])
  })

  test('can be given once', async () => {
    const asked = run()
    await answer(asked, 5, { flags: 64 })
    expect(await outcome(answer(asked, 4, { content: 'x' }))).toBe('40060 Interaction has already been acknowledged.')
  })

  test('needs the right token', async () => {
    const asked = run()
    expect(await outcome(on.rest.post(Routes.interactionCallback(asked.id, 'x'), { body: { type: 5 }, auth: false }))).toBe(
      '10062 Unknown interaction',
    )
  })

  test.each([
    ['a command', 6, undefined],
    ['a command', 7, { content: 'x' }],
    ['a command', 8, { choices: [] }],
    ['a button', 8, { choices: [] }],
    ['a half typed command', 4, { content: 'x' }],
    ['a form', 9, form(field('q'))],
    ['a form from a command', 7, { content: 'x' }],
  ] as const)('of %s cannot be of type %i', async (what, type, data) => {
    const asked = await asking(what)
    expect(await outcome(answer(asked, type, data))).toMatch(/^50035 .*type\[BASE_TYPE_CHOICES\]/)
    expect(asked.ack).toBeUndefined()
  })

  test('is checked like any message', async () => {
    expect(await outcome(answer(run(), 4, {}))).toBe('50006 Cannot send an empty message')
    expect(await outcome(answer(run(), 4, { content: 'x'.repeat(2001) }))).toMatch(/^50035/)
    expect(await outcome(answer(run(), 4, { content: 'x', colour: 1 }))).toMatch(/colour\[UNKNOWN_FIELD\]/)
    expect(await outcome(answer(run(), 77))).toMatch(/^50035/)
  })

  test.each([
    ['no title', { custom_id: 'f', title: '', components: [field('q')] }],
    ['a long title', { custom_id: 'f', title: 'x'.repeat(46), components: [field('q')] }],
    ['six fields', form(...[1, 2, 3, 4, 5, 6].map(n => field(`${n}`)))],
    ['the same field twice', form(field('q'), field('q'))],
    ['a label of 46 signs', form({ type: 18, label: 'x'.repeat(46), component: { type: 4, custom_id: 'q', style: 1 } })],
    ['a preset of 4,001 signs', form(field('q', { value: 'x'.repeat(4001) }))],
    ['a button in it', form(row('A'))],
    [
      'two inputs in a row',
      form({
        type: 1,
        components: [
          { type: 4, custom_id: 'a', style: 1, label: 'a' },
          { type: 4, custom_id: 'b', style: 1, label: 'b' },
        ],
      }),
    ],
  ])('no form with %s', async (_, data) => {
    expect(await outcome(answer(run(), 9, data))).toMatch(/^50035/)
  })

  test('suggests at most 25 things', async () => {
    const choices = (count: number): object => ({ choices: Array.from({ length: count }, (_, n) => ({ name: `${n}`, value: `${n}` })) })
    const typing = on.amina.typing(on.ardwick, 'poll', 'x')
    expect(await outcome(answer(typing, 8, choices(26)))).toMatch(/^50035/)
    expect(await outcome(answer(typing, 8, { choices: [{ name: '', value: 'x' }] }))).toMatch(/^50035/)
    expect(await outcome(answer(typing, 8, choices(25)))).toBe('done')
  })

  test('tells what it made when asked to', async () => {
    const asked = run()
    const told = await answer(asked, 4, { content: 'hello', flags: 64 }, 'with_response=true')
    expect(told).toMatchObject({
      interaction: { id: asked.id, type: 2, response_message_ephemeral: true },
      resource: { type: 4, message: { content: 'hello', flags: 64 } },
    })
  })
})

async function asking(what: string): Promise<Interaction> {
  if (what === 'a command') return run()
  if (what === 'a button') return press()
  if (what === 'a half typed command') return on.amina.typing(on.ardwick, 'poll', 'x')
  const opener = what === 'a form' ? await press() : run()
  await answer(opener, 9, form(field('q')))
  return on.amina.submits(await opener.asks, { q: 'What?' })
}

describe('what comes after the first answer', () => {
  test('is possible for 15 minutes', async () => {
    const asked = run()
    await answer(asked, 5, { flags: 64 })
    on.clock.forward(899)
    expect(await outcome(on.rest.patch(original(asked), { body: { content: 'done' }, auth: false }))).toBe('done')
    on.clock.forward(2)
    expect(await outcome(later(asked, { content: 'x' }))).toBe('50027 Invalid Webhook Token')
  })

  test('needs that first answer', async () => {
    const asked = run()
    expect(await outcome(later(asked, { content: 'x' }))).toBe('10015 Unknown Webhook')
    expect(await outcome(on.rest.get(original(asked), { auth: false }))).toBe('10015 Unknown Webhook')
  })

  test('the first follow-up fills what was "thinking", as private as that was', async () => {
    const asked = run()
    await answer(asked, 5, { flags: 64 })
    expect(asked.original?.loading).toBe(true)
    await later(asked, { content: 'found' })
    expect(on.amina.sees(on.ardwick).map(message => [message.text, message.ephemeral])).toEqual([['found', true]])
    expect(on.ardwick.messages).toEqual([])
  })

  test('after an update of a message, @original is that message', async () => {
    const pressed = await press()
    await answer(pressed, 6)
    await on.rest.patch(original(pressed), { body: { content: 'Closed' }, auth: false })
    expect((await pressed.update).text).toBe('Closed')
    expect(on.ardwick.messages.map(message => message.text)).toEqual(['Closed'])
  })

  test('what only one person sees can be reached by the token only', async () => {
    const asked = run()
    await answer(asked, 4, { content: 'secret', flags: 64 })
    const { id } = await asked.said
    expect(await outcome(on.rest.get(Routes.channelMessage(on.ardwick.id, id)))).toBe('10008 Unknown Message')
    await on.rest.delete(original(asked), { auth: false })
    expect(on.amina.sees(on.ardwick)).toEqual([])
    expect(await outcome(on.rest.get(original(asked), { auth: false }))).toBe('10008 Unknown Message')
  })

  test('after a form there is no @original', async () => {
    const asked = run()
    await answer(asked, 9, form(field('q')))
    await expect(on.rest.get(original(asked), { auth: false })).rejects.toBeInstanceOf(DiscordAPIError)
    expect(await outcome(later(asked, { content: 'still possible', flags: 64 }))).toBe('done')
  })
})

describe('what a person cannot do', () => {
  test('is an error that says what there is', async () => {
    const poll = await posted(on, 'What?', ['A', 'B'])
    const { amina, ardwick, discord } = on
    expect(() => amina.runs(ardwick, 'dance')).toThrow('no command "dance" here; there are: poll')
    expect(() => amina.presses(poll, 'C')).toThrow('no button "C" under "What?"; there are: [["A","B"]]')
    const asked = run()
    await answer(asked, 4, { content: 'secret', flags: 64, components: [row('A')] })
    const secret = await asked.said
    expect(() => discord.person('Bilal').presses(secret, 'A')).toThrow('does not see "secret"')
    expect(amina.presses(poll, { forged: 'v:C' }).from.message).toBe(poll)
  })
})

describe('commands', () => {
  const put = (body: unknown): Promise<unknown> => on.rest.put(Routes.applicationCommands(on.app), { body })
  const chat = (more: object = {}): object => ({ name: 'poll', description: 'Ask', ...more })
  const option = (more: object = {}): object => ({ type: 3, name: 'what', description: 'What', ...more })

  test('keep their ids when they are registered again', async () => {
    const before = (await on.rest.get(Routes.applicationCommands(on.app))) as { id: string; name: string }[]
    const after = (await put(commands)) as { id: string }[]
    expect(after.map(one => one.id)).toEqual(before.map(one => one.id))
    expect(await put([])).toEqual([])
  })

  test.each([
    ['a name in capitals', [chat({ name: 'Poll' })], /APPLICATION_COMMAND_INVALID_NAME/],
    ['a name with a blank', [chat({ name: 'a poll' })], /APPLICATION_COMMAND_INVALID_NAME/],
    ['a localised name in capitals', [chat({ name_localizations: { de: 'Umfrage' } })], /APPLICATION_COMMAND_INVALID_NAME/],
    ['a name of 33 signs', [chat({ name: 'x'.repeat(33) })], /^50035/],
    ['a language that is not there', [chat({ name_localizations: { xx: 'poll' } })], /Locale "xx"/],
    ['no description', [{ name: 'poll' }], /description\[BASE_TYPE_REQUIRED\]/],
    ['a description of 101 signs', [chat({ description: 'x'.repeat(101) })], /^50035/],
    ['26 options', [chat({ options: Array.from({ length: 26 }, (_, n) => option({ name: `o${n}` })) })], /^50035/],
    [
      '26 choices',
      [chat({ options: [option({ choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })) })] })],
      /^50035/,
    ],
    [
      'choices and autocomplete',
      [chat({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] })],
      /AUTOCOMPLETE/,
    ],
    ['a needed option after one that is not', [chat({ options: [option(), option({ name: 'b', required: true })] })], /REQUIRED_INVALID/],
    ['the same name twice', [chat(), chat()], /DUPLICATE_NAME/],
    ['101 of them', Array.from({ length: 101 }, (_, n) => chat({ name: `c${n}` })), /APPLICATION_COMMANDS_MAX/],
    ['six for messages', Array.from({ length: 6 }, (_, n) => ({ name: `C ${n}`, type: 3 })), /APPLICATION_COMMANDS_MAX/],
    ['words on one for messages', [{ name: 'Poll', type: 3, description: 'x' }], /CONTEXT_MENU_DESCRIPTION/],
    ['options on one for messages', [{ name: 'Poll', type: 3, options: [option()] }], /CONTEXT_MENU_OPTIONS/],
    ['33 signs in the menu of messages', [{ name: 'x'.repeat(33), type: 3 }], /^50035/],
    ['33 signs there in another language', [{ name: 'Poll', type: 3, name_localizations: { de: 'x'.repeat(33) } }], /^50035/],
    ['the same twice for messages', [1, 2].map(() => ({ name: 'Poll', type: 3 })), /DUPLICATE_NAME/],
    ['a field that is not there', [chat({ colour: 1 })], /UNKNOWN_FIELD/],
    [
      'more than 8,000 signs',
      [
        chat({
          options: Array.from({ length: 10 }, (_, n) =>
            option({ name: `o${n}`, choices: Array.from({ length: 25 }, (_, c) => ({ name: `${c}`, value: `${c}`.padEnd(40) })) }),
          ),
        }),
      ],
      /APPLICATION_COMMAND_TOO_LARGE/,
    ],
  ])('are refused with %s', async (_, body, says) => {
    expect(await outcome(put(body))).toMatch(says)
  })
})
