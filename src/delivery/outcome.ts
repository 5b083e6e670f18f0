import type { Lost, Sent, SpaceRef } from '../platform/adapter.ts'
import type { TextKey } from '../texts/keys.ts'
import type { View } from '../view/view.ts'
import type { Claimed } from './post.ts'

/** What a row becomes. `dueAt`: when to try again; null: nothing is to be done until the row is touched. */
export interface Outcome {
  readonly state: 'waiting' | 'sent' | 'failed' | 'missed' | 'gone' | 'unsure' | 'removed'
  readonly message: string | null
  readonly shown: number
  readonly shownHash: string | null
  readonly attempts: number
  readonly dueAt: Date | null
  readonly sendingAt: Date | null
  readonly why: string | null
  readonly pin: boolean
  /** It could not be taken away and is to be left. */
  readonly keep: boolean
}

/** What a result says about more than its row. */
export type Effect =
  | { readonly kind: 'trouble'; readonly spaceId: string; readonly trouble: TextKey; readonly gone: boolean }
  | { readonly kind: 'well'; readonly spaceId: string; readonly edit: boolean }
  | { readonly kind: 'moved'; readonly from: SpaceRef; readonly to: SpaceRef }
  | { readonly kind: 'gone space'; readonly spaceId: string; readonly lane: string }
  | { readonly kind: 'paused'; readonly networkId: string }
  | { readonly kind: 'unreachable'; readonly personRef: string }
  | { readonly kind: 'gone message' }

/** One call to a platform. `hash`: of the view that it shows. */
export type Call =
  | { readonly kind: 'send' | 'edit'; readonly view: View; readonly hash: string }
  | { readonly kind: 'remove' }
  | { readonly kind: 'pin' }

/** How a call ended: as the platform says, or by a fault, of which it is not known what it did. */
export type Ended = Sent | { readonly fault: string }

export interface Decided {
  readonly outcome: Outcome
  readonly effects: readonly Effect[]
  /** Nothing more in this lane for so many milliseconds. */
  readonly later?: number
}

export interface When {
  readonly now: Date
  /** 0 to 1. */
  readonly random: number
  /** The platform recognises a repeated key. */
  readonly keyed: boolean
}

/** Keys of the texts that tell coordinators why the bot cannot post in a space. */
const TROUBLE = { lost: 'space-trouble-lost', forbidden: 'space-trouble-forbidden', edit: 'space-trouble-edit' } as const

/** The same of a space that the bot has lost, where it is known how. */
export const lostBy = (how: Lost): TextKey => `space-trouble-${how}`

/** Why a post or an edit was given up together with its space; kept with the row, so that it can be made good. */
export const SPACE_GONE = 'space gone'

export const MOST_ATTEMPTS = 12
/** After how many milliseconds a post looks again whether its space has joined. */
const JOINING_MS = 2_000
const HOUR = 3_600_000

/** What a row becomes by the end of a call. What only mirrors a post elsewhere is nobody's trouble, and says nothing of its space. Pure. */
export function decide(row: Claimed, call: Call, ended: Ended, when: When): Decided {
  const decided = end(row, call, ended, when)
  const isMirror = 'view' in call && call.view.blocks.some(block => block.kind === 'event')
  return isMirror ? { ...decided, effects: [] } : decided
}

function end(row: Claimed, call: Call, ended: Ended, when: When): Decided {
  if (ended === 'unsure' || 'fault' in ended) return unanswered(row, call, ended === 'unsure' ? 'no answer' : ended.fault, when)
  if ('later' in ended) {
    return {
      ...calm(row, { dueAt: new Date(when.now.getTime() + ended.later), sendingAt: row.since, attempts: row.attempts }),
      later: ended.later,
    }
  }
  switch (call.kind) {
    case 'send':
      return sent(row, call.hash, ended, when)
    case 'edit':
      return edited(row, call.hash, ended, when)
    case 'remove':
      return removed(row, ended)
    case 'pin':
      return 'no' in ended && ended.no === 'gone' ? vanished(row) : calm(row, { pin: false })
  }
}

