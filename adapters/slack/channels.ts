import type { webApi } from '@slack/bolt'
import type { Inbound } from '../../src/platform/adapter.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { within } from '../../src/platform/waiting.ts'
import { sanitizeLine } from '../../src/view/sanitize.ts'

/** The event with the name of its channel, where the delivery does not say it and Slack does: of a private one only while the bot is in it. */
export type Channels = (inbound: Inbound, channel: string | undefined) => Promise<Pick<Inbound, 'place'>>

/** Below what an answer may take. */
const mostMs = 1_500
const most = 5_000
/** So long a name is believed, in milliseconds. */
const goodForMs = 3_600_000
/** By these a chat can be brought into a network; nobody else waits for a name. */
const naming: ReadonlySet<string> = new Set(['command', 'submit'])

export function createChannels(client: webApi.WebClient, now: () => Date, patienceMs: number = mostMs): Channels {
  const kept = new RecentMap<string, { readonly at: number; readonly name: Promise<string> }>(most)

  async function look(channel: string): Promise<string> {
    const name = await client.conversations.info({ channel }).then(
      found => sanitizeLine(found.channel?.name ?? ''),
      () => '',
    )
    // It may be known soon: when the bot has come into the channel.
    if (name === '') kept.delete(channel)
    return name
  }

  function nameOf(channel: string): Promise<string> {
    const at = now().getTime()
    const found = kept.get(channel)
    if (found && at - found.at < goodForMs) return found.name
    const name = look(channel)
    kept.set(channel, { at, name })
    return name
  }

  return async ({ place, event }, channel) => {
    if (place === 'private' || place.title !== undefined || channel === undefined || !naming.has(event.kind)) return { place }
    const title = await within(patienceMs, nameOf(channel), '')
    return { place: { ...place, ...(title && { title }) } }
  }
}
