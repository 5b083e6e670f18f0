import { setTimeout as wait } from 'node:timers/promises'
import type { types, webApi } from '@slack/bolt'
import type { MessageRef, PersonRef, Sent, SpaceRef } from '../../src/adapter.ts'
import type { View } from '../../src/view/view.ts'
import { type Encoded, encode, type ForYou, type TextFile } from './encode.ts'
import { addressOf, messageOf, messageRef, spaceRef } from './refs.ts'
import { codeOf, isTokenCode, sentOf } from './refusals.ts'

export interface Posting {
  send(to: SpaceRef | PersonRef, view: View, under?: MessageRef): Promise<Sent>
  change(message: MessageRef, how: View | 'remove' | 'pin'): Promise<Sent>
  /** The channel has a new id from now on. */
  move(before: string, now: string): void
}

interface Parts {
  readonly client: webApi.WebClient
  readonly team: string
  readonly forYou: ForYou
  /** Asks Slack whether the token still works, after it was refused; true while it does. */
  suspect(): Promise<boolean>
}

interface Target {
  readonly channel: string
  readonly thread_ts?: string
}

const tooLong: Sent = { no: 'refused', why: 'the message is too long' }
/** A send may take 20 s at most; a file and its words are four calls. */
const mostMs = 18_000
const mostKnown = 50_000

/** Puts views into channels and changes them there. */
export function createPosting(parts: Parts): Posting {
  const { client, team, forYou, suspect } = parts
  const moved = new Map<string, string>()
  const direct = directChannels(client)

  /** Once the token is refused it is looked at: a deactivated person looks like a deactivated bot. */
  async function understand(error: unknown, doing: 'send' | 'change', isPerson: boolean, message?: MessageRef): Promise<Sent> {
    const isToken = isTokenCode(codeOf(error)) && (await suspect())
    return isToken && isPerson ? { no: 'unreachable', why: 'the account is deactivated' } : sentOf(error, doing, message)
  }

  async function post(target: Target, message: Encoded): Promise<Sent> {
    const { text, blocks } = message
    const call = (to: Target) => client.chat.postMessage({ ...to, text, blocks, unfurl_links: false, unfurl_media: false })
    const { ts } = await call(target).catch((error: unknown) => {
      // What it should hang on is gone: it stands alone.
      if (target.thread_ts === undefined || codeOf(error) !== 'thread_not_found') throw error
      return call({ channel: target.channel })
    })
    return { ok: messageRef(team, target.channel, ts ?? '') }
  }

  async function sendTo(to: SpaceRef | PersonRef, message: Encoded, under: MessageRef | undefined): Promise<Sent> {
    const address = addressOf(to)
    const isPerson = 'user' in address
    let stands = false
    try {
      const channel = isPerson ? await direct(address.user) : address.channel
      const now = moved.get(channel)
      if (now !== undefined) return { moved: spaceRef(team, now) }
      const above = under && messageOf(under)
      const target = { channel, ...(above?.channel === channel && { thread_ts: above.ts }) }
      for (const file of message.files) {
        await upload(client, target, file)
        stands = true
      }
      return await post(target, message)
    } catch (error) {
      // A file of it stands already: to send all once more would double it.
      return stands ? 'unsure' : understand(error, 'send', isPerson)
    }
  }

  return {
    async send(to, view, under) {
      const message = encode(view, forYou)
      if (!message) return tooLong
      const end = new AbortController()
      const late = wait(mostMs, 'unsure' as const, { signal: end.signal }).catch(() => 'unsure' as const)
      return Promise.race([sendTo(to, message, under), late]).finally(() => end.abort())
    },
    async change(message, how) {
      const { channel, ts } = messageOf(message)
      const shown = typeof how === 'string' ? undefined : encode(how, forYou)
      if (typeof how !== 'string' && !shown) return tooLong
      try {
        if (how === 'remove') await client.chat.delete({ channel, ts })
        else if (how === 'pin') await client.pins.add({ channel, timestamp: ts })
        else if (shown) await client.chat.update({ channel, ts, text: shown.text, blocks: shown.blocks })
        return { ok: message }
      } catch (error) {
        return understand(error, 'change', channel.startsWith('D'), message)
      }
    },
    move: (before, now) => void moved.set(before, now),
  }
}

/** Opens the direct messages with a person, once. */
function directChannels(client: webApi.WebClient): (user: string) => Promise<string> {
  const known = new Map<string, string>()
  return async user => {
    const kept = known.get(user)
    if (kept !== undefined) return kept
    const { channel } = await client.conversations.open({ users: user })
    if (channel?.id === undefined) throw new Error('Slack opened direct messages without an id.')
    if (known.size >= mostKnown) known.clear()
    known.set(user, channel.id)
    return channel.id
  }
}

function upload(client: webApi.WebClient, { channel, thread_ts }: Target, { name, text, about }: TextFile): Promise<unknown> {
  const file = { channel_id: channel, filename: name, title: about, content: text }
  return client.filesUploadV2(thread_ts === undefined ? file : { ...file, thread_ts })
}

/** The blocks of a view for a home: as many as a message has. */
export const homeView = (blocks: types.KnownBlock[]): types.HomeView => ({ type: 'home', blocks })
