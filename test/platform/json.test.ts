import { expect, test } from 'vitest'
import { fromJson } from '../../src/platform/json.ts'

test.each<[string, unknown]>([
  ['{"a":[1]}', { a: [1] }],
  ['null', null],
  ['', undefined],
  ['{"a":', undefined],
])('%s says %j', (text, said) => {
  expect(fromJson(text)).toEqual(said)
})
