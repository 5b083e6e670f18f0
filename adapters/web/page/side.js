// @ts-check
import { around, byId, el, morph } from './dom.js'
import { go, here, keyOf, personOf, say, state, unread } from './store.js'

/** Draws who one is, and the chats. */
export function drawSide() {
  const person = personOf(state.person)
  const title = titleOf(state.chat)
  byId('title', HTMLElement).textContent = title
  byId('speaker', HTMLElement).textContent = person ? `${say('web-speaking-as', { name: person.name })}, ${person.note}` : ''
  byId('log', HTMLElement).setAttribute('aria-label', say('web-log', { chat: title }))
  byId('log-title', HTMLElement).textContent = say('web-log', { chat: title })
  byId('home', HTMLElement).hidden = state.chat !== 'private'
  morph(byId('people', HTMLElement), el('div', { id: 'people' }, ...state.start.people.map(drawPerson)))
  const chats = [...state.start.spaces.map(space => space.key), 'private']
  morph(byId('chats', HTMLElement), el('ul', { id: 'chats' }, ...chats.map(drawChat)))
  for (const input of byId('people', HTMLElement).querySelectorAll('input')) input.checked = input.value === state.person
}

/** @param {string} chat */
function titleOf(chat) {
  return state.start.spaces.find(space => space.key === chat)?.title ?? say('web-chats-private')
}

/** @param {import('../wire.ts').Start['people'][number]} person */
function drawPerson({ key, name, note }) {
  const count = key === state.person ? 0 : unread(`@${key}`)
  return el(
    'label',
    {},
    el('input', { type: 'radio', name: 'person', value: key }),
    el('span', {}, el('b', {}, name), ' ', el('span', { class: 'quiet' }, note)),
    count > 0 && el('span', { class: 'unread' }, say('web-chat-unread', { count })),
  )
}

/** @param {string} chat */
function drawChat(chat) {
  const count = unread(keyOf(chat, state.person))
  const current = keyOf(chat, state.person) === here()
  return el(
    'li',
    {},
    el(
      'button',
      { type: 'button', 'data-chat': chat, 'aria-current': current && 'page' },
      el('span', {}, titleOf(chat)),
      count > 0 && !current && el('span', { class: 'unread' }, say('web-chat-unread', { count })),
    ),
  )
}

/** Opens or closes the side panel where it lies over the chat. @param {boolean} open */
function setMenu(open) {
  byId('side', HTMLElement).classList.toggle('open', open)
  byId('menu', HTMLElement).setAttribute('aria-expanded', String(open))
  document.querySelector('main')?.toggleAttribute('inert', open)
  byId(open ? 'menu-close' : 'menu', HTMLElement).focus()
}

/** @param {(chat: string) => void} opened called after another chat was chosen */
export function wireSide(opened) {
  const side = byId('side', HTMLElement)
  const isOpen = () => side.classList.contains('open')
  byId('menu', HTMLElement).addEventListener('click', () => setMenu(true))
  byId('menu-close', HTMLElement).addEventListener('click', () => setMenu(false))
  side.addEventListener('keydown', event => {
    if (event.key === 'Escape' && isOpen()) setMenu(false)
  })
  matchMedia('(min-width: 760px)').addEventListener('change', () => isOpen() && setMenu(false))
  byId('people', HTMLElement).addEventListener('change', event => {
    if (event.target instanceof HTMLInputElement) go({ person: event.target.value })
    opened(state.chat)
  })
  byId('chats', HTMLElement).addEventListener('click', event => {
    const chat = around(event, '[data-chat]')?.dataset['chat']
    if (chat === undefined) return
    go({ chat })
    if (isOpen()) setMenu(false)
    opened(chat)
  })
}
