import { describe, expect, test } from 'vitest'
import { type WebAdapter, web } from '../../../adapters/web/index.ts'
import { createLog } from '../../../src/base/log.ts'
import type { MessageRef, PlatformStatus, Sent } from '../../../src/platform/adapter.ts'
import { enter } from './http.ts'
import { newDir, sample, say, startBot, words } from './tiny-bot.ts'

const bench = { words, log: createLog('silent'), now: () => new Date(), notice: () => {}, unread: () => {}, picture: async () => undefined }

function ref(sent: Sent): MessageRef {
  if (sent !== 'unsure' && 'ok' in sent) return sent.ok
  throw new Error(`Not sent: ${JSON.stringify(sent)}`)
}

async function withBot(use: (adapter: WebAdapter) => Promise<void>): Promise<void> {
  const bot = await startBot()
  await use(bot.adapter)
  await bot.stop()
}

describe('settings', () => {
  test.each(['0.0.0.0', '::1', 'localhost'])('another host than this computer’s own is refused: %s', async host => {
    const settings = { host: host as '127.0.0.1', port: 0, stateDir: await newDir(), sample }
    expect(() => web.open(settings, bench)).toThrow('its host must be 127.0.0.1')
  })

  test('a port that is taken ends in a line for the operator', () =>
    withBot(async adapter => {
      const { port } = new URL(adapter.link)
      const second = web.open({ host: '127.0.0.1', port: Number(port), stateDir: await newDir(), sample }, bench)
      const statuses: (PlatformStatus | string | undefined)[] = []
      await second.start(
        [],
        async () => [],
        (status, why) => statuses.push(status, why),
      )
      expect(statuses).toEqual([
        'dead',
        `The browser chat cannot listen on 127.0.0.1:${port}: another program is using that port; choose another or stop that program.`,
      ])
      expect(second.link).toBe('')
      await second.stop()
    }))
})

describe('sending', () => {
  test('the same key sends once, also after a restart', async () => {
    const dir = await newDir()
    const one = await startBot({ dir })
    const first = ref(await one.adapter.send('web:ardwick', say('Hello'), 'delivery-1'))
    expect(await one.adapter.send('web:ardwick', say('Hello'), 'delivery-1')).toEqual({ ok: first })
    await one.stop()
    const two = await startBot({ dir })
    expect(await two.adapter.send('web:ardwick', say('Hello'), 'delivery-1')).toEqual({ ok: first })
    expect(await two.adapter.change(first, say('Hello again'))).toEqual({ ok: first })
    const visitor = await enter(two.adapter.link)
    expect((await visitor.start()).messages.map(message => message.view?.brief)).toEqual(['Hello again'])
    await two.stop()
  })

  test('a person can always be written to', () =>
    withBot(async adapter => expect(ref(await adapter.send('web:@ewan', say('Hi'), 'k'))).toMatch(/^web:@ewan\/\d+$/)))

  test.each([
    ['an unknown space', 'web:moss-side' as const],
    ['an unknown person', 'web:@mallory' as const],
  ])('%s is gone', (_, to) => withBot(async adapter => expect(await adapter.send(to, say('Hi'), 'k')).toMatchObject({ no: 'gone' })))

  test('too much is refused', () =>
    withBot(async adapter => expect(await adapter.send('web:ardwick', say('x'.repeat(10_001)), 'k')).toMatchObject({ no: 'refused' })))
})

describe('changing', () => {
  test('edit, pin, take away; and then it is gone', () =>
    withBot(async adapter => {
      const message = ref(await adapter.send('web:ardwick', say('Hi'), 'k'))
      expect(await adapter.change(message, say('Hi!'))).toEqual({ ok: message })
      expect(await adapter.change(message, 'pin')).toEqual({ ok: message })
      expect(await adapter.change(message, 'remove')).toEqual({ ok: message })
      for (const how of [say('?'), 'pin', 'remove'] as const) expect(await adapter.change(message, how)).toMatchObject({ no: 'gone' })
    }))

  test('what a person wrote may be taken away, not changed', () =>
    withBot(async adapter => {
      const visitor = await enter(adapter.link)
      await visitor.act('ewan', 'ardwick', { kind: 'text', text: 'I chose buses' })
      const message = ((await visitor.start()).messages[0]?.ref ?? '') as MessageRef
      expect(await adapter.change(message, say('no'))).toMatchObject({ no: 'forbidden' })
      expect(await adapter.change(message, 'remove')).toEqual({ ok: message })
    }))
})

test('admins, lanes and links', () =>
  withBot(async adapter => {
    expect(await adapter.isAdmin('web:@amina', 'web:ardwick')).toBe(true)
    expect(await adapter.isAdmin('web:@ewan', 'web:ardwick')).toBe(false)
    expect(await adapter.isAdmin('web:@amina', 'web:moss-side')).toBe(false)
    expect(adapter.lane('web:ardwick')).toBe('ardwick')
    expect(adapter.lane('web:@ewan')).toBe('@ewan')
    expect(adapter.privateLink('poll_mine_1')).toBe(`${new URL(adapter.link).origin}/#start=poll_mine_1`)
    expect(await adapter.missing('web:ardwick')).toEqual([])
  }))
