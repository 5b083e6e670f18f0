import type { MessageRef, PersonRef, SpaceRef } from '../../src/platform/adapter.ts'

/** A chat (people have positive numbers, groups negative ones), perhaps a topic in it. */
export interface Address {
  readonly chat: number
  readonly topic?: number
}

/** `telegram:<chat>` or `telegram:<chat>:<topic>`. The general topic has no number. */
export const spaceRef = (chat: number, topic?: number): SpaceRef =>
  (topic === undefined ? `telegram:${chat}` : `telegram:${chat}:${topic}`) as SpaceRef

/** `telegram:<user>`, which is the address of the private chat too. */
export const personRef = (user: number): PersonRef => `telegram:${user}` as PersonRef

/** `telegram:<chat>/<message>`: the slash tells it from a topic. */
export const messageRef = (chat: number, message: number): MessageRef => `telegram:${chat}/${message}` as MessageRef

/** @throws Error for a ref that was not made here */
export function addressOf(ref: SpaceRef | PersonRef): Address {
  const found = /^telegram:(-?\d+)(?::(\d+))?$/.exec(ref)
  if (!found) throw new Error('Not the address of a Telegram chat.', { cause: { ref } })
  return { chat: Number(found[1]), ...(found[2] !== undefined && { topic: Number(found[2]) }) }
}

/** @throws Error for a ref that was not made here */
export function messageOf(ref: MessageRef): { chat_id: number; message_id: number } {
  const found = /^telegram:(-?\d+)\/(\d+)$/.exec(ref)
  if (!found) throw new Error('Not the address of a Telegram message.', { cause: { ref } })
  return { chat_id: Number(found[1]), message_id: Number(found[2]) }
}
