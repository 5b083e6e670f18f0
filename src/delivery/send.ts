import { createHash } from 'node:crypto'
import type { Log } from '../base/log.ts'
import type { Adapter, MessageRef, PersonRef, SpaceRef } from '../platform/adapter.ts'
import { fit, TooLong } from '../view/fit.ts'
import type { View } from '../view/view.ts'
import { type Call, type Decided, type Ended, nothing, prevented, undrawable, undrawn, type When } from './outcome.ts'
import type { Address, Claimed, Drawn, Render } from './post.ts'

/** What is next for a row: a call, or (decided without one) what it becomes. */
export type Step = { readonly call: Call } | { readonly decided: Decided }

type Drawer = (to: Address) => Drawn

/** The drawings for those rows that have no finished view: one question for all. A subject whose drawing fails stands in no one else's way. */
export async function draw(rows: readonly Claimed[], render: Render, now: Date, log: Log): Promise<ReadonlyMap<string, Drawer | 'failed'>> {
  const subjects = [...new Set(rows.filter(needsDrawing).map(row => row.subject))]
  if (subjects.length === 0) return new Map()
  try {
    return await render(subjects, now)
  } catch (err) {
    log.error({ err, subjects: subjects.length }, 'posts could not be drawn together')
  }
  const drawn = new Map<string, Drawer | 'failed'>()
  for (const subject of subjects) {
    const one = await render([subject], now).catch(err => {
      log.error({ err, subject }, 'a post could not be drawn')
    })
    const drawer = one ? one.get(subject) : 'failed'
    if (drawer) drawn.set(subject, drawer)
  }
  return drawn
}

function needsDrawing(row: Claimed): boolean {
  return row.verdict === 'go' && row.view === null && !row.retired && (row.state === 'waiting' || row.wanted > row.shown)
}

/** Decides what to do about a claimed row. */
export function step(row: Claimed, drawer: Drawer | 'failed' | undefined, adapter: Adapter, when: When, log: Log): Step {
  if (row.verdict !== 'go') return { decided: prevented(row, when.now) }
  if (row.retired) return removal(row)
  if (row.state === 'waiting' && row.view) return { call: { kind: 'send', view: row.view, hash: hashOf(row.view) } }
  if (row.state === 'sent' && (row.view || row.wanted <= row.shown)) return row.pin ? { call: { kind: 'pin' } } : { decided: nothing(row) }
  if (drawer === 'failed') return { decided: undrawn(row, when) }
  try {
    return drawnStep(row, drawer?.(row) ?? 'leave', adapter)
  } catch (err) {
    log.error({ err, subject: row.subject, platform: row.platform }, 'a post could not be drawn for its place')
    return { decided: err instanceof TooLong ? undrawable(row, 'too long') : undrawn(row, when) }
  }
}

function drawnStep(row: Claimed, drawn: Drawn, adapter: Adapter): Step {
  if (drawn === 'leave') return { decided: nothing(row) }
  if (drawn === 'remove') return row.state === 'sent' ? removal(row) : { decided: nothing(row) }
  const view = fitOne(drawn.view, adapter)
  const hash = hashOf(view)
  if (row.state === 'waiting') return { call: { kind: 'send', view, hash } }
  return hash === row.shownHash ? { decided: nothing(row) } : { call: { kind: 'edit', view, hash } }
}

// A platform that cannot delete answers `refused` by itself.
function removal(row: Claimed): Step {
  return row.message ? { call: { kind: 'remove' } } : { decided: prevented({ ...row, verdict: 'removed' }, new Date(0)) }
}

// A drawn post stays one message: it could not be edited as several.
function fitOne(view: View, adapter: Adapter): View {
  const [first, more] = fit({ ...view, whole: true }, adapter.can.limits)
  if (!first || more) throw new TooLong('A drawn post does not fit into one message.')
  return first
}

function hashOf(view: View): string {
  return createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22)
}

/** Makes the call. What an adapter throws is a fault: nobody knows what the call did. */
export async function makeCall(row: Claimed, call: Call, adapter: Adapter, log: Log): Promise<Ended> {
  try {
    switch (call.kind) {
      case 'send':
        return await adapter.send(row.ref as SpaceRef | PersonRef, call.view, row.key)
      case 'edit':
        return await adapter.change(row.message as MessageRef, call.view)
      default:
        return await adapter.change(row.message as MessageRef, call.kind)
    }
  } catch (err) {
    log.error({ err, id: String(row.id), platform: row.platform, call: call.kind }, 'a call to a platform failed')
    return { fault: 'fault' }
  }
}
