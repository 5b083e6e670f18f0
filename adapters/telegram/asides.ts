import type { Inbound, Reply, Sent, Workbench } from '../../src/platform/adapter.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { insist } from '../../src/platform/sent.ts'
import { plain } from '../../src/view/plain.ts'
import type { View } from '../../src/view/view.ts'
import { type Alone, type Aside, notKnown } from './alone.ts'
import type { Ways } from './api.ts'
import { longest } from './capabilities.ts'
import type { Learned } from './learned.ts'
import { addressOf } from './refs.ts'

/** By what an update can be answered: `press` is the callback query's id, `unseen` the number of what only this person sees, pressed or said. */
export interface Asked {
  readonly press?: string | undefined
  readonly unseen?: number | undefined
}

/** Answers that stand in the group for one person alone. */
export interface Asides {
  /** Whether it was shown: in place of what was pressed, with `isUpdate`, else anew. */
  show(inbound: Inbound, asked: Asked, view: View, isUpdate?: boolean): Promise<boolean>
  /** A receipt with its buttons, for a press that is answered: where that keeps nobody waiting, and it comes soon. */
  beside(inbound: Inbound, asked: Asked, view: View): Promise<void>
}

interface Parts {
  readonly alone: Alone
  readonly learned: Learned
  readonly ways: Pick<Ways, 'lanes'>
  readonly bench: Pick<Workbench, 'now' | 'log'>
  readonly stopping: AbortSignal
}

/** A refusal of what was asked later than this says nothing of who may be shown what: Telegram's own time for it is 15 s. */
const soonMs = 10_000
/** So long somebody waits who has no button before them that turns. */
const patienceMs = 3_500
const mostReceipts = 5_000

export function createAsides({ alone, learned, ways, bench, stopping }: Parts): Asides {
  /** The number of the last receipt, by place, person and what it is about. */
  const receipts = new RecentMap<string, number>(mostReceipts)
  const isSoon = ({ received }: Inbound): boolean => bench.now().getTime() - received.getTime() < soonMs

  function note(inbound: Inbound, sent: Sent): void {
    if (sent === notKnown) learned.server(false)
    else if (sent !== 'unsure' && 'no' in sent && isSoon(inbound)) learned.refused(inbound)
    bench.log.debug({ sent }, 'What is for one person could not be shown in the group')
  }

  return {
    async show(inbound, asked, view, isUpdate = false) {
      const to = asideOf(inbound, asked)
      const { press, unseen } = asked
      if (!to) return false
      const before = isUpdate ? unseen : undefined
      if (before !== undefined && (await alone.change(to, before, view))) return true
      let shown: Awaited<ReturnType<Alone['show']>> = 'unsure'
      const send = async (): Promise<Sent> => {
        shown = await alone.show(to, view)
        return typeof shown === 'object' && 'number' in shown ? { ok: 'telegram:0/0' } : shown
      }
      const sent = await (press === undefined ? insist(patienceMs, send, stopping) : send())
      if (sent !== 'unsure' && 'ok' in sent) {
        if (before !== undefined) await alone.remove(to, before)
        return true
      }
      note(inbound, sent)
      return false
    },
    async beside(inbound, asked, view) {
      const to = asideOf(inbound, asked)
      const key = to && keyOf(to, view)
      if (!to || key === undefined || !inbound.mayWhisper || !isSoon(inbound)) return
      if (stopping.aborted || !ways.lanes.take(addressOf(to.space).chat)) return
      const shown = await alone.show(to, view, true)
      if (shown === 'unsure' || !('number' in shown)) return note(inbound, shown)
      const before = receipts.get(key)
      receipts.set(key, shown.number)
      if (before !== undefined && before !== shown.number) await alone.remove(to, before)
    },
  }
}

function asideOf({ place, person, event }: Inbound, { press, unseen }: Asked): Aside | undefined {
  if (place === 'private') return undefined
  return { space: place.space, person: person.ref, press, said: event.kind === 'press' ? undefined : unseen }
}

/** Receipts for the same thing have the same button. */
function keyOf({ space, person }: Aside, { buttons }: View): string | undefined {
  const first = buttons.flat().find(button => 'token' in button)
  return first && 'token' in first ? `${space} ${person} ${first.token}` : undefined
}

/** Few enough words for the answer to a press. */
export const isShort = (view: View): boolean =>
  view.buttons.length === 0 &&
  view.blocks.every(({ kind }) => kind !== 'file' && kind !== 'picture') &&
  plain(view).length <= longest.answer

/** Whether it is to be shown to this person alone, in the group. */
export const isAside = ({ place, isUnseen }: Inbound, { kind }: Reply): boolean =>
  place !== 'private' && (kind === 'whisper' || (kind === 'update' && isUnseen === true))
