// @ts-check

/** @typedef {import('../wire.ts').Message} Message */
/** @typedef {import('../wire.ts').Start} Start */
/** @typedef {import('../../../src/view/view.ts').View} View */
/** What a button hangs on. @typedef {{ key: string, ref?: string }} Origin */
/** Who acted, and where. @typedef {{ person: string, chat: string }} Where */
/** @typedef {Where & { key: string, view: View, n: number, at: number, turned?: number, under?: string, go?: { label: string, payload: string } }} Whisper */

/** What the page knows. Whispers and choices are this tab's own: the server keeps none. */
export const state = {
  /** @type {Start} */
  start: { words: {}, people: [], spaces: [], commands: [], messages: [], last: 0 },
  /** @type {Map<string, Message>} */
  messages: new Map(),
  last: 0,
  person: '',
  /** A space's key or `private`. */
  chat: 'private',
  /** @type {Whisper[]} */
  whispers: [],
  /** @type {(Where & { view: View }) | undefined} */
  home: undefined,
  /** Presses that wait for their answer. @type {Set<string>} */
  busy: new Set(),
  /** The number up to which each chat was seen. @type {Map<string, number>} */
  seen: new Map(),
  /** @type {Message | undefined} */
  replyTo: undefined,
  /** The key of the card whose beginning is to be seen next. */
  reveal: '',
}

/** @type {Set<() => void>} */
const watchers = new Set()
let due = false

/** Calls back after each change, once for many. @param {() => void} see */
export function watch(see) {
  watchers.add(see)
}

/** Something in `state` has changed. */
export function changed() {
  if (due) return
  due = true
  queueMicrotask(() => {
    due = false
    for (const see of watchers) see()
  })
}

/** The key of a chat on the server: a private chat is its person's. @param {string} chat @param {string} person */
export function keyOf(chat, person) {
  return chat === 'private' ? `@${person}` : chat
}

export function here() {
  return keyOf(state.chat, state.person)
}

/** @param {string} ref */
export function numberOf(ref) {
  return Number(ref.slice(ref.lastIndexOf('/') + 1))
}

/** @param {string | undefined} key */
export function personOf(key) {
  return state.start.people.find(one => one.key === key)
}

/** @param {Start} start */
export function begin(start) {
  state.start = start
  state.last = start.last
  state.messages = new Map(start.messages.map(message => [message.ref, message]))
  for (const chat of [...start.spaces.map(one => one.key), ...start.people.map(one => `@${one.key}`)]) state.seen.set(chat, start.last)
  const was = recall('where', { person: '', chat: '' })
  state.person = personOf(was.person)?.key ?? start.people[0]?.key ?? ''
  const chats = [...start.spaces.map(one => one.key), 'private']
  state.chat = chats.find(one => one === was.chat) ?? chats[0] ?? 'private'
  state.whispers = recall('whispers', state.whispers).filter(one => one.n <= start.last)
  changed()
}

/** @param {Partial<Where>} to */
export function go(to) {
  Object.assign(state, to)
  state.replyTo = undefined
  if (state.home?.person !== state.person || state.chat !== 'private') state.home = undefined
  keep('where', { person: state.person, chat: state.chat })
  changed()
}

/** A message that is new or has a new state. @param {Message} message */
export function take(message) {
  state.messages.set(message.ref, message)
  state.last = Math.max(state.last, message.n)
  changed()
}

/** How many messages in a chat came since it was looked at. @param {string} chat */
export function unread(chat) {
  const seen = state.seen.get(chat) ?? 0
  return [...state.messages.values()].filter(message => message.chat === chat && numberOf(message.ref) > seen && !message.removed).length
}

/** @param {Whisper[]} whispers */
export function setWhispers(whispers) {
  state.whispers = whispers
  keep('whispers', whispers)
  changed()
}

/**
 * For as long as this tab is open.
 * @param {string} name @param {unknown} value
 */
export function keep(name, value) {
  sessionStorage.setItem(name, JSON.stringify(value))
}

/**
 * @template T
 * @param {string} name @param {T} otherwise
 * @returns {T}
 */
export function recall(name, otherwise) {
  const text = sessionStorage.getItem(name)
  return text === null ? otherwise : JSON.parse(text)
}

/**
 * The page's words, with their arguments filled in.
 * @param {string} key @param {Record<string, string | number>} [args]
 */
export function say(key, args = {}) {
  return (state.start.words[key] ?? key).replaceAll(/\{(\w+)\}/g, (all, name) => String(args[name] ?? all))
}
