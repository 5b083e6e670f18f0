import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createFrames, mustBe, shapeOf } from '../../src/platform/frames.ts'

/** Frames of a platform, on a clock that a test moves. */
function reader() {
  const on = { now: 0, lines: [] as object[], unread: [] as string[] }
  const quiet = (): void => undefined
  const log = { debug: quiet, info: quiet, error: quiet, warn: (data: object) => void on.lines.push(data) }
  const frames = createFrames('there', { log, now: () => new Date(on.now), unread: platform => void on.unread.push(platform) })
  return { ...frames, on }
}

const breaks = (): never => {
  throw new RangeError('Amina said: damp homes')
}

test('what can be read is given back, also when it is none of our business', () => {
  const { read, on } = reader()
  expect([read({ a: 1 }, () => 'made'), read({ a: 1 }, () => undefined), on.unread]).toEqual(['made', undefined, []])
})

test('what cannot is counted and logged by its shape and its place, without a word of it', () => {
  const { read, on } = reader()
  expect(read({ text: 'damp homes', from: { id: 7 } }, breaks)).toBeUndefined()
  expect(on.unread).toEqual(['there'])
  expect(on.lines).toEqual([
    { platform: 'there', shape: '{text:string,from:{id:number}}', error: 'RangeError', at: expect.any(Array), unlogged: 0 },
  ])
  expect(JSON.stringify(on.lines)).toContain('breaks (')
  expect(JSON.stringify(on.lines)).not.toMatch(/Amina|damp/)
})

test('a flood is counted whole, and fills no disk: five lines a minute, and how many were left out', () => {
  const { read, on } = reader()
  for (let n = 0; n < 1_000; n += 1) read({}, breaks)
  on.now = 60_000
  read({}, breaks)
  expect(on.unread).toHaveLength(1_001)
  expect(on.lines.map(line => Reflect.get(line, 'unlogged'))).toEqual([0, 0, 0, 0, 0, 995])
})

test('a clock that was put back does not end the lines', () => {
  const { read, on } = reader()
  on.now = 1e12
  for (let n = 0; n < 6; n += 1) read({}, breaks)
  on.now = 1e11
  read({}, breaks)
  expect(on.lines).toHaveLength(6)
})

test('of what does not fit, the place is named by fields, never by what people may have written', () => {
  const { read, on } = reader()
  const shape = z.object({ values: z.record(z.string(), z.object({ at: z.number() })) })
  read({}, () => mustBe(shape, { values: { 'Amina Nasser': { at: 'damp' } } }))
  expect(on.lines).toMatchObject([{ error: 'Misfit', where: 'values.*.at' }])
})

describe('the shape of', () => {
  test.each<readonly [string, unknown, string]>([
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['words', 'damp homes', 'string'],
    ['a list', [{ id: '1' }, 2], '[{id:string}]'],
    ['an empty list', [], '[]'],
    [
      'names that are addresses or words',
      { U012AB: 1, 1573919303017693184: 1, 'damp homes': 1, Amina: 1 },
      '{*:number,*:number,*:number,*:number}',
    ],
    ['what lies deep', { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } }, '{a:{a:{a:{a:{a:{a:…}}}}}}'],
    ['names that mean something to the language', JSON.parse('{"__proto__":1,"constructor":null}'), '{__proto__:number,constructor:null}'],
  ])('%s', (_, frame, shape) => {
    expect(shapeOf(frame)).toBe(shape)
  })

  test('a frame of a thousand fields is as long as a line may be', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, n) => [`a${'_'.repeat(n % 30)}`.repeat(1) + 'b'.repeat(n % 7), { x: n }]),
    )
    expect(shapeOf([wide, wide]).length).toBeLessThan(3_500)
  })
})
