import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ApplicationIntegrationType,
} from 'discord-api-types/v10'
import { checkCommands, type Declared } from '../command-check.ts'
import { compact } from '../draft.ts'
import { missingAccess, Refusal, unknownGuild } from '../refusal.ts'
import type { World } from '../world.ts'
import type { Ask, Route } from './ask.ts'

const everywhere = '/applications/:app/commands'
const inGuild = '/applications/:app/guilds/:guild/commands'

export const commandRoutes: readonly Route[] = [
  { method: 'GET', route: everywhere, run: list },
  { method: 'PUT', route: everywhere, run: overwrite, schema: 'ApplicationCommandUpdateRequest', list: true },
  { method: 'POST', route: everywhere, run: create, schema: 'ApplicationCommandCreateRequest' },
  { method: 'DELETE', route: `${everywhere}/:command`, run: erase },
  { method: 'GET', route: inGuild, run: list },
  { method: 'PUT', route: inGuild, run: overwrite, schema: 'ApplicationCommandUpdateRequest', list: true },
  { method: 'POST', route: inGuild, run: create, schema: 'ApplicationCommandCreateRequest' },
  { method: 'DELETE', route: `${inGuild}/:command`, run: erase },
]

/** The list that the address means; it is changed in place. */
function listOf({ world, params }: Ask): APIApplicationCommand[] | Refusal {
  if (params['app'] !== world.me.id) return new Refusal(403, 20_012, 'You are not authorized to perform this action on this application')
  const { guild: id } = params
  if (id === undefined) return world.commands
  const guild = world.guilds.get(id)
  if (!guild) return unknownGuild()
  return guild.here ? guild.commands : missingAccess()
}

function list(ask: Ask): APIApplicationCommand[] | Refusal {
  const commands = listOf(ask)
  if (commands instanceof Refusal || ask.query.get('with_localizations') === 'true') return commands
  return commands.map(({ name_localizations: _, description_localizations: __, ...rest }) => rest)
}

function overwrite(ask: Ask): APIApplicationCommand[] | Refusal {
  const commands = listOf(ask)
  if (commands instanceof Refusal) return commands
  const declared = ask.body as Declared[]
  const refusal = ask.world.strict ? checkCommands(declared) : undefined
  if (refusal) return refusal
  const made = declared.map(one => commandOf(ask.world, one, commands, ask.params['guild']))
  commands.splice(0, commands.length, ...made)
  return made
}

function create(ask: Ask): APIApplicationCommand | Refusal {
  const commands = listOf(ask)
  if (commands instanceof Refusal) return commands
  const declared = ask.body as Declared
  const type = declared.type ?? ApplicationCommandType.ChatInput
  const others = commands.filter(one => one.name !== declared.name || one.type !== type)
  const refusal = ask.world.strict ? checkCommands([...(others as unknown as Declared[]), declared]) : undefined
  if (refusal) return refusal
  const made = commandOf(ask.world, declared, commands, ask.params['guild'])
  commands.splice(0, commands.length, ...others, made)
  return made
}

function erase(ask: Ask): undefined | Refusal {
  const commands = listOf(ask)
  if (commands instanceof Refusal) return commands
  const at = commands.findIndex(one => one.id === ask.params['command'])
  if (at < 0) return new Refusal(404, 10_063, 'Unknown application command')
  commands.splice(at, 1)
  return undefined
}

/** A command keeps its id while its name and kind stay. */
function commandOf(
  world: World,
  declared: Declared,
  before: readonly APIApplicationCommand[],
  guild: string | undefined,
): APIApplicationCommand {
  const type: ApplicationCommandType = declared.type ?? ApplicationCommandType.ChatInput
  const id = before.find(one => one.name === declared.name && one.type === type)?.id ?? world.nextId()
  const permissions = declared['default_member_permissions']
  const options = compact(declared.options ?? []) as unknown as APIApplicationCommandOption[]
  return {
    id,
    application_id: world.me.id,
    type,
    name: declared.name,
    name_localizations: declared.name_localizations ?? null,
    description: declared.description ?? '',
    description_localizations: declared.description_localizations ?? null,
    default_member_permissions: permissions === undefined || permissions === null ? null : String(permissions),
    nsfw: declared['nsfw'] === true,
    version: world.nextId(),
    integration_types: (declared['integration_types'] as ApplicationIntegrationType[] | undefined) ?? [
      ApplicationIntegrationType.GuildInstall,
    ],
    contexts: (declared['contexts'] as APIApplicationCommand['contexts']) ?? null,
    ...(options.length > 0 && { options }),
    ...(guild === undefined ? { dm_permission: declared['dm_permission'] !== false } : { guild_id: guild }),
  }
}
