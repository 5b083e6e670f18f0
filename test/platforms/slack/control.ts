import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Commands, obey } from '../control.ts'
import type { Filled, Which } from './elements.ts'
import type { Fault } from './faults.ts'
import type { Message } from './message.ts'
import type { Forged } from './people.ts'
import type { Slack } from './server.ts'
import type { View } from './view.ts'
import type { ChannelOptions, PersonOptions, Workspace, WorkspaceOptions } from './workspaces.ts'

interface At {
  /** The only workspace when none is named. */
  readonly team?: string
}

interface PressAsked extends At {
  readonly person: string
  readonly channel: string
  /** The message's time. */
  readonly message: string
  readonly which: Which | Forged
}

const at = (slack: Slack, asked: At): Workspace => {
  const [first] = slack.workspaces
  if (asked.team !== undefined) return slack.workspaceOf(asked.team)
  if (!first) throw new Error('there is no workspace')
  return first
}

/** What a driver in another process can do: POST /control/<name> with a JSON body. Ids are those that this server gave. */
const commands: Commands<Slack> = {
  /** `{ name, ...WorkspaceOptions }` -> `{ id, botToken, appToken, botId }` */
  workspace: (slack, asked: WorkspaceOptions & { name: string }) => {
    const { id, botToken, appToken, botId } = slack.workspace(asked.name, asked)
    return { id, botToken, appToken, botId }
  },
  /** `{ team?, name, private?, bot?, id? }` -> `{ id }` */
  channel: (slack, asked: At & Pick<ChannelOptions, 'private' | 'bot' | 'id'> & { name: string }) => ({
    id: at(slack, asked).channel(asked.name, asked).id,
  }),
  /** `{ team?, name, ...PersonOptions }` -> `{ id }` */
  person: (slack, asked: At & PersonOptions & { name: string }) => ({ id: at(slack, asked).person(asked.name, asked).id }),
  /** `{ team?, count }` -> `{ ids }` */
  people: (slack, asked: At & PersonOptions & { count: number }) => ({
    ids: Array.from(
      { length: asked.count },
      (_, n) => at(slack, asked).person(`Resident ${n + 1}`, { ...asked, id: undefined as never }).id,
    ),
  }),
  /** `{ team?, person, channel? (else privately), command, text? }` -> `{ id }` of the interaction */
  runs: (slack, asked: At & { person: string; channel?: string; command: string; text?: string }) => {
    const { state: workspace } = at(slack, asked)
    const place = asked.channel === undefined ? 'private' : workspace.channels.get(asked.channel)
    if (!place) throw new Error(`there is no channel ${asked.channel}`)
    return { id: at(slack, asked).personOf(asked.person).runs(place, asked.command, asked.text).id }
  },
  /** `{ presses: [{ team?, person, channel, message, which }] }` -> `{ ids, triggers }`, in the same order; all in one go */
  presses: (slack, asked: { presses: readonly PressAsked[] }) => {
    const ids = asked.presses.map(one => pressed(slack, one))
    return { ids, triggers: triggersOf(slack, ids) }
  },
  /** `{ ids }` -> what came of those that are remembered: `{ id, at, acked, ackedAfter, answers: [{ kind, text, ts, at }] }` */
  told: (slack, asked: { ids: readonly number[] }) => told(slack, new Set(asked.ids)),
  /** `{ team?, person, view? (else the dialog on top), values }` -> `{ id }` */
  submits: (slack, asked: At & { person: string; view?: string; values: Record<string, Filled> }) => {
    const person = at(slack, asked).personOf(asked.person)
    return { id: person.submits(viewOf(slack, asked, asked.view ?? person.modal?.id), asked.values).id }
  },
  /** `{ team?, person, channel, message, shortcut }` -> `{ id }` */
  uses: (slack, asked: At & { person: string; channel: string; message: string; shortcut: string }) => ({
    id: at(slack, asked).personOf(asked.person).uses(messageOf(slack, asked), asked.shortcut).id,
  }),
  /** `{ team?, person }` -> `{ id }` */
  home: (slack, asked: At & { person: string }) => ({ id: at(slack, asked).personOf(asked.person).opensHome().id }),
  /** `{ team?, person, text, channel? (else privately) }` -> `{ ts }` */
  says: (slack, asked: At & { person: string; text: string; channel?: string }) => {
    const place = asked.channel === undefined ? 'private' : at(slack, asked).channelOf(asked.channel)
    return { ts: at(slack, asked).personOf(asked.person).says(place, asked.text).ts }
  },
  /** `{ team?, channel }` -> what stands there for all; with `person` also what is for them alone */
  messages: (slack, asked: At & { channel: string; person?: string }) => {
    const channel = at(slack, asked).channelOf(asked.channel)
    return asked.person === undefined ? channel.messages : at(slack, asked).personOf(asked.person).sees(channel)
  },
  /** `{ team?, person }` -> the dialog on top and the home, as they see them */
  views: (slack, asked: At & { person: string }) => {
    const { modal, home } = at(slack, asked).personOf(asked.person)
    return { modal, home }
  },
  /** `{ from? }` -> what people did, without the first `from` of all time */
  interactions: (slack, asked: { from?: number }) => since(slack.interactions, slack.world.interactionCount, asked.from),
  /** `{ method?, from? }` -> the requests, without the first `from` of all time */
  calls: (slack, asked: { method?: string; from?: number }) => {
    const { calls, counts } = slack.world
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return since(calls, total, asked.from).filter(call => asked.method === undefined || call.method === asked.method)
  },
  state: slack => state(slack),
  /** A `Fault` */
  fail: (slack, asked: Fault) => slack.fail(asked),
  heal: slack => slack.heal(),
  /** `{ ms }`: how long each answer waits */
  latency: (slack, asked: { ms: number }) => {
    slack.world.latencyMs = asked.ms
  },
  /** `{ team? }`: all connections break */
  cut: (slack, asked: At) => at(slack, asked).cutSockets(),
  /** `{ team?, ms }`; 0 ends it */
  cutEvery: (slack, asked: At & { ms: number }) => at(slack, asked).cutEvery(asked.ms),
  /** `{ team?, count? }`: the last so many envelopes once more */
  redeliver: (slack, asked: At & { count?: number }) => at(slack, asked).redeliver(asked.count),
  refresh: (slack, asked: At) => at(slack, asked).refresh(),
  revoke: (slack, asked: At) => at(slack, asked).revokeToken(),
  /** `{ team?, channel }` */
  add: (slack, asked: At & { channel: string }) => at(slack, asked).channelOf(asked.channel).add(),
  kick: (slack, asked: At & { channel: string }) => at(slack, asked).channelOf(asked.channel).kick(),
  vanish: (slack, asked: At & { channel: string }) => at(slack, asked).channelOf(asked.channel).vanish(),
  archive: (slack, asked: At & { channel: string }) => at(slack, asked).channelOf(asked.channel).archive(),
  /** `{ team?, channel, message }` */
  remove: (slack, asked: At & { channel: string; message: string }) =>
    at(slack, asked).channelOf(asked.channel).remove(messageOf(slack, asked)),
}

