import type { webApi } from '@slack/bolt'
import type { Adapter, MessageRef, PersonRef, Sent, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import { remembering } from '../../src/platform/remember.ts'
import { type Doing, no } from '../../src/platform/sent.ts'
import { within } from '../../src/platform/waiting.ts'
import { pictureIn } from '../../src/view/pictured.ts'
import type { View } from '../../src/view/view.ts'
import { type Encoded, encode } from './encode.ts'
import { createPictures, upload } from './files.ts'
import { createOutlet } from './outlet.ts'
import { createPace } from './pace.ts'
import { addressOf, messageOf, messageRef } from './refs.ts'
import { codeOf, isTokenCode, NotYet, retryAfter, sentOf } from './refusals.ts'

/** The bot in one workspace: what its messages go out through. */
export interface Bot {
  readonly client: webApi.WebClient
  readonly team: string
  readonly bench: Workbench
  readonly stopping: AbortSignal
  /** Asks Slack whether the token still works, after it was refused; true while it does. */
  suspect(): Promise<boolean>
}

/** Puts views into channels and changes them there. */
export interface Posting extends Pick<Adapter, 'change'> {
  /** `isAnswer`: somebody waits for it, so that it goes before what nobody does. */
  send(to: SpaceRef | PersonRef, view: View, under?: MessageRef, isAnswer?: boolean): Promise<Sent>
  /** A view as Slack takes it, its picture sent up; undefined where it is too long. */
  draw(view: View): Promise<Encoded | undefined>
  /** The channel has a new address from now on. */
  move(channel: string, to: SpaceRef): void
}

interface Target {
  readonly channel: string
  readonly thread_ts?: string
}

const tooLong = no('refused', 'the message is too long')
/** A send may take 20 s at most; a file and its words are four calls. */
const mostMs = 18_000
/** When to try again what did not get its turn, in milliseconds. */
const busyMs = 1_000
/** How long to leave a picture that Slack does not show yet, in milliseconds. */
const staleMs = 3_000

export function createPosting({ client, team, bench, stopping, suspect }: Bot): Posting {
  const outlet = createOutlet(() => performance.now(), stopping)
  const pace = createPace(() => bench.now())
  const moved = new Map<string, SpaceRef>()
  const direct = directChannels(client)
  const pictures = createPictures(client, bench)

  async function draw(view: View): Promise<Encoded | undefined> {
    const picture = pictureIn(view)
    return encode(view, picture && (await pictures.idOf(picture)))
  }

  /** A picture whose id does not do is sent up once more. */
  const isStale = ({ picture }: Encoded, error: unknown): boolean =>
    picture !== undefined && codeOf(error) === 'invalid_blocks' && pictures.forget(picture)

  /** A refused token is looked at: a deactivated person looks like a deactivated bot. */
  async function understand(error: unknown, doing: Doing, isPrivate: boolean, message?: MessageRef): Promise<Sent> {
    const isGood = isTokenCode(codeOf(error)) && (await suspect())
    return isGood && isPrivate ? no('unreachable', 'the account is deactivated') : sentOf(error, doing, message)
  }

  /** Until its picture is sent up, nothing stands. */
  async function sendView(to: SpaceRef | PersonRef, view: View, under: MessageRef | undefined, isAnswer: boolean): Promise<Sent> {
    try {
      const message = await draw(view)
      return message ? await sendTo(to, message, under, isAnswer) : tooLong
    } catch (error) {
      return understand(error, 'change', false)
    }
  }

  async function sendTo(to: SpaceRef | PersonRef, message: Encoded, under: MessageRef | undefined, isAnswer: boolean): Promise<Sent> {
    if (!(await outlet.turn(isAnswer))) return { later: busyMs }
    const address = addressOf(to)
    const isPrivate = 'user' in address
    let stands = false
    try {
      const channel = isPrivate ? await direct(address.user) : address.channel
      const now = moved.get(channel)
      if (now) return { moved: now }
      const above = under && messageOf(under)
      const target = { channel, ...(above?.channel === channel && { thread_ts: above.ts }) }
      const where = { channel_id: channel, ...(target.thread_ts !== undefined && { thread_ts: target.thread_ts }) }
      for (const { name, text, about } of message.files) {
        await upload(client, { name, content: Buffer.from(text, 'utf8'), title: about }, where)
        stands = true
      }
      return { ok: messageRef(team, channel, await post(client, target, message)) }
    } catch (error) {
      // A file of it stands already: to send all once more would double it.
      if (stands) return 'unsure'
      return isStale(message, error) ? { later: staleMs } : understand(error, 'send', isPrivate)
    }
  }

  async function edit(message: MessageRef, view: View): Promise<Sent> {
    const { channel, ts } = messageOf(message)
    if (!encode(view)) return tooLong
    const later = pace.wait(message)
    if (later > 0) return { later }
    const shown = await draw(view)
    if (!shown) return tooLong
    await client.chat.update({ channel, ts, text: shown.text, blocks: shown.blocks }).catch((error: unknown) => {
      const ms = retryAfter(error)
      if (ms !== undefined) pace.hold(ms)
      throw isStale(shown, error) ? new NotYet('A picture is to be sent up again.') : error
    })
    return { ok: message }
  }

  return {
    draw,
    send: (to, view, under, isAnswer = false) => within<Sent, Sent>(mostMs, sendView(to, view, under, isAnswer), 'unsure'),
    async change(message, how) {
      const { channel, ts } = messageOf(message)
      try {
        if (typeof how !== 'string') return await edit(message, how)
        await (how === 'pin' ? client.pins.add({ channel, timestamp: ts }) : client.chat.delete({ channel, ts }))
        return { ok: message }
      } catch (error) {
        return understand(error, 'change', channel.startsWith('D'), message)
      }
    },
    move: (channel, to) => void moved.set(channel, to),
  }
}

/** Posts a message, and says when it stands. */
async function post(client: webApi.WebClient, target: Target, { text, blocks }: Encoded): Promise<string> {
  const call = (to: Target) => client.chat.postMessage({ ...to, text, blocks, unfurl_links: false, unfurl_media: false })
  const { ts = '' } = await call(target).catch((error: unknown) => {
    // What it should hang on is gone: it stands alone.
    if (target.thread_ts === undefined || codeOf(error) !== 'thread_not_found') throw error
    return call({ channel: target.channel })
  })
  return ts
}

/** How many private channels are remembered. */
const opened = 50_000

/** Opens the direct messages with a person, once. */
const directChannels = (client: webApi.WebClient): ((user: string) => Promise<string>) =>
  remembering(opened, async user => {
    const { channel } = await client.conversations.open({ users: user })
    if (channel?.id === undefined) throw new Error('Slack opened direct messages without an id.')
    return channel.id
  })
