import { setTimeout as wait } from 'node:timers/promises'
import { InteractionResponseType as Ack, MessageFlags, type REST, Routes } from 'discord.js'
import type { Inbound, Reply, Sent, SpaceRef, Workbench } from '../../src/adapter.ts'
import type { View } from '../../src/view/view.ts'
import { longest } from './capabilities.ts'
import type { Way } from './decode.ts'
import { type Encoded, encode } from './encode.ts'
import { encodeForm } from './form.ts'
import type { Kept } from './kept.ts'
import type { Posting } from './post.ts'
import { messageOf } from './refs.ts'
import { codeOf, isNo } from './refusals.ts'
import { type Shown, showReply, toldInPrivate } from './shown.ts'

/** One interaction that waits for its answer: exactly one within three seconds, whatever the house does. */
export interface Talk {
  /** Gives the replies; an interaction without any is ended without words. Never rejects. */
  give(replies: readonly Reply[]): Promise<void>
}

export interface Answers {
  /** Begins to count: what is not answered after two seconds is put off, seen by nobody else. */
  begin(inbound: Inbound, way: Way): Talk
  /** Answers words in private, which are no interaction. Never rejects. */
  say(inbound: Inbound, replies: readonly Reply[]): Promise<void>
}

interface Parts {
  /** Asks without the bot token, and waits where Discord says so. */
  readonly rest: REST
  readonly posting: Posting
  readonly bench: Workbench
  readonly kept: Kept
}

/** What is being answered, and whether it was put off already. */
interface Turn {
  readonly inbound: Inbound
  readonly way: Way
  readonly late: boolean
}

const deferMs = 2_000
/** A reply has no row that would send it again, so it is tried twice, when it need not wait longer than this. */
const patienceMs = 5_000

export function createAnswers(parts: Parts): Answers {
  const { bench, posting } = parts
  const calls = createCalls(parts)

  async function say(inbound: Inbound, view: View, key: string): Promise<Sent> {
    const to: SpaceRef | Inbound['person']['ref'] = inbound.place === 'private' ? inbound.person.ref : inbound.place.space
    const send = (): Promise<Sent> => posting.send(to, view, `${inbound.id}/${key}`)
    const sent = await send()
    if (sent === 'unsure' || !('later' in sent) || sent.later > patienceMs) return sent
    await wait(sent.later)
    return send()
  }

  /** The way into the private chat, where the person pressed for it. Where that chat is closed, the words come here, for this person alone. */
  async function goPrivate({ inbound, way, late }: Turn, replies: readonly Reply[]): Promise<void> {
    const form = late ? undefined : replies.find(reply => reply.kind === 'ask')
    if (form) await calls.open(inbound, way, form)
    else if (!late) await calls.defer(way)
    let told: string | undefined
    for (const [i, reply] of replies.entries()) {
      if (reply === form) continue
      const { view } = showReply(bench, inbound, reply)
      const sent = await say(inbound, view, String(i))
      if (sent !== 'unsure' && 'ok' in sent) told = messageOf(sent.ok).channel
      else await calls.follow(way, { view, isPrivate: true })
    }
    if (told !== undefined) await calls.follow(way, toldInPrivate(bench, inbound, told))
  }

  /** What comes after the first answer. */
  async function after({ inbound, way, late }: Turn, reply: Reply, key: string): Promise<void> {
    const shown = showReply(bench, inbound, reply)
    if (reply.kind === 'update' && way.message) {
      if (late) return void (await calls.edit(way, shown))
      const { event } = inbound
      if (event.kind === 'press' && event.message && !way.message.isWhisper) return void (await posting.change(event.message, reply.view))
    }
    const given = await calls.follow(way, shown)
    if (!given && !shown.isPrivate) await say(inbound, shown.view, key)
  }

  async function first(turn: Turn, replies: readonly Reply[]): Promise<Reply | undefined> {
    const { inbound, way, late } = turn
    if (!late) {
      const carried = carriedBy(way, replies)
      if (!carried) await calls.dismiss(way)
      else if (!(await calls.open(inbound, way, carried)) && carried.kind === 'say') await say(inbound, carried.view, 'first')
      return carried
    }
    // What was put off on a message left no trace; elsewhere "thinking" stands there, seen by this person alone.
    if (way.message) return undefined
    const carried = replies.find(reply => showReply(bench, inbound, reply).isPrivate)
    await (carried ? calls.edit(way, showReply(bench, inbound, carried)) : calls.erase(way))
    return carried
  }

  async function give(turn: Turn, replies: readonly Reply[]): Promise<void> {
    const { inbound, way, late } = turn
    if (way.kind === 'suggest') return late ? undefined : void (await calls.suggest(way, replies))
    if (way.kind === 'go') return goPrivate(turn, replies)
    keepForm(parts.kept, inbound, replies)
    const carried = await first(turn, replies)
    for (const [i, reply] of replies.entries()) if (reply !== carried) await after(turn, reply, String(i))
  }

  const guard = (work: Promise<void>): Promise<void> =>
    work.catch((cause: unknown) => {
      bench.log.error({ err: cause }, 'A Discord reply broke')
    })

  return {
    begin(inbound, way) {
      let late: Promise<unknown> | undefined
      const timer = setTimeout(() => {
        late = way.kind === 'suggest' ? calls.suggest(way, []) : calls.defer(way)
      }, deferMs)
      return {
        async give(replies) {
          clearTimeout(timer)
          await late
          await guard(give({ inbound, way, late: late !== undefined }, replies))
        },
      }
    },
    async say(inbound, replies) {
      for (const [i, reply] of replies.entries()) {
        const sent = await say(inbound, showReply(bench, inbound, reply).view, String(i)).catch((cause: unknown) => {
          bench.log.error({ err: cause }, 'A Discord reply broke')
        })
        if (sent && (sent === 'unsure' || !('ok' in sent))) bench.log.debug({ sent }, 'A Discord reply could not be given')
      }
    },
  }
}

