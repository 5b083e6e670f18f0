// @ts-check
import { send, sendAgain } from './net.js'
import { changed, go, numberOf, setWhispers, state } from './store.js'

/** @typedef {import('../wire.ts').Answer} Answer */
/** @typedef {import('../../../src/view/view.ts').Form} Form */
/** @typedef {import('./store.js').Origin} Origin */
/** @typedef {import('./store.js').Where} Where */
/** @typedef {{ where: Where, origin: Origin | undefined, form: Form, fields: Readonly<Record<string, string>> }} Opened */

/** Set by the form, which in turn sends acts. @type {{ open: (opened: Opened) => void }} */
export const forms = { open: () => undefined }

/** @returns {Where} */
function now() {
  return { person: state.person, chat: state.chat }
}

/** @param {Where} where @param {Origin} origin @param {string} token */
export function busyKey(where, origin, token) {
  return [where.person, where.chat, origin.key, token].join(' ')
}

/** @param {Origin} origin @param {string} token */
export async function press(origin, token) {
  const where = now()
  const key = busyKey(where, origin, token)
  if (state.busy.has(key)) return
  state.busy.add(key)
  changed()
  const answers = await send(where, { kind: 'press', token, ...under(origin) }, origin)
  state.busy.delete(key)
  if (where.chat === 'private') state.reveal = origin.key
  changed()
  if (answers) handle(answers, where, origin)
}

/** Whether it got through. @param {string} text @param {string | undefined} replyTo */
export async function speak(text, replyTo) {
  const where = now()
  const answers = await send(where, { kind: 'text', text, ...(replyTo ? { replyTo: asRef(replyTo) } : {}) })
  if (answers) handle(answers, where, undefined)
  return answers !== undefined
}

/** @param {Opened} opened @param {Record<string, string | string[]>} values @param {Record<string, string>} files */
export async function submit({ where, origin, form }, values, files) {
  const answers = await send(where, { kind: 'submit', form: form.token, values, files, ...under(origin) }, origin)
  if (answers) handle(answers, where, origin)
  return answers
}

/** Opens the private chat and tells the bot, with what a link or button of its own brought along. @param {string} payload */
export async function goPrivate(payload) {
  go({ chat: 'private' })
  const where = now()
  const answers = await send(where, { kind: 'started', payload })
  if (answers) handle(answers, where, undefined)
}

export async function askHome() {
  const where = now()
  const answers = await send(where, { kind: 'home' })
  if (answers) handle(answers, where, undefined)
}

/** @param {string} command @param {string} typed */
export async function suggest(command, typed) {
  const answers = (await send(now(), { kind: 'suggest', command, typed })) ?? []
  return answers.flatMap(answer => (answer.kind === 'suggest' ? answer.choices : []))
}

/** What the bot said to this person alone while the page was away is said again. */
export function hearAgain() {
  return sendAgain((answers, { where, origin }) => handle(answers, where, origin))
}

/** @param {readonly Answer[]} answers @param {Where} where @param {Origin | undefined} origin */
function handle(answers, where, origin) {
  for (const answer of answers) {
    if (answer.kind === 'ask') forms.open({ where, origin, form: answer.form, fields: {} })
    else if (answer.kind === 'wrong') forms.open({ where, origin, form: answer.form, fields: answer.fields })
    else if (answer.kind === 'home') setHome(answer.view, where)
    else if (answer.kind === 'update' && origin?.key === 'home') setHome(answer.view, where)
    else if (answer.kind === 'update' && isWhisper(origin)) turn(origin.key, answer.view)
    else if (answer.kind !== 'suggest') whisper(answer, where, origin)
  }
}

/** A card that has turned to another page is the newest again, and read from its beginning. @param {string} key @param {import('../../../src/view/view.ts').View} view */
function turn(key, view) {
  state.reveal = key
  setWhispers(state.whispers.map(one => (one.key === key ? { ...one, view, turned: Date.now() } : one)))
}

/** @param {import('../../../src/view/view.ts').View} view @param {Where} where */
function setHome(view, where) {
  if (where.person === state.person && state.chat === 'private') state.home = { ...where, view }
  changed()
}

/**
 * A new answer to a press on the same message takes the place of the one before: the last receipt is the one that counts.
 * @param {Exclude<Answer, { kind: 'suggest' | 'ask' | 'wrong' }>} answer @param {Where} where @param {Origin | undefined} origin
 */
function whisper(answer, where, origin) {
  const pressed = origin && state.whispers.find(one => one.key === origin.key)
  const under = pressed ? pressed.under : origin?.ref
  const others = state.whispers.filter(one => pressed || !under || one.under !== under || one.person !== where.person)
  const n = pressed ? pressed.n : under ? numberOf(under) : state.last
  const go = answer.kind === 'go private' ? { go: { label: answer.label, payload: answer.payload } } : {}
  const made = { ...where, key: `whisper ${crypto.randomUUID()}`, view: answer.view, n, at: Date.now(), ...(under ? { under } : {}), ...go }
  setWhispers([...others, made])
}

/** @param {Origin | undefined} origin @returns {origin is Origin} */
function isWhisper(origin) {
  return state.whispers.some(one => one.key === origin?.key)
}

/** @param {Origin | undefined} origin */
function under(origin) {
  return origin?.ref ? { message: asRef(origin.ref) } : {}
}

/** An address that the server gave. @param {string} ref */
function asRef(ref) {
  return /** @type {`web:${string}/${number}`} */ (ref)
}
