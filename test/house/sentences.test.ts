import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { knownIn, pageComplaints, sentenceComplaints } from './sentence-rules.ts'
import { filesIn, ROOT, readTree, source } from './source.ts'

test('no sentence stands in code', () => {
  const files = readTree(['src', 'adapters'], /\.[jt]s$/)
  const known = knownIn(files)
  expect(files.flatMap(file => sentenceComplaints(file, known))).toEqual([])
})

test('no word stands in a page', () => {
  const pages = filesIn(['adapters'], /\.html$/).map(path => [path, readFileSync(join(ROOT, path), 'utf8')] as const)
  expect(pages.flatMap(([path, html]) => pageComplaints(path, html))).toEqual([])
})

const known = knownIn([source('src/a.ts', "type What = 'nothing to drop'\nclass TooLong extends Error {}")])
const complaints = (text: string, path = 'src/polls/command.ts') => sentenceComplaints(source(path, text), known)

test.each([
  "whisper('This poll is closed')",
  'const text = `Counted: ${chosen}, change it if you like`',
  "const label = 'Take it back'",
  "new Map([['a', 'Take it back']])",
])('refused: %s', text => {
  expect(complaints(text)).toHaveLength(1)
})

test.each([
  "throw new Error('The poll has no key.')",
  'throw new StoreError(`The disk that holds ${folder} is full`)',
  "throw new TooLong('A view that does not fit')",
  "deps.log.warn({ id }, 'A press could not be answered')",
  "process.stdout.write('Folkmoot is running now')",
  'tx.$queryRaw`SELECT one FROM two WHERE three`',
  "pool.query('SELECT one FROM two')",
  "const state = { what: 'nothing to drop' }",
  "type State = 'one of these' | 'two of those'",
  "t('polls-state-open', { when })",
  "time.toFormat('cccc d LLLL')",
  "status('dead', 'The chat cannot listen there')",
  "el('p', { class: 'message bot whisper' })",
  "const why = { no: 'gone', why: 'that chat is not there' }",
  "const why = no('gone', 'that chat is not there')",
  "partsOf(ref, pattern, 'a channel or person')",
])('allowed: %s', text => {
  expect(complaints(text)).toEqual([])
})

test('the words of a setting’s check are for the operator; elsewhere they are not', () => {
  const text = "const Port = z.number('is not a number')"
  expect(complaints(text, 'adapters/web/settings.ts')).toEqual([])
  expect(complaints(text)).toHaveLength(1)
})

test('a page says what the catalogue says', () => {
  expect(pageComplaints('a.html', '<h1>{{web-title}}</h1><p title="{{web-help}}">…</p><script>let a</script>')).toEqual([])
  expect(pageComplaints('a.html', '<h1>Hello</h1>')).toHaveLength(1)
  expect(pageComplaints('a.html', '<button aria-label="Close"></button>')).toHaveLength(1)
})