/** What a form that is not right held is kept; what was taken is forgotten. */
function keepForm(kept: Kept, { event, person }: Inbound, replies: readonly Reply[]): void {
  if (event.kind !== 'submit') return
  const wrong = replies.find(reply => reply.kind === 'wrong')
  if (wrong) kept.keep(person.ref, wrong.form.token, event.values)
  else kept.drop(person.ref, event.form)
}

/** The one reply that the first answer carries: a form can come in no other way (and in answer to a form in none), then a change of the message. */
function carriedBy(way: Way, replies: readonly Reply[]): Reply | undefined {
  const form = way.kind === 'submit' ? undefined : replies.find(reply => reply.kind === 'ask')
  return form ?? (way.message && replies.find(reply => reply.kind === 'update')) ?? replies[0]
}

/** The calls that answer an interaction. All but a refusal is tried twice; none rejects for what Discord says. */
function createCalls({ rest, bench, kept }: Parts) {
  const callback = (way: Way, type: Ack, data?: object, files: Encoded['files'] = []): Promise<boolean> =>
    insist(() => rest.post(Routes.interactionCallback(way.id, way.token), { auth: false, body: { type, ...(data && { data }) }, files }))

  async function insist(call: () => Promise<unknown>, isLast = false): Promise<boolean> {
    try {
      await call()
      return true
    } catch (error) {
      // Taken the first time, and only the answer to that was lost.
      if (isLast && isNo(error) && error.code === 40060) return true
      if (!isLast && !isNo(error)) return insist(call, true)
      bench.log.debug({ code: codeOf(error) }, 'An interaction could not be answered')
      return false
    }
  }

  const webhook = { auth: false } as const
  return {
    /** The first answer. */
    open(inbound: Inbound, way: Way, reply: Reply): Promise<boolean> {
      if (reply.kind === 'ask' && way.kind !== 'submit')
        return callback(way, Ack.Modal, encodeForm(reply.form, kept.of(inbound.person.ref, reply.form.token)))
      const { view, isPrivate } = showReply(bench, inbound, reply)
      const changes = reply.kind === 'update' && way.message !== undefined
      const { body, files } = encode(view, isPrivate && !changes)
      return callback(way, changes ? Ack.UpdateMessage : Ack.ChannelMessageWithSource, body, files)
    },
    /** Puts the answer off: on a message nobody sees it, elsewhere only this person. */
    defer: (way: Way): Promise<boolean> =>
      way.message
        ? callback(way, Ack.DeferredMessageUpdate)
        : callback(way, Ack.DeferredChannelMessageWithSource, { flags: MessageFlags.Ephemeral }),
    /** Ends it without words. */
    async dismiss(way: Way): Promise<void> {
      if ((await this.defer(way)) && !way.message) await this.erase(way)
    },
    suggest(way: Way, replies: readonly Reply[]): Promise<boolean> {
      const choices = replies.flatMap(reply => (reply.kind === 'suggest' ? reply.choices : []))
      const fitting = choices.filter(({ value }) => value.length <= longest.choice).slice(0, 25)
      return callback(way, Ack.ApplicationCommandAutocompleteResult, {
        choices: fitting.map(({ value, label }) => ({ value, name: label.slice(0, longest.choice) || value })),
      })
    },
    /** One more message. */
    follow: (way: Way, { view, isPrivate }: Shown): Promise<boolean> =>
      insist(() => rest.post(Routes.webhook(way.app, way.token), { ...webhook, ...encode(view, isPrivate) })),
    /** Changes what stands for the interaction: the message that was pressed, or the private "thinking". */
    edit: (way: Way, { view }: Shown): Promise<boolean> =>
      insist(() => rest.patch(Routes.webhookMessage(way.app, way.token), { ...webhook, ...encode(view) })),
    erase: (way: Way): Promise<boolean> => insist(() => rest.delete(Routes.webhookMessage(way.app, way.token), webhook)),
  }
}
