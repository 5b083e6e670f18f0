// @ts-check
import { byId } from './dom.js'
import { begin, say, state, take } from './store.js'

/** @typedef {import('../wire.ts').Answer} Answer */
/** @typedef {import('../decode.ts').Act} Act */

const PAUSES = [300, 700, 1500, 3000, 5000, 5000, 5000]

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

function follow() {
  const source = new EventSource(`/stream?after=${state.last}`)
  source.addEventListener('message', event => take(JSON.parse(event.data)))
  source.addEventListener('reset', () => location.reload())
  source.addEventListener('open', () => tell(undefined))
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

/**
 * Sends one act. When the network fails it is sent again under the same id, so that it counts once. Undefined: it did not get through, and the page has said so.
 * @param {{ person: string, chat: string }} where
 * @param {Act['act']} act
 * @returns {Promise<readonly Answer[] | undefined>}
 */
export async function send(where, act) {
  let said = ''
  const body = JSON.stringify({ id: crypto.randomUUID(), person: where.person, chat: where.chat, act })
  for (const pause of [...PAUSES, undefined]) {
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
    if (pause === undefined) break
    if (act.kind === 'suggest') return undefined
    // What the bot says meanwhile stays until it has answered.
    said = (await saidIn(answer)) || said
    show(said || say('web-line-again'))
    await new Promise(resolve => setTimeout(resolve, pause))
  }
  if (!said) tell('web-line-lost')
  return undefined
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
