import type { Capabilities } from '../../src/platform/adapter.ts'

/** The richest platform of the contract. No shortcuts: the contract does not say which there are; a reply with a command does the same. */
export const capabilities: Capabilities = {
  commands: 'native',
  suggest: true,
  shortcuts: false,
  home: true,
  threads: false,
  files: true,
  pictures: { out: true, in: true, alt: true },
  remove: true,
  pin: true,
  events: false,
  forms: { fields: 100, chain: true, errors: true },
  whisper: { to: 'everything', text: 10_000, buttons: true },
  keeps: false,
  tell: 'always',
  once: 'key',
  chats: false,
  readersTime: true,
  limits: { text: 10_000, caption: 10_000, label: 80, token: 64, rows: 30, perRow: 5 },
  editEveryMs: 250,
}
