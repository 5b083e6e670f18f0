import { expect, test } from 'vitest'
import { filesIn, gap } from '../../src/platform/layout.ts'
import { view } from '../../src/view/make.ts'
import type { Block } from '../../src/view/view.ts'

const title: Block = { kind: 'title', text: 'Market' }
const text: Block = { kind: 'text', text: 'On Saturday.' }
const quiet: Block = { kind: 'quiet', text: 'Said by Amina.' }
const file: Block = { kind: 'file', name: 'results.csv', text: 'a,b', about: 'The results', mime: 'text/csv' }

test.each<[Block, Block, string]>([
  [title, text, '\n'],
  [title, title, '\n'],
  [text, title, '\n\n'],
  [text, text, '\n\n'],
  [quiet, quiet, '\n'],
  [file, file, '\n'],
  [quiet, file, '\n\n'],
])('between %o and %o', (before, after, between) => {
  expect(gap(before, after)).toBe(between)
})

test('the files of a view are those that it has', () => {
  expect(filesIn(view({ lang: 'en', blocks: [title, file, text] }))).toEqual([{ name: 'results.csv', text: 'a,b', about: 'The results' }])
  expect(filesIn(view({ lang: 'en', blocks: [title] }))).toEqual([])
})
