import {
  type APIApplication,
  type APIChannel,
  type APIGatewayBotInfo,
  type APIGuild,
  type APIGuildMember,
  type APIRole,
  type APIThreadList,
  type APIUser,
  type ApplicationFlags,
  PermissionFlagsBits as Can,
  ChannelType,
  type RESTAPIPartialCurrentUserGuild,
} from 'discord-api-types/v10'
import { archive, leaveGuild, openDm, openThread } from '../opening.ts'
import { channelPayload, guildPayload, memberPayload } from '../payloads.ts'
import { guildPermissions, may } from '../permissions.ts'
import {
  invalidForm,
  missingAccess,
  missingPermissions,
  Refusal,
  unknownChannel,
  unknownGuild,
  unknownMember,
  unknownUser,
} from '../refusal.ts'
import type { GuildState } from '../world.ts'
import { type Ask, channelOf, type Route } from './ask.ts'

export const placeRoutes: readonly Route[] = [
  { method: 'GET', route: '/gateway', run: ({ world }) => ({ url: world.root.replace('http', 'ws') }), free: true },
  { method: 'GET', route: '/gateway/bot', run: gateway },
  {
    method: 'GET',
    route: '/users/@me',
    run: ({ world }) => ({ ...world.me, flags: 0, mfa_enabled: true, verified: true, locale: 'en-US' }),
  },
  { method: 'GET', route: '/users/@me/guilds', run: myGuilds },
  { method: 'POST', route: '/users/@me/channels', run: dm, schema: 'CreatePrivateChannelRequest' },
  { method: 'DELETE', route: '/users/@me/guilds/:guild', run: leave },
  { method: 'GET', route: '/users/:user', run: user },
  { method: 'GET', route: '/applications/@me', run: application },
  { method: 'GET', route: '/oauth2/applications/@me', run: application },
  { method: 'GET', route: '/channels/:channel', run: channel },
  { method: 'PATCH', route: '/channels/:channel', run: changeThread, schema: 'UpdateThreadRequestPartial' },
  { method: 'POST', route: '/channels/:channel/threads', run: thread, schema: 'CreateTextThreadWithoutMessageRequest' },
  { method: 'GET', route: '/guilds/:guild', run: ask => visible(ask, guildPayload) satisfies APIGuild | Refusal },
  { method: 'GET', route: '/guilds/:guild/channels', run: ask => visible(ask, channelsOf) },
  { method: 'GET', route: '/guilds/:guild/roles', run: ask => visible(ask, rolesOf) },
  { method: 'GET', route: '/guilds/:guild/threads/active', run: ask => visible(ask, threadsOf) },
  { method: 'GET', route: '/guilds/:guild/members/:user', run: member },
]

function gateway({ world }: Ask): APIGatewayBotInfo {
  return {
    url: `${world.root.replace('http', 'ws')}/gateway`,
    shards: 1,
    session_start_limit: { total: 1000, remaining: world.gateway.identifiesLeft, reset_after: 86_400_000, max_concurrency: 1 },
  }
}

function application({ world }: Ask): Partial<APIApplication> {
  return {
    id: world.me.id,
    name: world.me.username,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0 as ApplicationFlags,
    team: null,
  } satisfies Partial<APIApplication>
}

function myGuilds({ world }: Ask): RESTAPIPartialCurrentUserGuild[] {
  const guilds = [...world.guilds.values()].filter(guild => guild.here)
  return guilds.map(guild => ({
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: false,
    features: [],
    permissions: String(guildPermissions(guild, world.me.id)),
  }))
}

function dm(ask: Ask): APIChannel | Refusal {
  const { recipient_id: id } = ask.body as { recipient_id?: string | null }
  if (!id) return invalidForm('recipient_id', 'This field is required', 'BASE_TYPE_REQUIRED')
  const person = ask.world.users.get(id)
  if (!person) return unknownUser()
  return channelPayload(openDm(ask.world, person)) // also where a message will fail
}

export function guildOf({ world, params }: Ask): GuildState | Refusal {
  const guild = world.guilds.get(params['guild'] ?? '')
  if (!guild) return unknownGuild()
  if (!guild.here) return missingAccess()
  return guild.available ? guild : unknownGuild()
}

function visible<T>(ask: Ask, show: (guild: GuildState, ask: Ask) => T): T | Refusal {
  const guild = guildOf(ask)
  return guild instanceof Refusal ? guild : show(guild, ask)
}

const channelsOf = (guild: GuildState): APIChannel[] =>
  [...guild.channels.values()].filter(one => !one.deleted && !one.parent).map(channelPayload)

const rolesOf = (guild: GuildState): APIRole[] => [...guild.roles.values()]

function threadsOf(guild: GuildState): APIThreadList {
  const threads = [...guild.channels.values()].filter(one => one.parent && !one.deleted && !one.archived)
  return { threads: threads.map(channelPayload), members: [] }
}

function leave(ask: Ask): undefined | Refusal {
  const guild = guildOf(ask)
  if (guild instanceof Refusal) return guild
  leaveGuild(ask.world, guild)
  return undefined
}

function user({ world, params }: Ask): APIUser | Refusal {
  const id = params['user'] ?? ''
  return id === world.me.id ? world.me : (world.users.get(id)?.user ?? unknownUser())
}

function channel(ask: Ask): APIChannel | Refusal {
  const found = channelOf(ask)
  return found instanceof Refusal ? found : channelPayload(found)
}

function thread(ask: Ask): APIChannel | Refusal {
  const parent = channelOf(ask)
  if (parent instanceof Refusal) return parent
  if (parent.parent || !parent.guild) return unknownChannel()
  const { name, type } = ask.body as { name: string; type?: number | null }
  if (!may(parent, ask.world.me.id, Can.CreatePublicThreads)) return missingPermissions()
  if (type !== undefined && type !== null && type !== ChannelType.PublicThread) {
    return invalidForm('type', 'this loop-back server makes public threads only; teach it before using it')
  }
  return channelPayload(openThread(ask.world, parent, name))
}

/** Only what takes a thread out of the archive, which whoever may write there may do unless it is locked. */
function changeThread(ask: Ask): APIChannel | Refusal {
  const found = channelOf(ask)
  if (found instanceof Refusal) return found
  const { archived, ...more } = ask.body as { archived?: boolean | null }
  if (!found.parent || archived !== false || Object.keys(more).length > 0)
    return invalidForm('', 'this loop-back server only takes threads out of the archive; teach it before using it')
  const needed = found.locked ? Can.ManageThreads : Can.SendMessagesInThreads
  if (!may(found, ask.world.me.id, needed)) return missingPermissions()
  archive(ask.world, found, false)
  return channelPayload(found)
}

function member(ask: Ask): APIGuildMember | Refusal {
  const guild = guildOf(ask)
  if (guild instanceof Refusal) return guild
  const found = guild.members.get(ask.params['user'] === '@me' ? ask.world.me.id : (ask.params['user'] ?? ''))
  return found ? memberPayload(found) : unknownMember()
}
