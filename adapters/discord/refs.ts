import type { MessageRef, PersonRef, SpaceRef } from '../../src/platform/adapter.ts'
import { partsOf } from '../../src/platform/refs.ts'

/** `discord:<channel>`: a channel or a thread, which is a channel too. Ids are 64-bit and stay strings. */
export const spaceRef = (channel: string): SpaceRef => `discord:${channel}` as SpaceRef

/** `discord:@<user>`, which is the address of the private chat too. */
export const personRef = (user: string): PersonRef => `discord:@${user}` as PersonRef

/** `discord:<channel>/<message>` */
export const messageRef = (channel: string, message: string): MessageRef => `discord:${channel}/${message}` as MessageRef

/** `discord:event/<guild>/<event>`: a scheduled event of a server */
export const eventRef = (guild: string, event: string): MessageRef => `discord:event/${guild}/${event}` as MessageRef

export interface EventAt {
  readonly guild: string
  readonly event: string
}

/** Undefined for the ref of a message. */
export function eventOf(ref: MessageRef): EventAt | undefined {
  const [, guild, event] = /^discord:event\/(\d+)\/(\d+)$/.exec(ref) ?? []
  return guild === undefined || event === undefined ? undefined : { guild, event }
}

/** @throws Error for a ref that was not made here */
export function addressOf(ref: SpaceRef | PersonRef): { readonly channel: string } | { readonly user: string } {
  const { at, id = '' } = partsOf(ref, /^discord:(?<at>@?)(?<id>\d+)$/, 'a Discord channel or person')
  return at ? { user: id } : { channel: id }
}

/** @throws Error for a ref that was not made here */
export function messageOf(ref: MessageRef): { readonly channel: string; readonly message: string } {
  const { channel = '', message = '' } = partsOf(ref, /^discord:(?<channel>\d+)\/(?<message>\d+)$/, 'a Discord message')
  return { channel, message }
}
