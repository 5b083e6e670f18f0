import type { Event, FileIn, Inbound, PersonRef, Place, Reply, SpaceRef } from '../../src/platform/adapter.ts'
import { plainBlock } from '../../src/view/plain.ts'
import type { Button, Form, View } from '../../src/view/view.ts'
import type { Shown, TestChat } from './chat.ts'

/** What a person sees in answer to one deed: everything new or changed where they are, and in their private chat. */
export interface Heard {
  /** All of it as plain words. */
  readonly text: string
  readonly views: readonly View[]
  /** The labels of all buttons. */
  readonly buttons: readonly string[]
  /** The form that opened, if one did. */
  readonly form: Form | undefined
  /** Why the form came back, by field. */
  readonly wrong: Readonly<Record<string, string>>
  /** As they came from the app. */
  readonly replies: readonly Reply[]
}

/** What the bot answered, without what happened to change in the chat meanwhile. */
export function said({ replies }: Heard): string {
  return replies.map(reply => ('view' in reply ? words(reply.view) : 'form' in reply ? reply.form.title : '')).join('\n')
}

export interface Passing {
  readonly chat: TestChat
  nextId(): string
  now(): Date
}

interface Account {
  readonly ref: PersonRef
  readonly name: string
  readonly locale?: string
  readonly isPartial?: boolean
  /** The last form that opened, wherever that was. */
  form: Form | undefined
  /** The home of the app as they last saw it. */
  home?: View
}

/** A person at one place. In private until `in` leads them somewhere; it is the same person everywhere. */
export class Someone {
  private readonly account: Account
  private readonly passing: Passing
  private readonly where: Place

  constructor(passing: Passing, account: Account, where: Place = 'private') {
    this.passing = passing
    this.account = account
    this.where = where
  }

  get ref(): PersonRef {
    return this.account.ref
  }

  get name(): string {
    return this.account.name
  }

  /** The same person in that chat. */
  in(space: SpaceRef, title?: string): Someone {
    return new Someone(this.passing, this.account, title === undefined ? { space } : { space, title })
  }

  /** The same person in their private chat. */
  get alone(): Someone {
    return new Someone(this.passing, this.account)
  }

  /** Words, or a command if they begin with "/". */
  say(words: string): Promise<Heard> {
    const command = /^\/(\S+)\s*([\s\S]*)$/.exec(words)
    if (!command) return this.does({ kind: 'text', text: words })
    return this.does({ kind: 'command', name: command[1] ?? '', args: command[2] ?? '' })
  }

  /** Begins a command from the menu of somebody's message. */
  shortcut(name: string, text: string): Promise<Heard> {
    return this.does({ kind: 'shortcut', name, about: { message: 'chat:message', text } })
  }

  /** Words in reply to a post here. */
  reply(to: Shown, text: string): Promise<Heard> {
    return this.does({ kind: 'text', text, replyTo: to.ref })
  }

  /** Presses the newest button here with this label (its number may be left out), or one that begins so. Throws where there is none, and says which there are. */
  async press(label: string): Promise<Heard> {
    const found = this.sees().findLast(one => buttonIn(one.view, label))
    const button = found && buttonIn(found.view, label)
    if (!found || !button || !('token' in button)) throw new Error(`No button "${label}". There are: ${this.labels().join(' | ')}`)
    return this.does({ kind: 'press', token: button.token, ...(found.only === undefined && { message: found.ref }) }, found)
  }

  /** Presses a button that was never there: anybody can send any token. */
  forge(token: string): Promise<Heard> {
    return this.does({ kind: 'press', token })
  }

  /** Sends the last form back. */
  submit(values: Readonly<Record<string, string | readonly string[]>>, files?: Readonly<Record<string, FileIn>>): Promise<Heard> {
    if (!this.account.form) throw new Error('No form is open.')
    return this.does({ kind: 'submit', form: this.account.form.token, values, ...(files && { files }) })
  }

  /** A file, perhaps with words. */
  send(file: FileIn, text = ''): Promise<Heard> {
    return this.does({ kind: 'text', text, files: [file] })
  }

  /** Sends a form that was never opened. */
  forgeForm(form: string, values: Readonly<Record<string, string | readonly string[]>>): Promise<Heard> {
    return this.does({ kind: 'submit', form, values })
  }

  /** Opens the private chat, perhaps by a link: from then on the bot may write to them. */
  start(payload = ''): Promise<Heard> {
    return this.alone.does({ kind: 'started', payload })
  }

