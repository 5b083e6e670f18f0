import type { Inbound, Reply, Workbench } from '../../src/platform/adapter.ts'
import { say } from '../../src/platform/own-words.ts'
import { view } from '../../src/view/make.ts'
import type { Block, Form, View } from '../../src/view/view.ts'
import { goes } from './decode.ts'

/** A reply as a message. */
export interface Shown {
  readonly view: View
  /** Only the person who acted sees it. */
  readonly isPrivate: boolean
}

type Bench = Pick<Workbench, 'words'>

/** What is read where a form or a way into the private chat cannot open by itself: words, and a button that does. */
export function showReply(bench: Bench, inbound: Inbound, reply: Reply): Shown {
  switch (reply.kind) {
    case 'say':
      return { view: reply.view, isPrivate: false }
    case 'whisper':
      return { view: reply.view, isPrivate: inbound.place !== 'private' }
    case 'update':
      return { view: reply.view, isPrivate: true }
    case 'ask':
      return { view: formView(bench, inbound, reply.form, introOf(reply.form)), isPrivate: true }
    case 'wrong':
      return { view: formView(bench, inbound, reply.form, problems(bench, inbound, reply)), isPrivate: true }
    case 'go private': {
      const buttons = [[{ label: reply.label, token: `${goes}${reply.payload}` }]]
      return { view: { ...reply.view, buttons }, isPrivate: true }
    }
    default:
      throw new Error(`Discord has no way to "${reply.kind}".`)
  }
}

/** Pressing the form's own token is a press that asks for the form again. */
function formView(bench: Bench, { person }: Inbound, form: Form, blocks: readonly Block[]): View {
  const label = bench.words(person.locale, 'discord-open-form')
  return view({ lang: form.lang, blocks, buttons: [[{ label, token: form.token, look: 'main' }]] })
}

const introOf = ({ title, intro }: Form): readonly Block[] => [
  { kind: 'title', text: title },
  ...(intro ? [{ kind: 'text' as const, text: intro }] : []),
]

function problems(bench: Bench, { person }: Inbound, { form, fields }: Extract<Reply, { kind: 'wrong' }>): readonly Block[] {
  const named = Object.entries(fields).map(([name, value]) => ({
    name: form.fields.find(field => field.name === name)?.label ?? name,
    value,
  }))
  return [
    { kind: 'text', text: bench.words(person.locale, 'discord-form-wrong') },
    { kind: 'facts', rows: named },
  ]
}

/** After words went to the private chat: says so, with the way there. */
export function toldInPrivate(bench: Bench, { person }: Inbound, channel: string): Shown {
  const button = { label: bench.words(person.locale, 'discord-open-private'), url: `https://discord.com/channels/@me/${channel}` }
  return { view: say(bench, person.locale, 'discord-told-in-private', [[button]]), isPrivate: true }
}
