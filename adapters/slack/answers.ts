import { randomUUID } from 'node:crypto'
import type { types } from '@slack/bolt'
import type { Inbound, PersonRef, Reply, Sent, SpaceRef } from '../../src/platform/adapter.ts'
import { type Fate, fateOf, type Loss } from '../../src/platform/lost.ts'
import { say } from '../../src/platform/own-words.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { insist, messageIn, noIn } from '../../src/platform/sent.ts'
import type { Form, View } from '../../src/view/view.ts'
import { respond } from './api.ts'
import { type Decoded, own, type Ways } from './decode.ts'
import { type Encoded, encode } from './encode.ts'
import { encodeForm } from './forms.ts'
import type { Bot, Posting } from './post.ts'

export interface Answers {
  /** Gives the replies, but for the one that the acknowledgement has carried, and says what did not arrive. Never rejects. */
  give(decoded: Decoded, replies: readonly Reply[], carried: Reply | undefined): Promise<readonly Loss[]>
  /** Opens the form that a button of ours has promised. Never rejects. */
  reopen(decoded: Decoded, token: string): Promise<void>
}

/** A form to open, with what is wrong in it. */
interface Asked {
  readonly form: Form
  readonly problems: readonly string[]
}

type Asking = Extract<Reply, { readonly kind: 'ask' | 'wrong' }>

/** A reply is tried twice, when it need not wait longer than this. */
const patienceMs = 15_000
const mostForms = 500

export function createAnswers(bot: Bot, posting: Posting): Answers {
  const { client, bench } = bot
  const { speak, whisper, update, publish } = createSpeaking(bot, posting)
  const forms = new RecentMap<string, Asked>(mostForms)

  /** Opens it at once while the trigger is fresh, else offers a button that opens it. */
  async function open(decoded: Decoded, asked: Asked): Promise<void> {
    const { inbound, ways } = decoded
    const trigger_id = ways.dialog ? undefined : ways.trigger
    if (trigger_id && (await client.views.open({ trigger_id, view: modal(ways, asked) }).catch(() => undefined))) return
    const token = `${own.form}${randomUUID()}`
    forms.set(token, asked)
    const { locale } = inbound.person
    const button = { label: bench.words(locale, 'slack-form-open'), token, look: 'main' } as const
    await whisper(decoded, say(bench, locale, 'slack-form-wait', [[button]]))
  }

  async function one(decoded: Decoded, reply: Reply): Promise<Fate | undefined> {
    switch (reply.kind) {
      case 'say':
        return void (await speak(decoded, reply.view))
      case 'whisper':
        return whisper(decoded, reply.view)
      case 'update':
        return update(decoded, reply.view)
      case 'home':
        return void (await publish(decoded.ways, reply.view))
      case 'ask':
      case 'wrong':
        return void (await open(decoded, askedIn(reply)))
      case 'go private':
        return whisper(decoded, wayIn(reply))
      default:
        throw new Error(`Slack has no way to "${reply.kind}".`)
    }
  }

  /** One that breaks does not take the others with it. */
  async function safely<T>({ event }: Inbound, work: () => Promise<T>): Promise<T | undefined> {
    return work().catch((cause: unknown) => {
      bench.log.error({ why: cause instanceof Error ? cause.message : 'unknown', kind: event.kind }, 'A Slack reply broke')
      return undefined
    })
  }

  return {
    async give(decoded, replies, carried) {
      const losses: Loss[] = []
      for (const reply of replies) {
        const fate = reply === carried ? undefined : await safely(decoded.inbound, () => one(decoded, reply))
        if (fate) losses.push({ reply, fate })
      }
      return losses
    },
    async reopen(decoded, token) {
      const asked = forms.get(token)
      const lost = (): Promise<Fate> => whisper(decoded, say(bench, decoded.inbound.person.locale, 'slack-form-lost'))
      await safely<unknown>(decoded.inbound, () => (asked ? open(decoded, asked) : lost()))
    },
  }
}

