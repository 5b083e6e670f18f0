import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCatalogue, readCatalogueFiles } from './catalogue.ts'
import { filesIn, ROOT, readTree, source } from './source.ts'
import { fileComplaints, languageComplaints, messagesOf, missingComplaints, plainComplaints, unusedComplaints } from './text-rules.ts'
import { usesIn, usesInPage } from './text-use.ts'

const catalogues = readCatalogueFiles()
const texts = messagesOf(catalogues)
const sections = new Set([...texts.keys()].map(key => key.split('-')[0] ?? ''))
const pages = filesIn(['adapters'], /\.html$/).map(path => [path, readFileSync(join(ROOT, path), 'utf8')] as const)
const uses = [
  ...readTree(['src', 'adapters'], /\.[jt]s$/).flatMap(file => usesIn(file, sections)),
  ...pages.flatMap(([path, html]) => usesInPage(path, html)),
]

test('every file of texts can be read, and no key stands twice', () => {
  expect(fileComplaints(catalogues)).toEqual([])
})

test('every text that is used exists, and gets what it needs', () => {
  expect(missingComplaints(uses, texts)).toEqual([])
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
const missing = (text: string) => missingComplaints(usesIn(source('src/a.ts', text), new Set(['polls'])), small)

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
  expect(missing(text)).toEqual([expect.stringContaining(why)])
})

test.each([
  "t('polls-full', { max: 3 })",
  "t('polls-full', args)",
  't(`polls-state-${state}`)',
  "t('polls-full', { ...rest })",
  "run('polls-scrub')",
  "ask('poll')",
])('fine: %s', text => {
  expect(missing(text)).toEqual([])
})

test('a key that gets its end later means all of its ends', () => {
  const ends = messagesOf([readCatalogue('en.ftl', 'polls-form-title = A\npolls-form-hint = B\n')])
  const form = (end: string) =>
    usesIn(source('src/a.ts', `form('polls-form')\nt(\`\${key}-title\`)\nt(\`\${key}-${end}\`)`), new Set(['polls']))
  expect(missingComplaints(form('hint'), ends)).toEqual([])
  expect(unusedComplaints(form('hint'), ends)).toEqual([])
  expect(missingComplaints(form('label'), ends)).toEqual([expect.stringContaining('polls-form')])
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
