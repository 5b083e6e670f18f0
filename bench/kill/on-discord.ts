import { type APIMessageTopLevelComponent, ComponentType } from 'discord-api-types/v10'
import { capabilities } from '../../adapters/discord/capabilities.ts'
import { encode } from '../../adapters/discord/encode.ts'
import { countOf, type Platform, startServer, type Told } from './platform.ts'

const token = 'the.discord.token'
/** An interaction that nobody answered so long has failed before the person's eyes, in milliseconds. */
const failsAfterMs = 3_000

interface Came {
  readonly id: string
  readonly ack?: number
  readonly ackAt?: number
  readonly updated: boolean
  readonly said: readonly { readonly id: string; readonly at: number; readonly text: string }[]
}

interface State {
  readonly connected: number
  readonly identifies: number
  readonly calls: Readonly<Record<string, number>>
  readonly tooMany: number
}

interface Shown {
  readonly id: string
  readonly byBot: boolean
  readonly text: string
  readonly edits: number
  readonly at: number
  readonly labels: readonly (readonly string[])[]
  readonly customIds: readonly string[]
}

const faceOf = (text: string, labels: Shown['labels']): string => [text, ...labels.map(row => row.join(' | '))].join('\n')

/** What is pressed while no bot listens is lost, and fails at once before the person's eyes. */
export async function onDiscord(options: readonly string[] = []): Promise<Platform> {
  const { ask, line: root, stop } = await startServer('discord', ['--token', token, ...options], line => line)
  const { id: guild } = await ask<{ id: string }>('guild', { name: 'Manchester' })
  const spots = new Map<string, { readonly chat: string; readonly at: number }>()

  function toldOf({ id: key, ack, ackAt, updated, said }: Came): Told {
    const { chat = '', at = 0 } = spots.get(key) ?? {}
    const [first] = said
    const isOver = ack !== undefined && (first !== undefined || updated)
    const isFailed = ack === undefined && Date.now() > at + failsAfterMs
    if (isOver || isFailed) spots.delete(key)
    return {
      ...{ key, isFailed },
      ...(ackAt !== undefined && { takenAt: ackAt }),
      ...(isOver && {
        answer: {
          ...{ text: first?.text ?? '', at: first ? Math.max(first.at, ackAt ?? 0) : Date.now() },
          ...(first && { card: { chat, message: first.id } }),
        },
      }),
    }
  }

  return {
    ...{ name: 'discord', can: capabilities, presses: 'lost', stop },
    env: { DISCORD_TOKEN: token, DISCORD_API_ROOT: `${root}/api` },
    chat: async title => (await ask<{ id: string }>('channel', { guild, name: title.toLowerCase().replaceAll(' ', '-') })).id,
    people: async count => (await ask<{ ids: string[] }>('people', { count })).ids,
    chatRef: chat => `discord:${chat}`,
    personRef: person => `discord:@${person}`,
    async press(taps) {
      const presses = taps.map(({ person, on, token: customId }) => ({ person, channel: on.chat, message: on.message, customId }))
      const { ids, connected } = await ask<{ ids: string[]; connected: number }>('presses', { presses })
      const at = Date.now()
      if (connected > 0) taps.forEach(({ on: { chat } }, i) => void spots.set(ids[i] ?? '', { chat, at }))
      return ids.map(key => ({ id: `discord:${key}`, key, isKept: connected > 0 }))
    },
    told: async ids => (await ask<Came[]>('told', { ids })).map(toldOf),
    again: ids => ask('redeliver', { ids }),
    async counts() {
      const { connected, identifies, calls, tooMany } = await ask<State>('state')
      return {
        ...{ listens: identifies, isHeard: connected > 0, waiting: 0, tooMany },
        ...{ sends: countOf(calls, /^POST \/channels\/[^/]+\/messages$/), edits: countOf(calls, /^PATCH \/channels\/[^/]+\/messages\//) },
      }
    },
    async posts(chat) {
      const all = await ask<Shown[]>('messages', { channel: chat })
      return all
        .filter(one => one.byBot)
        .map(({ id, text, edits, at, labels, customIds }) => ({
          ...{ on: { chat, message: id }, text, edits, at, face: faceOf(text, labels), tokens: customIds },
        }))
    },
    face: view => faceOfComponents(encode(view).body.components),
    spot(ref) {
      const [, chat = '', message = ''] = /^discord:(\d+)\/(\d+)$/.exec(ref) ?? []
      return { chat, message }
    },
  }
}

function faceOfComponents(components: readonly APIMessageTopLevelComponent[]): string {
  const text = components
    .flatMap(one => (one.type === ComponentType.Section ? one.components : [one]))
    .flatMap(one => (one.type === ComponentType.TextDisplay ? [one.content] : []))
    .join('\n')
  const rows = components.flatMap((one): readonly object[][] =>
    one.type === ComponentType.ActionRow ? [one.components] : one.type === ComponentType.Section ? [[one.accessory]] : [],
  )
  const labels = rows.map(row => row.flatMap(one => ('label' in one && typeof one.label === 'string' ? [one.label] : [])))
  return faceOf(text, labels)
}
