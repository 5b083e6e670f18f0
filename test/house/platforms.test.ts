import { expect, test } from 'vitest'
import { fingerprint, noted, used } from '../platforms/checked.ts'
import { importsOf, readTree } from './source.ts'

test('the loop-back platforms stand as they were when their own tests last passed', () => {
  expect(noted(), 'They or a dependency changed. Type: npm run platforms').toBe(fingerprint())
})

test('all that they use of the project counts as a part of them, and uses nothing further', () => {
  const taken = (folder: string, file: RegExp) =>
    readTree([folder], file).flatMap(one => importsOf(one).flatMap(({ file: path }) => (path === undefined ? [] : [path])))
  const outside = taken('test/platforms', /\.ts$/).filter(path => !path.startsWith('test/platforms/'))
  expect([...new Set(outside)].sort()).toEqual([...used].sort())
  expect(taken('adapters/discord', /^agent\.ts$/)).toEqual([])
  expect(taken('test/helpers', /^patience\.ts$/)).toEqual([])
})
