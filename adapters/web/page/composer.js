// @ts-check
import { goPrivate, speak, suggest } from './acts.js'
import { around, byId, el } from './dom.js'
import { brief } from './message.js'
import { changed, here, say, state } from './store.js'

/** @typedef {{ value: string, label: string, about: string }} Offer */

/** How long typing rests before the bot is asked, in milliseconds. */
const REST = 150
/** @type {Offer[]} */
let offers = []
let active = -1
let asked = 0
/** What was being written, by person and chat. @type {Map<string, string>} */
const drafts = new Map()
let writingFor = ''

/** @returns {HTMLInputElement} */
function box() {
  return byId('words', HTMLInputElement)
}

/** Puts the words that belong to the open chat into the box, and shows what is being replied to. */
export function drawComposer() {
  const place = `${here()} ${state.person}`
  if (place !== writingFor) {
    drafts.set(writingFor, box().value)
    box().value = drafts.get(place) ?? ''
    writingFor = place
    offer([])
  }
  const replying = byId('replying', HTMLElement)
  replying.hidden = state.replyTo === undefined
  const quote = replying.querySelector('q')
  if (quote) quote.textContent = state.replyTo ? brief(state.replyTo) : ''
}

/** @param {string} text */
export function write(text) {
  box().value = text
  box().focus()
}

/** @param {import('../wire.ts').Message | undefined} message */
export function replyTo(message) {
  state.replyTo = message
  changed()
  box().focus()
}

/** @param {Offer[]} fresh */
function offer(fresh) {
  offers = fresh
  active = -1
  const list = byId('choices', HTMLElement)
  list.replaceChildren(...offers.map(drawOffer))
  list.hidden = offers.length === 0
  list.setAttribute('aria-label', say('web-suggestions'))
  box().setAttribute('aria-expanded', String(offers.length > 0))
  box().removeAttribute('aria-activedescendant')
}

/** @param {Offer} one @param {number} i */
function drawOffer({ label, about }, i) {
  return el(
    'div',
    { role: 'option', id: `choice-${i}`, 'data-i': String(i), 'aria-selected': 'false' },
    el('b', {}, label),
    about !== '' && el('span', {}, about),
  )
}

/** @param {number} i */
function point(i) {
  active = i
  for (const [at, node] of [...byId('choices', HTMLElement).children].entries()) {
    node.setAttribute('aria-selected', String(at === i))
    if (at === i) node.scrollIntoView({ block: 'nearest' })
  }
  if (i < 0) box().removeAttribute('aria-activedescendant')
  else box().setAttribute('aria-activedescendant', `choice-${i}`)
}

/** @param {Offer | undefined} chosen */
function accept(chosen) {
  if (!chosen) return
  box().value = chosen.value
  box().focus()
  typed()
}

/** Offers commands for a first word that begins with `/`, and what the bot suggests for the words after it. */
async function typed() {
  const turn = ++asked
  const text = box().value
  const [, name, rest] = /^\/([a-z0-9_-]*)(\s.*)?$/i.exec(text) ?? []
  if (name === undefined) return offer([])
  if (rest === undefined) return offer(commandsLike(name))
  offer([])
  await new Promise(resolve => setTimeout(resolve, REST))
  if (turn !== asked) return
  const choices = await suggest(name.toLowerCase(), rest.trimStart())
  if (turn === asked && box().value === text)
    offer(choices.map(({ value, label }) => ({ value: `/${name} ${value}`, label, about: label.startsWith(value) ? '' : value })))
}

/** @param {string} start */
function commandsLike(start) {
  const lang = say('web-lang')
  return state.start.commands
    .filter(command => command.name.startsWith(start.toLowerCase()))
    .map(({ name, about }) => ({ value: `/${name} `, label: `/${name}`, about: about[lang] ?? about['en'] ?? '' }))
}

/** @param {KeyboardEvent} event */
function key(event) {
  if (offers.length === 0) return
  const turn = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (turn) {
    event.preventDefault()
    // One place more than there are offers: the box itself.
    const places = offers.length + 1
    point(((active + 1 + turn + places) % places) - 1)
  } else if (event.key === 'Escape') {
    event.preventDefault()
    asked += 1
    offer([])
  } else if ((event.key === 'Tab' && !event.shiftKey) || (event.key === 'Enter' && active >= 0)) {
    event.preventDefault()
    accept(offers[Math.max(active, 0)])
  }
}

/** @param {SubmitEvent} event */
async function sent(event) {
  event.preventDefault()
  const text = box().value.trim()
  if (!text) return
  const place = writingFor
  const reply = state.replyTo
  box().value = ''
  asked += 1
  offer([])
  state.replyTo = undefined
  changed()
  // What did not get through is given back, unless something else is being written by now.
  if ((await speak(text, reply?.ref)) || drafts.get(place)) return
  if (place === writingFor && box().value === '') box().value = text
  else drafts.set(place, text)
}

export function wireComposer() {
  byId('composer', HTMLFormElement).addEventListener('submit', sent)
  box().addEventListener('input', typed)
  box().addEventListener('keydown', key)
  box().addEventListener('blur', () => offer([]))
  const list = byId('choices', HTMLElement)
  // A press on an offer must not take the focus out of the box, which would close the list.
  list.addEventListener('pointerdown', event => event.preventDefault())
  list.addEventListener('click', event => accept(offers[Number(around(event, '[role=option]')?.dataset['i'] ?? -1)]))
  byId('replying', HTMLElement)
    .querySelector('button')
    ?.addEventListener('click', () => replyTo(undefined))
  // Our own links lead into the private chat.
  const follow = () => {
    const [, payload] = /^#start=([A-Za-z0-9_-]{1,64})$/.exec(location.hash) ?? []
    if (!payload) return
    history.replaceState(null, '', '/')
    goPrivate(payload)
  }
  addEventListener('hashchange', follow)
  follow()
}
