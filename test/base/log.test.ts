import { describe, expect, test } from 'vitest'
import { errorInLog, redact } from '../../src/base/log.ts'

describe('a log line', () => {
  const lines: readonly [name: string, line: string, written: string][] = [
    [
      'a token in an address',
      'https://x.test/bot123456789:AAF-abcdefghijklmnopqrstuvwxyz012345/getMe',
      'https://x.test/bot[removed]/getMe',
    ],
    ['tokens of an app', `xoxb-${'1'.repeat(11)}-abc xapp-1-A0123456-b2`, '[removed] [removed]'],
    ['a token in three parts', `${'M'.repeat(24)}.abcdef.${'x'.repeat(27)}`, '[removed]'],
    ['a password in an address', 'postgres://ann:se:cret@db.test/x', 'postgres://ann:[removed]@db.test/x'],
    ['what is no secret', '12:30 2026-11-22T12:30:00Z http://127.0.0.1:7766/#a@b', '12:30 2026-11-22T12:30:00Z http://127.0.0.1:7766/#a@b'],
  ]
  test.each(lines)('%s', (_name, line, written) => expect(redact(line)).toBe(written))
})

describe('an error in the log', () => {
  const error = Object.assign(new Error('The call was refused'), {
    code: 403,
    payload: { chat_id: 7, text: 'Counted: Buses.' },
    requestBody: { json: { content: 'Counted: Buses.' } },
    cause: Object.assign(new Error('Closed by the other side'), { detail: 'Failing row contains (Buses)' }),
  })

  test('says what went wrong and why', () => {
    const told = JSON.stringify(errorInLog(error))
    for (const part of ['"type":"Error"', 'The call was refused', 'Closed by the other side', 'log.test.ts', '"code":403'])
      expect(told).toContain(part)
  })

  test('tells nothing of what was being sent', () => expect(JSON.stringify(errorInLog(error))).not.toContain('Buses'))
})
