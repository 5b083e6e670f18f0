import { readdirSync, readFileSync } from 'node:fs'
import { FluentResource } from '@fluent/bundle'
import { expect, test } from 'vitest'
import { drawPage, spokenWords } from '../../../adapters/web/pages.ts'
import { words } from './tiny-bot.ts'

const PAGE = new URL('../../../adapters/web/page/', import.meta.url)
const read = (pattern: RegExp): string =>
  readdirSync(PAGE)
    .filter(name => pattern.test(name))
    .map(name => readFileSync(new URL(name, PAGE), 'utf8'))
    .join('\n')
const keysIn = (text: string): string[] => [...new Set(text.match(/\bweb-[a-z-]+/g))].sort()

test('what the scripts say is what they are given, neither more nor less', () => {
  expect(Object.keys(spokenWords(words, 'en')).sort()).toEqual(keysIn(read(/\.js$/)))
})

test('every text is said somewhere', () => {
  const catalogue = new FluentResource(readFileSync(new URL('../texts/en.ftl', PAGE), 'utf8'))
  const keys = catalogue.body.map(message => message.id).sort()
  expect(keys).toEqual(keysIn(`${read(/\.(js|html)$/)} web-lang`))
})

test('a page is whole', () => {
  expect(drawPage('index', words, 'pt-BR')).toContain('<html lang="en">')
  expect(`${drawPage('index', words, 'en')}${drawPage('closed', words, 'en')}`).not.toContain('{{')
})
