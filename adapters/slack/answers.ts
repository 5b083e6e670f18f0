import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { types, webApi } from '@slack/bolt'
import type { Inbound, PersonRef, Reply, Sent, SpaceRef, Workbench } from '../../src/adapter.ts'
import type { Form, View } from '../../src/view/view.ts'
import { respond } from './api.ts'
import { type Decoded, own, type Ways } from './decode.ts'
import { encode, type ForYou } from './encode.ts'
import { encodeForm } from './forms.ts'
import { homeView, type Posting } from './post.ts'

export interface Answers {
  /** What the acknowledgement of a sent dialog says, and which reply that is: its errors, or the next dialog. */
  carried(ways: Ways, replies: readonly Reply[]): { readonly reply?: Reply; readonly payload?: object }
  /** Gives the replies, but for the one that the acknowledgement has carried. Never rejects. */
  give(decoded: Decoded, replies: readonly Reply[], carried: Reply | undefined): Promise<void>
  /** Opens the form that a button of ours has promised. Never rejects. */
  reopen(decoded: Decoded, token: string): Promise<void>
}

interface Parts {
  readonly client: webApi.WebClient
  readonly posting: Posting
  readonly bench: Workbench
  readonly forYou: ForYou
  readonly stopping: AbortSignal
}

/** A form to open, with what is wrong in it. */
interface Asked {
  readonly form: Form
  readonly problems: readonly string[]
}

/** A reply has no row that would send it again, so it is tried twice, when it need not wait longer than this. */
const patienceMs = 15_000
const mostForms = 500

