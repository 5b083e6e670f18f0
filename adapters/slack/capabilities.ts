import type { Capabilities } from '../../src/platform/adapter.ts'

/** Slack's own limits, in UTF-16 units or pieces. */
export const longest = {
  ...{ blocks: 50, section: 3000, header: 150, title: 24, label: 2000, input: 3000, option: 75, options: 100, alt: 2000, fileAlt: 1000 },
  /** Radio buttons and checkboxes; above it a menu. */
  open: 10,
} as const

/** How Slack differs. */
export const capabilities: Capabilities = {
  commands: 'native',
  suggest: false,
  shortcuts: true,
  home: true,
  // A reply in a thread is no place of its own: commands do not work there.
  threads: false,
  files: true,
  pictures: { out: true, in: true, alt: true },
  remove: true,
  pin: true,
  events: false,
  // A dialog takes 100 blocks; nobody fills in more than 20.
  forms: { fields: 20, chain: true, errors: true },
  whisper: { to: 'everything', text: 3000, buttons: true },
  // A tap or a command never comes again; words do, three times within some minutes. Neither is to be counted on.
  keeps: false,
  tell: 'always',
  once: 'unsure',
  chats: true,
  readersTime: true,
  // All text of a message together may be about 13,200: 9,000 and the labels of 50 buttons.
  limits: { text: 9000, caption: 9000, label: 75, token: 64, rows: 10, perRow: 5 },
  // chat.update: 50 a minute and more, for all channels of a workspace together.
  editEveryMs: 1200,
}
