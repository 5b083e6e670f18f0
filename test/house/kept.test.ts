import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { columnsOf, keptComplaints, keptPart, readSchema } from './kept-rules.ts'
import { withParts } from './readme.ts'
import { ROOT } from './source.ts'

const columns = columnsOf(readSchema())

test('of everything that the store can hold, somebody has said how long it is kept', () => {
  expect(columns.length).toBeGreaterThan(100)
  expect(keptComplaints(columns)).toEqual([])
})

test.each([
  ['a new model', 'model Diary {\n  id String @id\n  entry String\n}\n', 'Diary.entry'],
  ['a new list', 'model Wish {\n  id   String   @id\n  tags String[]\n}\n', 'Wish.tags'],
  ['a new column of JSON', 'model Person {\n  mood Json?\n}\n', 'Person.mood'],
  ['a new file', 'model Voice {\n  /// As it was recorded.\n  sound Bytes\n}\n', 'Voice.sound'],
])('%s of which nobody has said it is noticed', (_name, model, column) => {
  const found = keptComplaints([...columns, ...columnsOf(model)])
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(`${column}: how long is it kept?`)
})

test('a table that speaks of a column that is gone is noticed', () => {
  expect(keptComplaints(columns.filter(({ model }) => model !== 'Waiting'))).toEqual(['Waiting.view is no column of the schema'])
})

test('the docs say what the table says (npm run readme)', () => {
  const page = readFileSync(join(ROOT, 'docs/secrecy.md'), 'utf8')
  expect(page).toBe(withParts(page, new Map([['kept', keptPart()]])))
})
