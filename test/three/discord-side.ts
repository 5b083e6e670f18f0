import { type APIButtonComponent, ComponentType, PermissionFlagsBits } from 'discord-api-types/v10'
import { discord } from '../../adapters/discord/index.ts'
import type { PersonRef, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import { readMarks } from '../contract/discord-marks.ts'
import { withoutBars } from '../helpers/bars.ts'
import type { Interaction } from '../platforms/discord/interaction.ts'
import type { Filled, Modal } from '../platforms/discord/modal.ts'
import type { Person as Account } from '../platforms/discord/people.ts'
import type { Channel } from '../platforms/discord/places.ts'
import { labelOf, type Posted } from '../platforms/discord/posted.ts'
import { type Discord, startDiscord } from '../platforms/discord/server.ts'
import type { Deed, Filling, Person, Place, Said, Side, SideOptions } from './side.ts'
import { type Taken, watched } from './watched.ts'

const TOKEN = 'discord-token'
const ALWAYS = Number.MAX_SAFE_INTEGER

interface Inside {
  readonly server: Discord
  readonly taken: Taken
  /** Words in private that the bot has not taken; Discord itself does not know. */
  readonly words: string[]
}

export async function discordSide({ clock, strict }: SideOptions): Promise<Side & { readonly server: Discord }> {
  const server = await startDiscord({ token: TOKEN, clock, strict })
  const guild = server.guild('Manchester', { permissions: PermissionFlagsBits.PinMessages | PermissionFlagsBits.CreateEvents })
  const inside: Inside = { server, taken: { ids: new Set(), count: 0 }, words: [] }
  const accounts = new Map<Person, Account>()
  let isUnavailable = false
  return {
    name: 'discord',
    server,
    changes: server.world.changes,
    cadenceMs: discord.can.editEveryMs + 100,
    open: (bench: Workbench) =>
      watched(discord.open({ DISCORD_TOKEN: TOKEN, DISCORD_API_ROOT: server.api }, bench), inside.taken, server.world.changes),
    place: title => placeOf(server, guild.channel(title)),
    person(name) {
      const account = server.person(name)
      guild.joined(account)
      const person = personOf(inside, account)
      accounts.set(person, account)
      return person
    },
    runs(person) {
      const account = accounts.get(person)
      if (account) guild.admin(account)
    },
    get taken() {
      return inside.taken.count
    },
    isQuiet: () => isUnavailable || !server.world.tokenWorks || (server.world.gateway.connected > 0 && isTaken(inside)),
    calls: kind => server.calls(kind === 'send' ? 'POST /channels/*/messages' : 'PATCH /channels/*/messages/*').length,
    goesAway() {
      isUnavailable = true
      server.world.gateway.isUnavailable = true
      server.fail({ path: '*', times: ALWAYS, with: 'drop' })
      server.cutSockets()
    },
    comesBack() {
      isUnavailable = false
      server.heal()
    },
    cut: () => server.cutSockets(),
    everyNth: (every, retry_after) => server.fail({ path: '*', times: ALWAYS, every, with: { status: 429, retry_after } }),
    revokes: () => server.revokeToken(),
    close: () => server.stop(),
  }
}

function isTaken({ server, taken, words }: Inside): boolean {
  const isOver = ({ ack, id }: Interaction): boolean => ack !== undefined || taken.ids.has(`discord:${id}`)
  return server.interactions.every(isOver) && words.every(id => taken.ids.has(`discord:${id}`))
}

const SAID = new WeakMap<Posted, Said>()

function saidOf(posted: Posted): Said {
  const made = SAID.get(posted) ?? {
    id: posted.id,
    get text() {
      return withoutBars(readMarks(posted.text).text)
    },
    get buttons() {
      return posted.buttons.map(button => optionOf(posted, button) ?? labelOf(button))
    },
    get edits() {
      return posted.edits
    },
  }
  SAID.set(posted, made)
  return made
}

/** The words of the option that a button stands beside. */
function optionOf({ raw }: Posted, button: APIButtonComponent): string | undefined {
  for (const one of raw.components ?? [])
    if (one.type === ComponentType.Section && one.accessory === button)
      return readMarks(one.components.map(({ content }) => content).join('\n')).text.replace(/: \d[^:]*$/, '')
  return undefined
}

/** A person finds a button by the option that it stands beside. */
function found(posted: Posted, which: string): string | { customId: string } {
  const button = posted.buttons.find(one => optionOf(posted, one) === which)
  return button && 'custom_id' in button ? { customId: button.custom_id } : which
}

function placeOf(server: Discord, channel: Channel): Place {
  return {
    on: 'discord',
    ref: `discord:${channel.id}` as SpaceRef,
    title: channel.name,
    get said() {
      return channel.fromBot.map(saidOf)
    },
    removes: said => channel.remove(server.messageOf(said.id)),
    vanishes: () => channel.vanish(),
    throwsOut: () => channel.guild.kick(),
    takesBack: () => channel.guild.add(),
  }
}

function personOf(inside: Inside, account: Account): Person {
  const { server } = inside
  const deedOf = (made: Interaction): Deed => ({
    get taken() {
      return made.acked
    },
    get answer() {
      return made.answer.then(({ text }) => readMarks(text).text)
    },
    again: () => server.redeliver(made),
  })
  const filled = new Set<Modal>()
  return {
    on: 'discord',
    ref: `discord:@${account.id}` as PersonRef,
    name: account.user.global_name ?? '',
    get said() {
      const own = server.world.whispers.filter(one => one.onlyFor === account.id && !one.loading && !one.deleted)
      const all = [...account.messages.filter(one => one.from === server.world.me.id), ...own]
      return all.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)).map(saidOf)
    },
    get form() {
      return server.interactions.findLast(one => one.from.person.user.id === account.id && one.modal !== undefined)?.id
    },
    get wrong() {
      return (
        server.interactions
          .findLast(one => one.from.person.user.id === account.id)
          ?.messages.map(one => one.text)
          .join('\n') ?? ''
      )
    },
    says(where, text) {
      const place = where === 'private' ? 'dm' : server.channelOf(where.ref.slice('discord:'.length))
      const [, name, words] = /^\/(\w+)(?: ([\s\S]*))?$/.exec(text) ?? []
      if (name !== undefined) return deedOf(account.runs(place, name, words))
      const { id } = account.says(place, text)
      if (place === 'dm') inside.words.push(id)
      return {
        get taken() {
          return server.until(() => place !== 'dm' || inside.taken.ids.has(`discord:${id}`), 'words to be taken')
        },
        answer: Promise.resolve(''),
        again: () => {},
      }
    },
    presses: ({ id }, which) =>
      deedOf(
        account.presses(server.messageOf(id), typeof which === 'string' ? found(server.messageOf(id), which) : { forged: which.token }),
      ),
    async fills(...values) {
      const modal = await server.until(() => openFor(server, account, filled), `a form for ${account.user.global_name}`)
      filled.add(modal)
      // Lists to pick from stand beside what can be typed.
      const typed = modal.fields.filter(({ customId }) => !customId.includes('~'))
      const named = typed.flatMap(({ customId }, i) => {
        const value = values[i]
        return value === undefined ? [] : [[customId, filledOf(value)] as const]
      })
      await account.submits(modal, Object.fromEntries(named)).acked
    },
  }
}

function openFor(server: Discord, account: Account, filled: ReadonlySet<Modal>): Modal | undefined {
  const opened = server.interactions.findLast(one => one.from.person.user.id === account.id && one.modal !== undefined)?.modal
  return opened && !filled.has(opened) ? opened : undefined
}

const filledOf = (value: Filling): Filled => (typeof value === 'string' ? value : 'picture' in value ? value.picture : value.words)
