import { InputFile, type RawApi } from 'grammy'
import type { Message, ReplyParameters } from 'grammy/types'
import type { MessageRef, PersonRef, Sent, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import type { TextFile } from '../../src/platform/layout.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { messageIn } from '../../src/platform/sent.ts'
import { fileNameOf, pictured, pictureIn } from '../../src/view/pictured.ts'
import type { View } from '../../src/view/view.ts'
import { callMs, limited, type Signal, type Ways } from './api.ts'
import { longest } from './capabilities.ts'
import { type Encoded, encode } from './encode.ts'
import { addressOf, messageOf, messageRef } from './refs.ts'
import { hasNoText, isStalePhoto, sentOf } from './refusals.ts'

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
export function createPosting({ paced, calls }: Ways, bench: Pick<Workbench, 'picture'>): Posting {
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

/** A message, and what is sent as its picture: Telegram's own id of it once it has it, else the bytes. */
interface Shown {
  readonly message: Encoded
  readonly photo?: string | InputFile
  /** Remembers Telegram's id of the picture that was sent. */
  noted<T>(sent: T): T
}

/** Pictures that Telegram has had are not sent up again: 300 groups cost one upload. */
function createPhotos(bench: Pick<Workbench, 'picture'>) {
  const known = new RecentMap<string, string>(mostKnown)
  async function draw(wanted: View): Promise<Shown> {
    const picture = pictureIn(wanted)
    if (!picture) return { message: encode(wanted), noted: sent => sent }
    const noted = <T>(sent: T): T => {
      const id = (sent as Partial<Message.PhotoMessage>).photo?.at(-1)?.file_id
      if (id !== undefined) known.set(picture.id, id)
      return sent
    }
    const photo = known.get(picture.id)
    if (photo !== undefined) return { message: encode(wanted), photo, noted }
    const { view, bytes } = await pictured(wanted, id => bench.picture(id))
    return { message: encode(view), ...(bytes && { photo: new InputFile(bytes, fileNameOf(picture)) }), noted }
  }
  return async <T>(view: View, work: (shown: Shown) => Promise<T>): Promise<T> => {
    const shown = await draw(view)
    return work(shown).catch(async (error: unknown) => {
      if (typeof shown.photo !== 'string' || !isStalePhoto(error)) throw error
      known.delete(pictureIn(view)?.id ?? '')
      return work(await draw(view))
    })
  }
}

const mostKnown = 1_000

type Own = ReturnType<typeof messageOf>
type Send = (call: (raw: RawApi, signal: Signal) => Promise<{ chat: { id: number }; message_id: number }>) => Promise<Sent>

/** One message; or, where the words do not fit under a file or there are more files than one, the files and then the words, or the picture with them. */
async function sendParts({ message, photo, noted }: Shown, target: Target, send: Send): Promise<Sent> {
  const [file, ...more] = message.files
  const { text, entities, markup } = message
  const caption = { caption: text, caption_entities: entities, ...(markup && { reply_markup: markup }) }
  if (file && more.length === 0 && photo === undefined && text.length <= longest.caption) {
    return send((raw, signal) => raw.sendDocument({ ...target, document: upload(file), ...caption }, signal))
  }
  for (const [i, one] of message.files.entries()) {
    const sent = await send((raw, signal) => raw.sendDocument({ ...target, document: upload(one) }, signal))
    // Something of it stands already: to send it all once more could double it.
    if (!messageIn(sent)) return i === 0 ? sent : 'unsure'
  }
  const sent = await send((raw, signal) =>
    photo === undefined
      ? raw.sendMessage({ ...target, ...words(message) }, signal)
      : raw.sendPhoto({ ...target, photo, ...caption }, signal).then(noted),
  )
  return message.files.length > 0 && !messageIn(sent) ? 'unsure' : sent
}

const upload = ({ name, text }: TextFile): InputFile => new InputFile(Buffer.from(text, 'utf8'), name)

function words({ text, entities, markup }: Encoded) {
  return { text, entities, link_preview_options: { is_disabled: true }, ...(markup && { reply_markup: markup }) }
}
