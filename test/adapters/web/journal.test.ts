import { appendFile, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Journal, openJournal } from '../../../adapters/web/journal.ts'
import { createLog } from '../../../src/base/log.ts'
import { newDir, say } from './tiny-bot.ts'

const at = new Date('2026-11-22T10:00:00Z')
const open = (dir: string): Journal => openJournal(dir, createLog('silent'))
const file = (dir: string): string => join(dir, 'web-chat.jsonl')

/** What a process leaves that was killed: nothing is closed. */
test('messages, edits, pins and removals survive a kill', async () => {
  const dir = await newDir()
  const before = open(dir)
  const poll = before.post({ chat: 'ardwick', view: say('0 answers') }, 'k1', at)
  const gone = before.post({ chat: 'ardwick', by: 'ewan', text: 'oops' }, 'k2', at)
  before.change(before.change(poll, { view: say('1 answer') }), { pinned: true })
  before.change(gone, 'removed')

  const after = open(dir)
  expect(after.get(poll.ref)).toMatchObject({ view: say('1 answer'), pinned: true, at: at.toISOString() })
  expect(after.get(gone.ref)).toMatchObject({ removed: true })
  expect(after.get(gone.ref)).not.toHaveProperty('text')
  expect(after.last()).toBe(before.last())
})

test('the same key gives the same message, also after a restart and after it was taken away', async () => {
  const dir = await newDir()
  const journal = open(dir)
  const first = journal.post({ chat: 'ardwick', view: say('Hello') }, 'delivery-1', at)
  expect(journal.post({ chat: 'ardwick', view: say('Hello') }, 'delivery-1', at).ref).toBe(first.ref)
  journal.change(first, 'removed')
  expect(open(dir).post({ chat: 'ardwick', view: say('Hello') }, 'delivery-1', at).ref).toBe(first.ref)
})

test('a line that a kill cut off is dropped, and what comes after it stands whole', async () => {
  const dir = await newDir()
  open(dir).post({ chat: 'ardwick', view: say('One') }, 'k1', at)
  await appendFile(file(dir), '{"ref":"web:ardwick/2","chat":"ardw')
  open(dir).post({ chat: 'ardwick', view: say('Two') }, 'k2', at)
  expect(
    open(dir)
      .since(0)
      .map(message => [message.ref, message.view?.brief]),
  ).toEqual([
    ['web:ardwick/1', 'One'],
    ['web:ardwick/2', 'Two'],
  ])
})

test('a line that is not ours is left out', async () => {
  const dir = await newDir()
  await writeFile(
    file(dir),
    'hello\n{"ref":"elsewhere:1","chat":"x","n":1,"at":""}\n{"ref":"web:ardwick/3","chat":"ardwick","n":3,"at":"","text":"Hi"}\n',
  )
  expect(
    open(dir)
      .since(0)
      .map(message => message.ref),
  ).toEqual(['web:ardwick/3'])
})

test('only the newest state of each message comes again, in the order of the changes', async () => {
  const journal = open(await newDir())
  const a = journal.post({ chat: 'ardwick', view: say('a') }, 'a', at)
  const b = journal.post({ chat: 'gorton', view: say('b') }, 'b', at)
  const seen = journal.last()
  journal.change(b, { view: say('b2') })
  journal.change(a, { view: say('a2') })
  const last = journal.change(b, { view: say('b3') })
  expect(journal.since(seen).map(message => message.view?.brief)).toEqual(['a2', 'b3'])
  expect(last.n).toBe(journal.last())
})

test('a long file is written anew, and says the same', async () => {
  const dir = await newDir()
  const journal = open(dir)
  let poll = journal.post({ chat: 'ardwick', view: say('0') }, 'poll', at)
  journal.post({ chat: 'ardwick', by: 'ewan', text: 'Hi' }, 'hi', at)
  for (let i = 1; i <= 1500; i += 1) poll = journal.change(poll, { view: say(String(i)) })
  const lines = (await readFile(file(dir), 'utf8')).split('\n').length
  expect(lines).toBeLessThan(1010)
  expect(open(dir).get(poll.ref)).toEqual(poll)
  expect(open(dir).since(0)).toHaveLength(2)
})

test('nobody else on this computer can read it', async () => {
  const dir = join(await newDir(), 'deep')
  open(dir)
  expect((await stat(file(dir))).mode & 0o777).toBe(0o600)
  expect((await stat(dir)).mode & 0o777).toBe(0o700)
})
