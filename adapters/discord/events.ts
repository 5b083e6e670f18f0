import { type APIChannel, type REST, Routes } from 'discord.js'
import type { Adapter, Sent } from '../../src/platform/adapter.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { laterMs, messageIn, no, noIn } from '../../src/platform/sent.ts'
import type { EventBlock, View } from '../../src/view/view.ts'
import { createCalendar } from './calendar.ts'
import type { Posting } from './post.ts'
import { addressOf, eventOf } from './refs.ts'
import { isRefusedToken, sentOf } from './refusals.ts'

interface Parts {
  /** Repeats nothing by itself. */
  readonly rest: REST
  /** Where all that is no event goes. */
  readonly posting: Posting
  /** The server of a channel, as far as Discord told. */
  guildOf(channel: string): string | undefined
  now(): Date
}

/** What came of a send is said to the other channels of a server too, for so many milliseconds: they would ask for the same. */
const sameMs = 10_000
/** What waits longer for its turn is the delivery's to repeat. */
const turnMs = 8_000
/** How many sends are remembered. */
const most = 1_000

/** Scheduled events of servers, in place of messages in channels. A server has one for each thing that is mirrored, whichever of its channels asks. */
export function withEvents({ rest, posting, guildOf, now }: Parts): Pick<Adapter, 'send' | 'change'> {
  const time = (): number => now().getTime()
  const calendar = createCalendar(rest, time)
  const turns = createTurns(time)
  const lately = new RecentMap<string, { readonly until: number; readonly sent: Sent }>(most)

  async function serverOf(channel: string): Promise<string | undefined> {
    const found = guildOf(channel)
    if (found !== undefined) return found
    const asked = (await rest.get(Routes.channel(channel))) as APIChannel
    return 'guild_id' in asked ? asked.guild_id : undefined
  }

  async function put(guild: string, event: EventBlock): Promise<Sent> {
    const key = `${guild} ${event.id}`
    const known = lately.get(key)
    if (known && known.until > time()) return known.sent
    if (Date.parse(event.startsAt) <= time()) return no('refused', 'it has begun')
    const sent = await calendar
      .put(guild, event)
      .then((ok): Sent => ({ ok }))
      .catch((error: unknown) => {
        if (isRefusedToken(error)) throw error
        return sentOf(error, 'send')
      })
    if (messageIn(sent) ?? noIn(sent)) lately.set(key, { until: time() + sameMs, sent })
    return sent
  }

  return {
    send(to, view, key, under) {
      const event = eventIn(view)
      if (!event) return posting.send(to, view, key, under)
      const address = addressOf(to)
      const call = async (): Promise<Sent> => {
        const guild = 'user' in address ? undefined : await serverOf(address.channel)
        return guild === undefined ? no('refused', 'there is no calendar') : turns(guild, () => put(guild, event))
      }
      return posting.attempt(call, error => sentOf(error, 'send'))
    },
    change(message, how) {
      const at = eventOf(message)
      if (!at) return posting.change(message, how)
      const event = typeof how === 'string' ? undefined : eventIn(how)
      if (how !== 'remove' && !event) return Promise.resolve(no('refused', 'an event is not a message'))
      const call = async (): Promise<Sent> => {
        if (event) return { ok: await calendar.change(at, event) }
        await calendar.erase(at)
        return { ok: message }
      }
      return posting.attempt(
        () => turns(at.guild, call),
        error => sentOf(error, 'change'),
      )
    },
  }
}

const eventIn = ({ blocks }: View): EventBlock | undefined => blocks.find(block => block.kind === 'event')

/** One after the other in each server, so that two do not make the same. */
function createTurns(now: () => number) {
  const last = new Map<string, Promise<unknown>>()
  return (guild: string, deed: () => Promise<Sent>): Promise<Sent> => {
    const since = now()
    const turn = async (): Promise<Sent> => (now() - since > turnMs ? { later: laterMs.away } : deed())
    const mine = (last.get(guild) ?? Promise.resolve()).then(turn, turn)
    const over = (): void => void (last.get(guild) === mine && last.delete(guild))
    last.set(guild, mine)
    mine.then(over, over)
    return mine
  }
}