/** What is remembered of a log of which `total` entries ever were. */
function since<T>(log: readonly T[], total: number, from = 0): readonly T[] {
  return log.slice(Math.max(0, from - (total - log.length)))
}

/** As the app knows what was done. */
function triggersOf(slack: Slack, ids: readonly number[]): (string | undefined)[] {
  const all = slack.workspaces.flatMap(({ state }) => [...state.triggers])
  const byId = new Map(all.map(([trigger, { interaction }]) => [interaction.id, trigger]))
  return ids.map(id => byId.get(id))
}

function told(slack: Slack, ids: ReadonlySet<number>): object[] {
  const asked = slack.interactions.filter(one => ids.has(one.id))
  return asked.map(({ id, at: begun, acked, ackedAfter, answers }) => {
    const brief = answers.map(({ kind, text, message }) => ({ kind, text, ts: message?.ts, at: message?.at }))
    return { id, at: begun, acked, ackedAfter, answers: brief }
  })
}

function messageOf(slack: Slack, asked: At & { channel: string; message: string }): Message {
  const { messages, ephemeral } = at(slack, asked).channelOf(asked.channel).state
  const message = messages.get(asked.message) ?? ephemeral.get(asked.message)
  if (!message) throw new Error(`there is no message ${asked.message} in ${asked.channel}`)
  return message
}

function viewOf(slack: Slack, asked: At, id: string | undefined): View {
  const view = at(slack, asked).state.views.get(id ?? '')
  if (!view) throw new Error(`there is no view ${id}`)
  return view
}

const pressed = (slack: Slack, asked: PressAsked): number =>
  at(slack, asked).personOf(asked.person).presses(messageOf(slack, asked), asked.which).id

function state(slack: Slack): object {
  const { counts, faults, rates, interactionCount, answeredCount, oddities } = slack.world
  return {
    workspaces: slack.workspaces.map(({ id, state: { sockets } }) => {
      const { connections, open, sent, again, acknowledged, opened } = sockets
      return { id, connections, open, sent, again, acknowledged, opened }
    }),
    interactions: interactionCount,
    answered: answeredCount,
    calls: Object.fromEntries(counts),
    harmed: faults.done,
    tooMany: rates.refused,
    oddities,
  }
}

/** As `obey` says. */
export function answerControl(slack: Slack, request: IncomingMessage, response: ServerResponse): Promise<void> {
  return obey(commands, slack, request, response)
}
