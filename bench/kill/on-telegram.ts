import { capabilities } from '../../adapters/telegram/capabilities.ts'
import { encode } from '../../adapters/telegram/encode.ts'
import { countOf, type Platform, startServer, type Told } from './platform.ts'

const token = '1234:abc'

interface Answered {
  readonly id: string
  readonly answered: { readonly text: string }
  readonly answeredAt: number
}

interface State {
  readonly pending: number
  readonly calls: Readonly<Record<string, number>>
  readonly tooMany: number
}

interface Shown {
  readonly id: number
  readonly byBot: boolean
  readonly text: string
  readonly edits: number
  readonly at: number
  readonly keyboard: readonly (readonly { readonly text: string; readonly callback_data?: string }[])[]
}

type Keyboard = readonly (readonly { readonly text: string }[])[]
const faceOf = (text: string, keyboard: Keyboard): string => [text, ...keyboard.map(row => row.map(one => one.text).join(' | '))].join('\n')

/** Keeps what was pressed until the bot has confirmed it. */
export async function onTelegram(options: readonly string[] = []): Promise<Platform> {
  const { ask, line: apiRoot, stop } = await startServer('telegram', ['--token', token, ...options], line => line)
  const me = await fetch(`${apiRoot}/bot${token}/getMe`)
  const { result: bot } = (await me.json()) as { result: { id: number } }
  const begun = new Set<string>()
  let heard = 0
  return {
    ...{ name: 'telegram', can: capabilities, presses: 'kept', stop },
    env: { TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: apiRoot },
    chat: async title => String((await ask<{ id: number }>('group', { title })).id),
    async people(count) {
      const some = Math.ceil(count / 6)
      const starters = (await ask<{ ids: number[] }>('people', { count: some, language: 'en', started: true })).ids.map(String)
      for (const id of starters) begun.add(id)
      const others = (await ask<{ ids: number[] }>('people', { count: count - some, language: 'en' })).ids.map(String)
      return [...starters, ...others]
    },
    chatRef: chat => `telegram:${chat}`,
    personRef: person => `telegram:${person}`,
    async press(taps) {
      const presses = taps.map(({ person, on, token: data }) => {
        return { person: Number(person), chat: Number(on.chat), message: Number(on.message), data }
      })
      const { ids, updates } = await ask<{ ids: string[]; updates: number[] }>('presses', { presses })
      return ids.map((key, i) => ({ id: `telegram:${bot.id}:${updates[i]}`, key, isKept: true }))
    },
    async told() {
      const all = await ask<Answered[]>('answered', { from: heard })
      heard += all.length
      return all.map(
        ({ id: key, answered: { text }, answeredAt: at }): Told => ({ key, answer: { text, at }, takenAt: at, isFailed: false }),
      )
    },
    again: ids => ask('again', { ids }),
    async counts() {
      const { pending, calls, tooMany } = await ask<State>('state')
      return {
        ...{ listens: countOf(calls, /^getUpdates$/), isHeard: true, waiting: pending, tooMany },
        ...{ sends: countOf(calls, /^sendMessage$/), edits: countOf(calls, /^editMessageText$/) },
      }
    },
    async posts(chat) {
      const all = await ask<Shown[]>('messages', { chat: Number(chat) })
      return all
        .filter(one => one.byBot)
        .map(({ id, text, edits, at, keyboard }) => ({
          ...{ on: { chat, message: String(id) }, text, edits, at, face: faceOf(text, keyboard) },
          tokens: keyboard.flat().flatMap(button => button.callback_data ?? []),
        }))
    },
    face(view) {
      const { text, markup } = encode(view)
      return faceOf(text, markup?.inline_keyboard ?? [])
    },
    spot(ref) {
      const [, chat = '', message = ''] = /:(-?\d+)\/(\d+)$/.exec(ref) ?? []
      return { chat, message }
    },
    cardOf: person => ({ chat: begun.has(person) ? person : '', message: '1' }),
  }
}
