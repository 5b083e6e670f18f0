import type { MessageRef, PersonRef, Sent, SpaceRef } from '../../src/platform/adapter.ts'
import { messageIn, no } from '../../src/platform/sent.ts'
import type { View } from '../../src/view/view.ts'
import { callMs, limited, type Ways } from './api.ts'
import { longest } from './capabilities.ts'
import { type Send, type Shown, sendParts, type Target, words } from './parts.ts'
import { addressOf, messageRef } from './refs.ts'
import { isStalePhoto, sentOf } from './refusals.ts'

/** Whom something is shown to in a group, and what it answers: a press, or what they said to the bot alone. */
export interface Aside {
  readonly space: SpaceRef
  readonly person: PersonRef
  readonly press?: string | undefined
  readonly said?: number | undefined
}

/** What one person alone sees in a group. Its number stays in memory, and only as long as it is of use. */
export interface Alone {
  /** `isBeside`: at once, past what waits, for a caller who has made sure that there is room. The number is that of its last part. */
  show(to: Aside, view: View, isBeside?: boolean): Promise<{ readonly number: number } | Exclude<Sent, { ok: MessageRef }>>
  /** In place of what is there; false where it cannot be changed. */
  change(to: Aside, number: number, view: View): Promise<boolean>
  remove(to: Aside, number: number): Promise<void>
}

type WithPhoto = <T>(view: View, work: (shown: Shown) => Promise<T>) => Promise<T>

export function createAlone({ paced, calls }: Ways, withPhoto: WithPhoto): Alone {
  const named = ({ space, person }: Aside, number: number) => ({
    chat_id: addressOf(space).chat,
    receiver_user_id: addressOf(person).chat,
    ephemeral_message_id: number,
  })

  return {
    async show(to, view, isBeside = false) {
      const { chat } = addressOf(to.space)
      let number: number | undefined
      const send: Send = call =>
        (isBeside ? call(calls, limited(callMs)) : paced(call)).then(
          async arrived => {
            number = arrived.ephemeral_message_id
            if (number !== undefined) return { ok: messageRef(chat, arrived.message_id) }
            // All can see it: a server that knows no such messages took it for any other.
            await calls.deleteMessage({ chat_id: chat, message_id: arrived.message_id }, limited(callMs)).catch(() => undefined)
            return notKnown
          },
          error => {
            if (isStalePhoto(error)) throw error
            return sentOf(error, chat)
          },
        )
      const sent = await withPhoto(view, shown => sendParts(shown, targetOf(to), send))
      if (!messageIn(sent)) return sent as Exclude<Sent, { ok: MessageRef }>
      return number === undefined ? notKnown : { number }
    },
    change: (to, number, view) =>
      withPhoto(view, async ({ message, photo }) => {
        // Against its own words, Telegram takes no more than a caption's length here.
        if (photo !== undefined || message.files.length > 0 || message.text.length > longest.caption) return false
        return paced((raw, signal) => raw.editEphemeralMessageText({ ...named(to, number), ...words(message) }, signal)).then(
          () => true,
          error => messageIn(sentOf(error, addressOf(to.space).chat, messageRef(addressOf(to.space).chat, 0))) !== undefined,
        )
      }),
    async remove(to, number) {
      await calls.deleteEphemeralMessage(named(to, number), limited(callMs)).catch(() => undefined)
    },
  }
}

/** The server shows to all what was for one. */
export const notKnown = no('refused', 'the Bot API server knows no messages for one person alone')

function targetOf({ space, person, press, said }: Aside): Target {
  const { chat, topic } = addressOf(space)
  return {
    chat_id: chat,
    ...(topic !== undefined && { message_thread_id: topic }),
    ...(said !== undefined && { reply_parameters: { ephemeral_message_id: said } }),
    ephemeral_message_parameters: { receiver_user_id: addressOf(person).chat, ...(press !== undefined && { callback_query_id: press }) },
  }
}
