// @ts-check
import { busyKey } from './acts.js'
import { el } from './dom.js'
import { personOf, say, state } from './store.js'
import { clock, drawView } from './view.js'

/** @typedef {import('../wire.ts').Message} Message */
/** @typedef {import('./store.js').Whisper} Whisper */

/** @param {Message} message @param {boolean} isOld whether something newer of the bot has come after it, where only the newest counts */
export function drawMessage(message, isOld) {
  const own = message.by === state.person
  const kind = message.by === undefined ? 'bot' : own ? 'own' : 'other'
  const attrs = { class: `message ${kind}`, 'data-key': message.ref, 'data-ref': message.ref, tabindex: '-1' }
  if (message.removed) return el('article', attrs, el('p', { class: 'quiet' }, say('web-removed')))
  const quoted = message.under && state.messages.get(message.under)
  const body = el(
    'div',
    { class: 'body' },
    drawHead(message, own),
    quoted && el('p', { class: 'quoted' }, say('web-reply-to', { text: brief(quoted) })),
    message.view ? drawView(message.view, isBusy(message.ref)) : el('p', { class: 'words', dir: 'auto' }, message.text ?? ''),
  )
  if (isOld && message.view && message.view.buttons.length > 0) putAway(body)
  return el('article', attrs, drawFace(message), body)
}

/** @param {Message} message @param {boolean} own */
function drawHead({ by, at, pinned }, own) {
  const person = personOf(by)
  const name = person ? (own ? say('web-you', { name: person.name }) : person.name) : say('web-bot')
  return el(
    'header',
    {},
    el('b', {}, name),
    person && el('span', {}, person.note),
    drawTime(at),
    pinned === true && el('span', { class: 'pinned' }, say('web-pinned')),
    el('button', { type: 'button', class: 'plain reply' }, say('web-reply'), el('span', { class: 'unseen' }, ` ${name}`)),
  )
}

/** Tab passes by what is on an old card, and it is said that it is old. @param {HTMLElement} body */
function putAway(body) {
  body.querySelector('header b')?.after(el('span', { class: 'pinned' }, say('web-old')))
  for (const one of body.querySelectorAll('button, a')) one.setAttribute('tabindex', '-1')
}

/** @param {Whisper} whisper @param {boolean} isOld */
export function drawWhisper({ key, view, go: way }, isOld) {
  const hide = el('button', { type: 'button', class: 'plain hide' }, say('web-whisper-close'))
  const head = el('header', {}, el('b', {}, say('web-bot')), el('span', {}, say('web-whisper')), hide)
  const inside = el('div', { class: 'body' }, head, drawView(view, isBusy(key)), way && drawWay(way))
  if (isOld) putAway(inside)
  return el('article', { class: 'message bot whisper', 'data-key': key, tabindex: '-1' }, inside)
}

/** @param {{ label: string, payload: string }} way */
function drawWay({ label, payload }) {
  return el('div', { class: 'buttons' }, el('button', { type: 'button', class: 'button main', 'data-go': payload }, label))
}

/** @param {string} key */
export function isBusy(key) {
  return (/** @type {string} */ token) => state.busy.has(busyKey(state, { key }, token))
}

/** @param {Message} message */
function drawFace({ by }) {
  if (by === undefined) return el('img', { class: 'face', src: '/page/icon.svg', alt: '' })
  const hue = [...by].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6
  return el('span', { class: `face hue-${hue}`, 'aria-hidden': 'true' }, personOf(by)?.name.slice(0, 1) ?? '')
}

/** @param {string} at */
function drawTime(at) {
  const date = new Date(at)
  const today = date.toDateString() === new Date().toDateString()
  return el('time', { datetime: at }, clock(date, today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' }))
}

/** A message in one line. @param {Message} message */
export function brief(message) {
  const text = message.view?.brief ?? message.text ?? say('web-removed')
  return text.length > 90 ? `${text.slice(0, 89)}…` : text
}
