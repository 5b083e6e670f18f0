import { describe, expect } from 'vitest'
import { readCatalogues } from '../../src/texts/texts.ts'
import { until } from '../helpers/patience.ts'
import { held, type Platform, posted, testOn, view } from './stage.ts'

/** Starting, stopping, and what the bot asks an adapter. */
export function life(platform: Platform): void {
  const { can, has } = platform
  const test = testOn(platform)

  describe.concurrent('starting and stopping', () => {
    test('is up when all is caught up, and the platform then offers the commands', async ({ on }) => {
      expect(on.statuses.at(-1)).toBe('up')
      expect(on.statuses.filter(status => !['behind', 'up'].includes(status))).toEqual([])
      await until(async () => (await on.stage.commands()).length === 2)
      expect([...(await on.stage.commands())].sort()).toEqual(['guide', 'poll'])
    })

    test('stop waits for what is under way, gives its answer, and takes nothing more', async ({ on }) => {
      const message = await posted(on)
      const done = held<undefined>()
      on.reply = async () => {
        await done.promise
        return [{ kind: 'whisper', view: view('Counted.') }]
      }
      const { answer } = on.stage.amina.presses(message, 'polls_v_1')
      await until(() => on.heard.length === 1)
      let stopped = false
      const stopping = on.stop().then(() => {
        stopped = true
      })
      await new Promise(setImmediate)
      expect(stopped).toBe(false)
      done.give(undefined)
      expect((await answer).whispers).toEqual(['Counted.'])
      await stopping
      await on.start(on.stage.adapter())
      on.reply = () => [{ kind: 'whisper', view: view('Back.') }]
      expect((await on.stage.brendan.presses(message, 'polls_v_1').answer).whispers).toEqual(['Back.'])
      expect(on.heard).toHaveLength(2)
    })

    test('the same adapter can be started again after a stop: then it hears, answers and sends', async ({ on }) => {
      const message = await posted(on)
      await on.stop()
      on.statuses.splice(0)
      await on.start(on.adapter)
      expect(on.statuses.at(-1)).toBe('up')
      on.reply = () => [{ kind: 'whisper', view: view('Back.') }]
      expect((await on.stage.amina.presses(message, 'polls_v_1').answer).whispers).toEqual(['Back.'])
      expect(on.heard).toHaveLength(1)
      const sent = await on.adapter.send(on.stage.space, view('Still here'), 'again')
      expect(sent).toMatchObject({ ok: expect.stringContaining(`${on.adapter.platform}:`) })
      expect((await on.stage.reads(on.stage.space)).map(one => one.text)).toContain('Still here')
      expect(await on.adapter.change(message, view('Changed'))).toEqual({ ok: message })
    })

    test.runIf(has.backlog)('what was done while the bot was away comes in before it is up (the platform keeps it)', async ({ on }) => {
      const message = await posted(on)
      await on.stop()
      const { answer } = on.stage.amina.presses(message, 'polls_v_1')
      on.statuses.splice(0)
      let behind = false
      on.reply = () => {
        behind = on.statuses.at(-1) === 'behind'
        return [{ kind: 'whisper', view: view('Counted.') }]
      }
      await on.start(on.stage.adapter())
      expect([on.statuses, behind, on.heard.length]).toEqual([['behind', 'up'], true, 1])
      expect((await answer).whispers).toEqual(['Counted.'])
    })
  })

  describe.concurrent('what the bot asks', () => {
    test('who runs a chat: asked of the platform, at the moment of use', async ({ on }) => {
      const { amina, brendan, space } = on.stage
      expect([await on.adapter.isAdmin(amina.ref, space), await on.adapter.isAdmin(brendan.ref, space)]).toEqual([true, false])
      expect([false, undefined]).toContain(await on.adapter.isAdmin(amina.ref, on.stage.gone))
    })

    test('what the bot may not do: nothing where it may do all', async ({ on }) => {
      expect(await on.adapter.missing(on.stage.space)).toEqual([])
    })

    test.runIf(has.rights)('what is missing is said by keys of texts (rights differ by chat)', async ({ on }) => {
      const keys = await on.adapter.missing(on.stage.bare ?? on.stage.space)
      expect(keys.length).toBeGreaterThan(0)
      const { named } = readCatalogues([platform.texts]).in('en')
      for (const key of keys) expect(named(key)).not.toBe('')
    })

    test('lanes: the same for one address, different for different chats, and each names its platform', async ({ on }) => {
      const { space, other, amina } = on.stage
      expect(on.adapter.lane(space)).toBe(on.adapter.lane(space))
      expect(new Set([space, other, amina.ref].map(one => on.adapter.lane(one))).size).toBe(3)
    })

    test('refs begin with the platform’s name', async ({ on }) => {
      const message = await posted(on)
      for (const ref of [message, on.stage.space, on.stage.amina.ref]) expect(ref.startsWith(`${on.adapter.platform}:`)).toBe(true)
    })

    test.runIf(has.links !== false)('a private link brings its payload of 64 bytes back (links bring words along)', async ({ on }) => {
      const payload = `polls_${'Az0-'.repeat(14)}9_`.slice(0, 64)
      const link = on.adapter.privateLink(payload)
      expect(link).toMatch(/^https?:\/\//)
      await on.stage.brendan.follows(link ?? '').answer
      expect(on.heard.at(-1)).toMatchObject({
        place: 'private',
        person: { ref: on.stage.brendan.ref },
        event: { kind: 'started', payload },
      })
    })

    test('edits at the pace that it declares are taken', async ({ on }) => {
      expect(can.editEveryMs).toBeGreaterThan(0)
      const message = await posted(on)
      expect(await on.adapter.change(message, view('Once'))).toEqual({ ok: message })
    })
  })
}
