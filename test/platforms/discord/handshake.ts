import { type ApplicationFlags, GatewayCloseCodes as Code, GatewayIntentBits, type GatewayReadyDispatchData } from 'discord-api-types/v10'
import type { World } from './world.ts'

/** Why a socket is closed. */
export interface Close {
  readonly code: number
  readonly reason: string
}

const close = (code: number, reason: string): Close => ({ code, reason })

const known = Object.values(GatewayIntentBits).reduce<number>((bits, bit) => (typeof bit === 'number' ? bits | bit : bits), 0)
const privilegedOnes = [GatewayIntentBits.GuildMembers, GatewayIntentBits.GuildPresences, GatewayIntentBits.MessageContent]

/** The intents that a bot may ask for. @param privileged those of the three privileged ones that are switched on */
export const allowedIntents = (privileged: readonly GatewayIntentBits[] = []): number =>
  privilegedOnes.reduce<number>((bits, bit) => (privileged.includes(bit) ? bits : bits & ~bit), known)

/** What is wrong with the address that a client connects to. */
export function refuseAddress(address: URL): Close | undefined {
  if (address.searchParams.get('v') !== '10') return close(Code.InvalidAPIVersion, 'Invalid API version.')
  const isPlain = address.searchParams.get('encoding') === 'json' && !address.searchParams.has('compress')
  return isPlain ? undefined : close(Code.DecodeError, 'this loop-back server speaks plain JSON')
}

export interface Identify {
  readonly token?: unknown
  readonly intents?: unknown
  readonly shard?: [number, number]
  readonly properties?: unknown
}

export function refuseIdentify(world: World, allowed: number, asked: Identify): Close | undefined {
  const { intents, shard, properties } = asked
  const refused = refuseToken(world, asked.token)
  if (refused) return refused
  if (typeof properties !== 'object' || properties === null) return close(Code.DecodeError, 'properties are missing')
  if (typeof intents !== 'number' || !Number.isInteger(intents) || (intents & ~known) !== 0) {
    return close(Code.InvalidIntents, 'Invalid intent(s).')
  }
  if ((intents & ~allowed) !== 0) return close(Code.DisallowedIntents, 'Disallowed intent(s).')
  return shard && !(shard[0] >= 0 && shard[0] < shard[1]) ? close(Code.InvalidShard, 'Invalid shard.') : undefined
}

export const refuseToken = (world: World, token: unknown): Close | undefined =>
  token === world.token && world.tokenWorks ? undefined : close(Code.AuthenticationFailed, 'Authentication failed.')

/** Guilds are named only; each is told of by an event of its own. */
export function readyPayload(world: World, session: string, shard: [number, number] | undefined): GatewayReadyDispatchData {
  const guilds = [...world.guilds.values()].filter(guild => guild.here)
  return {
    v: 10,
    user: world.me,
    guilds: guilds.map(guild => ({ id: guild.id, unavailable: true })),
    session_id: session,
    resume_gateway_url: `${world.root.replace('http', 'ws')}/gateway`,
    application: { id: world.me.id, flags: 0 as ApplicationFlags, flags_new: '0' },
    ...(shard && { shard }),
  } satisfies GatewayReadyDispatchData
}
