import { capabilities } from '../../adapters/slack/capabilities.ts'
import { encode } from '../../adapters/slack/encode.ts'
import { countOf, type Platform, startServer, type Told } from './platform.ts'

interface Ready {
  readonly apiUrl: string
  readonly workspaces: readonly { readonly id: string; readonly botToken: string; readonly appToken: string }[]
}

interface Came {
  readonly id: number
  readonly at: number
  readonly acked?: boolean
  readonly ackedAfter?: number
  readonly answers: readonly { readonly kind: string; readonly text: string; readonly ts?: string; readonly at?: number }[]
}

interface State {
  readonly workspaces: readonly { readonly connections: number; readonly opened: number; readonly open: number }[]
  readonly calls: Readonly<Record<string, number>>
  readonly tooMany: number
}

interface Shown {
  readonly ts: string
  readonly byBot: boolean
  readonly shown: string
  readonly edits: number
  readonly at: number
  readonly text: string
  readonly blocks: readonly {
    readonly elements?: readonly { readonly value?: string }[]
    readonly accessory?: { readonly value?: string }
  }[]
}

const readyOf = (line: string): Ready => JSON.parse(line) as Ready
const faceOf = (text: string, blocks: unknown): string => `${text}\n${JSON.stringify(blocks)}`

/** Gives again what was not acknowledged; after its second try sooner than the real one, so that the end can be waited for. */
export async function onSlack(options: readonly string[] = []): Promise<Platform> {
  const { ask, line, stop } = await startServer(
    'slack',
    ['--again-after', '0,3000,6000', ...options],
    one => new URL(readyOf(one).apiUrl).origin,
  )
  const { apiUrl, workspaces } = readyOf(line)
  const [workspace] = workspaces
  if (!workspace) throw new Error('The loop-back Slack has no workspace.')
  const { id: team, botToken, appToken } = workspace
  const chats = new Map<string, string>()

  function toldOf({ id, at, acked, ackedAfter, answers }: Came): Told {
    const key = String(id)
    const answer = answers.find(one => one.kind === 'said' || one.kind === 'replaced')
    const chat = chats.get(key) ?? ''
    const isFailed = answers.some(one => one.kind === 'failed')
    return {
      ...{ key, isFailed },
      ...(acked === true && { takenAt: at + Math.ceil(ackedAfter ?? 0) }),
      ...(answer && {
        answer: {
          ...{ text: answer.text, at: answer.kind === 'said' ? (answer.at ?? Date.now()) : Date.now() },
          ...(answer.ts !== undefined && { card: { chat, message: answer.ts } }),
        },
      }),
    }
  }

  return {
    ...{ name: 'slack', can: capabilities, presses: 'kept', stop },
    env: { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_ROOT: apiUrl },
    chat: async title => (await ask<{ id: string }>('channel', { name: title.toLowerCase().replaceAll(' ', '-') })).id,
    people: async count => (await ask<{ ids: string[] }>('people', { count })).ids,
    chatRef: chat => `slack:${team}:${chat}`,
    personRef: person => `slack:${team}:@${person}`,
    async press(taps) {
      const presses = taps.map(({ person, on, token: value }) => {
        const which = { forged: { actionId: 'r0:0', blockId: 'r0', value } }
        return { person, channel: on.chat, message: on.message, which }
      })
      const { ids, triggers } = await ask<{ ids: number[]; triggers: string[] }>('presses', { presses })
      taps.forEach(({ on: { chat } }, i) => void chats.set(String(ids[i]), chat))
      return ids.map((id, i) => ({ id: `slack:${team}:${triggers[i]}`, key: String(id), isKept: true }))
    },
    told: async keys => (await ask<Came[]>('told', { ids: keys.map(Number) })).map(toldOf),
    again: async keys => ask('redeliver', { count: keys.length }),
    async counts() {
      const { workspaces: all, calls, tooMany } = await ask<State>('state')
      return {
        listens: all.reduce((sum, one) => sum + one.opened, 0),
        isHeard: all.every(one => one.connections > 0),
        waiting: all.reduce((sum, one) => sum + one.open, 0),
        tooMany,
        ...{ sends: countOf(calls, /^chat\.postMessage$/), edits: countOf(calls, /^chat\.update$/) },
      }
    },
    async posts(chat) {
      const all = await ask<Shown[]>('messages', { channel: chat })
      return all
        .filter(one => one.byBot)
        .map(({ ts, shown, text, edits, at, blocks }) => ({
          ...{ on: { chat, message: ts }, text: shown, edits, at, face: faceOf(text, blocks) },
          tokens: blocks.flatMap(block =>
            [...(block.elements ?? []), ...(block.accessory ? [block.accessory] : [])].flatMap(element => element.value ?? []),
          ),
        }))
    },
    face(view) {
      const encoded = encode(view)
      return encoded ? faceOf(encoded.text, encoded.blocks) : 'too long'
    },
    spot(ref) {
      const [, chat = '', message = ''] = /:(\w+)\/(\d+\.\d+)$/.exec(ref) ?? []
      return { chat, message }
    },
  }
}
