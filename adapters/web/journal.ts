import {
  closeSync,
  existsSync,
  fchmodSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { MessageRef, Workbench } from '../../src/platform/adapter.ts'
import { fromJson } from '../../src/platform/json.ts'
import { Line } from './shapes.ts'
import type { Message } from './wire.ts'

/** A message with the key under which it was sent: the same key never makes a second one. */
export interface Kept extends Message {
  readonly ref: MessageRef
  readonly key?: string
}

/** What a new message says; its address, number and time are the journal's. */
export type Draft = Pick<Kept, 'chat' | 'by' | 'text' | 'view' | 'under'>

/** The messages of all chats. What it has taken survives a kill: it is in the file before a call returns. */
export interface Journal {
  /** The number of the newest state of anything. */
  last(): number
  get(ref: string): Kept | undefined
  /** Makes a message, or gives the one that this key made before. */
  post(draft: Draft, key: string, at: Date): Kept
  change(message: Kept, to: Partial<Pick<Kept, 'view' | 'pinned'>> | 'removed'): Kept
  /** Every message whose newest state came after that number, in that order; removed ones too. */
  since(n: number): readonly Kept[]
  /** Calls back for each new state. Returns what ends it. */
  watch(see: (message: Kept) => void): () => void
  close(): void
  /** After `close`: reads the file again, which another process may have written meanwhile. */
  reopen(): void
}

const FILE = 'web-chat.jsonl'
/** Superseded lines that are put up with before the file is written anew. */
const SLACK = 1000

// We wrote these lines ourselves: the schema is there to drop a line that was cut or edited, not to check every part of a view.

/** Opens (or makes) the journal in `dir`. A last line that a kill cut off is dropped. Throws where the folder cannot be written. */
export function openJournal(dir: string, log: Workbench['log']): Journal {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, FILE)
  const messages = new Map<string, Kept>()
  const keys = new Map<string, string>()
  const watchers = new Set<(message: Kept) => void>()
  let last = 0
  let lines = 0
  const take = (message: Kept): void => {
    messages.set(message.ref, message)
    if (message.key) keys.set(message.key, message.ref)
    last = Math.max(last, message.n)
    lines += 1
  }
  const readAll = (): number => {
    for (const message of read(path, log)) take(message)
    const opened = openSync(path, 'a', 0o600)
    fchmodSync(opened, 0o600)
    return opened
  }
  let file = readAll()
  let isOpen = true

  const compact = (): void => {
    const next = `${path}.new`
    writeFileSync(next, [...messages.values()].map(asLine).join(''), { mode: 0o600 })
    renameSync(next, path)
    closeSync(file)
    file = openSync(path, 'a', 0o600)
    lines = messages.size
  }
  // Written at once and in order: these are small lines on a local disk, and nobody may see a state that a kill could take back.
  const put = (message: Kept): Kept => {
    writeSync(file, asLine(message))
    take(message)
    if (lines > 2 * messages.size + SLACK) compact()
    for (const see of watchers) see(message)
    return message
  }
  return {
    last: () => last,
    get: ref => messages.get(ref),
    post(draft, key, at) {
      const before = messages.get(keys.get(key) ?? '')
      if (before) return before
      const n = last + 1
      return put({ ref: `web:${draft.chat}/${n}` as MessageRef, n, at: at.toISOString(), key, ...draft })
    },
    change(message, to) {
      const { ref, chat, at, key } = message
      if (to === 'removed') return put({ ref, chat, at, ...(key ? { key } : {}), n: last + 1, removed: true })
      return put({ ...message, ...to, n: last + 1 })
    },
    since: n => [...messages.values()].filter(message => message.n > n).sort((a, b) => a.n - b.n),
    watch(see) {
      watchers.add(see)
      return () => watchers.delete(see)
    },
    close() {
      closeSync(file)
      isOpen = false
    },
    reopen() {
      if (isOpen) return
      messages.clear()
      keys.clear()
      lines = 0
      file = readAll()
      isOpen = true
    },
  }
}

function asLine(message: Kept): string {
  return `${JSON.stringify(message)}\n`
}

function read(path: string, log: Workbench['log']): readonly Kept[] {
  if (!existsSync(path)) return []
  const bytes = readFileSync(path)
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.length) truncateSync(path, end)
  const kept: Kept[] = []
  let bad = 0
  for (const line of bytes.subarray(0, end).toString('utf8').split('\n').filter(Boolean)) {
    const message = parse(line)
    if (message) kept.push(message)
    else bad += 1
  }
  if (bad > 0) log.warn({ lines: bad }, 'Some lines of the browser chat journal could not be read and were left out')
  return kept
}

const parse = (line: string): Kept | undefined => Line.safeParse(fromJson(line)).data as Kept | undefined
