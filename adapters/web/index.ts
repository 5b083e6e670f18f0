import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Adapter, Command, Receive, Sent, Workbench } from '../../src/platform/adapter.ts'
import { no } from '../../src/platform/sent.ts'
import type { View } from '../../src/view/view.ts'
import { createActs } from './acts.ts'
import { capabilities } from './capabilities.ts'
import { decode } from './decode.ts'
import { makeDoor } from './door.ts'
import { encodeMessage, refusal } from './encode.ts'
import { openFiles } from './files.ts'
import { type Journal, type Kept, openJournal } from './journal.ts'
import { spokenWords } from './pages.ts'
import { type Behind, makeServer } from './server.ts'
import { chatOf, checkSettings, type WebSettings } from './settings.ts'
import type { Start } from './wire.ts'

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
  const acts = createActs(journal)
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
  const act: Behind['act'] = async (done, locale) => {
    if (!taking) return { later: [] }
    const received = bench.now()
    const decoded = decode(done, { received, ...(locale ? { locale } : {}), ...sample, find: standing, file: files.get })
    return decoded && acts.answer(done.id, decoded, received, taking.receive)
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
      await acts.ended()
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
    /** Everybody whom the page plays is in every chat. */
    chatsOf: async () => [],
    lane: chatOf,
    chatLink: () => undefined,
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
