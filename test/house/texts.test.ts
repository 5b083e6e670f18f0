import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCatalogue, readCatalogueFiles } from './catalogue.ts'
import { filesIn, ROOT, readTree, source } from './source.ts'
import { keysFile, readKeysFile } from './text-keys.ts'
import {
  fileComplaints,
  languageComplaints,
  leftOutComplaints,
  messagesOf,
  missingComplaints,
  plainComplaints,
  unusedComplaints,
} from './text-rules.ts'
import { usesIn, usesInPage } from './text-use.ts'

const catalogues = readCatalogueFiles()
const texts = messagesOf(catalogues)
const sections = new Set([...texts.keys()].map(key => key.split('-')[0] ?? ''))
const pages = filesIn(['adapters'], /\.html$/).map(path => [path, readFileSync(join(ROOT, path), 'utf8')] as const)
const uses = [
  ...readTree(['src', 'adapters'], /\.[jt]s$/).flatMap(file => usesIn(file, sections)),
  ...pages.flatMap(([path, html]) => usesInPage(path, html)),
]
const ofAdapters = uses.filter(({ path }) => path.startsWith('adapters/'))

test('every file of texts can be read, and no key stands twice', () => {
  expect(fileComplaints(catalogues)).toEqual([])
})

test('the compiler knows the keys of all texts of src (npm run texts)', () => {
  expect(readKeysFile()).toBe(keysFile(catalogues))
})

test('every text that an adapter uses exists', () => {
  expect(missingComplaints(ofAdapters, texts)).toEqual([])
})

test('every text gets what it needs', () => {
  expect(leftOutComplaints(uses, texts)).toEqual([])
})

test('every text is used', () => {
  expect(unusedComplaints(uses, texts)).toEqual([])
})

test('every language says the same', () => {
  expect(languageComplaints(catalogues)).toEqual([])
})

test('English is plain', () => {
  expect(plainComplaints(texts)).toEqual([])
})

const english = readCatalogue(
  'src/polls/en.polls.ftl',
  'polls-full = { $max } at most.\npolls-state-open = Open.\npolls-state-closed = Closed.\n',
)
const small = messagesOf([english])
const wrongIn = (text: string) => {
  const found = usesIn(source('adapters/a.ts', text), new Set(['polls']))
  return [...missingComplaints(found, small), ...leftOutComplaints(found, small)]
}

test.each([
  ["t('polls-gone')", 'in no English catalogue'],
  ["t(full ? 'polls-full' : 'polls-gone', { max })", 'in no English catalogue'],
  ["return 'polls-gone'", 'in no English catalogue'],
  ["const form = { about: 'polls-gone' }", 'in no English catalogue'],
  ['t(`polls-mood-${mood}`)', 'in no English catalogue'],
  ["t('full', { max })", 'in no English catalogue'],
  ["t('polls-full')", 'does not give { $max }'],
  ["words(locale, 'polls-full', { min: 1 })", 'does not give { $max }'],
])('noticed: %s', (text, why) => {
  expect(wrongIn(text)).toEqual([expect.stringContaining(why)])
})

test.each([
  "t('polls-full', { max: 3 })",
  "t('polls-full', args)",
  't(`polls-state-${state}`)',
  "t('polls-full', { ...rest })",
  "ask('poll')",
])('fine: %s', text => {
  expect(wrongIn(text)).toEqual([])
})

test('a key that gets its end later means all of its ends', () => {
  const ends = messagesOf([readCatalogue('en.ftl', 'polls-form-title = A\npolls-form-hint = B\n')])
  const form = (end: string) =>
    usesIn(source('src/a.ts', `form('polls-form')\nt(\`\${key}-title\`)\nt(\`\${key}-${end}\`)`), new Set(['polls']))
  expect(missingComplaints(form('hint'), ends)).toEqual([])
  expect(unusedComplaints(form('hint'), ends)).toEqual([])
  expect(missingComplaints(form('label'), ends)).toEqual([expect.stringContaining('polls-form')])
})

test('a text of src that came or went is noticed; an adapter keeps its own', () => {
  const one = keysFile([english])
  expect(one).toContain("| 'polls-state-open'")
  expect(keysFile([english, readCatalogue('src/polls/en.more.ftl', 'polls-more = More.\n')])).not.toBe(one)
  expect(keysFile([english, readCatalogue('adapters/a/en.ftl', 'a-more = More.\n')])).toBe(one)
})

test('a text that nothing uses is noticed', () => {
  const used = usesIn(source('src/a.ts', 't(`polls-state-${state}`)'), new Set(['polls']))
  expect(unusedComplaints(used, small)).toEqual([expect.stringContaining('polls-full')])
})

test('a language that lacks a text, has one more, or fills it in otherwise is noticed', () => {
  const welsh = readCatalogue('src/texts/cy.polls.ftl', 'polls-full = { $most }.\npolls-state-open = Ar agor.\npolls-new = Newydd.\n')
  expect(languageComplaints([english, welsh])).toEqual([
    'cy lacks polls-state-closed',
    expect.stringContaining('otherwise'),
    expect.stringContaining('polls-new'),
  ])
})

test('a broken file is noticed', () => {
  expect(fileComplaints([readCatalogue('a/en.ftl', 'one = { $x\n')])).toHaveLength(1)
  expect(fileComplaints([english, english])).toHaveLength(3)
})

test.each(['Well done!', 'Well done 🎉', `${'so '.repeat(36)}long.`, '{ $n ->\n    [one] One!\n   *[other] Many.\n }'])(
  'not plain: %s',
  text => {
    expect(plainComplaints(messagesOf([readCatalogue('en.ftl', `one = ${text}\n`)]))).toHaveLength(1)
  },
)
