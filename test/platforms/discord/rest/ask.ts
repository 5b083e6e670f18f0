import { PermissionFlagsBits } from 'discord-api-types/v10'
import type { NumberedUpload } from '../draft.ts'
import { may } from '../permissions.ts'
import { missingAccess, type Refusal, unknownChannel } from '../refusal.ts'
import type { ChannelState, World } from '../world.ts'

/** One request to a route. `body` has passed the schema, in strict mode. */
export interface Ask {
  readonly world: World
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: unknown
  readonly files: readonly NumberedUpload[]
}

/** Undefined becomes 204. */
type Handler = (ask: Ask) => unknown | Refusal

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** "/channels/:channel/messages" */
  readonly route: string
  readonly run: Handler
  /** Name in discord-api-spec, without "Schema"; of each item for a list. None: the request has no body. */
  readonly schema?: string | ((body: unknown) => string)
  readonly list?: boolean
  /** Needs no bot token: the token stands in the address. */
  readonly free?: boolean
}

/** The channel, when the bot can see it. */
export function channelOf({ world, params }: Ask): ChannelState | Refusal {
  const channel = world.channels.get(params['channel'] ?? '')
  if (!channel || channel.deleted) return unknownChannel()
  if (!channel.guild) return channel
  if (!channel.guild.here) return missingAccess()
  if (!channel.guild.available) return unknownChannel()
  return may(channel, world.me.id, PermissionFlagsBits.ViewChannel) ? channel : missingAccess()
}
