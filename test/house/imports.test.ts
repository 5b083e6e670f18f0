import { expect, test } from 'vitest'
import { importComplaints } from './import-rules.ts'
import { purityComplaints } from './purity.ts'
import { readTree, source } from './source.ts'

const files = readTree(['src', 'adapters'], /\.[jt]s$/)

test('every file imports only what it may', () => {
  expect(files.flatMap(importComplaints)).toEqual([])
})

test('what is to be pure is pure', () => {
  expect(purityComplaints(files)).toEqual([])
})

test.each([
  ['src/app/app.ts', "import { telegram } from '../../adapters/telegram/index.ts'", 'only src/main.ts sees the adapters'],
  ['src/app/app.ts', "const { web } = await import('../../adapters/web/index.ts')", 'only src/main.ts sees the adapters'],
  ['src/app/app.ts', "let bot: import('grammy').Bot", 'src never imports a chat SDK'],
  ['src/app/app.ts', "import { poll } from '../polls/poll.ts'", 'only src/feature/features.ts knows the features'],
  ['src/community/members.ts', "import { poll } from '../polls/poll.ts'", 'only src/feature/features.ts knows the features'],
  ['src/polls/feature.ts', "import { areas } from '../network/areas.ts'", 'a feature does not import another feature'],
  ['src/forums/feature.ts', "import type { Poll } from '../polls/poll.ts'", 'a feature does not import another feature'],
  ['src/delivery/send.ts', "export { poll } from '../polls/poll.ts'", 'only src/feature/features.ts knows the features'],
  ['adapters/web/index.ts', "import { Bot } from 'grammy'", 'an adapter imports only its own SDK'],
  ['adapters/web/index.ts', "import { z } from 'zod'", 'only settings.ts, decode.ts and shapes.ts'],
  [
    'adapters/web/index.ts',
    "import type { Log } from '../../src/base/log.ts'",
    'an adapter imports only src/platform, src/view and its own folder',
  ],
  [
    'adapters/web/index.ts',
    "import { loop } from '../telegram/loop.ts'",
    'an adapter imports only src/platform, src/view and its own folder',
  ],
])('refused in %s: %s', (path, text, why) => {
  expect(importComplaints(source(path, text))).toEqual([expect.stringContaining(why)])
})

test.each([
  ['src/main.ts', "import { telegram } from '../adapters/telegram/index.ts'"],
  ['src/feature/features.ts', "import { pollsFeature } from '../polls/feature.ts'"],
  [
    'src/polls/feature.ts',
    "import { member } from '../community/members.ts'\nimport { cast } from './cast.ts'\nimport { post } from '../delivery/outbox.ts'",
  ],
  [
    'adapters/telegram/post.ts',
    "import { InputFile } from 'grammy'\nimport type { View } from '../../src/view/view.ts'\nimport path from 'node:path'",
  ],
  ['adapters/web/decode.ts', "import { z } from 'zod'\nimport type { Inbound } from '../../src/platform/adapter.ts'"],
])('allowed in %s: %s', (path, text) => {
  expect(importComplaints(source(path, text))).toEqual([])
})

test.each([
  "import fs from 'node:fs'",
  "import type { Poll } from '../store/generated/client.ts'",
  "import { post } from '../delivery/outbox.ts'",
  'const now = new Date()',
  'const now = Date.now()',
  'const chance = Math.random()',
  "const dir = process.env['HOME']",
  'setTimeout(() => 1, 5)',
])('not pure: %s', text => {
  expect(purityComplaints([source('src/polls/domain.ts', text)])).toHaveLength(1)
})

test('not pure through what it uses', () => {
  const view = source(
    'src/forums/view-post.ts',
    "import { name } from '../feature/token.ts'\nimport type { Deps } from '../feature/feature.ts'",
  )
  const used = source('src/feature/token.ts', "import { randomUUID } from 'node:crypto'")
  expect(purityComplaints([view, used])).toEqual([expect.stringContaining('src/feature/token.ts:1')])
  expect(purityComplaints([view, source('src/feature/feature.ts', "import pg from 'pg'")])).toEqual([])
})

test('pure: dates that are given, and names that only look like a clock', () => {
  expect(
    purityComplaints([source('src/polls/domain.ts', 'const at = new Date(given)\nconst speech = { process: 1, now: ctx.performance }')]),
  ).toEqual([])
})
