import { InputFile, type RawApi } from 'grammy'
import type { ReplyParameters } from 'grammy/types'
import type { MessageRef, PersonRef, Sent, SpaceRef } from '../../src/adapter.ts'
import type { View } from '../../src/view/view.ts'
import { callMs, limited, type Signal, type Ways } from './api.ts'
import { longest } from './capabilities.ts'
import { type Encoded, encode, type TextFile } from './encode.ts'
import { addressOf, messageOf, messageRef } from './refs.ts'
import { sentOf } from './refusals.ts'

export interface Posting {
  send(to: SpaceRef | PersonRef, view: View, under?: MessageRef): Promise<Sent>
  change(message: MessageRef, how: View | 'remove' | 'pin'): Promise<Sent>
}

/** Where a message goes, as Telegram's send methods want it. */
interface Target {
  readonly chat_id: number
  readonly message_thread_id?: number
  readonly reply_parameters?: ReplyParameters
}

/** Puts views into chats and changes them there. */
export function createPosting({ paced, calls }: Ways): Posting {
  const sendTo =
    (chat: number): Send =>
    call =>
      paced(call).then(
        sent => ({ ok: messageRef(sent.chat.id, sent.message_id) }),
        error => sentOf(error, { kind: 'send', chat }),
      )
  const change = (target: Own, how: View | 'remove' | 'pin'): Promise<unknown> => {
    if (how === 'remove') return calls.deleteMessage(target, limited(callMs))
    // Removing and pinning have rates of their own: they do not queue behind posts.
    if (how === 'pin') return calls.pinChatMessage({ ...target, disable_notification: true }, limited(callMs))
    return paced((raw, signal) => raw.editMessageText({ ...target, ...words(encode(how)) }, signal))
  }
  return {
    async send(to, view, under) {
      const { chat, topic } = addressOf(to)
      const target = {
        chat_id: chat,
        ...(topic !== undefined && { message_thread_id: topic }),
        ...(under && { reply_parameters: { message_id: messageOf(under).message_id, allow_sending_without_reply: true } }),
      }
      return sendParts(encode(view), target, sendTo(chat))
    },
    async change(message, how) {
      const target = messageOf(message)
      return change(target, how).then(
        () => ({ ok: message }),
        error => sentOf(error, { kind: 'change', chat: target.chat_id, message }),
      )
    },
  }
}

type Own = ReturnType<typeof messageOf>
type Send = (call: (raw: RawApi, signal: Signal) => Promise<{ chat: { id: number }; message_id: number }>) => Promise<Sent>

/** One message; or, where the words do not fit under a file or there are more files than one, the files and then the words. */
async function sendParts(message: Encoded, target: Target, send: Send): Promise<Sent> {
  const [file, ...more] = message.files
  if (file && more.length === 0 && message.text.length <= longest.caption) {
    const caption = { caption: message.text, caption_entities: message.entities, ...(message.markup && { reply_markup: message.markup }) }
    return send((raw, signal) => raw.sendDocument({ ...target, document: upload(file), ...caption }, signal))
  }
  for (const [i, one] of message.files.entries()) {
    const sent = await send((raw, signal) => raw.sendDocument({ ...target, document: upload(one) }, signal))
    // Something of it stands already: to send it all once more could double it.
    if (sent === 'unsure' || !('ok' in sent)) return i === 0 ? sent : 'unsure'
  }
  const sent = await send((raw, signal) => raw.sendMessage({ ...target, ...words(message) }, signal))
  return message.files.length > 0 && (sent === 'unsure' || !('ok' in sent)) ? 'unsure' : sent
}

const upload = ({ name, text }: TextFile): InputFile => new InputFile(Buffer.from(text, 'utf8'), name)

function words({ text, entities, markup }: Encoded) {
  return { text, entities, link_preview_options: { is_disabled: true }, ...(markup && { reply_markup: markup }) }
}
