import { describe, expect } from 'vitest'
import type { FileIn, MessageRef, SpaceRef } from '../../src/platform/adapter.ts'
import type { Block, View } from '../../src/view/view.ts'
import { until } from '../helpers/patience.ts'
import { GARDEN, HUGE, LIBRARY, type Sample } from '../helpers/samples.ts'
import { type Platform, type Scene, type Seen, testOn, view } from './stage.ts'

const ABOUT = 'Six people with spades beside a raised bed, and @everyone'

/** What a picture is called on its way out. */
const block = (id: 'garden' | 'library' | 'lost', about = ABOUT): Block => ({
  ...{ kind: 'picture', id, name: `${id}.png`, mime: 'image/png' },
  about,
})
const words = (text: string, id?: 'garden' | 'library' | 'lost', about?: string): View =>
  view(text, [], [{ kind: 'text', text }, ...(id ? [block(id, about)] : [])])

/** Pictures, out with what they show in words, and in from people. */
export function pictures(platform: Platform): void {
  const { can } = platform
  const test = testOn(platform)
  const send = async ({ adapter, stage }: Scene, what: View, key = 'key', to: SpaceRef = stage.space): Promise<MessageRef> => {
    const sent = await adapter.send(to, what, key)
    if (sent === 'unsure' || !('ok' in sent)) throw new Error(`not sent: ${JSON.stringify(sent)}`)
    return sent.ok
  }
  const only = async ({ stage }: Scene, at: SpaceRef = stage.space): Promise<Seen> => {
    const all = await stage.reads(at)
    if (!all[0] || all.length > 1) throw new Error(`there is not one message but ${all.length}`)
    return all[0]
  }
  /** Slack makes edits wait their turn. */
  const change = async ({ adapter }: Scene, message: MessageRef, what: View): Promise<void> => {
    await until(async () => {
      const done = await adapter.change(message, what)
      if (done === 'unsure' || 'later' in done) return false
      expect(done).toEqual({ ok: message })
      return true
    })
  }
  const shows = (seen: Seen, { content }: Sample, about = ABOUT): void => {
    expect(seen.picture?.content.equals(content)).toBe(true)
    if (can.pictures.alt) expect([seen.picture?.about, seen.text.includes(about)]).toEqual([about, false])
    else expect(seen.text).toContain(about)
  }

  describe.runIf(can.pictures.out)('a picture (pictures: out)', () => {
    test('stands in one message with its words, and with what it shows', async ({ on }) => {
      await send(on, words('The new garden', 'garden'))
      const seen = await only(on)
      expect([seen.text.split('\n')[0], seen.live]).toEqual(['The new garden', []])
      shows(seen, GARDEN)
    })

    test('goes to one chat after another', async ({ on }) => {
      await send(on, words('One', 'garden'), 'one')
      await send(on, words('Two', 'garden'), 'two', on.stage.other)
      shows(await only(on), GARDEN)
      shows(await only(on, on.stage.other), GARDEN)
    })

    test('stays when the words are changed, by another process too', async ({ on }) => {
      const message = await send(on, words('The new garden', 'garden'))
      await change(on, message, words('The newer garden', 'garden'))
      shows(await only(on), GARDEN)
      await on.stop()
      const next = on.stage.adapter()
      await on.start(next)
      await change({ ...on, adapter: next }, message, words('The newest garden', 'garden', 'Seven people'))
      const seen = await only(on)
      expect([seen.ref, seen.text.split('\n')[0]]).toEqual([message, 'The newest garden'])
      shows(seen, GARDEN, 'Seven people')
    })

    test('gives way to another, and comes to a post that had none', async ({ on }) => {
      const message = await send(on, words('Come'))
      await change(on, message, words('Come', 'garden'))
      shows(await only(on), GARDEN)
      await change(on, message, words('Come', 'library', 'A library'))
      shows(await only(on), LIBRARY, 'A library')
    })

    test('does not keep a post from being struck out or taken away', async ({ on }) => {
      const message = await send(on, words('The new garden', 'garden'))
      await change(on, message, view('Withdrawn', [], [{ kind: 'struck', text: 'The new garden' }]))
      expect((await only(on)).text).toContain('The new garden')
      expect(await on.adapter.change(message, 'remove')).toEqual({ ok: message })
      expect(await on.stage.reads(on.stage.space)).toEqual([])
    })

    test('that is no more is said in words', async ({ on }) => {
      await send(on, words('The new garden', 'lost'))
      const seen = await only(on)
      expect([seen.picture, seen.text.includes(ABOUT)]).toEqual([undefined, true])
    })

    test(`has room for ${can.limits.caption} characters beside it`, async ({ on }) => {
      const text = 'Damp homes. '
        .repeat(can.limits.caption)
        .slice(0, can.limits.caption - ABOUT.length - 3)
        .concat('!')
      await send(on, words(text, 'garden'))
      const seen = await only(on)
      expect(seen.text.includes(text)).toBe(true)
      shows(seen, GARDEN)
    })
  })

  describe.runIf(can.pictures.out && can.whisper.to === 'everything' && can.whisper.buttons)(
    'a whisper (pictures: out, whisper with buttons)',
    () => {
      test('can show a picture', async ({ on }) => {
        on.reply = () => [{ kind: 'whisper', view: words('Only you see this', 'garden') }]
        const [told] = (await on.stage.amina.says(on.stage.space, '/guide').answer).whispers
        expect(told).toContain('Only you see this')
        expect(await on.stage.reads(on.stage.space)).toEqual([])
      })
    },
  )

  const read = async (file: FileIn | undefined): Promise<Buffer> => Buffer.from((await file?.read()) ?? [])

  describe.runIf(can.pictures.in && can.forms !== 'questions')('a form with a picture (pictures: in, forms)', () => {
    const sent = async (on: Scene, sample: Sample): Promise<FileIn | undefined> => {
      await on.stage.amina.submits?.(on.stage.space, 'polls_new_1', { about: 'Six people' }, { picture: sample }).answer
      const event = on.heard[0]?.event
      if (event?.kind !== 'submit') throw new Error('no form came in')
      expect(event.values['about']).toBe('Six people')
      return event.files?.['picture']
    }

    test('brings it in, to be fetched', async ({ on }) => {
      const file = await sent(on, GARDEN)
      expect(file).toMatchObject({ name: 'garden.png', mime: 'image/png', bytes: GARDEN.content.length })
      expect((await read(file)).equals(GARDEN.content)).toBe(true)
    })

    test.runIf(platform.has.hugeFiles !== false)('does not fetch one of more than 8 MB', async ({ on }) => {
      const file = await sent(on, HUGE)
      await expect(file?.read()).rejects.toThrow('A file could not be fetched.')
    })
  })

  describe.runIf(can.pictures.in && can.forms === 'questions')('a picture as an answer (pictures: in, forms: questions)', () => {
    test.for([GARDEN, HUGE])('comes in with its words and can be fetched, unless it has more than 8 MB: $name', async (sample, { on }) => {
      await on.stage.amina.sends?.('private', sample, 'This one').answer
      const event = on.heard[0]?.event
      expect(event).toMatchObject({ kind: 'text', text: 'This one' })
      const [file] = (event?.kind === 'text' && event.files) || []
      if (sample === HUGE) await expect(file?.read()).rejects.toThrow('A file could not be fetched.')
      else expect((await read(file)).equals(sample.content)).toBe(true)
    })
  })
}
