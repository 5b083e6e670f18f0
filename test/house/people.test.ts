import { afterAll, beforeAll, expect, test } from 'vitest'
import { defineFeature } from '../../src/feature/define.ts'
import { type TestApp, testApp } from '../helpers/app.ts'
import { readSchema } from './kept-rules.ts'
import { columnsOfPeople, peopleComplaints } from './people-rules.ts'

const schema = readSchema()
let bot: TestApp
beforeAll(async () => {
  bot = await testApp()
})
afterAll(() => bot.close())

test('every feature that holds something about people forgets them and joins two of them', () => {
  const found = columnsOfPeople(schema).map(({ column }) => column)
  for (const column of ['Ballot.voter', 'Forum.hostId', 'Option.addedBy', 'Network.deleteAskedBy', 'Feed.personId', 'Delivery.personRef'])
    expect(found).toContain(column)
  expect(peopleComplaints(schema, bot.bot.features)).toEqual([])
})

test.each([
  ['by its name', 'model Idea {\n  id      String @id\n  madeBy  String?\n}\n', 'Idea.madeBy'],
  ['by what it is called in the rules', 'model Idea {\n  id      String @id\n  voter   String\n}\n', 'Idea.voter'],
  ['by the host', 'model Idea {\n  id      String @id\n  cohostId String\n  hostId   String\n}\n', 'Idea.hostId'],
  [
    'by a relation',
    'model Idea {\n  id      String @id\n  whose   String\n  person  Person @relation(fields: [whose], references: [id])\n}\n',
    'Idea.whose',
  ],
])('a new column that refers to a person is noticed %s', (_how, model, column) => {
  const more = `${schema}\n// ---- ideas ----\n\n${model}`
  const feature = defineFeature({ name: 'ideas', forget: async () => undefined })
  const found = peopleComplaints(more, [...bot.bot.features, feature])
  expect(found).toEqual([`${column} refers to a person, and the feature “ideas” does not say how to join them`])
  expect(peopleComplaints(more, bot.bot.features)).toEqual([
    `${column} refers to a person, and there is no feature “ideas” that could forget them`,
  ])
  expect(peopleComplaints(more, [...bot.bot.features, { ...feature, join: async () => undefined }])).toEqual([])
})

test('a feature that no longer says it is noticed', () => {
  const features = bot.bot.features.map(one => (one.name === 'polls' ? defineFeature({ name: 'polls' }) : one))
  const found = peopleComplaints(schema, features)
  expect(found).toContain('Ballot.voter refers to a person, and the feature “polls” does not say how to forget them')
  expect(found.every(line => /^(?:Poll|Option|Ballot|TookPart)\./.test(line))).toBe(true)
})
