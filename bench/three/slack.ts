import { type Call, post, type Remote, startServer } from './remote.ts'

const methods = { send: 'chat.postMessage', edit: 'chat.update', answer: 'response_url' } as const

interface Ready {
  readonly apiUrl: string
  readonly workspaces: readonly { readonly id: string; readonly botToken: string; readonly appToken: string }[]
}

interface State {
  readonly workspaces: readonly { readonly connections: number }[]
  readonly answered: number
  readonly calls: Readonly<Record<string, number>>
}

const readyOf = (line: string): Ready => JSON.parse(line) as Ready
const rootOf = (line: string): string => new URL(readyOf(line).apiUrl).origin

export async function slackRemote(): Promise<Remote> {
  const { ask, line, pid, stop } = await startServer('slack', ['--remember', '5000', '--ack-within', '30000'], rootOf)
  const { apiUrl, workspaces } = readyOf(line)
  const [workspace] = workspaces
  if (!workspace) throw new Error('The loop-back Slack has no workspace.')
  const { id: team, botToken, appToken } = workspace
  return {
    ...{ name: 'slack', pid, stop, env: { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_ROOT: apiUrl } },
    place: async title => (await ask<{ id: string }>('channel', { name: title.toLowerCase() })).id,
    ref: place => `slack:${team}:${place}`,
    people: async count => (await ask<{ ids: string[] }>('people', { count })).ids,
    async press(taps) {
      const presses = taps.map(({ person, post: on, token: value }) => {
        const which = { forged: { actionId: 'r0:0', blockId: 'r0', value } }
        return { person, channel: on.place, message: on.message, which }
      })
      await ask('presses', { presses })
    },
    isHeard: async () => (await ask<State>('state')).workspaces.some(one => one.connections > 0),
    async answered() {
      const { answered, calls } = await ask<State>('state')
      return Math.min(answered, calls[methods.answer] ?? 0)
    },
    async calls(kind) {
      const all = await ask<{ at: string; fields: Call['body'] }[]>('calls', { method: methods[kind] })
      return all.map(({ at, fields }) => ({ at: Date.parse(at), body: fields }))
    },
    async posts(place) {
      const all = await ask<{ ts: string; byBot: boolean; blocks: { type: string }[] }[]>('messages', { channel: place })
      return all.filter(one => one.blocks.some(block => block.type === 'actions')).map(({ ts }) => ({ place, message: ts }))
    },
    copy: (place, body) => post(`${apiUrl}chat.postMessage`, { ...body, channel: place }, { authorization: `Bearer ${botToken}` }),
  }
}
