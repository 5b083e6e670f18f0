import { GrammyError } from 'grammy'
import type { GoPrivate, Inbound, MessageRef, PersonRef, Reply, Sent, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import { fateOf, type Loss } from '../../src/platform/lost.ts'
import { RecentSet } from '../../src/platform/remember.ts'
import { insist, messageIn, noIn } from '../../src/platform/sent.ts'
import { pause } from '../../src/platform/waiting.ts'
import { plain } from '../../src/view/plain.ts'
import type { View } from '../../src/view/view.ts'
import type { Ways } from './api.ts'
import { type Asked, createAsides, isAside, isShort } from './asides.ts'
import { longest } from './capabilities.ts'
import type { Learned } from './learned.ts'
import type { Pointers } from './pointers.ts'
import type { Posting } from './post.ts'
import { createTurns } from './turns.ts'

export interface Answers {
  /**
   * Gives the replies. A press is answered at most once, whatever the replies are. `answered` resolves when the press is answered, or at once where others of
   * the same person come first, or what is shown to them alone; `done` when all is said. Neither rejects.
   */
  give(inbound: Inbound, asked: Asked, replies: readonly Reply[]): { answered: Promise<unknown>; done: Promise<unknown> }
  /** The same for what is said before there are replies. A press takes no second answer: what comes after that goes to the private chat, where it is open. */
  tell(inbound: Inbound, asked: Asked, words: readonly Reply[]): Promise<unknown>
  /** Ends the waiting circle of a press that means nothing to us. */
  dismiss(press: string): Promise<unknown>
}

interface Parts {
  readonly ways: Ways
  readonly posting: Posting
  readonly learned: Learned
  readonly pointers: Pointers
  readonly bench: Workbench
  privateLink(payload: string): string
  /** What to do with what could not be shown to this person alone in the group. */
  missed(inbound: Inbound, reply: Whisper, isPress: boolean, number: number): Promise<readonly Reply[]>
  /** What to do with what reached this person nowhere. Never rejects. */
  lost(inbound: Inbound, losses: readonly Loss[]): Promise<unknown>
  readonly stopping: AbortSignal
}

export type Whisper = Extract<Reply, { kind: 'whisper' | 'update' }>
/** What a press is answered with. */
type Word = { readonly text?: string; readonly show_alert?: boolean; readonly url?: string }

/** A toast vanishes soon; longer words get a box that stays until it is tapped away. */
const toast = 60
/** A reply is tried twice, when it need not wait longer than this. */
const patienceMs = 15_000
/** Far more than one fetch brings. */
const mostSpent = 1_000
const mostReaders = 10_000

export function createAnswers(parts: Parts): Answers {
  const { posting, pointers, bench, privateLink, stopping } = parts
  const turns = createTurns()
  /** Presses that were answered before there were replies. */
  const spent = new RecentSet<string>(mostSpent)
  /** Who has had a receipt in a box: from then on they know where to look. */
  const readers = new RecentSet<PersonRef>(mostReaders)
  const answer = answersPresses(parts)
  const asides = createAsides({ ...parts, alone: posting.alone })
  const twice = (call: () => Promise<Sent>): Promise<Sent> => insist(patienceMs, call, stopping)

  async function say(to: SpaceRef | PersonRef, view: View, under?: MessageRef): Promise<Sent> {
    const sent = await twice(() => posting.send(to, view, under))
    note(sent)
    return sent
  }

  /** Said in the private chat, in place of the group. Where that cannot be either, it is said again later. */
  async function sayInstead(inbound: Inbound, asked: Open, reply: Whisper): Promise<void> {
    const fate = fateOf(await say(inbound.person.ref, reply.view))
    asked.lost.push({ reply, fate })
  }

  function note(sent: Sent | undefined): void {
    if (sent && !messageIn(sent)) bench.log.debug({ sent }, 'A reply could not be given')
  }

  async function update(inbound: Inbound, view: View): Promise<void> {
    const message = messageOf(inbound)
    if (inbound.event.kind !== 'press' || !message) throw new Error('Only the message of a press can be updated.')
    const sent = await twice(() => posting.change(message, view))
    // In private, what was pressed may have been deleted meanwhile; a group needs no second copy.
    if (noIn(sent) && inbound.place === 'private') await say(inbound.person.ref, view)
    else note(sent)
  }

  /** The way into the private chat, for a command: shown to this person alone, or to all. */
  async function lead(inbound: Inbound, asked: Asked, { view, label, payload }: GoPrivate, under: MessageRef | undefined): Promise<void> {
    const way = { ...view, buttons: [[{ label, url: privateLink(payload) }]] }
    if (inbound.place === 'private') return void (await say(inbound.person.ref, way))
    if (inbound.mayWhisper && (await asides.show(inbound, asked, way))) return
    note(await pointers.point(inbound.person.ref, inbound.place.space, way, under))
  }

  /** For this person alone. Where the group cannot show it, it goes elsewhere, and a press that waits is answered with that. */
  async function aside(inbound: Inbound, asked: Open, reply: Whisper): Promise<void> {
    const { kind, view, instead } = reply
    if (inbound.mayWhisper && (await asides.show(inbound, asked, view, kind === 'update'))) return
    const { press, unseen, waits } = asked
    asked.missed += 1
    const elsewhere = instead ? [instead] : await parts.missed(inbound, reply, waits, asked.missed).catch(() => undefined)
    if (!elsewhere) return sayInstead(inbound, asked, reply)
    asked.waits = false
    await answers.give({ ...inbound, mayWhisper: false }, { unseen, ...(waits && { press }) }, elsewhere).done
  }

  async function other(inbound: Inbound, asked: Open, reply: Reply): Promise<void> {
    const place = inbound.place === 'private' ? inbound.person.ref : inbound.place.space
    const under = inbound.event.kind === 'press' || inbound.place === 'private' ? undefined : messageOf(inbound)
    switch (reply.kind) {
      case 'say':
        return void (await say(place, reply.view, under))
      case 'update':
        return isAside(inbound, reply) ? aside(inbound, asked, reply) : update(inbound, reply.view)
      // One that a press has not carried: where only this person sees it.
      case 'whisper':
        return inbound.mayWhisper ? aside(inbound, asked, reply) : sayInstead(inbound, asked, reply)
      case 'go private':
        return lead(inbound, asked, reply, under)
      default:
        throw new Error(`Telegram has no way to "${reply.kind}".`)
    }
  }

  async function others(
    inbound: Inbound,
    asked: Open,
    replies: readonly Reply[],
    carried: Whisper | GoPrivate | undefined,
    answered: Promise<boolean>,
  ): Promise<void> {
    for (const reply of replies) {
      if (reply !== carried) await other(inbound, asked, reply)
      else if (carried.kind === 'go private') await answered
      else if (!(await answered)) await sayInstead(inbound, asked, carried)
      else if (carried.isReceipt) await asides.beside(inbound, asked, carried.view)
    }
    await parts.lost(inbound, asked.lost)
  }

  /** What is shown to this person alone comes first: where it cannot be, the answer to the press says so. */
  async function asideFirst(inbound: Inbound, press: string, asked: Open, replies: readonly Reply[]): Promise<void> {
    for (const reply of replies) await other(inbound, asked, reply)
    if (asked.waits) await turns.take(inbound.person.ref, true, () => answer(press, {})).done
    await parts.lost(inbound, asked.lost)
  }

  const broke = (inbound: Inbound) => (cause: unknown) => {
    bench.log.error({ err: cause, kind: inbound.event.kind }, 'A Telegram reply broke')
  }

  function word(inbound: Inbound, carried: Whisper | GoPrivate | undefined): Word {
    if (!carried) return {}
    if (carried.kind === 'go private') return { url: privateLink(carried.payload) }
    const isFirst = carried.isReceipt && !readers.has(inbound.person.ref)
    if (isFirst) readers.add(inbound.person.ref)
    return wordOf(carried.view, carried.isReceipt ? isFirst : undefined)
  }

  const answers: Answers = {
    give(inbound, asked, replies) {
      const { press: id } = asked
      const carried = id === undefined ? undefined : carriedBy(inbound, replies)
      const isSpent = id !== undefined && spent.delete(id)
      if (id !== undefined && !isSpent && !carried && replies.some(reply => isAside(inbound, reply))) {
        const open: Open = { ...asked, waits: true, missed: 0, lost: [] }
        return { answered: Promise.resolve(), done: asideFirst(inbound, id, open, replies).catch(broke(inbound)) }
      }
      const turn = id === undefined || isSpent ? undefined : turns.take(inbound.person.ref, true, () => answer(id, word(inbound, carried)))
      const answered = turn?.done ?? Promise.resolve(!isSpent)
      const done = others(inbound, { ...asked, waits: false, missed: 0, lost: [] }, replies, carried, answered).catch(broke(inbound))
      return { answered: turn?.isNext ? answered : Promise.resolve(), done: Promise.all([answered, done]) }
    },
    // A press is answered with the words in private too: an answer without any would look like one to what was pressed.
    async tell(inbound, asked, words) {
      const { press: id } = asked
      const [first] = words
      if (id === undefined || !first || !('view' in first)) return answers.give(inbound, asked, words).done
      spent.add(id)
      const said = await turns.take(inbound.person.ref, true, () => answer(id, wordOf(first.view))).done
      return said || say(inbound.person.ref, first.view)
    },
    dismiss: id => answer(id, {}),
  }
  return answers
}

interface Open extends Asked {
  /** The press is still to be answered. */
  waits: boolean
  /** How many of the replies could not be shown where they belong. */
  missed: number
  /** What could be shown nowhere. */
  readonly lost: Loss[]
}

/** Answers a press. Whether Telegram took it: it takes none that is older than some seconds, and none twice. */
function answersPresses({ ways, bench, stopping }: Pick<Parts, 'ways' | 'bench' | 'stopping'>) {
  return async function answer(press: string, word: Word, isLast = false): Promise<boolean> {
    try {
      await ways.answers.answerCallbackQuery({ callback_query_id: press, ...word })
      return true
    } catch (error) {
      if (!isLast && !(error instanceof GrammyError && error.error_code === 400)) {
        await pause(1000, stopping)
        return answer(press, word, true)
      }
      bench.log.debug({ code: error instanceof GrammyError ? error.error_code : 0 }, 'A press could not be answered')
      return false
    }
  }
}

/**
 * The one reply that the answer to a press can carry: the way into the private chat, else the first whisper; of those that can be shown in the group, one of
 * few words. In private all is said aloud.
 */
function carriedBy({ place, mayWhisper }: Inbound, replies: readonly Reply[]): Whisper | GoPrivate | undefined {
  const way = replies.find((reply): reply is GoPrivate => reply.kind === 'go private')
  const isCarried = (reply: Reply): reply is Whisper =>
    reply.kind === 'whisper' && (!mayWhisper || reply.isReceipt === true || isShort(reply.view))
  return way ?? (place === 'private' ? undefined : replies.find(isCarried))
}

function wordOf(view: View, isBox?: boolean): Word {
  const whole = plain(view)
  const text = whole.length <= longest.answer ? whole : view.brief
  return { text, ...((isBox ?? text.length > toast) && { show_alert: true }) }
}

const messageOf = ({ event }: Inbound): MessageRef | undefined => ('message' in event ? event.message : undefined)
