// @ts-check
import { goPrivate, press } from './acts.js'
import { around, byId, el, morph } from './dom.js'
import { drawMessage, drawWhisper } from './message.js'
import { here, numberOf, say, setWhispers, state, unread } from './store.js'
import { saveFile } from './view.js'

/** @typedef {{ key: string, order: number, draw: () => HTMLElement }} Item */

/** What the bot posts because of a command comes this soon after its answer, in milliseconds: the answer is to stay in sight, below it. */
const SOON = 3000
/** Pixels from the end within which the reader is taken to be at the end. */
const NEAR = 80
/** @type {Map<string, HTMLElement>} */
let nodes = new Map()
let shown = ''

/** Draws the conversation that is open. */
export function drawLog() {
  const log = byId('log', HTMLElement)
  const moved = !shown.startsWith(`${here()} `)
  const other = shown !== `${here()} ${state.person}`
  shown = `${here()} ${state.person}`
  // Another conversation, or the same one as somebody else, is not news: it is not read aloud.
  if (other) log.setAttribute('aria-live', 'off')
  if (moved) {
    log.replaceChildren()
    nodes = new Map()
  }
  const nearEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR
  const atEnd = moved || nodes.size === 0 || nearEnd || isInSight(log, log.lastElementChild)
  const focused = document.activeElement
  const inside = focused?.closest('article')?.dataset['key'] ?? ''
  const fresh = place(log, items())
  const whisper = other ? undefined : (nodes.get(state.reveal) ?? fresh.find(node => node.dataset['key']?.startsWith('whisper')))
  state.reveal = ''
  if (atEnd && (moved || fresh.length > 0)) reveal(log, log.lastElementChild)
  else if (nearEnd) log.scrollTop = log.scrollHeight
  if (whisper) reveal(log, whisper)
  byId('newer', HTMLElement).hidden = atEnd || unread(here()) === 0
  if (atEnd && document.visibilityState === 'visible') state.seen.set(here(), state.last)
  // The button is gone: the reader stays at the message that it was in.
  if (focused && !focused.isConnected) (nodes.get(inside) ?? log).focus()
  if (other) requestAnimationFrame(() => log.setAttribute('aria-live', 'polite'))
}

/** Whether its first line can be seen. @param {HTMLElement} log @param {Element | null} node */
function isInSight(log, node) {
  if (!node) return true
  const top = node.getBoundingClientRect().top - log.getBoundingClientRect().top
  return top > -NEAR / 2 && top < log.clientHeight
}

/** Shows all of it, or where it is taller than the log its beginning. @param {HTMLElement} log @param {Element | null} node */
function reveal(log, node) {
  if (!node) return
  if (node.clientHeight >= log.clientHeight) node.scrollIntoView({ block: 'start' })
  else if (node === log.lastElementChild) log.scrollTop = log.scrollHeight
  else node.scrollIntoView({ block: 'nearest' })
}

/** Returns the elements that are new. @param {HTMLElement} log @param {readonly Item[]} wanted */
function place(log, wanted) {
  const fresh = []
  let at = log.firstElementChild
  for (const { key, draw } of wanted) {
    const drawn = draw()
    const old = nodes.get(key)
    // A tally that moves on is seen, not read aloud each time.
    if (old) drawn.setAttribute('aria-live', 'off')
    if (old && !old.isEqualNode(drawn)) morph(old, drawn)
    const node = old ?? drawn
    nodes.set(key, node)
    if (!old) fresh.push(node)
    if (node === at) at = at.nextElementSibling
    else log.insertBefore(node, at)
  }
  const keys = new Set(wanted.map(item => item.key))
  for (const [key, node] of nodes) {
    if (keys.has(key)) continue
    node.remove()
    nodes.delete(key)
  }
  return fresh
}

/** Messages in the order they came; a whisper right after what it answers. @returns {Item[]} */
function items() {
  const messages = [...state.messages.values()].filter(message => message.chat === here())
  const whispers = state.whispers.filter(one => one.person === state.person && one.chat === state.chat)
  if (messages.length + whispers.length === 0)
    return [{ key: 'empty', order: 0, draw: () => el('p', { class: 'quiet empty' }, say('web-empty')) }]
  return [
    ...messages.map(message => ({
      key: message.ref,
      order: numberOf(message.ref),
      draw: () => drawMessage(message, isOld(message, messages)),
    })),
    ...whispers.map(whisper => ({
      key: whisper.key,
      order: orderOf(whisper, messages),
      draw: () =>
        drawWhisper(
          whisper,
          whispers.some(other => newness(other) > newness(whisper)),
        ),
    })),
  ].sort((a, b) => a.order - b.order)
}

/** When it was last said. @param {import('./store.js').Whisper} whisper */
function newness({ at, turned = at }) {
  return turned
}

/** In a private chat each answer of the bot takes the place of the one before. @param {import('../wire.ts').Message} message @param {readonly import('../wire.ts').Message[]} messages */
function isOld(message, messages) {
  if (state.chat !== 'private' || message.by !== undefined) return false
  return messages.some(other => other.by === undefined && !other.removed && numberOf(other.ref) > numberOf(message.ref))
}

/** @param {import('./store.js').Whisper} whisper @param {readonly import('../wire.ts').Message[]} messages */
function orderOf({ n, at, under }, messages) {
  const soon = under ? [] : messages.filter(message => message.by === undefined && Date.parse(message.at) < at + SOON)
  return Math.max(n, ...soon.map(message => numberOf(message.ref))) + 0.5
}

/** What a click on one of the buttons in a message does. @param {MouseEvent} event */
export function clicked(event) {
  const card = around(event, '[data-key]')
  const button = around(event, 'button')
  const key = card?.dataset['key']
  if (!card || !button || !key) return
  const { token, go: payload, file } = button.dataset
  const ref = card.dataset['ref']
  if (token !== undefined) press(ref ? { key, ref } : { key }, token)
  else if (payload !== undefined) goPrivate(payload)
  else if (file !== undefined) saveFile(button)
  else if (button.classList.contains('hide')) setWhispers(state.whispers.filter(one => one.key !== key))
  else return ref && button.classList.contains('reply') ? state.messages.get(ref) : undefined
  return undefined
}
