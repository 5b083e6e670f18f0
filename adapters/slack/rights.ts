import type { webApi } from '@slack/bolt'
import { codeOf, reasonOf } from './refusals.ts'

/** Somebody who is in more channels than that reads of some of them. */
const mostPages = 3
const perPage = 200

/** Whether the person runs the channel, now: who made it, and who runs the workspace; undefined for a private channel without the bot. Throws where Slack cannot be asked. */
export async function isAdmin(client: webApi.WebClient, user: string, channel: string): Promise<boolean | undefined> {
  const found = await ask(client.conversations.info({ channel }), ['channel_not_found'])
  if (!found?.channel) return undefined
  if (found.channel.creator === user) return true
  const person = await ask(client.users.info({ user }), ['user_not_found', 'user_not_visible'])
  return person?.user?.deleted !== true && (person?.user?.is_admin === true || person?.user?.is_owner === true)
}

/** Keys of texts that say what to type or click. Throws where Slack cannot be asked. */
export async function missing(client: webApi.WebClient, channel: string): Promise<readonly string[]> {
  const found = await ask(client.conversations.info({ channel }), ['channel_not_found'])
  if (!found?.channel?.is_member) return ['slack-missing-member']
  if (found.channel.is_archived) return ['slack-missing-archived']
  return found.channel.is_read_only ? ['slack-missing-post'] : []
}

/** The channels in which somebody is together with the bot; of public ones all in which they are. */
export async function channelsOf(client: webApi.WebClient, user: string): Promise<readonly string[]> {
  const found: string[] = []
  let cursor: string | undefined
  for (let n = 0; n < mostPages; n += 1) {
    const asked = { user, types: 'public_channel,private_channel', exclude_archived: true, limit: perPage, ...(cursor && { cursor }) }
    const page = await ask(client.users.conversations(asked), ['user_not_found'])
    found.push(...(page?.channels ?? []).flatMap(({ id }) => id ?? []))
    cursor = page?.response_metadata?.next_cursor
    if (!cursor) break
  }
  return found
}

async function ask<T>(call: Promise<T>, absent: readonly string[]): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    const code = codeOf(error)
    if (code !== undefined && absent.includes(code)) return undefined
    throw new Error('Slack could not be asked.', { cause: reasonOf(error) })
  }
}
