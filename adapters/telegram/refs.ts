import type { MessageRef, PersonRef, SpaceRef } from '../../src/platform/adapter.ts'
import { partsOf } from '../../src/platform/refs.ts'

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
  const { chat, topic } = partsOf(ref, /^telegram:(?<chat>-?\d+)(?::(?<topic>\d+))?$/, 'a Telegram chat')
  return { chat: Number(chat), ...(topic !== undefined && { topic: Number(topic) }) }
}

/** @throws Error for a ref that was not made here */
export function messageOf(ref: MessageRef): { chat_id: number; message_id: number } {
  const { chat, message } = partsOf(ref, /^telegram:(?<chat>-?\d+)\/(?<message>\d+)$/, 'a Telegram message')
  return { chat_id: Number(chat), message_id: Number(message) }
}
