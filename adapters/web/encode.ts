import type { Capabilities, Reply } from '../../src/platform/adapter.ts'
import { plain } from '../../src/view/plain.ts'
import type { Block, Button, View } from '../../src/view/view.ts'
import type { Kept } from './journal.ts'
import type { Answer, Message } from './wire.ts'

type Limits = Capabilities['limits']

/** Why this chat does not take a view, for the operator; undefined for one that `fit` has made to fit. */
export function refusal(view: View, limits: Limits): string | undefined {
  const buttons = view.buttons.flat()
  if (plain(view).length > limits.text) return 'the text is too long'
  if (view.buttons.length > limits.rows) return 'there are too many rows of buttons'
  if (view.buttons.some(row => row.length > limits.perRow)) return 'a row has too many buttons'
  if (buttons.some(button => button.label.length > limits.label)) return 'the label of a button is too long'
  if (buttons.some(button => 'token' in button && Buffer.byteLength(button.token) > limits.token))
    return 'the token of a button is too long'
  return undefined
}

/** A view as the page draws it: the same data, but no address that a browser would run as a program. */
export function encodeView(view: View): View {
  return { ...view, blocks: view.blocks.map(safeBlock), buttons: view.buttons.map(row => row.flatMap(safeButton)) }
}

function safeBlock(block: Block): Block {
  return block.kind === 'link' && !isSafe(block.url) ? { kind: 'text', text: `${block.label}: ${block.url}` } : block
}

function safeButton(button: Button): readonly Button[] {
  return 'url' in button && !isSafe(button.url) ? [] : [button]
}

function isSafe(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:', 'mailto:', 'tel:'].includes(new URL(url).protocol)
}

/** A message as the page gets it: without the key it was sent under. */
export function encodeMessage({ key: _, ...message }: Kept): Message {
  return message.view ? { ...message, view: encodeView(message.view) } : message
}

/** A reply that only the person who acted sees; undefined for one that becomes a message in the chat. */
export function encodeAnswer(reply: Reply): Answer | undefined {
  switch (reply.kind) {
    case 'whisper':
    case 'update':
    case 'home':
      return { kind: reply.kind, view: encodeView(reply.view) }
    case 'go private':
      return { ...reply, view: encodeView(reply.view) }
    case 'ask':
    case 'wrong':
    case 'suggest':
      return reply
    case 'say':
      return undefined
  }
}
