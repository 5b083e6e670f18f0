import type { REST } from 'discord.js'
import type { Inbound, PersonRef, Reply, Sent, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import type { Loss } from '../../src/platform/lost.ts'
import { insist, messageIn } from '../../src/platform/sent.ts'
import type { View } from '../../src/view/view.ts'
import { createCalls } from './calls.ts'
import type { Way } from './decode.ts'
import { createKept } from './kept.ts'
import type { Posting } from './post.ts'
import { messageOf } from './refs.ts'
import { showReply, toldInPrivate } from './shown.ts'

/** One thing that is being answered. */
export interface Answer {
  /** What is said before there are replies. Never rejects. */
  tell(words: readonly Reply[]): Promise<void>
  /** What did not arrive is told to `lost` on the way. */
  give(replies: readonly Reply[], lost: (loss: Loss) => void): Promise<void>
}

/**
 * Begins to answer. An interaction is answered exactly once within three seconds, whatever the bot does:
 * what is not answered after two is put off, seen by nobody else. Words in private are no interaction and have no `way`.
 */
export type Answers = (inbound: Inbound, way: Way | undefined) => Answer

interface Parts {
  /** Asks without the bot token, and waits where Discord says so. */
  readonly rest: REST
  readonly posting: Posting
  readonly bench: Workbench
}

/** What is being answered, and whether it was put off already. */
interface Turn {
  readonly inbound: Inbound
  readonly way: Way
  readonly late: boolean
  lost(loss: Loss): void
}

export const deferMs = 2_000
/** A reply is tried twice, when it need not wait longer than this. */
const patienceMs = 5_000

export function createAnswers({ rest, posting, bench }: Parts): Answers {
  const kept = createKept(bench.now)
  const calls = createCalls(rest, bench, kept)
  const { say, sayAll } = createSaying({ posting, bench })

  /** The way into the private chat, where the person pressed for it. Where that chat is closed, the words come here, for this person alone. */
  async function goPrivate({ inbound, way, late }: Turn, replies: readonly Reply[]): Promise<void> {
    const form = late ? undefined : replies.find(reply => reply.kind === 'ask')
    if (form) await calls.open(inbound, way, form)
    else if (!late) await calls.defer(way)
    let told: string | undefined
    for (const [i, reply] of replies.entries()) {
      if (reply === form) continue
      const { view } = showReply(bench, inbound, reply)
      const message = messageIn(await say(inbound, view, String(i)))
      if (message) told = messageOf(message).channel
      else await calls.follow(way, { view, isPrivate: true })
    }
    if (told !== undefined) await calls.follow(way, toldInPrivate(bench, inbound, told))
  }

  /** Gives the one reply that the first answer can carry, and says which that was. */
  async function first({ inbound, way, late, lost }: Turn, replies: readonly Reply[]): Promise<Reply | undefined> {
    if (!late) {
      const carried = carriedBy(way, replies)
      if (!carried) await calls.dismiss(way)
      else {
        const fate = await calls.open(inbound, way, carried)
        if (fate !== 'shown' && carried.kind === 'say') await say(inbound, carried.view, 'first')
        else lost({ reply: carried, fate })
      }
      return carried
    }
    // What was put off on a message left no trace; elsewhere "thinking" stands there, seen by this person alone.
    if (way.message) return undefined
    const carried = replies.find(reply => showReply(bench, inbound, reply).isPrivate)
    if (carried) lost({ reply: carried, fate: await calls.edit(way, showReply(bench, inbound, carried)) })
    else await calls.erase(way)
    return carried
  }

  /** What comes after the first answer. */
  async function after({ inbound, way, late, lost }: Turn, reply: Reply, key: string): Promise<void> {
    const shown = showReply(bench, inbound, reply)
    const { event } = inbound
    if (reply.kind === 'update' && way.message) {
      if (late) return lost({ reply, fate: await calls.edit(way, shown) })
      if (event.kind === 'press' && event.message && !way.message.isWhisper) return void (await posting.change(event.message, reply.view))
    }
    const fate = await calls.follow(way, shown)
    if (fate !== 'shown' && !shown.isPrivate) await say(inbound, shown.view, key)
    else lost({ reply, fate })
  }

  async function give(turn: Turn, replies: readonly Reply[]): Promise<void> {
    const { inbound, way, late } = turn
    if (way.kind === 'suggest') return late ? undefined : void (await calls.suggest(way, replies))
    if (way.kind === 'go') return goPrivate(turn, replies)
    if (inbound.event.kind === 'submit') kept.note(inbound.person.ref, inbound.event, replies)
    const carried = await first(turn, replies)
    for (const [i, reply] of replies.entries()) if (reply !== carried) await after(turn, reply, String(i))
  }

  /** After the answer was put off: beside the message, or where "thinking" stands until the replies come. */
  async function tellLate({ inbound, way }: Pick<Turn, 'inbound' | 'way'>, words: readonly Reply[]): Promise<void> {
    if (inbound.event.kind === 'submit') kept.hold(inbound.person.ref, inbound.event)
    for (const word of words) {
      const shown = { ...showReply(bench, inbound, word), isPrivate: true }
      await (way.message ? calls.follow(way, shown) : calls.edit(way, shown))
    }
  }

  return (inbound, way) => {
    if (!way) return { tell: words => sayAll(inbound, words, 'meanwhile'), give: replies => sayAll(inbound, replies) }
    let late: Promise<unknown> | undefined
    const putOff = (): Promise<unknown> => {
      late ??= way.kind === 'suggest' ? calls.suggest(way, []) : calls.defer(way)
      return late
    }
    const timer = setTimeout(putOff, bench.answerMs ?? deferMs)
    return {
      async tell(words) {
        clearTimeout(timer)
        await putOff()
        await tellLate({ inbound, way }, words)
      },
      async give(replies, lost) {
        clearTimeout(timer)
        await late
        await give({ inbound, way, late: late !== undefined, lost }, replies)
      },
    }
  }
}

/** Messages of the bot, where there is no interaction or it is used up. */
function createSaying({ posting, bench }: Omit<Parts, 'rest'>) {
  function say(inbound: Inbound, view: View, key: string): Promise<Sent> {
    const to: SpaceRef | PersonRef = inbound.place === 'private' ? inbound.person.ref : inbound.place.space
    return insist(patienceMs, () => posting.send(to, view, `${inbound.id}/${key}`))
  }

  async function sayAll(inbound: Inbound, replies: readonly Reply[], key = ''): Promise<void> {
    for (const [i, reply] of replies.entries()) {
      const sent = await say(inbound, showReply(bench, inbound, reply).view, `${key}${i}`)
      if (!messageIn(sent)) bench.log.debug({ sent }, 'A Discord reply could not be given')
    }
  }

  return { say, sayAll }
}

/** A form can come in no other way than first (and in answer to a form in none), then a change of the message. */
function carriedBy(way: Way, replies: readonly Reply[]): Reply | undefined {
  const form = way.kind === 'submit' ? undefined : replies.find(reply => reply.kind === 'ask')
  return form ?? (way.message && replies.find(reply => reply.kind === 'update')) ?? replies[0]
}
