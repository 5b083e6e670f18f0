import { type Client, type PermissionsBitField, PermissionFlagsBits as Right } from 'discord.js'
import type { PersonRef, SpaceRef } from '../../src/platform/adapter.ts'
import { addressOf } from './refs.ts'
import { isNo, unasked } from './refusals.ts'

/** Whoever has one of these runs the channel. */
const runs = Right.Administrator | Right.ManageGuild | Right.ManageChannels

/** What would be good to have; the bot can do its work without. */
const optional = [
  ['discord-missing-files-optional', Right.AttachFiles],
  ['discord-missing-history-optional', Right.ReadMessageHistory],
  ['discord-missing-pin-optional', Right.PinMessages],
  ['discord-missing-events-optional', Right.CreateEvents],
] as const

const asked = optional.reduce((bits, [, bit]) => bits | bit, Right.ViewChannel | Right.SendMessages | Right.SendMessagesInThreads)

/** A link that brings the bot into a server with the rights that `missing` looks for, and no other. */
export const inviteLink = (app: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${app}&scope=bot+applications.commands&permissions=${asked}`

/** Whether these rights, as an interaction carries them, are those of somebody who runs the channel. */
export const areRunners = (rights: string): boolean => (BigInt(rights) & runs) !== 0n

/**
 * Whether the person runs the server or the channel, now. False for somebody who is not there; undefined for a channel that the bot cannot see. Throws where
 * Discord cannot be asked.
 */
export async function isAdmin(client: Client, person: PersonRef, space: SpaceRef): Promise<boolean | undefined> {
  const address = addressOf(person)
  const found = 'user' in address ? await rightsOf(client, address.user, space) : 'nobody'
  return found === 'nobody' ? false : found?.rights.any(runs)
}

/** Keys of texts that say what to click. Throws where Discord cannot be asked. */
export async function missing(client: Client<true>, space: SpaceRef): Promise<readonly string[]> {
  const found = await rightsOf(client, client.user.id, space)
  if (found === 'nobody' || !found?.rights.has(Right.ViewChannel)) return ['discord-missing-see']
  if (!found.rights.has(found.isThread ? Right.SendMessagesInThreads : Right.SendMessages)) return ['discord-missing-send']
  return optional.filter(([, bit]) => !found.rights.has(bit)).map(([key]) => key)
}

interface Found {
  readonly rights: Readonly<PermissionsBitField>
  readonly isThread: boolean
}

/** What somebody may do in a channel, asked anew; undefined where the bot cannot see it. */
async function rightsOf(client: Client, user: string, space: SpaceRef): Promise<Found | 'nobody' | undefined> {
  const address = addressOf(space)
  if (!('channel' in address)) return undefined
  const channel = await found(client.channels.fetch(address.channel, { force: true }))
  if (!channel || channel.isDMBased()) return undefined
  const isThread = channel.isThread()
  const member = found(channel.guild.members.fetch({ user, force: true, cache: false }))
  const around = [
    found(client.guilds.fetch({ guild: channel.guild, force: true })),
    isThread && channel.parentId ? found(client.channels.fetch(channel.parentId, { force: true })) : undefined,
  ]
  const [there] = await Promise.all([member, ...around])
  return there ? { rights: channel.permissionsFor(there), isThread } : 'nobody'
}

/** Undefined for what the bot may not see, or is not there. */
async function found<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (isNo(error) && (error.status === 403 || error.status === 404)) return undefined
    throw unasked(error)
  }
}
