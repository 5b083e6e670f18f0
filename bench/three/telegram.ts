import { type Call, post, type Remote, startServer } from './remote.ts'

const token = '1234:abc'
const methods = { send: 'sendMessage', edit: 'editMessageText', answer: 'answerCallbackQuery' } as const

interface State {
  readonly polled: boolean
  readonly answered: number
}

export async function telegramRemote(): Promise<Remote> {
  const server = await startServer('telegram', ['--token', token, '--remember', '5000'], line => line)
  const { ask, line: apiRoot, pid, stop } = server
  return {
    ...{ name: 'telegram', pid, stop, env: { TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: apiRoot } },
    place: async title => String((await ask<{ id: number }>('group', { title })).id),
    ref: place => `telegram:${place}`,
    people: async count => (await ask<{ ids: number[] }>('people', { count })).ids.map(String),
    async press(taps) {
      const presses = taps.map(({ person, post: on, token: data }) => ({
        person: Number(person),
        chat: Number(on.place),
        message: Number(on.message),
        data,
      }))
      await ask('presses', { presses })
    },
    isHeard: async () => (await ask<State>('state')).polled,
    answered: async () => (await ask<State>('state')).answered,
    async calls(kind) {
      const all = await ask<{ at: string; payload: Call['body'] }[]>('calls', { method: methods[kind] })
      return all.map(({ at, payload }) => ({ at: Date.parse(at), body: payload }))
    },
    async posts(place) {
      const all = await ask<{ id: number; byBot: boolean; keyboard?: unknown[] }[]>('messages', { chat: Number(place) })
      const posts = all.filter(one => one.byBot && one.keyboard && one.keyboard.length > 0)
      return posts.map(({ id }) => ({ place, message: String(id) }))
    },
    copy: (place, body) => post(`${apiRoot}/bot${token}/sendMessage`, { ...body, chat_id: Number(place) }),
  }
}
