import { describe, expect } from 'vitest'
import type { Inbound } from '../../src/platform/adapter.ts'
import { until } from '../helpers/patience.ts'
import { held, isIn, type Platform, posted, type Scene, testOn, view } from './stage.ts'

/** What comes in: every deed once, in order, under an id of its own, and nothing confirmed too early. */
export function hears(platform: Platform): void {
  const { can, has } = platform
  const test = testOn(platform)

  describe.concurrent('what comes in', () => {
    test('a command, with who said it, where, and the words as they were typed', async ({ on }) => {
      const words = '@everyone <!channel> *bold* [x](y) <b> & 😀 שלום | A'
      await on.stage.amina.says(on.stage.space, `/poll ${words}`).answer
      await until(() => on.heard.length > 0)
      expect(on.heard[0]).toMatchObject({
        place: { space: on.stage.space },
        person: { ref: on.stage.amina.ref, name: on.stage.amina.name },
        event: { kind: 'command', name: 'poll', args: words },
      })
      expect(on.heard[0]?.received).toBeInstanceOf(Date)
    })

    test('a press, with its token and the message that it hangs on; in private words too', async ({ on }) => {
      const message = await posted(on)
      await on.stage.amina.presses(message, 'polls_v_1').answer
      await on.stage.amina.says('private', 'hello there').answer
      expect(on.heard.map(inbound => [inbound.place === 'private', inbound.event])).toEqual([
        [false, { kind: 'press', token: 'polls_v_1', message }],
        [true, expect.objectContaining({ kind: 'text', text: 'hello there' })],
      ])
    })

    const hearsReplies = has.replies !== false
    test.runIf(hearsReplies)(
      'a reply to a message of the bot; words of people among themselves do not come in (replies reach it)',
      async ({ on }) => {
        const message = await posted(on)
        await on.stage.brendan.says(on.stage.space, 'The 219 is late again').answer
        await on.stage.brendan.says(on.stage.space, 'Buses', message).answer
        expect(on.heard.map(inbound => inbound.event)).toEqual([expect.objectContaining({ kind: 'text', text: 'Buses', replyTo: message })])
      },
    )

    test('a token of 64 bytes comes back byte for byte, from a button that was never there too', async ({ on }) => {
      const message = await posted(on)
      const token = `polls_${'Az0-'.repeat(14)}9_`.slice(0, 64)
      expect(Buffer.byteLength(token)).toBe(64)
      await on.stage.amina.presses(message, token).answer
      expect(on.heard[0]?.event).toMatchObject({ kind: 'press', token })
    })

    test('ids begin with the platform’s name, are all different, and are the same when a delivery is repeated', async ({ on }) => {
      const message = await posted(on)
      const deeds = [
        on.stage.amina.presses(message, 'polls_v_1'),
        on.stage.brendan.presses(message, 'polls_v_1'),
        on.stage.amina.says(on.stage.space, '/guide'),
      ]
      for (const deed of deeds) await deed.answer
      const first = on.heard.map(inbound => inbound.id)
      expect(new Set(first).size).toBe(3)
      for (const id of first) expect(id.startsWith(`${on.adapter.platform}:`)).toBe(true)
      const repeated = on.heard.find(inbound => inbound.person.ref === on.stage.brendan.ref)
      await until(() => on.stage.waiting() === 0)
      await deeds[1]?.again()
      // What is done after it is heard after it.
      await on.stage.amina.presses(message, 'polls_v_2').answer
      const again = on.heard.slice(3).filter(inbound => inbound.person.ref === on.stage.brendan.ref)
      expect(again).toHaveLength(has.answersOnce ? 0 : 1)
      for (const one of again) expect(one).toMatchObject({ id: repeated?.id, event: repeated?.event })
    })

    test('is handed over in order without waiting for the one before, and is not confirmed before it is done', async ({ on }) => {
      const message = await posted(on)
      const done = held<undefined>()
      on.reply = async () => (await done.promise) ?? []
      const tokens = ['polls_v_1', 'polls_v_2', 'polls_v_3']
      const answers: Promise<unknown>[] = []
      for (const token of tokens) {
        answers.push(on.stage.amina.presses(message, token).answer)
        if (!has.batches) await until(() => on.heard.length === answers.length)
      }
      await until(() => on.heard.length === 3)
      expect(on.heard.map(({ event }) => (event.kind === 'press' ? event.token : ''))).toEqual(tokens)
      expect(on.stage.waiting()).toBe(3)
      done.give(undefined)
      await Promise.all(answers)
      await until(() => on.stage.waiting() === 0)
    })

    test('comes again where the bot could not begin, and then counts', async ({ on }) => {
      const message = await posted(on)
      let away = true
      on.reply = () => {
        if (!away) return [{ kind: 'whisper', view: view('Counted.') }]
        away = false
        throw Object.assign(new Error('The store is away.'), { retry: true })
      }
      expect((await on.stage.amina.presses(message, 'polls_v_1').answer).whispers).toEqual(['Counted.'])
      expect(new Set(on.heard.map(inbound => inbound.id)).size).toBe(1)
      expect(on.heard.length).toBe(2)
    })

    test('a bot that breaks holds up nobody', async ({ on }) => {
      const message = await posted(on)
      on.reply = inbound => {
        if (inbound.person.ref === on.stage.amina.ref) throw new Error('broken')
        return [{ kind: 'whisper', view: view('Counted.') }]
      }
      await on.stage.amina.presses(message, 'polls_v_1').answer
      expect((await on.stage.brendan.presses(message, 'polls_v_1').answer).whispers).toEqual(['Counted.'])
    })

    test('words with half a character or NUL in them do not stop what follows', async ({ on }) => {
      await on.stage.amina.says('private', 'a\u0000b \ud800 c').answer
      await on.stage.amina.says('private', 'after').answer
      expect(on.heard.map(({ event }) => (event.kind === 'text' ? event.text : '')).at(-1)).toBe('after')
    })

    test.runIf(can.forms !== 'questions')('a form comes in with its values (forms)', async ({ on }) => {
      await on.stage.amina.submits?.(on.stage.space, 'polls_new_1', { question: 'What?', options: 'A\nB', areas: ['x', 'y'] }).answer
      expect(on.heard[0]?.event).toMatchObject({
        kind: 'submit',
        form: 'polls_new_1',
        values: { question: 'What?', options: 'A\nB', areas: ['x', 'y'] },
      })
    })

    test.runIf(can.shortcuts)('a command from the menu of a message, with what stands there (shortcuts)', async ({ on }) => {
      on.reply = () => [{ kind: 'whisper', view: view('Made.') }]
      const deed = on.stage.amina.uses?.(on.stage.space, 'Which day?\n* <Monday> & @everyone', 'Make this a poll')
      expect((await deed?.answer)?.whispers).toEqual(['Made.'])
      expect(on.heard[0]).toMatchObject({
        place: { space: on.stage.space },
        person: { ref: on.stage.amina.ref },
        event: { kind: 'shortcut', name: 'poll', about: { text: 'Which day?\n* <Monday> & @everyone' } },
      })
    })

    test.runIf(can.threads)('what is said in a thread comes from an address of its own (threads)', async ({ on }) => {
      const thread = on.stage.thread?.() ?? on.stage.space
      await on.stage.amina.says(thread, '/guide').answer
      expect(on.heard.some(isIn(thread))).toBe(true)
      expect(on.adapter.lane(thread)).not.toBe('')
      // So that all spaces of one lane can be found by it.
      expect(thread.startsWith(on.adapter.lane(thread))).toBe(true)
    })
  })

  describe.concurrent('what happens to chats', () => {
    const kinds = (on: Scene, where: (inbound: Inbound) => boolean = () => true): string[] =>
      on.heard.filter(where).map(({ event }) => event.kind)

    test.runIf(has.coming)('the bot is thrown out and put back (the platform tells of it)', async ({ on }) => {
      on.stage.kick?.()
      await until(() => kinds(on).includes('left'))
      on.stage.add?.()
      await until(() => kinds(on, isIn(on.stage.space)).join() === 'left,joined')
    })

    test.runIf(has.moving)('a chat gets another address, and works there (the platform moves chats)', async ({ on }) => {
      const to = on.stage.move?.() ?? on.stage.space
      await until(() => kinds(on).includes('moved'))
      expect(on.heard.find(inbound => inbound.event.kind === 'moved')).toMatchObject({ place: { space: on.stage.space }, event: { to } })
      expect(await on.adapter.send(on.stage.space, view('x'), 'k1')).toEqual({ moved: to })
      expect(await on.adapter.send(to, view('x'), 'k2')).toMatchObject({ ok: expect.any(String) })
    })

    test.runIf(has.closing)('a person closes the private chat and opens it again (the platform tells of it)', async ({ on }) => {
      on.stage.brendan.closes?.()
      await until(() => kinds(on).includes('closed'))
      expect(await on.adapter.send(on.stage.brendan.ref, view('x'), 'k')).toMatchObject({ no: 'unreachable' })
      on.stage.brendan.opens?.()
      await until(() => kinds(on).join() === 'closed,opened')
      expect(on.heard.every(inbound => inbound.place === 'private' && inbound.person.ref === on.stage.brendan.ref)).toBe(true)
    })
  })
}
