import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { caseComplaints, platformComplaints, secretComplaints, shapeComplaints } from './shape-rules.ts'
import { filesIn, ROOT, readTree, source } from './source.ts'

test('every file keeps to the shape of the bot', () => {
  const pages = filesIn(['adapters'], /\.(css|html)$/).map(path => source(path, readFileSync(join(ROOT, path), 'utf8')))
  const long = pages.filter(({ text }) => text.split('\n').length > 261).map(({ path }) => `${path} has more than 260 lines`)
  expect([...readTree(['src', 'adapters'], /\.[jt]s$/).flatMap(shapeComplaints), ...long]).toEqual([])
})

test('the tests and the bench have no default exports, no any and nothing left to do', () => {
  const complaints = readTree(['test', 'bench'], /\.[jt]s$/).flatMap(shapeComplaints)
  expect(complaints.filter(one => !/lines: \d+ is the most/.test(one))).toEqual([])
})

test('no file of src but main.ts names a platform', () => {
  const files = filesIn(['src'], /\.(ts|ftl)$/).map(path => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
  expect(files.flatMap(platformComplaints)).toEqual([])
})

test('words of people are compared by their key alone', () => {
  expect(readTree(['src'], /\.ts$/).flatMap(caseComplaints)).toEqual([])
  for (const call of ['a.toLowerCase() === b', "a?.toLocaleUpperCase('en')", 'all.map(one => one.name.toUpperCase())'])
    expect(caseComplaints(source('src/polls/a.ts', call))).toHaveLength(1)
  expect(caseComplaints(source('src/polls/a.ts', 'sameKey(a) === sameKey(b)'))).toEqual([])
})

test('only what hands answers to the platform opens those about a secret choice', () => {
  expect(readTree(['src', 'adapters', 'bench'], /\.[jt]s$/).flatMap(secretComplaints)).toEqual([])
  expect(secretComplaints({ path: 'src/a.ts', text: 'const view = Secret.reveal(kept)' })).toHaveLength(1)
})

test.each([
  ['src/a.ts', 'export default 1', 'default export'],
  ['src/a.ts', 'export default function a() {}', 'default export'],
  ['src/a.ts', 'const a = 1\nexport { a as default }', 'default export'],
  ['src/a.ts', "export * from './b.ts'", 'exports all'],
  ['src/a.ts', "export { b } from './b.ts'", 'barrel'],
  ['src/a.ts', 'const a: any = 1', 'uses any'],
  ['src/a.ts', `// ${'TO'}DO later`, 'says'],
  ['src/a.ts', `// @ts-${'ignore'}`, 'says'],
  ['src/a.ts', `// biome-${'ignore'} lint: no`, 'says'],
  ['src/makePoll.ts', 'const a = 1', 'kebab-case'],
  ['src/a.ts', 'const a = 1\n'.repeat(261), 'is the most'],
])('refused: %s %s', (path, text, why) => {
  expect(shapeComplaints(source(path, text)).join('\n')).toContain(why)
})

test('allowed: a switch with a default, a file that also has something of its own', () => {
  const text = "export { b } from './b.ts'\nexport const c = 1\nswitch (c) {\n  default:\n}\n"
  expect(shapeComplaints(source('src/a.ts', text))).toEqual([])
})

test('a platform is named in no word and no comment', () => {
  expect(platformComplaints({ path: 'src/a.ts', text: '// as on Slack' })).toHaveLength(1)
  expect(platformComplaints({ path: 'src/app/en.app.ftl', text: 'a = Open Telegram' })).toHaveLength(1)
  expect(platformComplaints({ path: 'src/main.ts', text: 'telegram' })).toEqual([])
})
