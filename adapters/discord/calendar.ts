import { createHash } from 'node:crypto'
import {
  type APIGuildScheduledEvent,
  type APIUser,
  GuildScheduledEventEntityType as Kind,
  GuildScheduledEventPrivacyLevel as Privacy,
  type REST,
  Routes,
  GuildScheduledEventStatus as Status,
} from 'discord.js'
import type { MessageRef } from '../../src/platform/adapter.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { shorten } from '../../src/view/sanitize.ts'
import type { EventBlock } from '../../src/view/view.ts'
import { longest } from './capabilities.ts'
import { escaped, swapped } from './escape.ts'
import { type EventAt, eventOf, eventRef } from './refs.ts'
import { hasBegun, isGone } from './refusals.ts'

/** The scheduled events of servers, as Discord has them. Every call throws what Discord says no to. */
export interface Calendar {
  /** Our event for that thing, the one that stands there or a new one. */
  put(guild: string, event: EventBlock): Promise<MessageRef>
  /** What stands for it then: one that has begun and is put off is replaced. */
  change(at: EventAt, event: EventBlock): Promise<MessageRef>
  /** Done too where it was gone already. */
  erase(at: EventAt): Promise<void>
}

/** How many events are remembered. */
const most = 1_000
const gone = 'gone'

export function createCalendar(rest: REST, now: () => number): Calendar {
  /** What an event says, or that it is gone: each of the channels tells it. */
  const shown = new RecentMap<string, string>(most)
  let me: string | undefined

  /** Our newest event for that thing. A send that was cut off may have made it, or another channel of the server. */
  async function find(guild: string, { id }: EventBlock, but?: string): Promise<MessageRef | undefined> {
    me ??= ((await rest.get(Routes.user())) as APIUser).id
    const all = (await rest.get(Routes.guildScheduledEvents(guild))) as APIGuildScheduledEvent[]
    const ours = all
      .filter(one => (one.status === Status.Scheduled || one.status === Status.Active) && one.creator_id === me && one.id !== but)
      .filter(one => one.description?.includes(markOf(id)))
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    const newest = ours.at(-1)
    return newest && eventRef(guild, newest.id)
  }

  async function make(guild: string, event: EventBlock): Promise<MessageRef> {
    const fixed = { privacy_level: Privacy.GuildOnly, entity_type: Kind.External, scheduled_start_time: event.startsAt }
    const made = (await rest.post(Routes.guildScheduledEvents(guild), { body: { ...bodyOf(event), ...fixed } })) as APIGuildScheduledEvent
    return eventRef(guild, made.id)
  }

  /** Discord takes no start that has passed, also where it is as it was. */
  async function edit(at: EventAt, event: EventBlock): Promise<MessageRef> {
    const body = { ...bodyOf(event), ...(Date.parse(event.startsAt) > now() && { scheduled_start_time: event.startsAt }) }
    const says = JSON.stringify(body)
    if (shown.get(at.event) !== says) await rest.patch(Routes.guildScheduledEvent(at.guild, at.event), { body })
    shown.set(at.event, says)
    return eventRef(at.guild, at.event)
  }

  async function erase(at: EventAt): Promise<void> {
    if (shown.get(at.event) === gone) return
    await rest.delete(Routes.guildScheduledEvent(at.guild, at.event)).catch((error: unknown) => {
      if (!isGone(error)) throw error
    })
    shown.set(at.event, gone)
  }

  return {
    erase,
    put: async (guild, event) => (await find(guild, event)) ?? make(guild, event),
    async change(at, event) {
      try {
        return await edit(at, event)
      } catch (error) {
        const isOn = hasBegun(error)
        if (!isOn && !isGone(error)) throw error
        const next = await find(at.guild, event, at.event)
        const nextAt = next && eventOf(next)
        if (!nextAt && !isOn) throw error
        // Another channel of the server may have been here before.
        const stands = nextAt ? await edit(nextAt, event) : await make(at.guild, event)
        if (isOn) await erase(at)
        return stands
      }
    },
  }
}

/** Stands at the end of a description: by it an event is known again. */
const markOf = (id: string): string => `(${createHash('sha256').update(id).digest('hex').slice(0, 10)})`

function bodyOf(event: EventBlock) {
  return {
    name: shorten(event.name, longest.event.name),
    description: describe(event),
    entity_metadata: { location: shorten(event.place || '…', longest.event.place) },
    scheduled_end_time: event.endsAt,
  }
}

/** Discord draws marks in it; only a link that is ours is one. */
function describe({ about, link, id }: EventBlock): string {
  const end = [link, markOf(id)].filter(Boolean).join('\n')
  const room = longest.event.about - end.length - 2
  const airy = escaped(about)
  return `${airy.length <= room ? airy : shorten(swapped(about), room)}\n\n${end}`.trimStart()
}
