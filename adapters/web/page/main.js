// @ts-check
import { askHome, goPrivate, hearAgain, speak } from './acts.js'
import { drawComposer, replyTo, wireComposer, write } from './composer.js'
import { byId, el, morph } from './dom.js'
import { wireForm } from './form.js'
import { clicked, drawLog } from './log.js'
import { isBusy } from './message.js'
import { connect } from './net.js'
import { drawSide, wireSide } from './side.js'
import { changed, here, state, watch } from './store.js'
import { drawView } from './view.js'

function drawHome() {
  const panel = byId('home-panel', HTMLElement)
  const appears = panel.hidden && state.home !== undefined
  panel.hidden = state.home === undefined
  const view = byId('home-view', HTMLElement)
  if (state.home) morph(view, el('div', { id: 'home-view', 'data-key': 'home' }, drawView(state.home.view, isBusy('home'))))
  if (appears) byId('home-title', HTMLElement).focus()
}

/** Whoever opens an empty private chat is greeted. @param {string} chat */
function greet(chat) {
  const empty = ![...state.messages.values()].some(message => message.chat === here())
  if (chat === 'private' && empty) goPrivate('')
}

function wireHelp() {
  const help = byId('help', HTMLDetailsElement)
  help.open = localStorage.getItem('help') !== 'closed'
  help.addEventListener('toggle', () => localStorage.setItem('help', help.open ? 'open' : 'closed'))
  // Where there is little room, the advice makes way for what it led to.
  const makeRoom = () => {
    if (matchMedia('(max-width: 759px)').matches) help.open = false
  }
  byId('composer', HTMLElement).addEventListener('submit', makeRoom)
  byId('try', HTMLElement).addEventListener('click', () => {
    makeRoom()
    write(byId('try', HTMLElement).dataset['example'] ?? '')
  })
  byId('guide', HTMLElement).addEventListener('click', () => {
    makeRoom()
    speak('/guide', undefined)
  })
}

function wireLog() {
  const log = byId('log', HTMLElement)
  log.addEventListener('click', event => {
    const message = clicked(event)
    if (message) replyTo(message)
  })
  byId('home-view', HTMLElement).addEventListener('click', clicked)
  byId('home', HTMLElement).addEventListener('click', askHome)
  byId('home-close', HTMLElement).addEventListener('click', () => {
    state.home = undefined
    changed()
    byId('home', HTMLElement).focus()
  })
  const toEnd = () => {
    log.scrollTop = log.scrollHeight
    changed()
  }
  byId('newer', HTMLElement).addEventListener('click', toEnd)
  log.addEventListener('scrollend', changed)
  document.addEventListener('visibilitychange', changed)
  new ResizeObserver(changed).observe(log)
}

watch(drawLog)
watch(drawSide)
watch(drawHome)
watch(drawComposer)
wireHelp()
wireForm()
await connect()
wireSide(greet)
wireLog()
wireComposer()
await hearAgain()
