// @ts-check
import { el } from './dom.js'
import { say } from './store.js'

/** @typedef {import('../../../src/view/view.ts').View} View */
/** @typedef {import('../../../src/view/view.ts').Block} Block */
/** @typedef {import('../../../src/view/view.ts').Button} Button */

/**
 * A view as elements. Everything is set as text: what people wrote is never read as markup.
 * @param {View} view
 * @param {(token: string) => boolean} isBusy
 */
export function drawView(view, isBusy) {
  const rows = view.buttons.map(row => el('div', { class: 'row' }, ...row.map(button => drawButton(button, isBusy))))
  return el(
    'div',
    { class: 'view', lang: view.lang, dir: 'auto' },
    ...view.blocks.map(drawBlock),
    rows.length > 0 && el('div', { class: 'buttons' }, ...rows),
  )
}

/** @param {Button} button @param {(token: string) => boolean} isBusy */
function drawButton(button, isBusy) {
  if ('url' in button) return el('a', { class: 'button', ...outside(button.url) }, button.label)
  const busy = isBusy(button.token)
  const look = [button.look, button.chosen && 'chosen', busy && 'busy'].filter(Boolean).join(' ')
  return el(
    'button',
    { type: 'button', class: `button ${look}`, 'data-token': button.token, 'aria-disabled': busy && 'true' },
    button.label,
    busy && el('span', { class: 'unseen' }, ` ${say('web-waiting')}`),
  )
}

/** @param {Block} block @returns {HTMLElement} */
function drawBlock(block) {
  switch (block.kind) {
    case 'title':
      return el('h3', {}, block.text)
    case 'text':
      return el('p', {}, ...linked(block.text))
    case 'quiet':
      return el('p', { class: 'quiet' }, ...linked(block.text))
    case 'quote':
      return el('blockquote', {}, ...linked(block.text))
    case 'struck':
      return el('p', {}, el('del', {}, ...linked(block.text)))
    case 'list':
      return el(block.numbered ? 'ol' : 'ul', {}, ...block.items.map(item => el('li', {}, ...linked(item))))
    case 'facts':
      return el('dl', {}, ...block.rows.map(row => el('div', {}, el('dt', {}, row.name), el('dd', {}, ...linked(row.value)))))
    case 'bars':
      return el('ul', { class: 'bars' }, ...block.rows.map(drawBar))
    case 'when':
      return drawWhen(block)
    case 'link':
      return el('p', {}, el('a', outside(block.url), block.label))
    case 'event':
      return el('p', {}, block.name)
    case 'picture':
      return el('p', {}, el('img', { class: 'picture', src: `/picture/${encodeURIComponent(block.id)}`, alt: block.about }))
    case 'file':
      return el(
        'div',
        { class: 'file' },
        el('p', {}, block.about),
        el(
          'button',
          { type: 'button', class: 'button small', 'data-file': block.name, 'data-mime': block.mime, 'data-content': block.text },
          say('web-file-save', { name: block.name }),
        ),
      )
  }
}

/** Words with the addresses in them as links. @param {string} text @returns {(string | Node)[]} */
function linked(text) {
  if (!text.includes('://')) return [text]
  return text.split(ADDRESS).map((piece, i) => (i % 2 === 0 || !URL.canParse(piece) ? piece : el('a', outside(piece), piece)))
}

/** As `src/view/addresses.ts` has it. */
const ADDRESS =
  /(?<![\p{L}\p{N}])(https?:\/\/(?![^\s/?#]*@)[\p{L}\p{N}](?:\([^\s()<>"\u2068\u2069]*\)|[^\s<>"\u2068\u2069]){1,1500}?)(?=[.,:;!?'")\]}*_~|`’”»…]*(?:[\s<>"\u2068\u2069]|$))/giu

/** @param {{ label: string, count: string, share: number }} bar */
function drawBar({ label, count, share }) {
  if (count === '') return el('li', {}, label)
  const fill = el('span', {})
  fill.style.inlineSize = `${Math.round(Math.min(Math.max(share, 0), 1) * 1000) / 10}%`
  return el(
    'li',
    {},
    el('span', { dir: 'auto' }, label),
    ' ',
    el('b', {}, count),
    el('span', { class: 'bar', 'aria-hidden': 'true' }, fill),
  )
}

/** The moment by the reader's own clock; the words as they were written show when it is pointed at. @param {Extract<Block, { kind: 'when' }>} when */
function drawWhen({ name, at, text, clock: said }) {
  const date = new Date(at)
  const from = said ? text.lastIndexOf(said) : -1
  const lead = name === '' ? '' : `${name}: `
  if (from < 0 || Number.isNaN(date.getTime())) return el('p', {}, lead, el('time', { datetime: at }, text))
  const after = text.slice(from + said.length).replace(/^ \([^()]*\)/, '')
  return el('p', {}, lead, text.slice(0, from), el('time', { datetime: at, title: text }, `${ownTime(date)} (${farOff(date)})`), after)
}

/** @param {Date} date */
function ownTime(date) {
  const isThisYear = date.getFullYear() === new Date().getFullYear()
  /** @type {Intl.DateTimeFormatOptions} */
  const day = { weekday: 'long', day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) }
  return clock(date, { ...day, hour: 'numeric', minute: '2-digit' })
}

/** @type {readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[]} */
const units = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
]

/** "in 4 days", in the page's language. @param {Date} date */
function farOff(date) {
  const seconds = (date.getTime() - Date.now()) / 1000
  const [unit, size] = units.find(([, long]) => Math.abs(seconds) >= long) ?? ['minute', 60]
  return new Intl.RelativeTimeFormat(ownLocale(), { numeric: 'auto' }).format(Math.trunc(seconds / size), unit)
}

/** A time as the browser's own kind of the page's language writes it. @param {Date} date @param {Intl.DateTimeFormatOptions} shape */
export function clock(date, shape) {
  return new Intl.DateTimeFormat(ownLocale(), shape).format(date)
}

function ownLocale() {
  const lang = say('web-lang')
  return navigator.languages.find(one => one.split('-')[0] === lang) ?? lang
}

/** A link of ours stays in the page, any other opens beside it. @param {string} url @returns {Record<string, string>} */
function outside(url) {
  const payload = ownPayload(url)
  return payload === undefined ? { href: url, target: '_blank', rel: 'noopener noreferrer' } : { href: `#start=${payload}` }
}

/** What a link into the private chat brings along. @param {string} url */
function ownPayload(url) {
  const { hostname, hash } = new URL(url)
  return hostname === '127.0.0.1' ? /^#start=([A-Za-z0-9_-]{1,64})$/.exec(hash)?.[1] : undefined
}

/** Hands a file that came with a message to the browser, to be saved. @param {HTMLElement} button */
export function saveFile({ dataset }) {
  const url = URL.createObjectURL(new Blob([dataset['content'] ?? ''], { type: `${dataset['mime']};charset=utf-8` }))
  const link = el('a', { href: url, download: dataset['file'] ?? '' })
  link.click()
  URL.revokeObjectURL(url)
}
