import type { Capabilities } from '../../src/platform/adapter.ts'

/** The longest text of a message, of a file's or picture's caption, and of the answer to a press, in UTF-16 units. */
export const longest = { text: 4096, caption: 1024, answer: 200 } as const

/** How Telegram differs. Where it gives a number, the number is Telegram's own unless a comment says otherwise. */
export const capabilities: Capabilities = {
  commands: 'text',
  suggest: false,
  shortcuts: false,
  home: false,
  threads: true,
  files: true,
  // What a picture shows stands under it as words: there is no other place for it.
  pictures: { out: true, in: true, alt: false },
  remove: true,
  pin: true,
  events: false,
  forms: 'questions',
  // To a press, to what only the bot sees, and where the bot is an admin to all; else a press can have the box of its answer.
  whisper: { to: 'each says', text: longest.text, buttons: true, brief: longest.answer },
  keeps: true,
  tell: 'once started',
  once: 'unsure',
  chats: false,
  readersTime: true,
  // Labels: what phones show. Buttons: 8 a row and 100 in all are allowed, three are readable.
  limits: { text: longest.text, caption: longest.caption, label: 34, token: 64, rows: 20, perRow: 3 },
  // 20 messages and edits a minute in a group: every 3.5 s leaves three for posts and answers.
  editEveryMs: 3500,
}
