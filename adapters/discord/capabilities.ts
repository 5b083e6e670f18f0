import type { Capabilities } from '../../src/platform/adapter.ts'

/** Discord's own limits, in characters: of all texts in one message, of what a picture shows, of the parts of a form, of a suggestion, of a command. */
export const longest = {
  text: 4000,
  components: 40,
  alt: 1024,
  title: 45,
  label: 45,
  hint: 100,
  input: 4000,
  choice: 100,
  about: 100,
  shortcut: 32,
  event: { name: 100, about: 1000, place: 100 },
} as const

/** How Discord differs. Where it gives a number, the number is Discord's own unless a comment says otherwise. */
export const capabilities: Capabilities = {
  commands: 'native',
  suggest: true,
  shortcuts: true,
  home: false,
  threads: true,
  files: true,
  pictures: { out: true, in: true, alt: true },
  remove: true,
  pin: true,
  events: true,
  // A form cannot be answered by a form: what is wrong comes as a whisper with a button that opens it again.
  forms: { fields: 5, chain: false, errors: false },
  whisper: { to: 'everything', text: longest.text, buttons: true },
  keeps: false,
  tell: 'may refuse',
  once: 'key',
  chats: false,
  readersTime: true,
  // Labels: what phones show.
  limits: { text: longest.text, caption: longest.text, label: 38, token: 64, rows: 5, perRow: 5 },
  // Five edits in five seconds are allowed in a channel.
  editEveryMs: 1000,
}
