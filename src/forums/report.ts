import type { Source } from '../base/readable.ts'
import type { Speech } from '../feature/context.ts'
import type { BulletinItem, PackItem, Period } from '../feature/parts.ts'
import { token } from '../feature/token.ts'
import type { Tx } from '../store/tx.ts'
import { fullTime } from '../texts/when.ts'
import { endsAt, isOut, nameOf } from './domain.ts'
import { loadForums, type WholeForum } from './forum.ts'

/** What a meeting and what residents read of forums: numbers, never who came or what anybody needs. */

/** So many of one kind at the most. */
const MOST = 200
/** A forum lasts at most a day. */
const LONGEST_MS = 86_400_000

/** Forums that were held, and ended in the period, oldest first. */
export async function forumsForPack(source: Source<Tx>, { networkId, from, to }: Period, speech: Speech): Promise<readonly PackItem[]> {
  const startsAt = { gte: new Date(from.getTime() - LONGEST_MS), lt: to }
  const all = await loadForums(source, { networkId, state: 'standing', startsAt }, { first: 'asc', most: MOST })
  const held = all.filter(one => endsAt(one) >= from && endsAt(one) < to && endsAt(one) <= speech.now)
  return held.map(one => ({ at: endsAt(one), title: one.theme, lines: packLines(one, speech) }))
}

function packLines(one: WholeForum, speech: Speech): readonly string[] {
  const { t } = speech.texts
  return [
    t('forums-pack-when', { when: fullTime(one.startsAt, speech) }),
    t('forums-pack-people', { coming: one.coming, came: one.came }),
    ...one.outcomes.map(outcome => t('forums-pack-outcome', { outcome })),
  ]
}

/** Forums ahead, soonest first, then what came out of those held, where that was posted in the period; nothing of the steering group. */
export async function forumsForBulletin(
  source: Source<Tx>,
  { networkId, from, to }: Period,
  speech: Speech,
): Promise<readonly BulletinItem[]> {
  const { now } = speech
  const standing = { networkId, state: 'standing' as const }
  const ahead = await loadForums(source, { ...standing, startsAt: { gt: now }, postsAt: { lte: now } }, { first: 'asc', most: MOST })
  const told = await loadForums(source, { ...standing, summaryAt: { gte: from, lt: to } }, { first: 'asc', most: MOST })
  return [
    ...ahead.filter(one => isKnown(one, now)).map(one => aheadItem(one, speech)),
    ...told.filter(one => isKnown(one, now)).map(one => toldItem(one, speech)),
  ]
}

/** Whether residents know of it. */
function isKnown(one: WholeForum, now: Date): boolean {
  return one.places.audience !== 'steering' && isOut(one, now)
}

function aheadItem(one: WholeForum, speech: Speech): BulletinItem {
  const line = speech.texts.t('forums-bulletin-ahead', { theme: nameOf(one.theme), when: fullTime(one.startsAt, speech) })
  return { at: one.startsAt, line, token: token('forums', 'mine', one.id) }
}

function toldItem(one: WholeForum, { texts: { t } }: Speech): BulletinItem {
  const theme = nameOf(one.theme)
  const outcomes = one.outcomes.join('; ')
  const line = outcomes === '' ? t('forums-bulletin-notes', { theme }) : t('forums-bulletin-outcomes', { theme, outcomes })
  return { at: one.summaryAt ?? one.startsAt, line }
}
