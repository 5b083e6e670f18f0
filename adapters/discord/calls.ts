import { InteractionResponseType as Ack, MessageFlags, type REST, Routes } from 'discord.js'
import type { Inbound, Reply, Workbench } from '../../src/platform/adapter.ts'
import type { Fate } from '../../src/platform/lost.ts'
import type { View } from '../../src/view/view.ts'
import { longest } from './capabilities.ts'
import type { Way } from './decode.ts'
import { draw, type Encoded } from './encode.ts'
import { encodeForm } from './form.ts'
import type { Kept } from './kept.ts'
import { codeOf, fateOf, isNo } from './refusals.ts'
import { type Shown, showReply } from './shown.ts'

const choicesMost = 25

/** The calls that answer an interaction, and whether they arrived. All but a refusal is tried twice; none rejects for what Discord says. */
export function createCalls(rest: REST, bench: Workbench, kept: Kept) {
  async function insist(call: () => Promise<unknown>, isLast = false): Promise<Fate> {
    try {
      await call()
      return 'shown'
    } catch (error) {
      const isAnswered = isNo(error) && error.code === 40060
      // Taken the first time, and only the answer to that was lost.
      if (isLast && isAnswered) return 'shown'
      if (!isLast && !isNo(error)) return insist(call, true)
      bench.log.debug({ code: codeOf(error) }, 'An interaction could not be answered')
      return isAnswered ? 'answered' : fateOf(error)
    }
  }

  const auth = false
  const drawn = (view: View, isPrivate = false): Promise<Encoded> => draw(bench, view, isPrivate)
  const callback = (way: Way, type: Ack, data?: object, files: Encoded['files'] = []): Promise<Fate> =>
    insist(() => rest.post(Routes.interactionCallback(way.id, way.token), { auth, body: { type, ...(data && { data }) }, files }))
  const original = ({ app, token }: Way): `/${string}` => Routes.webhookMessage(app, token)
  const erase = (way: Way): Promise<Fate> => insist(() => rest.delete(original(way), { auth }))
  /** Puts the answer off: on a message nobody sees it, elsewhere only this person. */
  const defer = (way: Way): Promise<Fate> =>
    way.message
      ? callback(way, Ack.DeferredMessageUpdate)
      : callback(way, Ack.DeferredChannelMessageWithSource, { flags: MessageFlags.Ephemeral })

  return {
    defer,
    erase,
    /** The first answer. */
    async open(inbound: Inbound, way: Way, reply: Reply): Promise<Fate> {
      if (reply.kind === 'ask' && way.kind !== 'submit')
        return callback(way, Ack.Modal, encodeForm(reply.form, kept.of(inbound.person.ref, reply.form.token)))
      const { view, isPrivate } = showReply(bench, inbound, reply)
      const changes = reply.kind === 'update' && way.message !== undefined
      const { body, files } = await drawn(view, isPrivate && !changes)
      return callback(way, changes ? Ack.UpdateMessage : Ack.ChannelMessageWithSource, body, files)
    },
    /** Ends it without words. */
    async dismiss(way: Way): Promise<void> {
      if ((await defer(way)) === 'shown' && !way.message) await erase(way)
    },
    suggest(way: Way, replies: readonly Reply[]): Promise<Fate> {
      const all = replies.flatMap(reply => (reply.kind === 'suggest' ? reply.choices : []))
      const fitting = all.filter(({ value }) => value.length <= longest.choice).slice(0, choicesMost)
      const choices = fitting.map(({ value, label }) => ({ value, name: label.slice(0, longest.choice) || value }))
      return callback(way, Ack.ApplicationCommandAutocompleteResult, { choices })
    },
    /** One more message. */
    follow: (way: Way, { view, isPrivate }: Shown): Promise<Fate> =>
      insist(async () => rest.post(Routes.webhook(way.app, way.token), { auth, ...(await drawn(view, isPrivate)) })),
    /** Changes what stands for the interaction: the message that was pressed, or the private "thinking". */
    edit: (way: Way, { view }: Shown): Promise<Fate> => insist(async () => rest.patch(original(way), { auth, ...(await drawn(view)) })),
  }
}
