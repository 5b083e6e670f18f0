import { telegram } from '../../adapters/telegram/index.ts'
import type { MessageRef, PersonRef, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import { listed } from '../helpers/command-lists.ts'
import type { Group } from '../platforms/telegram/groups.ts'
import type { Person, Spoken } from '../platforms/telegram/people.ts'
import type { Posted } from '../platforms/telegram/posted.ts'
import type { Press } from '../platforms/telegram/press.ts'
import { startTelegram, type Telegram } from '../platforms/telegram/server.ts'
import type { Actor, Answered, Deed, Platform, Seen, Stage } from './stage.ts'

const TOKEN = '1234:abc'

/** Telegram, as the loop-back server plays it: as strict as the real one. */
export const onTelegram: Platform = {
  can: telegram.can,
  texts: telegram.texts,
  has: { coming: true, moving: true, closing: true, backlog: true, rights: true, batches: true },
  open,
}

async function open(bench: Workbench): Promise<Stage> {
  const tg = await startTelegram({ token: TOKEN })
  const group = tg.group('Ardwick residents', { kind: 'group' })
  const other = tg.group('Gorton residents', { admin: true })
  const [amina, brendan] = [tg.person('Amina', { started: true }), tg.person('Brendan', { started: true })]
  for (const chat of [group, other]) {
    chat.joined(amina)
    chat.joined(brendan)
    chat.admin(amina)
    chat.promote()
  }
  const bare = tg.group('Quiet')
  bare.allow({ messages: false })
  const groups = new Map([group, other, bare].map(one => [one.id, one]))
  let starts = 0
  return {
    adapter: () => telegram.open({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: tg.apiRoot }, bench),
    ready() {
      starts += 1
      return listed(tg, starts)
    },
    ...{ space: ref(group.id), other: ref(other.id), bare: ref(bare.id) },
    gone: ref(tg.group('Elsewhere', { bot: false }).id),
    stranger: ref(tg.person('Chidi').id),
    thread() {
      const forum = tg.group('Levenshulme', { topics: true })
      groups.set(forum.id, forum)
      return `telegram:${forum.id}:${forum.topic('Damp homes').id}` as SpaceRef
    },
    amina: actor(tg, amina, groups),
    brendan: actor(tg, brendan, groups),
    reads: async at => standing(tg, at).map(post => seen(post)),
    commands: async () => [...new Set(tg.world.commands.flatMap(list => list.commands.map(one => one.command)))],
    waiting: () => tg.pending.length,
    removes: async message => void postOf(tg, message)?.chat.messages.delete(postOf(tg, message)?.post.id ?? 0),
    kick: () => group.kick(),
    add: () => group.add(),
    move() {
      const next = group.migrate()
      groups.set(next.id, next)
      return ref(next.id)
    },
    close: () => tg.stop(),
  }
}

const ref = (chat: number): SpaceRef & PersonRef => `telegram:${chat}` as SpaceRef & PersonRef

function actor(tg: Telegram, person: Person, groups: ReadonlyMap<number, Group>): Actor {
  const told = (spoken: Spoken): Deed => {
    const { update } = spoken
    const over = async (): Promise<Answered> => {
      await tg.until(() => !tg.pending.some(one => one.update_id === update?.update_id), 'what was said to be taken')
      return { whispers: [] }
    }
    return { answer: over(), again: () => redelivered(tg, update, over) }
  }
  return {
    ref: ref(person.id),
    name: person.user.first_name,
    says(where, text, replyTo) {
      const to = replyTo && postOf(tg, replyTo)?.post
      if (where === 'private') return told(person.says('private', text, { ...(to && { replyTo: to }) }))
      const [, chat, topic] = /^telegram:(-?\d+)(?::(\d+))?$/.exec(where) ?? []
      const group = groups.get(Number(chat))
      if (!group) throw new Error(`there is no group ${where}`)
      return told(person.says(group, text, { ...(to && { replyTo: to }), ...(topic && { topic: { id: Number(topic) } }) }))
    },
    sends: (_, photo, text) => told(person.says('private', text, { photo })),
    presses(message, token) {
      const found = postOf(tg, message)
      if (!found) throw new Error(`there is no message ${message}`)
      const press = person.presses(found.post, { data: token })
      const group = groups.get(found.post.chat)
      const over = (): Promise<Answered> => answered(tg, person, press, group)
      return { answer: over(), again: () => redelivered(tg, press.update, over) }
    },
    seesAlone: () => [...groups.values()].flatMap(group => person.seesAlone(group)).map(seen),
    follows: link => told(person.opens(link)),
    closes: () => person.blocks(),
    opens: () => person.unblocks(),
  }
}

async function redelivered(tg: Telegram, update: Press['update'], over: () => Promise<Answered>): Promise<Answered> {
  if (!update) throw new Error('the bot was not told of it')
  const fetches = tg.calls('getUpdates').length
  tg.redeliver(update)
  // It was handed over with the fetch that is held now; the one after says that all of it was taken.
  await tg.until(() => tg.calls('getUpdates').length > fetches, 'the repeated update to be taken')
  return over()
}

async function answered(tg: Telegram, person: Person, press: Press, group: Group | undefined): Promise<Answered> {
  const before = group ? person.seesAlone(group) : []
  const { text, url } = await press.answer
  const alone = group ? person.seesAlone(group).filter(one => !before.includes(one)) : []
  const goPrivate = (): Deed => actor(tg, person, new Map()).follows(url ?? '')
  return { whispers: [...(text ? [text] : []), ...alone.map(one => readable(one.text))], ...(url && { goPrivate }) }
}

function standing(tg: Telegram, at: string): readonly Posted[] {
  const [, chat, topic] = /^telegram:(-?\d+)(?::(\d+))?$/.exec(at) ?? []
  const all = [...(tg.world.chats.get(Number(chat))?.messages.values() ?? [])]
  return all.filter(post => post.from === tg.world.me.id && !post.isService && (topic === undefined || post.topic === Number(topic)))
}

function postOf(tg: Telegram, message: MessageRef) {
  const [, chat, alone, id] = /^telegram:(-?\d+)\/(alone)?(\d+)$/.exec(message) ?? []
  const found = tg.world.chats.get(Number(chat))
  const post = (alone ? found?.ephemeral : found?.messages)?.get(Number(id))
  return found && post ? { chat: found, post } : undefined
}

/** Marks that we make ourselves; and what a tap does nothing with but for the reader: a command is sent as their own message, a tag is looked for. */
const harmless = new Set(['bold', 'italic', 'blockquote', 'strikethrough', 'text_link', 'date_time', 'bot_command', 'hashtag'])
/** What Telegram would take for a link is broken by a sign without width or, where the message is full, by a look-alike. */
const readable = (text: string): string => text.replaceAll('\u2060', '').replaceAll('＠', '@').replaceAll('․', '.').replaceAll('：', ':')

function seen(post: Posted): Seen {
  const entities = post.raw.entities ?? post.raw.caption_entities ?? []
  return {
    ref: `telegram:${post.chat}/${post.sees === undefined ? post.id : `alone${post.ephemeralId}`}` as MessageRef,
    text: readable(post.text),
    rows: post.keyboard.map(row =>
      row.map(button => ({
        label: button.text,
        ...('callback_data' in button && { token: button.callback_data }),
        ...('url' in button && { url: button.url }),
      })),
    ),
    pinned: post.pinned,
    ...(post.replyTo !== undefined && { under: `telegram:${post.chat}/${post.replyTo}` as MessageRef }),
    ...(post.file && post.raw.photo && { picture: { content: post.file.content } }),
    ...(post.file && { file: { name: post.file.name, text: post.file.content.toString('utf8') } }),
    live: entities
      .filter(entity => !harmless.has(entity.type))
      .map(entity => `${entity.type} ${post.text.substr(entity.offset, entity.length)}`),
    moments: entities.flatMap(entity =>
      entity.type === 'date_time' && entity.date_time_format !== 'r' ? [new Date(entity.unix_time * 1000).toISOString()] : [],
    ),
  }
}
