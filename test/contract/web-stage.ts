import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Act } from '../../adapters/web/decode.ts'
import { type WebAdapter, web } from '../../adapters/web/index.ts'
import type { Answer, Message } from '../../adapters/web/wire.ts'
import type { MessageRef, PersonRef, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import { pictureIn } from '../../src/view/pictured.ts'
import { plain } from '../../src/view/plain.ts'
import type { PictureBlock } from '../../src/view/view.ts'
import { enter, post, type Visitor } from '../adapters/web/http.ts'
import { sample } from '../adapters/web/tiny-bot.ts'
import type { Sample } from '../helpers/samples.ts'
import type { Actor, Answered, Deed, Platform, Seen, Stage } from './stage.ts'

/** The browser chat by its one door: HTTP on this computer. */
export const onWeb: Platform = {
  can: web.can,
  texts: web.texts,
  has: { coming: false, moving: false, closing: false, backlog: false, rights: false, batches: false, hugeFiles: false },
  open,
}

interface Inside {
  /** The process that is open now. */
  adapter: WebAdapter | undefined
  visitor: Promise<Visitor> | undefined
  open: number
}

async function open(bench: Workbench): Promise<Stage> {
  const stateDir = await mkdtemp(join(tmpdir(), 'folkmoot-contract-'))
  const inside: Inside = { adapter: undefined, visitor: undefined, open: 0 }
  const visit = (): Promise<Visitor> => {
    inside.visitor ??= enter(inside.adapter?.link ?? '')
    return inside.visitor
  }
  const messages = async (): Promise<readonly Message[]> => (await (await visit()).start()).messages
  return {
    adapter() {
      // A new process takes the port of the one before, so that the page finds it.
      const port = inside.adapter?.link ? Number(new URL(inside.adapter.link).port) : 0
      inside.adapter = web.open({ host: '127.0.0.1', port, stateDir, sample }, bench)
      return inside.adapter
    },
    ...{ space: 'web:ardwick', other: 'web:gorton', gone: 'web:moss-side' },
    amina: actor('amina', 'Amina', inside, visit),
    brendan: actor('brendan', 'Brendan', inside, visit),
    reads: async at => {
      const standing = (await messages()).filter(one => `web:${one.chat}` === at && one.by === undefined)
      return Promise.all(standing.map(one => seen(visit, one)))
    },
    commands: async () => (await (await visit()).start()).commands.map(one => one.name),
    waiting: () => inside.open,
    // Nobody but the bot takes its messages away here.
    removes: async message => void (await inside.adapter?.change(message, 'remove')),
    close: () => rm(stateDir, { recursive: true, force: true }),
  }
}

function actor(key: string, name: string, inside: Inside, visit: () => Promise<Visitor>): Actor {
  const act = (where: SpaceRef | 'private', what: Act['act'], id = crypto.randomUUID()): Deed => {
    const once = async (): Promise<Answered> => answered(await send({ id, person: key, chat: where.replace(/^web:/, ''), act: what }))
    return { answer: once(), again: once }
  }
  /** As the page does: what the bot could not begin is sent again under the same id. */
  const send = async (body: Act): Promise<readonly Answer[]> => {
    inside.open += 1
    try {
      for (;;) {
        const answer = await fetch(`${(await visit()).origin}/act`, post(await visit(), body))
        if (answer.ok) return ((await answer.json()) as { answers: readonly Answer[] }).answers
        if (answer.status !== 503) return []
      }
    } finally {
      inside.open -= 1
    }
  }
  const answered = (answers: readonly Answer[]): Answered => {
    const found = <Kind extends Answer['kind']>(kind: Kind) =>
      answers.find((one): one is Extract<Answer, { kind: Kind }> => one.kind === kind)
    const [way, form, wrong, suggest] = [
      found('go private'),
      found('ask') ?? found('wrong'),
      found('wrong'),
      found('suggest'),
      found('home'),
    ]
    const home = answers.find(one => one.kind === 'home')
    return {
      whispers: answers.flatMap(one => (one.kind === 'whisper' ? [plain(one.view)] : [])),
      ...(form && { form: form.form }),
      ...(wrong && { wrong: wrong.fields }),
      ...(suggest && { choices: suggest.choices }),
      ...(home && 'view' in home && { home: plain(home.view) }),
      ...(way && { goPrivate: () => act('private', { kind: 'started', payload: way.payload }) }),
    }
  }
  return {
    ref: `web:@${key}` as PersonRef,
    name,
    says: (where, text, replyTo) => act(where, { kind: 'text', text, ...(replyTo && { replyTo: own(replyTo) }) }),
    presses: (message, token) => act(whereIs(message), { kind: 'press', token, message: own(message) }),
    follows: link => act('private', { kind: 'started', payload: new URL(link).hash.replace('#start=', '') }),
    submits(where, form, values, files = {}) {
      const done = sendUp(visit, files).then(ids =>
        act(where, { kind: 'submit', form, values: { ...values } as Record<string, string | string[]>, files: ids }),
      )
      return { answer: done.then(deed => deed.answer), again: async () => (await done).again() }
    },
    suggests: (where, command, typed) => act(where, { kind: 'suggest', command, typed }),
    goesHome: () => act('private', { kind: 'home' }),
  }
}

/** As the page does before it sends a form. */
async function sendUp(visit: () => Promise<Visitor>, files: Readonly<Record<string, Sample>>): Promise<Record<string, string>> {
  const ids: Record<string, string> = {}
  for (const [field, { name, mime, content }] of Object.entries(files)) {
    const { origin, cookie } = await visit()
    const headers = { cookie, origin, 'content-type': 'application/octet-stream' }
    const answer = await fetch(`${origin}/file?${new URLSearchParams({ name, mime })}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(content),
    })
    ids[field] = ((await answer.json()) as { id: string }).id
  }
  return ids
}

type Own = `web:${string}/${number}`
const own = (message: MessageRef): Own => message as Own

/** The chat that a message stands in, as the one who acts there names it. */
function whereIs(message: MessageRef): SpaceRef | 'private' {
  const chat = message.split('/')[0] ?? ''
  return chat.startsWith('web:@') ? 'private' : (chat as SpaceRef)
}

/** What the page draws as an image. */
async function pictureSeen(visit: () => Promise<Visitor>, picture: PictureBlock): Promise<Seen['picture']> {
  const { origin, cookie } = await visit()
  const answer = await fetch(`${origin}/picture/${picture.id}`, { headers: { cookie } })
  return answer.ok ? { content: Buffer.from(await answer.arrayBuffer()), about: picture.about } : undefined
}

async function seen(visit: () => Promise<Visitor>, message: Message): Promise<Seen> {
  const { view } = message
  const block = view && pictureIn(view)
  const picture = block && (await pictureSeen(visit, block))
  const file = view?.blocks.find(block => block.kind === 'file')
  return {
    ref: message.ref as MessageRef,
    text: view ? plain({ ...view, blocks: view.blocks.filter(one => one !== block || !picture) }) : '',
    ...(picture && { picture }),
    rows: (view?.buttons ?? []).map(row =>
      row.map(button => ({ label: button.label, ...('token' in button ? { token: button.token } : { url: button.url }) })),
    ),
    pinned: message.pinned === true,
    ...(message.under && { under: message.under as MessageRef }),
    ...(file?.kind === 'file' && { file: { name: file.name, text: file.text } }),
    // The page writes all of it as text; test/adapters/web proves that in a browser.
    live: [],
    moments: (view?.blocks ?? []).flatMap(block => (block.kind === 'when' ? [block.at] : [])),
  }
}
