import { describe, expect } from 'vitest'
import type { Capabilities, Reply } from '../../src/platform/adapter.ts'
import { plain } from '../../src/view/plain.ts'
import type { Form } from '../../src/view/view.ts'
import { until } from '../helpers/patience.ts'
import { held, type Platform, posted, type Scene, type Seen, testOn, view } from './stage.ts'

const FORM: Form = {
  ...{ token: 'polls_new', title: 'A new poll', submit: 'Go on', lang: 'en' },
  fields: [{ name: 'question', label: 'What do you want to ask?', kind: 'line', required: true }],
}

/** Every kind of reply, given where it belongs and seen by those whom it is for. */
export function answers(platform: Platform): void {
  const { can } = platform
  const test = testOn(platform)
  const words = async ({ stage }: Scene, at = stage.space) => (await stage.reads(at)).map(one => one.text)

  describe.concurrent('replies', () => {
    test('say speaks to the place, in order', async ({ on }) => {
      on.reply = () => [
        { kind: 'say', view: view('One of two') },
        { kind: 'say', view: view('Two of two', [[{ label: 'Yes', token: 'a_b' }]]) },
      ]
      await on.stage.amina.says(on.stage.space, '/guide').answer
      await until(async () => (await words(on)).length === 2)
      expect(await words(on)).toEqual(['One of two', 'Two of two'])
      expect((await on.stage.reads(on.stage.space))[1]?.rows).toEqual([[{ label: 'Yes', token: 'a_b' }]])
    })

    test('say in private speaks to that person alone', async ({ on }) => {
      on.reply = () => [{ kind: 'say', view: view('Between us') }]
      await on.stage.amina.says('private', '/guide').answer
      await until(async () => (await words(on, on.stage.amina.ref)).length === 1)
      expect([await words(on, on.stage.amina.ref), await words(on), await words(on, on.stage.brendan.ref)]).toEqual([
        ['Between us'],
        [],
        [],
      ])
    })

    test('whisper in answer to a press is seen by the one who pressed, at its longest too', async ({ on }) => {
      const message = await posted(on)
      const longest = 'w'.repeat(can.whisper.text)
      on.reply = ({ person }) => [{ kind: 'whisper', view: view(person.ref === on.stage.amina.ref ? longest : 'For Brendan') }]
      const [one, two] = await Promise.all([
        on.stage.amina.presses(message, 'polls_v_1').answer,
        on.stage.brendan.presses(message, 'polls_v_1').answer,
      ])
      expect([one.whispers, two.whispers]).toEqual([[longest], ['For Brendan']])
      expect(await words(on)).toEqual(['What matters most?'])
      expect([await words(on, on.stage.amina.ref), await words(on, on.stage.brendan.ref)]).toEqual([[], []])
    })

    test.runIf(platform.has.following !== false)(
      'what is told meanwhile reaches the one who pressed (the stage waits for it)',
      async ({ on }) => {
        const message = await posted(on)
        const done = held<undefined>()
        let times = 0
        on.reply = async (_, tell) => {
          times += 1
          if (times === 1) tell([{ kind: 'whisper', view: view('Not yet.') }])
          if (times === 1) await done.promise
          return [{ kind: 'whisper', view: view('Counted.') }]
        }
        const { answer } = on.stage.amina.presses(message, 'polls_v_1')
        await until(() => on.heard.length > 0)
        done.give(undefined)
        const { whispers } = await answer
        // The page of the browser chat shows it in a line of its own, and asks again.
        expect(whispers[0]).toBe(on.adapter.platform === 'web' ? 'Counted.' : 'Not yet.')
      },
    )

    test.runIf(can.keeps)('what could not be written down comes again to the next process (keeps)', async ({ on }) => {
      const message = await posted(on)
      on.reply = () => Promise.reject(Object.assign(new Error('The store is away.'), { retry: true }))
      const { answer } = on.stage.amina.presses(message, 'polls_v_1')
      await until(() => on.heard.length > 0)
      await on.stop()
      expect(on.stage.waiting()).toBe(1)
      on.reply = () => [{ kind: 'whisper', view: view('Counted.') }]
      await on.start(on.stage.adapter())
      expect((await answer).whispers).toEqual(['Counted.'])
    })

    test('no reply at all leaves nobody waiting', async ({ on }) => {
      const message = await posted(on)
      expect(await on.stage.amina.presses(message, 'polls_v_1').answer).toEqual({ whispers: [] })
    })

    test.runIf(can.whisper.to === 'everything')('whisper in answer to a command (whisper to everything)', async ({ on }) => {
      on.reply = () => [{ kind: 'whisper', view: view('Only you') }]
      expect((await on.stage.amina.says(on.stage.space, '/guide').answer).whispers).toEqual(['Only you'])
      expect(await words(on)).toEqual([])
    })

    describe.runIf(can.whisper.to === 'each says')('what one person alone sees in a chat (whisper: each says)', () => {
      const whispers = (text: string) => (): readonly Reply[] => [
        { kind: 'whisper', view: view(text, [[{ label: 'More', token: 'a_b' }]]) },
      ]
      /** A command of Amina's that nobody else saw, answered with a button. */
      const asked = async (on: Scene, text = 'Only you'): Promise<Seen> => {
        on.reply = whispers(text)
        await commanded(on)
        return until(() => on.stage.amina.seesAlone?.()[0])
      }

      test('a command that nobody else sees is answered there, with buttons', async ({ on }) => {
        expect(await asked(on)).toMatchObject({ text: 'Only you', rows: [[{ label: 'More', token: 'a_b' }]] })
        expect(on.heard[0]).toMatchObject({ isUnseen: true, mayWhisper: true, event: { kind: 'command', name: 'guide' } })
        expect(on.heard[0]?.event).not.toHaveProperty('message')
        expect([await words(on), await words(on, on.stage.amina.ref), on.stage.brendan.seesAlone?.()]).toEqual([[], [], []])
      })

      test.for([10, 1_024, 1_025, can.whisper.text])(
        'a press there is heard, and what was pressed becomes one of %s characters',
        async (length, { on }) => {
          const { ref } = await asked(on)
          on.reply = () => [{ kind: 'update', view: view('u'.repeat(length)) }]
          await on.stage.amina.presses(ref, 'a_b').answer
          expect(on.heard.at(-1)).toMatchObject({ isUnseen: true, mayWhisper: true, event: { kind: 'press', token: 'a_b' } })
          expect(on.heard.at(-1)?.event).not.toHaveProperty('message')
          expect(on.stage.amina.seesAlone?.()).toMatchObject([{ text: 'u'.repeat(length), rows: [] }])
        },
      )

      test('a file stands there too', async ({ on }) => {
        const blocks = [{ kind: 'file', name: 'tally.csv', mime: 'text/csv', text: 'a,b', about: 'All votes' }] as const
        on.reply = () => [{ kind: 'whisper', view: view('Here it is', [], blocks) }]
        await commanded(on)
        const seen = await until(() => on.stage.amina.seesAlone?.()[0])
        expect(seen.file).toEqual({ name: 'tally.csv', text: 'a,b' })
      })
    })

    test('update changes the message that was pressed, for everybody', async ({ on }) => {
      const message = await posted(on)
      on.reply = () => [{ kind: 'update', view: view('Closed') }]
      await on.stage.amina.presses(message, 'polls_v_1').answer
      await until(async () => (await words(on))[0] === 'Closed')
      expect(await on.stage.reads(on.stage.space)).toMatchObject([{ ref: message, text: 'Closed', rows: [] }])
    })

    test('go private leads into the private chat, and its payload of 64 bytes comes back', async ({ on }) => {
      const message = await posted(on)
      const payload = `polls_${'Az0-'.repeat(14)}9_`.slice(0, 64)
      on.reply = ({ event }) =>
        event.kind === 'press'
          ? [{ kind: 'go private', payload, view: view('Come with me'), label: 'Open' }]
          : [{ kind: 'say', view: view('Here') }]
      const { goPrivate } = await on.stage.amina.presses(message, 'polls_v_1').answer
      await goPrivate?.().answer
      expect(on.heard.at(-1)).toMatchObject({ place: 'private', person: { ref: on.stage.amina.ref }, event: { kind: 'started', payload } })
      await until(async () => (await words(on, on.stage.amina.ref)).includes('Here'))
    })

    test.runIf(can.forms !== 'questions')('ask opens a form, wrong opens it again with what is wrong (forms)', async ({ on }) => {
      on.reply = ({ event }) =>
        event.kind === 'submit'
          ? [{ kind: 'wrong', form: FORM, fields: { question: 'The question is missing.' } }]
          : [{ kind: 'ask', form: FORM }]
      expect((await on.stage.amina.says(on.stage.space, '/poll').answer).form).toEqual(FORM)
      const again = await on.stage.amina.submits?.(on.stage.space, 'polls_new', { question: '' }).answer
      expect(again?.form).toMatchObject({ token: 'polls_new' })
      if (hasErrors(can)) expect(again?.wrong).toEqual({ question: 'The question is missing.' })
    })

    test.runIf(can.suggest)('suggestions come while somebody types (suggest)', async ({ on }) => {
      on.reply = () => [{ kind: 'suggest', choices: [{ value: 'list', label: 'list: all polls' }] }]
      const told = await on.stage.amina.suggests?.(on.stage.space, 'poll', 'li').answer
      expect(told?.choices).toEqual([{ value: 'list', label: 'list: all polls' }])
      expect(on.heard[0]?.event).toEqual({ kind: 'suggest', command: 'poll', typed: 'li' })
    })

    test.runIf(can.home)('home shows what is for one person (home)', async ({ on }) => {
      const shown = view('One poll waits for you.')
      on.reply = () => [{ kind: 'home', view: shown }]
      expect((await on.stage.amina.goesHome?.().answer)?.home).toBe(plain(shown))
      expect(on.heard[0]).toMatchObject({ place: 'private', event: { kind: 'home' } })
    })
  })
}

/** A command that nobody else sees: the platform lists them so once the bot has told it. */
async function commanded({ stage }: Scene): Promise<void> {
  await until(async () => (await stage.commands()).includes('guide'))
  await stage.amina.says(stage.space, '/guide').answer
}

function hasErrors({ forms }: Capabilities): boolean {
  return forms !== 'questions' && forms.errors
}