  /** Follows the newest way into the private chat that an answer here offered. */
  follow(): Promise<Heard> {
    const link = this.sees().findLast(one => one.payload !== undefined)
    if (link?.payload === undefined) throw new Error('There is no way into the private chat here.')
    return this.start(link.payload)
  }

  /** What is offered while a command is typed, and nothing that comes into the chat meanwhile. */
  async suggest(command: string, typed: string): Promise<Heard> {
    const heard = await this.does({ kind: 'suggest', command, typed })
    return { ...heard, text: heard.replies.flatMap(offered).join('\n') }
  }

  /** Presses a button of the home that they have before them. */
  pressHome(label: string): Promise<Heard> {
    const button = this.account.home && buttonIn(this.account.home, label)
    if (!button || !('token' in button)) throw new Error(`No button "${label}" in their home.`)
    return this.does({ kind: 'press', token: button.token }, undefined, undefined, true)
  }

  /** Sends back the form that opened from their home. */
  submitHome(values: Readonly<Record<string, string>>): Promise<Heard> {
    if (!this.account.form) throw new Error('No form is open.')
    return this.does({ kind: 'submit', form: this.account.form.token, values }, undefined, undefined, true)
  }

  /** What their home shows, as plain words. */
  get atHome(): string {
    return this.account.home ? words(this.account.home) : ''
  }

  home(): Promise<Heard> {
    return this.does({ kind: 'home' })
  }

  /** Anything that the contract knows. `id`: to repeat a delivery. `isHome`: in the home of the app. */
  async does(event: Event, pressed?: Shown, id = this.passing.nextId(), isHome = false): Promise<Heard> {
    const { chat, now } = this.passing
    const { ref, name, locale, isPartial } = this.account
    if (this.where === 'private') chat.opened(ref)
    const person = { ref, name, ...(locale ? { locale } : {}), ...(isPartial ? { isPartial } : {}) }
    const inbound: Inbound = { id, received: now(), place: this.where, person, event, ...(isHome && { isHome }) }
    const before = new Map(chat.shown.map(one => [one.ref, one.edits]))
    const replies = await chat.receives(inbound)
    const form = chat.place(inbound, replies, pressed)
    if (form) this.account.form = form
    for (const reply of replies) if (reply.kind === 'home') this.account.home = reply.view
    const mine = [...this.sees(), ...(this.where === 'private' ? [] : this.alone.sees())]
    return heard(
      mine.filter(one => before.get(one.ref) !== one.edits),
      form,
      replies,
    )
  }

  /** Everything that stands here and that this person may see, oldest first. */
  sees(): readonly Shown[] {
    const at = this.where === 'private' ? this.ref : this.where.space
    return this.passing.chat.shown.filter(one => one.at === at && !one.gone && (one.only === undefined || one.only === this.ref))
  }

  /** The words of everything that stands here, oldest first. */
  reads(): readonly string[] {
    return this.sees().map(one => words(one.view))
  }

  private labels(): readonly string[] {
    return this.sees().flatMap(one => one.view.buttons.flat().map(button => button.label))
  }
}

function heard(news: readonly Shown[], form: Form | undefined, replies: readonly Reply[]): Heard {
  const views = news.map(one => one.view)
  const wrong = Object.assign({}, ...replies.map(reply => (reply.kind === 'wrong' ? reply.fields : {})))
  const asked = form ? [form.title, form.intro ?? '', ...form.fields.map(field => field.label), ...Object.values(wrong).map(String)] : []
  const choices = replies.flatMap(offered)
  const homes = replies.flatMap(reply => (reply.kind === 'home' ? [words(reply.view)] : []))
  const text = [...views.map(words), ...asked, ...choices, ...homes].filter(part => part !== '').join('\n')
  return { text, views, buttons: views.flatMap(view => view.buttons.flat().map(button => button.label)), form, wrong, replies }
}

function offered(reply: Reply): readonly string[] {
  return reply.kind === 'suggest' ? reply.choices.map(choice => choice.value) : []
}

/** A view as it is read: its blocks, and the content of files. */
export function words(view: View): string {
  return view.blocks.map(block => (block.kind === 'file' ? `${plainBlock(block)}\n${block.text}` : plainBlock(block))).join('\n')
}

function buttonIn(view: View, label: string): Button | undefined {
  const all = view.buttons.flat()
  const named = (button: Button) => button.label.replace(/^\d+\. /, '')
  return all.find(button => button.label === label || named(button) === label) ?? all.find(button => button.label.startsWith(label))
}
