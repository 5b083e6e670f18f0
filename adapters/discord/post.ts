import { createHash } from 'node:crypto'
import { type APIChannel, type APIMessage, type REST, Routes } from 'discord.js'
import type { Adapter, MessageRef, Sent, Workbench } from '../../src/platform/adapter.ts'
import { remembering } from '../../src/platform/remember.ts'
import { type Doing, laterMs } from '../../src/platform/sent.ts'
import { pictureIn } from '../../src/view/pictured.ts'
import type { View } from '../../src/view/view.ts'
import { draw, type Encoded, encode } from './encode.ts'
import { addressOf, messageOf, messageRef } from './refs.ts'
import { isPutAway, isRefusedToken, isUnfit, mayStandAlone, sentOf } from './refusals.ts'

export interface Posting extends Pick<Adapter, 'send' | 'change'> {
  /** Makes calls with the bot token, unless Discord takes it no more. */
  attempt(call: () => Promise<Sent>, failed: (error: unknown) => Sent): Promise<Sent>
}

interface Parts {
  /** Repeats nothing by itself. */
  readonly rest: REST
  readonly bench: Pick<Workbench, 'picture'>
  /** Whether the bot is in the server that the channel belongs to, as far as is known. */
  isOurs(channel: string): boolean
  /** Discord does not take the bot token any more. */
  refused(): void
}

/** How many private channels are remembered. */
const opened = 10_000

/** Puts views into channels and changes them there. */
export function createPosting({ rest, bench, isOurs, refused }: Parts): Posting {
  let isRefused = false

  /** The REST client forgets a refused token: there is nothing more to ask it. */
  async function attempt(call: () => Promise<Sent>, failed: (error: unknown) => Sent): Promise<Sent> {
    if (isRefused) return { later: laterMs.token }
    try {
      return await call()
    } catch (error) {
      if (isRefusedToken(error)) {
        isRefused = true
        refused()
      }
      return failed(error)
    }
  }

  const drawn = (view: View): Promise<Encoded> => draw(bench, view)
  const alterAnywhere = createAltering(rest, drawn)

  const open = remembering(opened, async user => {
    const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: user } })) as APIChannel
    return id
  })

  async function put(channel: string, { body, files }: Encoded, key: string, under: MessageRef | undefined): Promise<Sent> {
    const above = under && messageOf(under)
    const call = async (more: object): Promise<Sent> => {
      const whole = { ...body, ...more, nonce: nonceOf(channel, key), enforce_nonce: true }
      const sent = (await rest.post(Routes.channelMessages(channel), { body: whole, files })) as APIMessage
      return { ok: messageRef(sent.channel_id, sent.id) }
    }
    if (above?.channel !== channel) return call({})
    try {
      return await call({ message_reference: { message_id: above.message, fail_if_not_exists: false } })
    } catch (error) {
      // A message may hang on another only where the bot may read what stands there.
      if (!mayStandAlone(error)) throw error
      return call({})
    }
  }

  return {
    attempt,
    send(to, view, key, under) {
      const address = addressOf(to)
      let doing: Doing = 'change'
      let channel = ''
      const call = async (): Promise<Sent> => {
        const message = await drawn(view)
        channel = 'user' in address ? await open(address.user) : address.channel
        doing = 'send'
        return put(channel, message, key, under)
      }
      return attempt(call, error => sentOf(error, doing, 'user' in address || isOurs(channel)))
    },
    change(message, how) {
      const at = messageOf(message)
      const call = async (): Promise<Sent> => {
        await alterAnywhere(at.channel, at.message, how)
        return { ok: message }
      }
      return attempt(call, error => sentOf(error, 'change'))
    },
  }
}

/** Changes messages where they stand. */
function createAltering(rest: REST, drawn: (view: View) => Promise<Encoded>) {
  async function alter(channel: string, message: string, how: View | 'remove' | 'pin'): Promise<unknown> {
    if (how === 'remove') return rest.delete(Routes.channelMessage(channel, message))
    if (how === 'pin') return rest.put(Routes.channelMessagesPin(channel, message))
    const edit = (next: Encoded): Promise<unknown> => rest.patch(Routes.channelMessage(channel, message), next)
    if (!pictureIn(how)) return edit(encode(how))
    return edit(encode(how)).catch(async (error: unknown) => {
      // Another picture stands there, or none: then it is brought along.
      if (!isUnfit(error)) throw error
      return edit(await drawn(how))
    })
  }

  /** Nothing can be changed in a thread that was put away; unless it is locked, whoever may write there may take it out again. */
  return async (...[channel, message, how]: Parameters<typeof alter>): Promise<void> => {
    try {
      await alter(channel, message, how)
    } catch (error) {
      if (!isPutAway(error)) throw error
      await rest.patch(Routes.channel(channel), { body: { archived: false } })
      await alter(channel, message, how)
    }
  }
}

/** Discord takes 25 characters and knows them again for some minutes. */
const nonceOf = (channel: string, key: string): string => createHash('sha256').update(`${channel} ${key}`).digest('base64url').slice(0, 25)
