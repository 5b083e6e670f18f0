import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Adapter, Command, Inbound, MessageRef, Receive, Reply, Sent, Workbench } from '../../src/platform/adapter.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { mayRetry } from '../../src/platform/retry.ts'
import { no } from '../../src/platform/sent.ts'
import { createUnderWay } from '../../src/platform/under-way.ts'
import type { View } from '../../src/view/view.ts'
import { capabilities } from './capabilities.ts'
import { type Act, type Decoded, decode, withMessage } from './decode.ts'
import { makeDoor } from './door.ts'
import { encodeAnswer, encodeMessage, refusal } from './encode.ts'
import { openFiles } from './files.ts'
import { type Journal, type Kept, openJournal } from './journal.ts'
import { spokenWords } from './pages.ts'
import { type Later, makeServer } from './server.ts'
import { chatOf, checkSettings, type WebSettings } from './settings.ts'
import type { Answer, Start } from './wire.ts'

export interface WebAdapter extends Adapter {
  /** The link that lets one browser in, once. Empty until `start` has returned. */
  readonly link: string
}

/** A chat in the browser, for trying: no account, nothing leaves this computer. */
export const web = {
  name: 'web',
  texts: new URL('./texts', import.meta.url),
  can: capabilities,
  open,
}

const mostUntold = 1_000
const GONE = no('gone', 'that chat or message is not there')
/** It was not started, or has stopped. */
const AWAY: Sent = { later: 1_000 }

/** Opens the journal. Throws for settings that are not for this computer only, and where the folder cannot be written. */
function open(settings: WebSettings, bench: Workbench): WebAdapter {
  checkSettings(settings)
  const { sample } = settings
  const journal = openJournal(settings.stateDir, bench.log)
  const door = makeDoor(settings.stateDir)
  const chats = new Set([...sample.spaces.map(one => one.key), ...sample.people.map(one => `@${one.key}`)])
  const standing = (ref: string): Kept | undefined => {
    const message = journal.get(ref)
    return message?.removed ? undefined : message
  }
  const files = openFiles()
  const underWay = createUnderWay()
  /** What was told of an act between two tries of the page: the next one brings it. */
  const untold = new RecentMap<string, Later>(mostUntold)
  let taking: { readonly commands: readonly Command[]; readonly receive: Receive } | undefined
  let port = 0

  const begin = (locale: string | undefined): Start => ({
    words: spokenWords(bench.words, locale),
    people: sample.people.map(({ key, name, note }) => ({ key, name, note })),
    spaces: sample.spaces.map(({ key, title, area }) => ({ key, title, ...(area ? { area } : {}) })),
    commands: taking?.commands ?? [],
    messages: journal
      .since(0)
      .filter(message => !message.removed)
      .map(encodeMessage),
    last: journal.last(),
  })
  const act = async (done: Act, locale: string | undefined): Promise<readonly Answer[] | undefined | Later> => {
    if (!taking) return { later: [] }
    const received = bench.now()
    const decoded = decode(done, { received, ...(locale ? { locale } : {}), ...sample, find: standing, file: files.get })
    if (!decoded) return undefined
    let later = (_: Later): void => undefined
    const told = new Promise<Later>(resolve => {
      later = resolve
    })
    const tell = (words: readonly Reply[]): void => {
      const said = { later: words.flatMap(word => ('view' in word ? [word.view] : [])) }
      untold.set(done.id, said)
      later(said)
    }
    const { receive } = taking
    const answering = answer(decoded, inbound => receive(inbound, { tell }), journal, { id: `web:${done.id}`, now: received })
    underWay.track(answering).then(
      () => untold.delete(done.id),
      () => undefined,
    )
    try {
      // Told meanwhile, the page tries again under the same id, and gets the answer then.
      return await Promise.race([answering, told])
    } catch (error) {
      // The bot says that nothing was done and that the same may be sent again.
      if (mayRetry(error)) return untold.get(done.id) ?? { later: [] }
      throw error
    }
  }
  const served = makeServer({
    ...{ door, journal, words: bench.words, log: bench.log, port: () => port, begin, act, keepFile: files.keep },
    picture: id => bench.picture(id),
  })
  // Not over the globals: another server in this process may want its own.
  const server = createAdaptorServer({ fetch: served.fetch, overrideGlobalObjects: false }) as Server

  return {
    platform: web.name,
    can: capabilities,
    get link() {
      return port ? `http://127.0.0.1:${port}/?key=${door.key}` : ''
    },
    async start(commands, receive, status) {
      journal.reopen()
      try {
        // Started again, it is where the page looks for it.
        port = await listen(server, port || settings.port)
      } catch (error) {
        return status('dead', `The browser chat cannot listen on 127.0.0.1:${settings.port}: ${reason(error)}`)
      }
      taking = { commands, receive }
      status('up')
    },
    async stop() {
      taking = undefined
      await underWay.ended()
      served.endStreams()
      if (server.listening) await close(server)
      journal.close()
    },
    async send(to, view, key, under) {
      const chat = chatOf(to)
      if (!taking) return AWAY
      if (!chats.has(chat)) return GONE
      const why = refusal(view, capabilities.limits)
      if (why) return no('refused', why)
      const hang = under && standing(under) ? { under } : {}
      return { ok: journal.post({ chat, view, ...hang }, key, bench.now()).ref }
    },
    change: async (ref, how) => (taking ? change(journal, standing(ref), how) : AWAY),
    isAdmin: async (person, space) =>
      chats.has(chatOf(space)) && sample.people.some(one => one.admin === true && `@${one.key}` === chatOf(person)),
    missing: async () => [],
    lane: chatOf,
    privateLink: payload => (port ? `http://127.0.0.1:${port}/#start=${payload}` : undefined),
  }
}

