import { InputFile, type RawApi } from 'grammy'
import type { EphemeralMessageParameters, Message, ReplyParameters } from 'grammy/types'
import type { Sent, Workbench } from '../../src/platform/adapter.ts'
import type { TextFile } from '../../src/platform/layout.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { messageIn } from '../../src/platform/sent.ts'
import { fileNameOf, pictured, pictureIn } from '../../src/view/pictured.ts'
import type { View } from '../../src/view/view.ts'
import type { Signal } from './api.ts'
import { longest } from './capabilities.ts'
import { type Encoded, encode } from './encode.ts'
import { isStalePhoto } from './refusals.ts'

/** Where a message goes, as Telegram's send methods want it. */
export interface Target {
  readonly chat_id: number
  readonly message_thread_id?: number
  readonly reply_parameters?: ReplyParameters
  readonly ephemeral_message_parameters?: EphemeralMessageParameters
}

/** A message, and what is sent as its picture: Telegram's own id of it once it has it, else the bytes. */
export interface Shown {
  readonly message: Encoded
  readonly photo?: string | InputFile
  /** Remembers Telegram's id of the picture that was sent. */
  noted<T>(sent: T): T
}

/** Pictures that Telegram has had are not sent up again: 300 groups cost one upload. */
export function createPhotos(bench: Pick<Workbench, 'picture'>) {
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

/** Makes a call that sends something, in its turn. */
export type Send = (call: (raw: RawApi, signal: Signal) => Promise<Arrived>) => Promise<Sent>

export interface Arrived {
  readonly chat: { readonly id: number }
  readonly message_id: number
  readonly ephemeral_message_id?: number
}

/** One message; or, where the words do not fit under a file or there are more files than one, the files and then the words, or the picture with them. */
export async function sendParts({ message, photo, noted }: Shown, target: Target, send: Send): Promise<Sent> {
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

export function words({ text, entities, markup }: Encoded) {
  return { text, entities, link_preview_options: { is_disabled: true }, ...(markup && { reply_markup: markup }) }
}
