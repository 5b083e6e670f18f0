import type { MessageRef, PersonRef, Sent, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import type { View } from '../../src/view/view.ts'
import { type Alone, createAlone } from './alone.ts'
import { callMs, limited, type Ways } from './api.ts'
import { createPhotos, type Send, sendParts, words } from './parts.ts'
import { addressOf, messageOf, messageRef } from './refs.ts'
import { hasNoText, isStalePhoto, sentOf } from './refusals.ts'

export interface Posting {
  send(to: SpaceRef | PersonRef, view: View, under?: MessageRef): Promise<Sent>
  change(message: MessageRef, how: View | 'remove' | 'pin'): Promise<Sent>
  /** What one person alone sees in a group. */
  readonly alone: Alone
}

/** Puts views into chats and changes them there. */
export function createPosting(ways: Ways, bench: Pick<Workbench, 'picture'>): Posting {
  const { paced, calls } = ways
  const withPhoto = createPhotos(bench)
  const sendTo =
    (chat: number): Send =>
    call =>
      paced(call).then(
        sent => ({ ok: messageRef(sent.chat.id, sent.message_id) }),
        error => {
          // Sent up anew, by who knows the picture.
          if (isStalePhoto(error)) throw error
          return sentOf(error, chat)
        },
      )
  const edit = (target: Own, view: View): Promise<unknown> =>
    withPhoto(view, ({ message, photo, noted }) => {
      const { text: caption, entities: caption_entities, markup } = message
      const more = { ...target, ...(markup && { reply_markup: markup }) }
      // Whatever stood there: text gets the picture, and another picture gives way to it.
      if (photo !== undefined) {
        const media = { type: 'photo' as const, media: photo, caption, caption_entities }
        return paced((raw, signal) => raw.editMessageMedia({ ...more, media }, signal).then(noted))
      }
      return paced((raw, signal) => raw.editMessageText({ ...target, ...words(message) }, signal)).catch((error: unknown) => {
        // A picture cannot be taken out of a message again: its words are changed.
        if (!hasNoText(error)) throw error
        return paced((raw, signal) => raw.editMessageCaption({ ...more, caption, caption_entities }, signal))
      })
    })
  const change = (target: Own, how: View | 'remove' | 'pin'): Promise<unknown> => {
    if (how === 'remove') return calls.deleteMessage(target, limited(callMs))
    // Removing and pinning have rates of their own: they do not queue behind posts.
    if (how === 'pin') return calls.pinChatMessage({ ...target, disable_notification: true }, limited(callMs))
    return edit(target, how)
  }
  return {
    alone: createAlone(ways, withPhoto),
    async send(to, view, under) {
      const { chat, topic } = addressOf(to)
      const target = {
        chat_id: chat,
        ...(topic !== undefined && { message_thread_id: topic }),
        ...(under && { reply_parameters: { message_id: messageOf(under).message_id, allow_sending_without_reply: true } }),
      }
      return withPhoto(view, shown => sendParts(shown, target, sendTo(chat)))
    },
    async change(message, how) {
      const target = messageOf(message)
      return change(target, how).then(
        () => ({ ok: message }),
        error => sentOf(error, target.chat_id, message),
      )
    },
  }
}

type Own = ReturnType<typeof messageOf>
