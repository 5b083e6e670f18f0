import { type APIGuildScheduledEvent, GuildScheduledEventStatus as Status } from 'discord-api-types/v10'
import type { EventState, GuildState, World } from './world.ts'

/** An external event begins and ends by itself. */
export function statusOf(world: World, event: Pick<EventState, 'scheduled_start_time' | 'scheduled_end_time'>): Status {
  const now = world.now().getTime()
  if (now >= Date.parse(event.scheduled_end_time)) return Status.Completed
  return now >= Date.parse(event.scheduled_start_time) ? Status.Active : Status.Scheduled
}

export const eventPayload = (world: World, event: EventState): APIGuildScheduledEvent => ({ ...event, status: statusOf(world, event) })

/** Those that are ahead or on, oldest first. */
export const standingEvents = (world: World, guild: GuildState): APIGuildScheduledEvent[] =>
  [...guild.events.values()].map(event => eventPayload(world, event)).filter(event => event.status !== Status.Completed)
