import { GrammyError } from 'grammy'
import type { Inbound, MessageRef, PersonRef, Reply, Sent, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import { RecentSet } from '../../src/platform/remember.ts'
import { insist, messageIn, noIn } from '../../src/platform/sent.ts'
import { pause } from '../../src/platform/waiting.ts'
import { plain } from '../../src/view/plain.ts'
import type { View } from '../../src/view/view.ts'
import type { Ways } from './api.ts'
import { longest } from './capabilities.ts'
import type { Posting } from './post.ts'
import { createTurns } from './turns.ts'

export interface Answers {
  /**
   * Gives the replies. `press`: the callback query's id where there is one; it is answered at most once, whatever the replies are. `answered` resolves
   * when the press is answered, or at once where others of the same person come first; `done` when all is said. Neither rejects.
   */
  give(inbound: Inbound, press: string | undefined, replies: readonly Reply[]): { answered: Promise<unknown>; done: Promise<unknown> }
  /** The same for what is said before there are replies. A press takes no second answer: what comes after that goes to the private chat, where it is open. */
  tell(inbound: Inbound, press: string | undefined, words: readonly Reply[]): Promise<unknown>
  /** Ends the waiting circle of a press that means nothing to us. */
  dismiss(press: string): Promise<unknown>
}

interface Parts {
  readonly ways: Ways
  readonly posting: Posting
  readonly bench: Workbench
  privateLink(payload: string): string
  readonly stopping: AbortSignal
}

type Whisper = { readonly kind: 'whisper'; readonly view: View }
type GoPrivate = Extract<Reply, { kind: 'go private' }>
/** What a press is answered with. */
type Word = { readonly text?: string; readonly show_alert?: boolean; readonly url?: string }

/** A toast vanishes soon; longer words get a box that stays until it is tapped away. */
const toast = 60
/** A reply is tried twice, when it need not wait longer than this. */
const patienceMs = 15_000
/** Far more than one fetch brings. */
const mostSpent = 1_000

export function createAnswers({ ways, posting, bench, privateLink, stopping }: Parts): Answers {
  const turns = createTurns()
  /** Presses that were answered before there were replies. */
  const spent = new RecentSet<string>(mostSpent)

  const answer = answersPresses({ ways, bench, stopping })
  const twice = (call: () => Promise<Sent>): Promise<Sent> => insist(patienceMs, call, stopping)

  async function say(to: SpaceRef | PersonRef, view: View, under?: MessageRef): Promise<void> {
    note(await twice(() => posting.send(to, view, under)))
  }

  function note(sent: Sent): void {
    if (!messageIn(sent)) bench.log.debug({ sent }, 'A reply could not be given')
  }

  async function update(inbound: Inbound, view: View): Promise<void> {
    const message = messageOf(inbound)
    if (inbound.event.kind !== 'press' || !message) throw new Error('Only the message of a press can be updated.')
    const sent = await twice(() => posting.change(message, view))
    // In private, what was pressed may have been deleted meanwhile; a group needs no second copy.
    if (noIn(sent) && inbound.place === 'private') await say(inbound.person.ref, view)
    else note(sent)
  }

  async function other(inbound: Inbound, reply: Reply): Promise<void> {
    const place = inbound.place === 'private' ? inbound.person.ref : inbound.place.space
    const under = inbound.event.kind === 'press' || inbound.place === 'private' ? undefined : messageOf(inbound)
    switch (reply.kind) {
      case 'say':
        return say(place, reply.view, under)
      case 'update':
        return update(inbound, reply.view)
      // One that a press has not carried: where only this person sees it, if that chat is open.
      case 'whisper':
        return say(inbound.person.ref, reply.view)
      case 'go private':
        return say(place, { ...reply.view, buttons: [[{ label: reply.label, url: privateLink(reply.payload) }]] }, under)
      default:
        throw new Error(`Telegram has no way to "${reply.kind}".`)
    }
  }

  async function others(
    inbound: Inbound,
    replies: readonly Reply[],
    carried: Whisper | GoPrivate | undefined,
    answered: Promise<boolean>,
  ): Promise<void> {
    for (const reply of replies) {
      if (reply !== carried) await other(inbound, reply)
      else if (!(await answered) && carried.kind === 'whisper') await say(inbound.person.ref, carried.view)
    }
  }

  const answers: Answers = {
    give(inbound, id, replies) {
      const carried = id === undefined ? undefined : carriedBy(inbound, replies)
      const word = carried ? wordOf(carried, privateLink) : {}
      const isSpent = id !== undefined && spent.delete(id)
      const turn = id === undefined || isSpent ? undefined : turns.take(inbound.person.ref, true, () => answer(id, word))
      const answered = turn?.done ?? Promise.resolve(!isSpent)
      const done = others(inbound, replies, carried, answered).catch((cause: unknown) => {
        bench.log.error({ err: cause, kind: inbound.event.kind }, 'A Telegram reply broke')
      })
      return { answered: turn?.isNext ? answered : Promise.resolve(), done: Promise.all([answered, done]) }
    },
    // A press is answered with the words in private too: an answer without any would look like one to what was pressed.
    async tell(inbound, id, words) {
      const [word] = words
      if (id === undefined || !word || !('view' in word)) return answers.give(inbound, id, words).done
      spent.add(id)
      const said = await turns.take(inbound.person.ref, true, () => answer(id, wordOf({ kind: 'whisper', view: word.view }, privateLink)))
        .done
      return said || say(inbound.person.ref, word.view)
    },
    dismiss: id => answer(id, {}),
  }
  return answers
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

/** The one reply that the answer to a press can carry: the way into the private chat, else the first whisper. In private all is said aloud. */
function carriedBy(inbound: Inbound, replies: readonly Reply[]): Whisper | GoPrivate | undefined {
  const way = replies.find((reply): reply is GoPrivate => reply.kind === 'go private')
  return way ?? (inbound.place === 'private' ? undefined : replies.find((reply): reply is Whisper => reply.kind === 'whisper'))
}

function wordOf(reply: Whisper | GoPrivate, privateLink: (payload: string) => string): Word {
  if (reply.kind === 'go private') return { url: privateLink(reply.payload) }
  const whole = plain(reply.view)
  const text = whole.length <= longest.answer ? whole : reply.view.brief
  return { text, ...(text.length > toast && { show_alert: true }) }
}

const messageOf = ({ event }: Inbound): MessageRef | undefined => ('message' in event ? event.message : undefined)