/** The ways in which a view reaches people in answer to what they did. */
function createSpeaking({ client, bench, stopping }: Bot, posting: Posting) {
  /** Undefined also where its picture is still on its way: then it is said as a message, which waits for it. */
  const drawn = (view: View): Promise<Encoded | undefined> => posting.draw(view).catch(() => undefined)

  const twice = (call: () => Promise<Sent>): Promise<Sent> => insist(patienceMs, call, stopping)

  async function send(to: SpaceRef | PersonRef, view: View): Promise<Sent> {
    const sent = await twice(() => posting.send(to, view, undefined, true))
    if (!messageIn(sent)) bench.log.debug({ sent }, 'A reply could not be given')
    return sent
  }

  /** Seen by one person alone: by the response address, else by the slower call, else in their direct messages. */
  async function whisper(decoded: Decoded, view: View): Promise<Fate> {
    const { inbound, ways } = decoded
    const { channel, user, url } = ways
    const message = channel === undefined ? undefined : await drawn(view)
    const toThem = async (): Promise<Fate> => fateOf(await send(inbound.person.ref, view))
    if (channel === undefined || !message) return toThem()
    // What only one person sees cannot carry a file; a message to them can.
    if (message.files.length > 0) {
      const sent = await send(inbound.person.ref, view)
      const key = noIn(sent) ? 'slack-file-not-sent' : 'slack-file-sent'
      return whisper(decoded, say(bench, inbound.person.locale, key))
    }
    const { text, blocks } = message
    if (url && (await respond(url, { response_type: 'ephemeral', replace_original: false, text, blocks }))) return 'shown'
    const stands = await client.chat.postEphemeral({ channel, user, text, blocks }).catch(() => undefined)
    return stands ? 'shown' : toThem()
  }

  async function speak(decoded: Decoded, view: View): Promise<void> {
    const { place, person } = decoded.inbound
    const refused = noIn(await send(place === 'private' ? person.ref : place.space, view))
    // A command works where the bot is not: what it cannot say there for all, it explains to the one who asked.
    if (place !== 'private' && refused && refused.no !== 'refused')
      await whisper(decoded, say(bench, person.locale, 'slack-missing-member'))
  }

  /** Through the response address: it does not wait behind the edits of the workspace, and is the only way to change what one person sees. */
  async function update({ inbound, ways }: Decoded, view: View): Promise<Fate | undefined> {
    const { event, place, person } = inbound
    if (event.kind !== 'press') throw new Error('Only the message of a press can be updated.')
    if (ways.isHome) return void (await publish(ways, view))
    const shown = await drawn(view)
    if (
      ways.url &&
      shown &&
      !shown.picture &&
      (await respond(ways.url, { replace_original: true, text: shown.text, blocks: shown.blocks }))
    )
      return 'shown'
    const { message } = event
    if (!message) return 'lost'
    const sent = await twice(() => posting.change(message, view))
    // In private, what was pressed may have been deleted meanwhile; a channel needs no second copy.
    return fateOf(noIn(sent) && place === 'private' ? await send(person.ref, view) : sent)
  }

  async function publish({ user }: Ways, view: View): Promise<void> {
    const shown = encode(view)
    if (shown) await client.views.publish({ user_id: user, view: { type: 'home', blocks: shown.blocks } })
  }

  return { speak, whisper, update, publish }
}

/** What the acknowledgement of a sent dialog says, and which reply that is: its errors, or the next dialog. */
export function carriedBy(ways: Ways, replies: readonly Reply[]): { readonly reply?: Reply; readonly payload?: object } {
  const reply = ways.dialog && replies.find((each): each is Asking => each.kind === 'wrong' || each.kind === 'ask')
  if (!reply) return {}
  const wrong = reply.kind === 'wrong' ? Object.keys(reply.fields) : []
  const isSame = wrong.length > 0 && wrong.every(name => ways.dialog?.fields.includes(name)) && reply.form.token === ways.dialog?.form
  if (reply.kind === 'wrong' && isSame) return { reply, payload: { response_action: 'errors', errors: reply.fields } }
  return { reply, payload: { response_action: 'update', view: modal(ways, askedIn(reply)) } }
}

const modal = ({ channel, url, isHome }: Ways, { form, problems }: Asked): types.ModalView =>
  encodeForm(form, { channel, url, ...(isHome && { home: true }) }, problems)

const askedIn = (reply: Asking): Asked => ({ form: reply.form, problems: reply.kind === 'wrong' ? Object.values(reply.fields) : [] })

/** A button that brings the payload back as if it had been pressed in the direct messages, where the answer then stands. */
const wayIn = ({ view, label, payload }: Extract<Reply, { kind: 'go private' }>): View => ({
  ...view,
  buttons: [[{ label, token: `${own.private}${payload}`, look: 'main' }]],
})