function change(journal: Journal, message: Kept | undefined, how: View | 'remove' | 'pin'): Sent {
  if (!message) return GONE
  if (how === 'remove') return { ok: journal.change(message, 'removed').ref }
  if (how === 'pin') return { ok: journal.change(message, { pinned: true }).ref }
  if (message.by !== undefined) return no('forbidden', 'the message is not ours')
  const why = refusal(how, capabilities.limits)
  return why ? no('refused', why) : { ok: journal.change(message, { view: how }).ref }
}

/** Puts what was said into the chat, asks the bot, puts what it says there too, and returns what is for the one who acted. */
async function answer(
  { chat, person, origin, said, inbound }: Decoded,
  receive: (inbound: Inbound) => ReturnType<Receive>,
  journal: Journal,
  { id, now }: { id: string; now: Date },
): Promise<Answer[]> {
  const own = said && journal.post({ chat, by: person.key, ...said }, id, now)
  if (!inbound) return []
  const replies = await receive(own ? withMessage(inbound, own.ref) : inbound)
  return replies.flatMap((reply, i) => place(reply, inbound, { journal, chat, origin, key: `${id}/${i}`, now }) ?? [])
}

interface Spot {
  readonly journal: Journal
  readonly chat: string
  readonly origin: MessageRef | undefined
  /** A repeated act gets the same replies again: the same key keeps them from standing twice. */
  readonly key: string
  readonly now: Date
}

function place(reply: Reply, inbound: Inbound, { journal, chat, origin, key, now }: Spot): Answer | undefined {
  const pressed = reply.kind === 'update' && origin ? journal.get(origin) : undefined
  if (reply.kind === 'update' && pressed && pressed.by === undefined && !pressed.removed) {
    journal.change(pressed, { view: reply.view })
    return undefined
  }
  // In private everything is between the two of them: a whisper stays, like any message there.
  if (reply.kind === 'say' || (reply.kind === 'whisper' && inbound.place === 'private')) {
    journal.post({ chat, view: reply.view }, key, now)
    return undefined
  }
  return encodeAnswer(reply)
}

/** Returns the port that was taken. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    // A browser keeps its connections open as long as it may: after half a second they are closed from here.
    const enough = setTimeout(() => server.closeAllConnections(), 500)
    server.close(() => {
      clearTimeout(enough)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return 'another program is using that port; choose another or stop that program.'
  if (code === 'EACCES') return 'that port is not for ordinary users; choose one above 1023.'
  return error instanceof Error ? error.message : String(error)
}
