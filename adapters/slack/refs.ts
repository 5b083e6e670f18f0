import type { MessageRef, PersonRef, SpaceRef } from '../../src/platform/adapter.ts'
import { partsOf } from '../../src/platform/refs.ts'

/** A channel or a person. Ids are unique only within a workspace, so each address has the workspace's too. */
export type Address = { readonly team: string; readonly channel: string } | { readonly team: string; readonly user: string }

/** `slack:<team>:<channel>` */
export const spaceRef = (team: string, channel: string): SpaceRef => `slack:${team}:${channel}` as SpaceRef

/** `slack:<team>:@<user>`, which is the address of the direct messages too. */
export const personRef = (team: string, user: string): PersonRef => `slack:${team}:@${user}` as PersonRef

/** `slack:<team>:<channel>/<ts>`; in direct messages the channel is theirs. */
export const messageRef = (team: string, channel: string, ts: string): MessageRef => `slack:${team}:${channel}/${ts}` as MessageRef

/** @throws Error for a ref that was not made here */
export function addressOf(ref: SpaceRef | PersonRef): Address {
  const { team = '', at, id = '' } = partsOf(ref, /^slack:(?<team>\w+):(?<at>@?)(?<id>\w+)$/, 'a Slack channel or person')
  return at ? { team, user: id } : { team, channel: id }
}

/** @throws Error for a ref that was not made here */
export function messageOf(ref: MessageRef): { readonly team: string; readonly channel: string; readonly ts: string } {
  const pattern = /^slack:(?<team>\w+):(?<channel>\w+)\/(?<ts>\d+\.\d+)$/
  const { team = '', channel = '', ts = '' } = partsOf(ref, pattern, 'a Slack message')
  return { team, channel, ts }
}
