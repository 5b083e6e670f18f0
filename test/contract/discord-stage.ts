import {
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  ComponentType,
  GatewayDispatchEvents,
  GatewayIntentBits,
  InteractionType,
  PermissionFlagsBits,
  TextInputStyle,
} from 'discord-api-types/v10'
import { discord } from '../../adapters/discord/index.ts'
import type { Adapter, MessageRef, PersonRef, SpaceRef, Values, Workbench } from '../../src/platform/adapter.ts'
import type { Field, Form } from '../../src/view/view.ts'
import type { Sample } from '../helpers/samples.ts'
import { submit } from '../platforms/discord/interact.ts'
import { Interaction } from '../platforms/discord/interaction.ts'
import { Modal } from '../platforms/discord/modal.ts'
import type { Person, Place } from '../platforms/discord/people.ts'
import { allOf, labelOf, type Posted } from '../platforms/discord/posted.ts'
import { type Discord, startDiscord } from '../platforms/discord/server.ts'
import { readMarks } from './discord-marks.ts'
import type { Actor, Answered, Deed, Platform, Seen, Stage } from './stage.ts'

const TOKEN = 'discord-token'

/** Discord, as the loop-back server plays it: as strict as the real one. */
export const onDiscord: Platform = {
  can: discord.can,
  texts: discord.texts,
  has: {
    following: false,
    coming: false,
    moving: false,
    closing: false,
    backlog: false,
    rights: true,
    batches: false,
    replies: false,
    links: false,
  },
  open,
}

interface World {
  readonly on: Discord
  /** The ids of what the bot has dealt with: Discord itself is not told of words. */
  readonly taken: Set<string>
}

async function open(bench: Workbench): Promise<Stage> {
  const on = await startDiscord({ token: TOKEN })
  const permissions = PermissionFlagsBits.PinMessages | PermissionFlagsBits.CreateEvents
  const guild = on.guild('Manchester', { channels: ['ardwick', 'gorton', 'quiet'], permissions })
  const [space, other, bare] = [guild.channel('ardwick'), guild.channel('gorton'), guild.channel('quiet')]
  bare.deny('bot', PermissionFlagsBits.SendMessages)
  const elsewhere = on.guild('Elsewhere', { channels: ['far'], bot: false }).channel('far')
  const [amina, brendan, chidi] = [on.person('Amina'), on.person('Brendan'), on.person('Chidi', { closed: true })]
  for (const person of [amina, brendan, chidi]) guild.joined(person)
  guild.admin(amina)
  const taken = new Set<string>()
  const world: World = { on, taken }
  return {
    adapter: () => watched(discord.open({ DISCORD_TOKEN: TOKEN, DISCORD_API_ROOT: on.api }, bench), world),
    ...{ space: spaceRef(space.id), other: spaceRef(other.id), bare: spaceRef(bare.id), gone: spaceRef(elsewhere.id) },
    stranger: personRef(chidi.id),
    thread: () => spaceRef(space.thread('Damp homes').id),
    amina: actor(world, amina),
    brendan: actor(world, brendan),
    reads: async at => standing(on, at).map(one => seen(on, one)),
    events: async () =>
      guild.events.map(one => ({ name: one.name, place: one.entity_metadata?.location ?? '', at: one.scheduled_start_time })),
    commands: async () => on.world.commands.flatMap(one => (one.type === ApplicationCommandType.ChatInput ? [one.name] : [])),
    waiting: () => on.interactions.filter(one => one.ack === undefined).length,
    removes: async message => on.channelOf(idsOf(message)[0]).remove(on.messageOf(idsOf(message)[1])),
    close: () => on.stop(),
  }
}

const spaceRef = (id: string): SpaceRef => `discord:${id}` as SpaceRef
const personRef = (id: string): PersonRef => `discord:@${id}` as PersonRef
const idsOf = (message: MessageRef): [channel: string, message: string] => {
  const [, channel = '', id = ''] = /^discord:(\d+)\/(\d+)$/.exec(message) ?? []
  return [channel, id]
}

