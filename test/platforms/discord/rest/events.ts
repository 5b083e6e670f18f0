import {
  type APIGuildScheduledEvent,
  PermissionFlagsBits as Can,
  GuildScheduledEventEntityType as Kind,
  GuildScheduledEventPrivacyLevel as Privacy,
  type RESTPatchAPIGuildScheduledEventJSONBody,
  type RESTPostAPIGuildScheduledEventJSONBody,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10'
import { eventPayload, standingEvents, statusOf } from '../events.ts'
import { guildPermissions } from '../permissions.ts'
import { finishedEvent, invalidForm, missingPermissions, Refusal, tooManyEvents, unknownEvent } from '../refusal.ts'
import type { EventState, GuildState } from '../world.ts'
import type { Ask, Route } from './ask.ts'
import { guildOf } from './places.ts'

const all = '/guilds/:guild/scheduled-events'
const one = `${all}/:event`
/** Scheduled and active ones together. */
const most = 100

/** External events only: those in a channel are taught when they are used. */
export const eventRoutes: readonly Route[] = [
  { method: 'GET', route: all, run: ask => inGuild(ask, guild => standingEvents(ask.world, guild)) },
  { method: 'POST', route: all, run: ask => inGuild(ask, guild => create(ask, guild)), schema: 'ExternalScheduledEventCreateRequest' },
  { method: 'GET', route: one, run: ask => inGuild(ask, guild => found(ask, guild, event => eventPayload(ask.world, event))) },
  {
    method: 'PATCH',
    route: one,
    run: ask => inGuild(ask, guild => modify(ask, guild)),
    schema: 'ExternalScheduledEventPatchRequestPartial',
  },
  { method: 'DELETE', route: one, run: ask => inGuild(ask, guild => erase(ask, guild)) },
]

function inGuild<T>(ask: Ask, run: (guild: GuildState) => T): T | Refusal {
  const guild = guildOf(ask)
  return guild instanceof Refusal ? guild : run(guild)
}

function found<T>({ params }: Ask, guild: GuildState, run: (event: EventState) => T): T | Refusal {
  const event = guild.events.get(params['event'] ?? '')
  return event ? run(event) : unknownEvent()
}

const has = ({ world }: Ask, guild: GuildState, ...bits: bigint[]): boolean =>
  bits.some(bit => (guildPermissions(guild, world.me.id) & bit) !== 0n)

type Wish = Pick<
  RESTPostAPIGuildScheduledEventJSONBody,
  'name' | 'description' | 'scheduled_start_time' | 'scheduled_end_time' | 'entity_metadata'
>

/** What holds of every event, new or changed; `start`: what was said of it, if anything. */
function wrong({ world }: Ask, wish: Wish, start: string | undefined): Refusal | undefined {
  const { entity_metadata: where, scheduled_end_time: end } = wish
  if (wish.name.trim() === '') return invalidForm('name', 'This field is required', 'BASE_TYPE_REQUIRED')
  const place = where?.location?.trim() ?? ''
  if (place === '') return invalidForm('entity_metadata.location', 'This field is required', 'BASE_TYPE_REQUIRED')
  if (place.length > 100) return invalidForm('entity_metadata.location', 'Must be 100 or fewer in length.', 'BASE_TYPE_MAX_LENGTH')
  if (!end) return invalidForm('scheduled_end_time', 'This field is required', 'BASE_TYPE_REQUIRED')
  const now = world.now().getTime()
  if (start !== undefined && Date.parse(start) <= now)
    return invalidForm('scheduled_start_time', 'Cannot schedule event in the past.', 'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST')
  if (Date.parse(end) <= Math.max(now, Date.parse(wish.scheduled_start_time)))
    return invalidForm('scheduled_end_time', 'Must be after the start, and not in the past.', 'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST')
  return undefined
}

function create(ask: Ask, guild: GuildState): APIGuildScheduledEvent | Refusal {
  const { world } = ask
  const wish = ask.body as RESTPostAPIGuildScheduledEventJSONBody
  if (!has(ask, guild, Can.CreateEvents)) return missingPermissions()
  const refusal = world.strict ? wrong(ask, wish, wish.scheduled_start_time) : undefined
  if (refusal) return refusal
  if (standingEvents(world, guild).length >= most) return tooManyEvents()
  const event: EventState = {
    ...{ id: world.nextId(), guild_id: guild.id, channel_id: null, creator_id: world.me.id, creator: world.me },
    ...{ name: wish.name, description: wish.description ?? null, entity_id: null, image: null, recurrence_rule: null },
    ...{ scheduled_start_time: wish.scheduled_start_time, scheduled_end_time: wish.scheduled_end_time ?? '' },
    ...{
      privacy_level: Privacy.GuildOnly,
      entity_type: Kind.External,
      entity_metadata: { location: wish.entity_metadata?.location ?? '' },
    },
  }
  guild.events.set(event.id, event)
  world.changes.happened()
  return eventPayload(world, event)
}

/** Own events with either right, those of others with the greater one only. */
function mayChange(ask: Ask, guild: GuildState, event: EventState): boolean {
  return has(ask, guild, Can.ManageEvents) || (event.creator_id === ask.world.me.id && has(ask, guild, Can.CreateEvents))
}

function modify(ask: Ask, guild: GuildState): APIGuildScheduledEvent | Refusal {
  const { world } = ask
  return found(ask, guild, event => {
    if (!mayChange(ask, guild, event)) return missingPermissions()
    const { status, channel_id, entity_type, ...wish } = ask.body as RESTPatchAPIGuildScheduledEventJSONBody
    if (status !== undefined || channel_id || (entity_type !== undefined && entity_type !== Kind.External))
      return invalidForm('', 'this loop-back server changes neither the status nor the kind of an event; teach it before using it')
    const now = statusOf(world, event)
    if (now === Status.Completed) return finishedEvent()
    const start = wish.scheduled_start_time
    if (start !== undefined && now === Status.Active)
      return invalidForm(
        'scheduled_start_time',
        'Cannot change the start of an event that is on.',
        'GUILD_SCHEDULED_EVENT_SCHEDULE_INVALID_START_BY_STATUS',
      )
    const next = { ...event, ...(wish as Partial<EventState>) }
    const refusal = world.strict ? wrong(ask, { ...next, description: next.description ?? '' }, start) : undefined
    if (refusal) return refusal
    guild.events.set(event.id, next)
    world.changes.happened()
    return eventPayload(world, next)
  })
}

function erase(ask: Ask, guild: GuildState): undefined | Refusal {
  return found(ask, guild, event => {
    if (!mayChange(ask, guild, event)) return missingPermissions()
    guild.events.delete(event.id)
    ask.world.changes.happened()
    return undefined
  })
}