export function createAnswers({ client, posting, bench, forYou, stopping }: Parts): Answers {
  const forms = new Map<string, Asked>()

  const sentence = (locale: string | undefined, key: string, buttons: View['buttons'] = []): View => {
    const text = bench.words(locale, key)
    return { blocks: [{ kind: 'text', text }], buttons, brief: text, lang: locale ?? 'en' }
  }

  /** Tries a second time what Slack wants later, when that is soon. */
  async function insist(call: () => Promise<Sent>): Promise<Sent> {
    const sent = await call()
    const later = sent !== 'unsure' && 'later' in sent ? sent.later : undefined
    if (later === undefined || later > patienceMs || stopping.aborted) return sent
    await wait(later, undefined, { signal: stopping }).catch(() => undefined)
    return call()
  }

  async function say(to: SpaceRef | PersonRef, view: View): Promise<Sent> {
    const sent = await insist(() => posting.send(to, view))
    if (sent === 'unsure' || !('ok' in sent)) bench.log.debug({ sent }, 'A reply could not be given')
    return sent
  }

  /** Seen by one person alone: by the response address, else by the slower call, else in their direct messages. */
  async function whisper({ inbound, ways }: Decoded, view: View): Promise<void> {
    const message = encode(view, forYou)
    if (ways.channel === undefined || !message) return void (await say(inbound.person.ref, view))
    const { text, blocks } = message
    if (ways.url && (await respond(ways.url, { response_type: 'ephemeral', replace_original: false, text, blocks }))) return
    const stands = await client.chat.postEphemeral({ channel: ways.channel, user: ways.user, text, blocks }).catch(() => undefined)
    if (!stands) await say(inbound.person.ref, view)
  }

  async function speak(decoded: Decoded, view: View): Promise<void> {
    const { place, person } = decoded.inbound
    const sent = await say(place === 'private' ? person.ref : place.space, view)
    // A command works where the bot is not: what it cannot say there for all, it explains to the one who asked.
    if (place !== 'private' && sent !== 'unsure' && 'no' in sent && sent.no !== 'refused')
      await whisper(decoded, sentence(person.locale, 'slack-missing-member'))
  }

  async function update({ inbound, ways }: Decoded, view: View): Promise<void> {
    if (inbound.event.kind !== 'press') throw new Error('Only the message of a press can be updated.')
    if (ways.on === 'home') return publish(ways, view)
    const { message } = inbound.event
    if (!message) {
      const shown = encode(view, forYou)
      if (ways.url && shown) await respond(ways.url, { replace_original: true, text: shown.text, blocks: shown.blocks })
      return
    }
    const sent = await insist(() => posting.change(message, view))
    // In private, what was pressed may have been deleted meanwhile; a channel needs no second copy.
    if (sent !== 'unsure' && 'no' in sent && inbound.place === 'private') await say(inbound.person.ref, view)
  }

  async function publish({ user }: Ways, view: View): Promise<void> {
    const shown = encode(view, forYou)
    if (shown) await client.views.publish({ user_id: user, view: homeView(shown.blocks) })
  }

  /** Opens it at once while the trigger is fresh, else offers a button that opens it. */
  async function open(decoded: Decoded, asked: Asked): Promise<void> {
    const { inbound, ways } = decoded
    const trigger_id = ways.dialog ? undefined : ways.trigger
    const opened = trigger_id && (await client.views.open({ trigger_id, view: modal(ways, asked) }).catch(() => undefined))
    if (opened) return
    const token = `${own.form}${randomUUID()}`
    forms.set(token, asked)
    const [oldest] = forms.keys()
    if (forms.size > mostForms && oldest !== undefined) forms.delete(oldest)
    const { locale } = inbound.person
    const button = { label: bench.words(locale, 'slack-form-open'), token, look: 'main' } as const
    await whisper(decoded, sentence(locale, 'slack-form-wait', [[button]]))
  }

  async function other(decoded: Decoded, reply: Reply): Promise<void> {
    const { ways } = decoded
    switch (reply.kind) {
      case 'say':
        return speak(decoded, reply.view)
      case 'whisper':
        return whisper(decoded, reply.view)
      case 'update':
        return update(decoded, reply.view)
      case 'home':
        return publish(ways, reply.view)
      case 'ask':
        return open(decoded, { form: reply.form, problems: [] })
      case 'wrong':
        return open(decoded, wrongIn(reply))
      case 'go private':
        return whisper(decoded, wayIn(reply))
      default:
        throw new Error(`Slack has no way to "${reply.kind}".`)
    }
  }

  /** One that breaks does not take the others with it. */
  async function safely(inbound: Inbound, work: () => Promise<void>): Promise<void> {
    await work().catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : 'unknown'
      bench.log.error({ why, kind: inbound.event.kind }, 'A Slack reply broke')
    })
  }

  return {
    carried(ways, replies) {
      const { dialog } = ways
      const reply = dialog && replies.find(one => one.kind === 'wrong' || one.kind === 'ask')
      if (!reply || (reply.kind !== 'wrong' && reply.kind !== 'ask')) return {}
      const names = reply.kind === 'wrong' ? Object.keys(reply.fields) : []
      const fits = names.length > 0 && names.every(name => dialog.fields.includes(name)) && reply.form.token === dialog.form
      if (reply.kind === 'wrong' && fits) return { reply, payload: { response_action: 'errors', errors: reply.fields } }
      const asked = reply.kind === 'wrong' ? wrongIn(reply) : { form: reply.form, problems: [] }
      return { reply, payload: { response_action: 'update', view: modal(ways, asked) } }
    },
    async give(decoded, replies, carried) {
      for (const reply of replies) if (reply !== carried) await safely(decoded.inbound, () => other(decoded, reply))
    },
    async reopen(decoded, token) {
      const asked = forms.get(token)
      const lost = (): Promise<void> => whisper(decoded, sentence(decoded.inbound.person.locale, 'slack-form-lost'))
      await safely(decoded.inbound, () => (asked ? open(decoded, asked) : lost()))
    },
  }
}

const modal = ({ channel, url }: Ways, { form, problems }: Asked): types.ModalView =>
  encodeForm(form, { ...(channel !== undefined && { channel }), ...(url !== undefined && { url }) }, problems)

const wrongIn = ({ form, fields }: Extract<Reply, { kind: 'wrong' }>): Asked => ({ form, problems: Object.values(fields) })

/** A button that brings the payload back as if it had been pressed in the direct messages, where the answer then stands. */
const wayIn = ({ view, label, payload }: Extract<Reply, { kind: 'go private' }>): View => ({
  ...view,
  buttons: [[{ label, token: `${own.private}${payload}`, look: 'main' }]],
})