function actor(world: World, person: Person): Actor {
  const { on } = world
  const at = (where: SpaceRef | 'private'): Place => (where === 'private' ? 'dm' : on.channelOf(where.slice('discord:'.length)))
  const told = (made: Interaction): Deed => ({ answer: answered(on, person, made), again: () => repeated(on, person, made) })
  return {
    ref: personRef(person.id),
    name: person.user.global_name ?? '',
    says(where, text) {
      const [, name, words] = /^\/(\w+)(?: ([\s\S]*))?$/.exec(text) ?? []
      if (name === undefined) return spoken(world, person, at(where), text)
      // Discord shows the commands only once the bot has set them.
      const ran = on.until(() => on.world.commands.length > 0, 'the commands to be set').then(() => person.runs(at(where), name, words))
      return {
        answer: ran.then(made => answered(on, person, made)),
        again: async () => repeated(on, person, await ran),
      }
    },
    presses: (message, token) => told(person.presses(on.messageOf(idsOf(message)[1]), { forged: token })),
    uses(where, text, label) {
      const message = person.says(at(where), text)
      const ran = on.until(() => on.world.commands.length > 0, 'the commands to be set').then(() => person.uses(message, label))
      return { answer: ran.then(made => answered(on, person, made)), again: async () => repeated(on, person, await ran) }
    },
    follows: () => {
      throw new Error('Discord has no links that bring words along')
    },
    submits: (where, form, values, files) => told(filledIn(on, person, at(where), form, { ...values, ...files })),
    suggests(where, command, typed) {
      const made = on
        .until(() => on.world.commands.length > 0, 'the commands to be set')
        .then(() => person.typing(at(where), command, typed))
      return { answer: made.then(one => answered(on, person, one)), again: async () => repeated(on, person, await made) }
    },
  }
}

/** Words, which Discord wants no answer to. Those of a channel do not come in at all. */
function spoken({ on, taken }: World, person: Person, place: Place, text: string): Deed {
  const said = person.says(place, text)
  const over = async (): Promise<Answered> => {
    if (place === 'dm') await on.until(() => taken.delete(`discord:${said.id}`), 'words to be taken')
    return { whispers: [] }
  }
  const again = (): Promise<Answered> => {
    on.world.gateway.tell(GatewayDispatchEvents.MessageCreate, said.raw, GatewayIntentBits.DirectMessages)
    return over()
  }
  return { answer: over(), again }
}

/** The same adapter, telling when the bot has dealt with something. */
function watched(adapter: Adapter, { on, taken }: World): Adapter {
  const { platform, can, send, change, isAdmin, lane, privateLink, chatLink } = adapter
  return {
    ...{ platform, can, send, change, isAdmin, lane, privateLink, chatLink },
    chatsOf: person => adapter.chatsOf(person),
    missing: space => adapter.missing(space),
    stop: () => adapter.stop(),
    start: (commands, receive, status) => {
      const take: typeof receive = (inbound, meanwhile) =>
        receive(inbound, meanwhile).finally(() => {
          taken.add(inbound.id)
          on.world.changes.happened()
        })
      return adapter.start(commands, take, status)
    },
  }
}

async function repeated(on: Discord, person: Person, made: Interaction): Promise<Answered> {
  on.redeliver(made)
  return answered(on, person, made)
}

async function answered(on: Discord, person: Person, made: Interaction): Promise<Answered> {
  // What was put off and then taken away is an answer without words.
  const isOver = (): boolean => made.ack !== undefined && (!made.original?.loading || made.original.deleted)
  await on.until(isOver, 'an answer')
  const { modal, choices } = made
  const said = made.messages.filter(message => message.onlyFor === person.id)
  const ways = said.flatMap(message =>
    message.buttons.flatMap(button => ('custom_id' in button ? [{ message, id: button.custom_id }] : [])),
  )
  const way = ways.find(({ id }) => id.startsWith('~go~'))
  const form = ways.find(({ id }) => id.startsWith('polls_new'))
  const follow = (): Deed => {
    if (!way) throw new Error('there is no way into the private chat')
    const press = person.presses(way.message, { customId: way.id })
    return { answer: answered(on, person, press), again: () => repeated(on, person, press) }
  }
  // A form that is not right comes back by a button.
  const opened =
    form && made.from.type === InteractionType.ModalSubmit ? await person.presses(form.message, { customId: form.id }).asks : modal
  return {
    whispers: said.map(message => readMarks(message.text).text),
    ...(opened && { form: formOf(opened) }),
    ...(choices.length > 0 && { choices: choices.map(({ name, value }) => ({ value: String(value), label: name })) }),
    ...(way && { goPrivate: follow }),
  }
}

