import { expect, test } from 'vitest'
import type { Role } from '../../src/community/members.ts'
import { whisper } from '../../src/feature/replies.ts'
import { type Command, runVerb, suggestVerbs } from '../../src/kit/verbs.ts'
import { sentence } from '../../src/view/make.ts'
import { eventOf } from './on.ts'

interface Fair {
  readonly id: string
  readonly words: string
}

const FAIRS: readonly Fair[] = [
  { id: 'f1', words: 'Spring fair' },
  { id: 'f2', words: 'Spring clean' },
  { id: 'f3', words: 'Straße in bloom' },
]

const say = (words: string) => whisper(sentence('en', words))
const COMMAND: Command<'list' | 'show' | 'edit', Fair> = {
  verbs: {
    list: { forAll: true, alone: (_ctx, words) => say(`list of ${words}`) },
    show: { forAll: true, known: async () => FAIRS, does: (_ctx, one) => say(`show ${one.id}`) },
    edit: { known: async () => FAIRS.slice(1, 2), does: (_ctx, one) => say(`edit ${one.id}`) },
  },
  about: name => `polls-verb-${name}`,
  ...{ wordsOf: one => one.words, nameOf: one => one.words },
  feature: 'fairs',
  detailOf: one => one.id,
  which: 'polls-which',
  list: async () => sentence('en', 'which?'),
  line: (_ctx, args) => say(`new ${args}`),
}

async function said(args: string, command = COMMAND, ...roles: Role[]): Promise<string> {
  const outcome = await runVerb(command, eventOf(...roles), args)
  const [first] = 'again' in outcome ? outcome.again : outcome
  return first && 'view' in first ? first.view.brief : ''
}

test.each([
  ['show f1', 'show f1'],
  ['SHOW  F1', 'show f1'],
  ['show spring f', 'show f1'],
  ['show STRASSE', 'show f3'],
  ['show spring', 'Which poll do you mean?'],
  ['show', 'Which poll do you mean?'],
  ['show autumn', 'Which poll do you mean?'],
  // Any part of any word, in any order; what begins so comes before what only has it.
  ['show bloom', 'show f3'],
  ['show clean spr', 'show f2'],
  ['show fair', 'show f1'],
  ['edit', 'edit f2'],
  ['list  of all ', 'list of of all'],
  ['shows spring', 'new shows spring'],
  ['show | A | B', 'new show | A | B'],
  ['toString', 'new toString'],
])('%s: %s', async (args, what) => {
  expect(await said(args, COMMAND, 'coordinator')).toBe(what)
})

test('what is for coordinators is for nobody else', async () => {
  expect(await said('edit')).toContain('coordinator')
  expect(await said('show f1')).toBe('show f1')
})

test('where words mean nothing that is there, they may make something', async () => {
  const command = { ...COMMAND, none: async (_ctx: unknown, words: string) => say(`none like ${words}`) }
  expect(await said('show autumn', command)).toBe('none like autumn')
  expect(await said('show', command)).toBe('Which poll do you mean?')
})

test.each([
  ['', ['list', 'show', 'edit'], ['coordinator']],
  ['', ['list', 'show'], []],
  ['s', ['show'], []],
  ['show ', ['show f1', 'show f2', 'show f3'], []],
  ['show str', ['show f3'], []],
  ['show f2', ['show f2'], []],
  ['list ', [], []],
  ['edit ', [], []],
] as const)('%j suggests %j', async (typed, values, roles) => {
  const all = await suggestVerbs(COMMAND, eventOf(...roles), typed)
  expect(all.map(one => one.value)).toEqual(values)
})

test('a suggestion says what a verb does, and how a thing is called', async () => {
  const [list] = await suggestVerbs(COMMAND, eventOf(), 'li')
  const [fair] = await suggestVerbs({ ...COMMAND, nameOf: () => 'x'.repeat(200) }, eventOf(), 'show f1')
  expect(list?.label).toBe('list: all polls')
  expect(fair?.label).toHaveLength(95)
})

test('a verb that is about nothing that stands can say what may follow it, and bars may stand in its words', async () => {
  const verbs = { ...COMMAND.verbs, list: { alone: (_ctx: unknown, words: string) => say(`list of ${words}`), hints: async () => FAIRS } }
  const command: typeof COMMAND = { ...COMMAND, verbs, bars: true, refuse: () => undefined }
  const suggested = await suggestVerbs(command, eventOf('coordinator'), 'list spring')
  expect(suggested.map(choice => choice.value)).toEqual(['list f1', 'list f2'])
  expect(await said('list a | b', command)).toBe('list of a | b')
})
