import { expect, test } from 'vitest'
import type { MessageRef, Sent } from '../../src/platform/adapter.ts'
import { cutOff, type Doing, insist, laterIn, messageIn, networkCode, no, noIn, ofChange } from '../../src/platform/sent.ts'
import { createStop, pause } from '../../src/platform/waiting.ts'
import { LONG_MS } from '../helpers/patience.ts'

const message = 'chat:1/2' as MessageRef
const gone = no('gone', 'it is not there')

test.each<[Sent, MessageRef | undefined, Sent | undefined, number | undefined]>([
  [{ ok: message }, message, undefined, undefined],
  [gone, undefined, gone, undefined],
  [{ later: 0 }, undefined, undefined, 0],
  [{ moved: 'chat:2' }, undefined, undefined, undefined],
  ['unsure', undefined, undefined, undefined],
])('what is in %j', (sent, ok, refused, later) => {
  expect([messageIn(sent), noIn(sent), laterIn(sent)]).toEqual([ok, refused, later])
})

test.each<[Doing, string | undefined, Sent]>([
  ['send', undefined, 'unsure'],
  ['send', 'ECONNRESET', 'unsure'],
  ['send', 'ECONNREFUSED', { later: 5_000 }],
  ['change', undefined, { later: 5_000 }],
  ['change', 'ECONNRESET', { later: 5_000 }],
])('a %s that was cut off by %s', (doing, code, sent) => {
  expect(cutOff(doing, code)).toEqual(sent)
})

test.each<[unknown, string | undefined]>([
  [Object.assign(new Error('Broke.'), { code: 'ECONNRESET' }), 'ECONNRESET'],
  [new Error('Broke.', { cause: Object.assign(new Error('Broke.'), { code: 'ENOTFOUND' }) }), 'ENOTFOUND'],
  [Object.assign(new Error('Broke.'), { code: 20 }), undefined],
  [new Error('Broke.'), undefined],
  ['broke', undefined],
])('the code of %s is %s', (error, code) => {
  expect(networkCode(error)).toBe(code)
})

test('where the place of what is to be changed is gone, the bot may not change it', () => {
  expect(ofChange(gone)).toEqual(no('forbidden', 'it is not there'))
  const refused = no('refused', 'it is too long')
  expect(ofChange(refused)).toBe(refused)
})

test.each<[string, readonly Sent[], Sent]>([
  ['what is taken is said once', [{ ok: message }], { ok: message }],
  ['what is wanted soon is said again', [{ later: 1 }, { ok: message }], { ok: message }],
  ['no more than twice', [{ later: 1 }, { later: 2 }, { ok: message }], { later: 2 }],
  ['not what is wanted after that', [{ later: 51 }, { ok: message }], { later: 51 }],
  ['not what may stand already', ['unsure', { ok: message }], 'unsure'],
])('a reply: %s', async (_, all, sent) => {
  const answers = [...all]
  expect(await insist(50, async () => answers.shift() ?? 'unsure')).toEqual(sent)
})

test('an adapter that stops does not begin to wait with its reply, and waits no longer', async () => {
  const reply = (stop: AbortController) => {
    const answers: Sent[] = [{ later: LONG_MS }, { ok: message }]
    return insist(LONG_MS, async () => answers.shift() ?? 'unsure', stop.signal)
  }
  const [before, meanwhile] = [createStop(), createStop()]
  before.abort()
  expect(await reply(before)).toEqual({ later: LONG_MS })
  const waiting = reply(meanwhile)
  await pause(1)
  meanwhile.abort()
  expect(await waiting).toEqual({ ok: message })
})