type Said = Exclude<Sent, 'unsure' | { later: number }>

function sent(row: Claimed, hash: string, ended: Said, { now, keyed }: When): Decided {
  if ('ok' in ended) {
    // A platform that recognised the key has kept what the first send said: an edit must follow.
    const isStale = keyed && row.since !== null && row.view === null
    const shown = isStale ? { shown: row.wanted - 1, shownHash: null } : { shown: row.wanted, shownHash: hash }
    const outcome = change(row, { state: 'sent', message: ended.ok, ...shown })
    return { outcome, effects: well(row, false) }
  }
  if ('moved' in ended) return moved(row, ended.moved, now)
  const why = `${ended.no}: ${ended.why}`
  if (ended.no === 'refused') return calm(row, { state: 'failed', why })
  if (row.spaceId === null) return ended.no === 'gone' ? calm(row, { state: 'gone', why }) : unreachable(row)
  if (ended.no === 'gone') {
    const effects: Effect[] = [
      { kind: 'trouble', spaceId: row.spaceId, trouble: ended.how ? lostBy(ended.how) : TROUBLE.lost, gone: true },
      { kind: 'gone space', spaceId: row.spaceId, lane: row.lane },
    ]
    return { outcome: change(row, { state: 'gone', why }), effects }
  }
  return forbidden(row, row.spaceId, ended.how ? lostBy(ended.how) : TROUBLE.forbidden, why, now)
}

function edited(row: Claimed, hash: string, ended: Said, { now }: When): Decided {
  if ('ok' in ended) {
    return { outcome: change(row, { message: ended.ok, shown: row.wanted, shownHash: hash, why: null }), effects: well(row, true) }
  }
  if ('moved' in ended) return moved(row, ended.moved, now)
  if (ended.no === 'gone') return vanished(row)
  const why = `${ended.no}: ${ended.why}`
  if (ended.no === 'forbidden' && row.spaceId !== null) return forbidden(row, row.spaceId, TROUBLE.edit, why, now)
  const effects: Effect[] = ended.no === 'unreachable' && row.personRef !== null ? [{ kind: 'unreachable', personRef: row.personRef }] : []
  return { outcome: change(row, { shown: row.wanted, why }), effects }
}

function removed(row: Claimed, ended: Said): Decided {
  const isUnavailable = 'ok' in ended || 'moved' in ended || ended.no === 'gone'
  return isUnavailable
    ? calm(row, { state: 'removed', why: 'retired' })
    : calm(row, { why: `not removed: ${ended.why}`, keep: true, shown: row.wanted })
}

// Nothing is known of the call. An edit may be repeated safely; a send only if the platform recognises it or if a double is better than a gap.
function unanswered(row: Claimed, call: Call, why: string, { now, random, keyed }: When): Decided {
  const attempts = row.attempts + 1
  const isLast = attempts >= MOST_ATTEMPTS
  const dueAt = new Date(now.getTime() + backoff(attempts, random))
  switch (call.kind) {
    case 'send': {
      const isOver = isLast || (row.unsure === 'drop' && !keyed)
      return isOver ? calm(row, { state: 'unsure', why, attempts }) : calm(row, { dueAt, attempts, why, sendingAt: row.sendingAt })
    }
    case 'edit':
      return isLast ? calm(row, { shown: row.wanted, why }) : calm(row, { dueAt, attempts, why })
    case 'remove':
      return isLast ? calm(row, { why: `not removed: ${why}`, keep: true, shown: row.wanted }) : calm(row, { dueAt, attempts, why })
    case 'pin':
      return calm(row, { pin: false })
  }
}

// Another try each hour: whoever clears the trouble makes it due at once.
function forbidden(row: Claimed, spaceId: string, trouble: TextKey, why: string, now: Date): Decided {
  const outcome = change(row, { dueAt: new Date(now.getTime() + HOUR), sendingAt: row.since, why })
  return { outcome, effects: [{ kind: 'trouble', spaceId, trouble, gone: false }] }
}