/** A form as the person sees it. What Discord has no place for (its own button sends every form; no language) is as the suite asked. */
function formOf(modal: Modal): Form {
  const fields = modal.fields.map(({ label, customId, required, control }): Field => {
    if (control.type !== ComponentType.TextInput) return { name: customId, label, kind: 'choices', required }
    return { name: customId, label, kind: control.style === TextInputStyle.Short ? 'line' : 'lines', required }
  })
  return { token: modal.customId, title: modal.title, submit: 'Go on', lang: 'en', fields }
}

/** A form that need not have been opened, as a changed client can send it. */
function filledIn(
  on: Discord,
  person: Person,
  place: Place,
  form: string,
  values: Readonly<Record<string, Values[string] | Sample>>,
): Interaction {
  const channel = place === 'dm' ? person.dm : place.state
  const components: APIModalInteractionResponseCallbackData['components'] = Object.entries(values).map(([name, value]) => ({
    type: ComponentType.Label,
    label: name,
    component:
      typeof value === 'object' && 'content' in value
        ? { type: ComponentType.FileUpload, custom_id: name, required: false, min_values: 0 }
        : typeof value === 'string'
          ? { type: ComponentType.TextInput, custom_id: name, style: TextInputStyle.Paragraph, required: false }
          : {
              type: ComponentType.StringSelect,
              custom_id: name,
              max_values: value.length,
              options: value.map(one => ({ label: one, value: one })),
            },
  }))
  const opener = new Interaction(on.world, { type: InteractionType.ApplicationCommand, person: person.state, channel })
  return submit(on.world, person.state, new Modal({ custom_id: form, title: form, components }, opener), values)
}

function standing(on: Discord, at: string): readonly Posted[] {
  const [, isPerson, id = ''] = /^discord:(@?)(\d+)$/.exec(at) ?? []
  if (!isPerson) return on.channelOf(id).fromBot
  return on.personOf(id).messages.filter(message => message.from === on.world.me.id)
}

/** The picture of the gallery, as Discord keeps it. */
export function pictureSeen(on: Discord, { raw }: Posted): Seen['picture'] {
  const gallery = allOf(raw.components ?? []).find(one => one.type === ComponentType.MediaGallery)
  const [item] = gallery?.items ?? []
  const attached = raw.attachments.find(one => item?.media.url === `attachment://${one.filename}`)
  const content = attached && on.world.files.get(attached.id)?.content
  return content && { content, ...(item?.description && { about: item.description }) }
}

function seen(on: Discord, message: Posted): Seen {
  const { text, live, moments } = readMarks(message.text)
  const [file] = message.files.filter(({ mime }) => !mime.startsWith('image/'))
  const picture = pictureSeen(on, message)
  const reference = message.raw.message_reference
  const rows = allOf(message.raw.components ?? []).flatMap((one): (typeof one)[][] => {
    if (one.type === ComponentType.Section) return [[one.accessory]]
    return one.type === ComponentType.ActionRow ? [one.components] : []
  })
  return {
    ref: `discord:${message.channel}/${message.id}` as MessageRef,
    text,
    rows: rows.map(row =>
      row.flatMap(button => {
        if (button.type !== ComponentType.Button) return []
        return [
          {
            label: labelOf(button),
            ...('custom_id' in button && { token: button.custom_id }),
            ...('url' in button && { url: button.url }),
          },
        ]
      }),
    ),
    pinned: message.pinned,
    ...(reference && { under: `discord:${reference.channel_id}/${reference.message_id}` as MessageRef }),
    ...(picture && { picture }),
    ...(file && { file: { name: file.name, text: file.content.toString('utf8') } }),
    live,
    moments,
  }
}
