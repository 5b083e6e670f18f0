// @ts-check
import { byId } from './dom.js'
import { begin, keep, recall, say, state, take } from './store.js'

/** @typedef {import('../wire.ts').Answer} Answer */
/** @typedef {import('../decode.ts').Act} Act */
/** @typedef {import('./store.js').Where} Where */
/** @typedef {import('./store.js').Origin} Origin */
/** @typedef {{ where: Where, act: Act['act'], origin?: Origin }} Sending */

const PAUSES = [300, 700, 1500, 3000, 5000, 5000, 5000]
/** After those, while the line is lost. */
const LONG_PAUSE = 10_000

/** Says how the line to the bot is, or nothing. @param {string | undefined} key */
export function tell(key) {
  show(key === undefined ? '' : say(key))
}

/** @param {string} words */
function show(words) {
  const line = byId('line', HTMLElement)
  line.hidden = words === ''
  line.textContent = words
}

/** Fetches everything and follows what comes after it. */
export async function connect() {
  const answer = await fetch('/start')
  if (!answer.ok) return location.reload()
  begin(await answer.json())
  follow()
}

/** Those who wait until the line is there again. @type {((value?: unknown) => void)[]} */
const waiting = []

function lineIsUp() {
  return new Promise(resolve => waiting.push(resolve))
}

function follow() {
  const source = new EventSource(`/stream?after=${state.last}`)
  source.addEventListener('message', event => take(JSON.parse(event.data)))
  source.addEventListener('reset', () => location.reload())
  source.addEventListener('open', () => {
    tell(undefined)
    for (const go of waiting.splice(0)) go()
  })
  // The browser tries again by itself; a stream that was refused stays closed.
  source.addEventListener('error', () => tell(source.readyState === EventSource.CLOSED ? 'web-gone' : 'web-line-lost'))
}

/** Sends a file up, for the form that brings it; its id, or undefined where it did not get through. @param {File} file */
export async function upload(file) {
  const query = new URLSearchParams({ name: file.name, mime: file.type })
  const headers = { 'content-type': 'application/octet-stream' }
  const answer = await fetch(`/file?${query}`, { method: 'POST', headers, body: file }).catch(() => undefined)
  if (!answer?.ok) return undefined
  const { id } = /** @type {{ id: string }} */ (await answer.json())
  return id
}

/** What was sent and has no answer yet, by its id: kept for as long as the tab is open, also while the page is loaded again. @type {Map<string, Sending>} */
const unanswered = new Map(Object.entries(recall('unanswered', /** @type {Record<string, Sending>} */ ({}))))

/** @param {string} id @param {Sending} [sending] */
function note(id, sending) {
  if (sending) unanswered.set(id, sending)
  else unanswered.delete(id)
  keep('unanswered', Object.fromEntries(unanswered))
}

/**
 * Sends one act. When the network fails it is sent again under the same id, so that it counts once, until the line is there again. Undefined: it did not get
 * through, and the page has said so.
 * @param {Where} where
 * @param {Act['act']} act
 * @param {Origin} [origin]
 * @returns {Promise<readonly Answer[] | undefined>}
 */
export async function send(where, act, origin) {
  const id = crypto.randomUUID()
  const sending = { where, act, ...(origin && { origin }) }
  // A suggestion that was lost is of no use later.
  if (act.kind !== 'suggest') note(id, sending)
  const answers = await insist(id, sending)
  note(id)
  return answers
}

/** What was under way when the page was left: it is sent again under its id, and what only that person was to see is told to `take`. @param {(answers: readonly Answer[], sending: Sending) => void} take */
export async function sendAgain(take) {
  for (const [id, sending] of [...unanswered]) {
    const answers = await insist(id, sending)
    note(id)
    if (answers) take(answers, sending)
  }
}

/** @param {string} id @param {Sending} sending @returns {Promise<readonly Answer[] | undefined>} */
async function insist(id, { where, act }) {
  let said = ''
  const body = JSON.stringify({ id, person: where.person, chat: where.chat, act })
  for (let n = 0; ; n += 1) {
    const answer = await post(body)
    if (answer?.ok) {
      tell(undefined)
      const { answers, last } = await answer.json()
      // The stream may be a little behind: the answer belongs after all that was there when it was given.
      state.last = Math.max(state.last, last)
      return answers
    }
    if (answer && answer.status !== 503) {
      tell(answer.status === 403 ? 'web-gone' : 'web-line-failed')
      return undefined
    }
    if (act.kind === 'suggest') return undefined
    // What the bot says meanwhile stays until it has answered.
    said = (await saidIn(answer)) || said
    const pause = PAUSES[n]
    show(said || say(pause === undefined ? 'web-line-lost' : 'web-line-again'))
    // The bot is there and has said what to do.
    if (pause === undefined && answer) return undefined
    const rest = new Promise(resolve => setTimeout(resolve, pause ?? LONG_PAUSE))
    await (pause === undefined ? Promise.race([rest, lineIsUp()]) : rest)
  }
}

/** @param {Response | undefined} answer @returns {Promise<string>} */
async function saidIn(answer) {
  const { said = [] } = answer ? await answer.json().catch(() => ({})) : {}
  return said.join(' ')
}

/** @param {string} body */
async function post(body) {
  try {
    return await fetch('/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(30_000),
    })
  } catch {
    return undefined
  }
}