// The message stays behind at the old address, so an edit becomes a send to the new one.
function moved(row: Claimed, to: SpaceRef, now: Date): Decided {
  const attempts = row.attempts + 1
  if (row.spaceId === null || attempts >= MOST_ATTEMPTS) return calm(row, { state: 'failed', why: 'moved' })
  const outcome = change(row, { state: 'waiting', message: null, dueAt: now, sendingAt: row.since, attempts })
  return { outcome, effects: [{ kind: 'moved', from: row.ref as SpaceRef, to }] }
}

function unreachable(row: Claimed): Decided {
  const outcome = change(row, { state: 'failed', why: 'unreachable' })
  return { outcome, effects: row.personRef === null ? [] : [{ kind: 'unreachable', personRef: row.personRef }] }
}

function vanished(row: Claimed): Decided {
  return { outcome: change(row, { state: 'removed', why: 'gone' }), effects: [{ kind: 'gone message' }] }
}

function well(row: Claimed, edit: boolean): Effect[] {
  return row.spaceId !== null && row.trouble !== null ? [{ kind: 'well', spaceId: row.spaceId, edit }] : []
}

/** What becomes of a row that something stands in the way of, without a call. */
export function prevented(row: Claimed, now: Date): Decided {
  switch (row.verdict) {
    case 'paused':
      return {
        outcome: change(row, { dueAt: now, sendingAt: row.since, attempts: row.attempts }),
        effects: [{ kind: 'paused', networkId: row.networkId }],
      }
    // Looked at again when the space has joined, or soon: it may never join.
    case 'joining':
      return calm(row, { dueAt: new Date(now.getTime() + JOINING_MS), sendingAt: row.since, attempts: row.attempts })
    case 'gone': {
      const effects: Effect[] = row.spaceId === null ? [] : [{ kind: 'gone space', spaceId: row.spaceId, lane: row.lane }]
      const state = row.retired ? 'removed' : row.state === 'waiting' ? 'gone' : 'sent'
      return { outcome: change(row, { state, shown: row.wanted, why: SPACE_GONE }), effects }
    }
    case 'missed':
      return calm(row, { state: 'missed', why: 'late' })
    case 'unsure':
      return calm(row, { state: 'unsure', why: 'cut off' })
    case 'removed':
      return calm(row, { state: 'removed', why: 'retired' })
    case 'unreachable':
      return unreachable(row)
    case 'go':
      return nothing(row)
  }
}

/** There is nothing to show: an edit that would change nothing, a post that is not wanted any more. */
export function nothing(row: Claimed): Decided {
  return row.state === 'waiting' ? calm(row, { state: 'removed', why: 'nothing to say' }) : calm(row, { shown: row.wanted })
}

/** The feature has drawn what the platform cannot take: another try would end the same. */
export function undrawable(row: Claimed, why: string): Decided {
  return row.state === 'waiting' ? calm(row, { state: 'failed', why }) : calm(row, { shown: row.wanted, why })
}

/** The feature could not draw it now. */
export function undrawn(row: Claimed, { now, random }: When): Decided {
  const attempts = row.attempts + 1
  if (attempts >= MOST_ATTEMPTS) return undrawable(row, 'not drawn')
  return calm(row, { dueAt: new Date(now.getTime() + backoff(attempts, random)), attempts, sendingAt: row.since })
}

/** Milliseconds before the next try: 5 s, then 2.5 times as long each time, about 22 h in all, each up to a half less by chance. */
export function backoff(attempts: number, random: number): number {
  return Math.round(5_000 * 2.5 ** (attempts - 1) * (1 - random / 2))
}

function calm(row: Claimed, to: Partial<Outcome>): Decided {
  return { outcome: change(row, to), effects: [] }
}

function change(row: Claimed, to: Partial<Outcome>): Outcome {
  const { state, message, shown, shownHash, pin } = row
  return { state, message, shown, shownHash, pin, attempts: 0, dueAt: null, sendingAt: null, why: null, keep: false, ...to }
}
