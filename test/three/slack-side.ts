import { slack } from '../../adapters/slack/index.ts'
import type { PersonRef, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import { withoutBars } from '../helpers/bars.ts'
import type { Dispatch } from '../platforms/slack/dispatch.ts'
import type { Filled } from '../platforms/slack/elements.ts'
import type { Interaction } from '../platforms/slack/interaction.ts'
import { elementsOf, type Message } from '../platforms/slack/message.ts'
import type { Person as Account } from '../platforms/slack/people.ts'
import { type Slack, startSlack } from '../platforms/slack/server.ts'
import { wordsShown } from '../platforms/slack/shown.ts'
import type { View } from '../platforms/slack/view.ts'
import type { Workspace } from '../platforms/slack/workspaces.ts'
import type { Deed, Filling, Person, Place, Said, Side, SideOptions } from './side.ts'
import { type Taken, watched } from './watched.ts'

interface Inside {
  readonly server: Slack
  readonly workspace: Workspace
  readonly taken: Taken
  /** Deliveries that the bot has wholly answered. */
  done: number
}

const EDITS = ['chat.update']

export async function slackSide({ clock, strict }: SideOptions): Promise<Side & { readonly server: Slack; readonly workspace: Workspace }> {
  // A busy machine may take longer than Slack would wait.
  const server = await startSlack({ clock, strict })
  const workspace = server.workspace('Manchester')
  const inside: Inside = { server, workspace, taken: { ids: new Set(), count: 0 }, done: 0 }
  const accounts = new Map<Person, Account>()
  let isUnavailable = false
  return {
    name: 'slack',
    server,
    workspace,
    changes: server.world.changes,
    cadenceMs: slack.can.editEveryMs + 100,
    open: bench => watched(opened(inside, bench), inside.taken, server.world.changes),
    place(title) {
      const channel = workspace.channel(title.toLowerCase().replaceAll(/\W+/g, '-'))
      return placeOf(workspace, channel.id)
    },
    person(name) {
      const account = workspace.person(name)
      const person = personOf(inside, account)
      accounts.set(person, account)
      return person
    },
    runs: person => accounts.get(person)?.isAdmin(true),
    get taken() {
      return inside.taken.count
    },
    isQuiet: () => isUnavailable || workspace.state.tokenTrouble !== undefined || isTaken(inside),
    calls: kind => (kind === 'send' ? server.calls('chat.postMessage') : EDITS.flatMap(name => server.calls(name))).length,
    goesAway() {
      isUnavailable = true
      server.fail({ method: '*', times: Number.MAX_SAFE_INTEGER, with: 'drop' })
      workspace.cutSockets()
    },
    comesBack() {
      isUnavailable = false
      server.heal()
    },
    cut: () => workspace.cutSockets(),
    everyNth(n, retry_after) {
      for (let i = 0; i < 200; i += 1) server.fail({ method: '*', skip: n - 1, with: { status: 429, retry_after } })
    },
    revokes: () => workspace.revokeToken('invalid_auth'),
    close: () => server.stop(),
  }
}

function opened(inside: Inside, bench: Workbench) {
  const { workspace, server } = inside
  const debug: Workbench['log']['debug'] = (data, message) => {
    if (message === 'A Slack delivery is done') inside.done += 1
    server.world.changes.happened()
    bench.log.debug(data, message)
  }
  const settings = { SLACK_BOT_TOKEN: [workspace.botToken], SLACK_APP_TOKEN: [workspace.appToken], SLACK_API_ROOT: server.apiUrl }
  return slack.open(settings, { ...bench, log: { ...bench.log, debug } })
}

function isTaken({ workspace, done }: Inside): boolean {
  const { connections, open, acknowledged } = workspace.state.sockets
  return connections > 0 && open === 0 && done >= acknowledged
}

const SAID = new WeakMap<Message, Said>()
const BACK = new WeakMap<Said, Message>()

function saidOf(message: Message): Said {
  const made = SAID.get(message) ?? {
    id: `${message.channel}/${message.ts}`,
    get text() {
      return withoutBars(textOf(message))
    },
    get buttons() {
      return message.labels.flat()
    },
    get edits() {
      return message.edits
    },
  }
  SAID.set(message, made)
  BACK.set(made, message)
  return made
}

function messageOf(said: Said): Message {
  const message = BACK.get(said)
  if (!message) throw new Error('that does not stand on Slack')
  return message
}

/** The words of the blocks; one that only goes on with the block before begins no new line. What is on the reader's clock is left out. */
function textOf({ blocks }: Message): string {
  const spoken = blocks.filter(block => block.type !== 'actions' && !block.block_id?.endsWith('+'))
  return spoken.map((block, i) => `${i === 0 || block.block_id?.includes('~') ? '' : '\n'}${wordsShown(block).text}`).join('')
}

function placeOf(workspace: Workspace, id: string): Place {
  const channel = workspace.channelOf(id)
  return {
    on: 'slack',
    ref: `slack:${workspace.id}:${id}` as SpaceRef,
    title: channel.name,
    get said() {
      return channel.fromBot.map(saidOf)
    },
    removes: said => channel.remove(messageOf(said)),
    vanishes: () => channel.vanish(),
    throwsOut: () => channel.kick(),
    takesBack: () => channel.add(),
  }
}

function personOf(inside: Inside, account: Account): Person {
  const { server, workspace } = inside
  const does = (act: () => Interaction): Deed => {
    const before = alone(workspace, account).length
    const [made, dispatched] = during(inside, act)
    /** By the response address, or where that is not to be had by a message that Slack does not connect with the deed. */
    const answer = (): string | undefined => {
      const [first] = made.answers
      if (first) return first.message ? textOf(first.message) : first.text
      return alone(workspace, account)[before]?.text
    }
    return {
      get taken() {
        return made.acknowledged
      },
      get answer() {
        return server.until(answer, `an answer to ${account.name}`)
      },
      again: () => dispatched && workspace.state.sockets.dispatch({ ...plain(dispatched) }),
    }
  }
  return {
    on: 'slack',
    ref: `slack:${workspace.id}:@${account.id}` as PersonRef,
    name: account.name,
    get said() {
      return alone(workspace, account)
    },
    get form() {
      return account.modal?.id
    },
    get wrong() {
      return Object.values(account.modal?.errors ?? {}).join('\n')
    },
    says(where, text) {
      const place = where === 'private' ? 'private' : workspace.channelOf(where.ref.slice(where.ref.lastIndexOf(':') + 1))
      const [, command, args] = /^(\/\w+)\s?([\s\S]*)$/.exec(text) ?? []
      if (command !== undefined) return does(() => account.runs(place, command, args))
      account.says(place, text)
      return {
        get taken() {
          return server.until(() => isTaken(inside), 'words to be taken')
        },
        answer: Promise.resolve(''),
        again: () => workspace.redeliver(),
      }
    },
    presses: (said, which) =>
      does(() =>
        account.presses(messageOf(said), typeof which === 'string' ? which : { forged: { actionId: 'r0:0', value: which.token } }),
      ),
    async fills(...values) {
      const modal = await server.until(() => account.modal, `a form for ${account.name}`)
      await account.submits(modal, filledIn(account, modal, values)).acknowledged
    },
  }
}

/** What the bot has said to this person alone, oldest first. */
function alone(workspace: Workspace, account: Account): Said[] {
  const own = [...workspace.state.channels.values()].flatMap(channel => [...channel.ephemeral.values()])
  const all = [...account.messages.filter(one => one.byBot), ...own.filter(one => one.only === account.id)]
  return all.sort((a, b) => (a.ts < b.ts ? -1 : 1)).map(saidOf)
}

const plain = ({ type, payload, answers }: Dispatch): Dispatch => ({ type, payload, answers })

function filledIn(account: Account, modal: View, values: readonly (Filling | undefined)[]): Record<string, Filled> {
  const inputs = modal.blocks.filter(block => block.type === 'input')
  const named = inputs.flatMap((block, i) => {
    const value = values[i]
    return value === undefined
      ? []
      : [[block.block_id ?? '', pick(account, elementsOf(block)[0]?.type === 'datetimepicker', value)] as const]
  })
  return Object.fromEntries(named)
}

function pick(account: Account, isPicker: boolean, value: Filling): Filled {
  if (typeof value === 'string') return value
  if ('picture' in value) return account.uploads(value.picture.name, value.picture.content)
  return isPicker ? value.at.getTime() / 1000 : value.words
}

/** What somebody does, and what Slack tells the bot of it. */
function during<T>({ workspace }: Inside, act: () => T): [made: T, told: Dispatch | undefined] {
  const { sockets } = workspace.state
  const own = sockets.dispatch
  let told: Dispatch | undefined
  sockets.dispatch = dispatch => {
    told = dispatch
    own.call(sockets, dispatch)
  }
  const made = act()
  sockets.dispatch = own
  return [made, told]
}
