import { encodeForm } from '../../adapters/slack/forms.ts'
import { slack } from '../../adapters/slack/index.ts'
import { manifest } from '../../adapters/slack/manifest.ts'
import type { Adapter, MessageRef, PersonRef, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import type { Form } from '../../src/view/view.ts'
import type { Dispatch } from '../platforms/slack/dispatch.ts'
import { elementsOf, type Message } from '../platforms/slack/message.ts'
import type { Person } from '../platforms/slack/people.ts'
import { type Slack, startSlack } from '../platforms/slack/server.ts'
import { wordsShown } from '../platforms/slack/shown.ts'
import { View } from '../platforms/slack/view.ts'
import type { Workspace } from '../platforms/slack/workspaces.ts'
import { type Actor, type Answered, COMMANDS, type Deed, type Platform, type Seen, type Stage } from './stage.ts'

/** Slack, as the loop-back server plays it: as strict as the real one. */
export const onSlack: Platform = {
  can: slack.can,
  texts: slack.texts,
  // To read replies in channels, a bot would have to read all that is written there: ours does not ask for it.
  has: {
    coming: true,
    moving: true,
    closing: false,
    backlog: false,
    rights: true,
    batches: false,
    answersOnce: true,
    replies: false,
    links: false,
  },
  open,
}

/** A running server, and how many deliveries the bot has wholly answered. */
interface Inside {
  readonly server: Slack
  readonly workspace: Workspace
  answered: number
}

const made = manifest(COMMANDS)
const offered = made.features.slash_commands
const shortcuts = Object.fromEntries(made.features.shortcuts.map(one => [one.name, one.callback_id]))
/** What an app made from our manifest may do, and hears of. */
const app = { scopes: made.oauth_config.scopes.bot, events: made.settings.event_subscriptions.bot_events }

async function open(bench: Workbench): Promise<Stage> {
  const server = await startSlack()
  const workspace = server.workspace('Ardwick', { ...app, commands: offered.map(one => one.command), shortcuts })
  const inside: Inside = { server, workspace, answered: 0 }
  const [amina, brendan] = [workspace.person('Amina', { admin: true }), workspace.person('Brendan')]
  const channel = workspace.channel('ardwick', { members: [amina, brendan] })
  const ref = (id: string): SpaceRef => `slack:${workspace.id}:${id}` as SpaceRef
  return {
    adapter: () => adapterOn(inside, bench),
    ...{ space: ref(channel.id), other: ref(workspace.channel('gorton', { members: [amina, brendan] }).id) },
    bare: ref(workspace.channel('quiet', { bot: false }).id),
    gone: ref(workspace.channel('elsewhere', { private: true, bot: false }).id),
    amina: actor(inside, amina),
    brendan: actor(inside, brendan),
    reads: async at => standing(inside, at).map(message => seen(inside, message)),
    commands: async () => offered.map(one => one.command.slice(1)),
    waiting: () => workspace.open,
    removes: async message => {
      const found = messageAt(inside, message)
      if (found) workspace.channelOf(found.channel).remove(found)
    },
    kick: () => channel.kick(amina),
    add: () => channel.add(amina),
    move() {
      channel.changeId('C0MOVED')
      return ref('C0MOVED')
    },
    close: () => server.stop(),
  }
}

function adapterOn(inside: Inside, bench: Workbench): Adapter {
  const { workspace, server } = inside
  const debug: Workbench['log']['debug'] = (data, message) => {
    if (message === 'A Slack delivery is done') {
      inside.answered += 1
      server.world.changes.happened()
    }
    bench.log.debug(data, message)
  }
  const settings = { SLACK_BOT_TOKEN: [workspace.botToken], SLACK_APP_TOKEN: [workspace.appToken], SLACK_API_ROOT: server.apiUrl }
  return slack.open(settings, { ...bench, log: { ...bench.log, debug } })
}

function actor(inside: Inside, person: Person): Actor {
  const { workspace, server } = inside
  const { sockets } = workspace.state
  const idOf = (where: string): string => where.slice(where.lastIndexOf(':') + 1)
  /** What somebody does, and all that they alone got to see for it, once the bot has done all that it does. */
  const does = (act: () => void): Deed => {
    const before = sockets.acknowledged + sockets.open
    const since = new Set(allSeen(workspace, person).map(({ ts, channel }) => `${channel}/${ts}`))
    const started = server.interactions.length
    const dispatched = during(inside, act)
    const over = async (from: number): Promise<Answered> => {
      await server.until(() => sockets.acknowledged > from && inside.answered >= sockets.acknowledged, 'the bot to be done')
      const fresh = allSeen(workspace, person).filter(({ ts, channel }) => !since.has(`${channel}/${ts}`))
      return answered(inside, person, fresh, server.interactions.slice(started))
    }
    return {
      answer: over(before),
      again: () => {
        const from = sockets.acknowledged + sockets.open
        if (dispatched) sockets.dispatch({ type: dispatched.type, payload: dispatched.payload, answers: dispatched.answers })
        return over(from)
      },
    }
  }
  return {
    ref: `slack:${workspace.id}:@${person.id}` as PersonRef,
    name: person.name,
    says(where, text) {
      const place = where === 'private' ? 'private' : workspace.channelOf(idOf(where))
      const [, command, args] = /^(\/\w+)\s?([\s\S]*)$/.exec(text) ?? []
      return does(() => void (command === undefined ? person.says(place, text) : person.runs(place, command, args)))
    },
    presses(message, token) {
      const found = messageAt(inside, message)
      if (!found) throw new Error(`there is no message ${message}`)
      return does(() => void person.presses(found, { forged: { actionId: 'r0:0', value: token } }))
    },
    uses(where, text, label) {
      const message = person.says(workspace.channelOf(idOf(where)), text)
      return does(() => void person.uses(message, label))
    },
    follows: link => {
      throw new Error(`Slack has no such links: ${link}`)
    },
    submits(where, form, values, files = {}) {
      const from = where === 'private' ? {} : { channel: idOf(where) }
      const dialog = encodeForm(formOf(form, values, Object.keys(files)), from)
      const view = new View(server.world, workspace.state, person.id, dialog as never)
      workspace.state.views.set(view.id, view)
      person.state.modals.push(view)
      const uploaded = Object.entries(files).map(([name, file]) => [name, person.uploads(file.name, file.content)] as const)
      return does(() => void person.submits(view, { ...values, ...Object.fromEntries(uploaded) }))
    },
    goesHome: () => does(() => void person.opensHome()),
  }
}

/** What Slack tells the bot while somebody does something. */
function during({ workspace }: Inside, act: () => void): Dispatch | undefined {
  const { sockets } = workspace.state
  const own = sockets.dispatch
  let told: Dispatch | undefined
  sockets.dispatch = dispatch => {
    told = dispatch
    own.call(sockets, dispatch)
  }
  act()
  sockets.dispatch = own
  return told
}

/** A dialog with these fields: lists as boxes to tick. */
function formOf(token: string, values: Readonly<Record<string, string | readonly string[]>>, files: readonly string[]): Form {
  const pictures = files.map(name => ({ name, label: name, required: false, kind: 'picture' as const }))
  const fields = Object.entries(values).map(([name, value]) => ({
    ...{ name, label: name, required: false },
    ...(typeof value === 'string'
      ? { kind: 'lines' as const }
      : { kind: 'choices' as const, choices: value.map(one => ({ value: one, label: one })) }),
  }))
  return { token, title: 'A form', submit: 'Go on', lang: 'en', fields: [...fields, ...pictures] }
}

const allSeen = ({ state }: Workspace, person: Person): Message[] => [...state.channels.values()].flatMap(channel => person.sees(channel))

function answered(
  inside: Inside,
  person: Person,
  fresh: readonly Message[],
  deeds: readonly { readonly person: string; readonly answers: readonly { readonly kind: string; readonly text: string }[] }[],
): Answered {
  const whispers = fresh.filter(message => message.only === person.id)
  const own = deeds.filter(one => one.person === person.id).flatMap(one => one.answers)
  const way = whispers.find(message => message.blocks.some(block => elementsOf(block).some(isWay)))
  const home = own.findLast(one => one.kind === 'published')
  const { modal } = person
  const isWrong = modal && Object.keys(modal.errors).length > 0
  return {
    whispers: whispers.filter(message => message !== way).map(message => textOf(message)),
    ...(modal && { form: formSeen(modal) }),
    ...(isWrong && { wrong: modal.errors }),
    ...(home && { home: home.text }),
    ...(way && { goPrivate: () => pressWay(inside, person, way) }),
  }
}

const isWay = (element: { readonly [key: string]: unknown }): boolean => String(element['value']).startsWith('slack_private_')

function pressWay(inside: Inside, person: Person, way: Message): Deed {
  const { sockets } = inside.workspace.state
  const from = sockets.acknowledged + sockets.open
  const [label = ''] = way.labels.flat()
  person.presses(way, label)
  const answer = inside.server
    .until(() => sockets.acknowledged > from && inside.answered >= sockets.acknowledged, 'the way to be gone')
    .then(() => ({ whispers: [] }))
  return { answer, again: () => answer }
}

/** The dialog that lies open, as the form that it was. */
function formSeen(view: View): Form {
  const fields = view.blocks.flatMap(block =>
    block.type === 'input'
      ? [{ name: block.block_id ?? '', label: block.label.text, kind: 'line' as const, required: block.optional !== true }]
      : [],
  )
  return { token: view.callbackId, title: view.title, submit: view.content.submit?.text ?? '', lang: 'en', fields }
}

function standing({ workspace }: Inside, at: string): readonly Message[] {
  const [, , id = ''] = at.split(':')
  const channel = workspace.state.channels.get(id.startsWith('@') ? `D${id.slice(2)}` : id)
  return [...(channel?.messages.values() ?? [])].filter(message => message.byBot)
}

function messageAt({ workspace }: Inside, ref: MessageRef): Message | undefined {
  const [, channel = '', ts = ''] = /^slack:\w+:(\w+)\/([\d.]+)$/.exec(ref) ?? []
  return workspace.state.channels.get(channel)?.messages.get(ts)
}

/** The words of the blocks; one that only goes on with the block before begins no new line. What is on the reader's clock is left out. */
function textOf(message: Message): string {
  const spoken = message.blocks.filter(block => block.type !== 'actions' && block.type !== 'image' && !block.block_id?.endsWith('+'))
  return spoken.map((block, i) => `${i === 0 || block.block_id?.includes('~') ? '' : '\n'}${wordsShown(block).text}`).join('')
}

function seen({ workspace }: Inside, message: Message): Seen {
  const { shown, files, thread } = message
  const ref = (ts: string): MessageRef => `slack:${workspace.id}:${message.channel}/${ts}` as MessageRef
  const rows = message.blocks.flatMap(block => (elementsOf(block).length > 0 ? [elementsOf(block).map(buttonSeen)] : []))
  const [file] = files
  const picture = pictureSeen(workspace, message)
  return {
    ...(picture && { picture }),
    ...{ ref: ref(message.ts), text: textOf(message), rows, pinned: message.pinned },
    ...(thread !== undefined && { under: ref(thread) }),
    ...(file && { file: { name: file.name, text: file.content.toString('utf8') } }),
    live: [...shown.pings, ...shown.links, ...shown.styled],
    moments: [...JSON.stringify(message.blocks).matchAll(/"type":"date","timestamp":(\d+)/g)].map(([, at]) =>
      new Date(Number(at) * 1000).toISOString(),
    ),
  }
}

export function pictureSeen({ state }: Workspace, { blocks }: Message): Seen['picture'] {
  const image = blocks.find(block => block.type === 'image')
  const id = image && 'slack_file' in image && image.slack_file && 'id' in image.slack_file ? image.slack_file.id : ''
  const file = state.files.get(id)
  return image && file && { content: file.content, about: image.alt_text }
}

function buttonSeen(element: { readonly [key: string]: unknown }): Seen['rows'][number][number] {
  const { text, value, url } = element as { text: { text: string }; value?: string; url?: string }
  return { label: text.text, ...(value !== undefined && { token: value }), ...(url !== undefined && { url }) }
}
