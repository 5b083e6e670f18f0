import { type Call, post, type Remote, startServer } from './remote.ts'

const token = 'the.discord.token'
const routes = {
  send: 'POST /channels/*/messages',
  edit: 'PATCH /channels/*/messages/*',
  answer: 'POST /interactions/*/*/callback',
} as const

interface State {
  readonly connected: number
  readonly answered: number
}

export async function discordRemote(): Promise<Remote> {
  const {
    ask,
    line: root,
    pid,
    stop,
  } = await startServer('discord', ['--token', token, '--remember', '5000', '--answer-within', '30'], line => line)
  const { id: guild } = await ask<{ id: string }>('guild', { name: 'Manchester' })
  return {
    ...{ name: 'discord', pid, stop, env: { DISCORD_TOKEN: token, DISCORD_API_ROOT: `${root}/api` } },
    place: async name => (await ask<{ id: string }>('channel', { guild, name })).id,
    ref: place => `discord:${place}`,
    people: async count => (await ask<{ ids: string[] }>('people', { count })).ids,
    async press(taps) {
      const presses = taps.map(({ person, post: on, token: customId }) => ({ person, channel: on.place, message: on.message, customId }))
      await ask('presses', { presses })
    },
    isHeard: async () => (await ask<State>('state')).connected > 0,
    answered: async () => (await ask<State>('state')).answered,
    async calls(kind) {
      const all = await ask<{ at: string; body: Call['body'] }[]>('calls', { which: routes[kind] })
      return all.map(({ at, body }) => ({ at: Date.parse(at), body }))
    },
    async posts(place) {
      const all = await ask<{ id: string; customIds: string[] }[]>('messages', { channel: place })
      return all.filter(one => one.customIds.length > 0).map(({ id }) => ({ place, message: id }))
    },
    copy: (place, body) => post(`${root}/api/v10/channels/${place}/messages`, body, { authorization: `Bot ${token}` }),
  }
}
