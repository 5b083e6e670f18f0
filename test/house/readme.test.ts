import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { capabilities } from '../../adapters/web/capabilities.ts'
import { MOST_PIXELS } from '../../src/pictures/picture-guard.ts'
import { FILE_MB } from '../../src/platform/download.ts'
import { madeParts, matrix, readReadme, withParts } from './readme.ts'
import { filesIn, ROOT } from './source.ts'

const pages = ['README.md', ...filesIn(['docs', 'adapters'], /\.md$/)]

test('the README says what the code can do (npm run readme)', async () => {
  expect(readReadme()).toBe(withParts(readReadme(), await madeParts()))
})

test('a platform that changes is a README that is out of date', () => {
  const before = matrix([{ title: 'Chat', can: capabilities }])
  expect(before).toContain('| Files | yes |')
  expect(matrix([{ title: 'Chat', can: { ...capabilities, files: false } }])).not.toBe(before)
})

test('a README without a place for a part is noticed', () => {
  expect(() => withParts('# Folkmoot', new Map([['commands', '- /poll']]))).toThrow('no place for commands')
})

test('every link in the pages leads to a file', () => {
  const broken = pages.flatMap(page =>
    linksOf(page)
      .filter(link => !existsSync(join(ROOT, dirname(page), link)))
      .map(link => `${page}: ${link}`),
  )
  expect(broken).toEqual([])
})

test('every npm script that the pages name exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
  const named = [...pages, ...filesIn(['src'], /\.ts$/)].flatMap(page =>
    [...readFileSync(join(ROOT, page), 'utf8').matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => ({ page, name })),
  )
  expect(named.filter(({ name }) => !(name in scripts))).toEqual([])
})

test('what the pages quote as said by the bot is what the code says', () => {
  const code = filesIn(['src', 'adapters'], /\.ts$/)
    .map(path => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n')
  const quoted = ['docs/running.md', 'docs/telegram.md'].flatMap(page => errorsIn(page))
  expect(quoted.length).toBeGreaterThan(20)
  expect(quoted.filter(error => !error.split('…').every(part => code.includes(part.trim())))).toEqual([])
})

test('the pages tell the limits of pictures as they are', () => {
  const numbers = (page: string, pattern: RegExp): readonly number[] =>
    [...readFileSync(join(ROOT, page), 'utf8').matchAll(pattern)].map(([, n]) => Number(n))
  const sizes = ['docs/announcements.md', ...filesIn(['adapters'], /\.md$/)].flatMap(page => numbers(page, /(\d+) MB/g))
  expect([...new Set(sizes)]).toEqual([FILE_MB])
  const pixels = numbers('docs/announcements.md', /(\d+) million/g).map(n => n * 1_000_000)
  expect(pixels).toEqual([MOST_PIXELS.lines, MOST_PIXELS.whole, MOST_PIXELS.heavy])
})

test('the pages name no machine and no registry', () => {
  const unwanted = /\/work\/|\/tmp\/|npmjs\.(org|com)|(?<!\w)#\d+\b/
  expect(pages.filter(page => unwanted.test(readFileSync(join(ROOT, page), 'utf8')))).toEqual([])
})

/** The first column of the tables of errors. */
function errorsIn(page: string): readonly string[] {
  const [, tables = ''] = readFileSync(join(ROOT, page), 'utf8').split(/^## (?:What a start error means|When something is wrong)$/m)
  return [...tables.matchAll(/^\| `([^`]+)`/gm)].map(([, error = '']) => error)
}

/** Links to files of the project. */
function linksOf(page: string): readonly string[] {
  const found = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link)
  return found.filter(link => !/^https?:/.test(link))
}
