import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import { quiet } from '../kit/page.ts'
import type { CardParts, Fact } from '../kit/series/kind.ts'
import { shorten } from '../view/sanitize.ts'
import type { WholeSeries } from './series.ts'

/** Of the words: enough to know which it is. */
const WORDS = 400

/** What the card shows beside the series itself. */
interface Known {
  /** The announcement that its newest date became. */
  readonly last: string | undefined
  /** Where it goes. */
  readonly where: readonly Fact[]
}

/** What the card of a series shows of the announcement. Pure. */
export function cardParts(one: WholeSeries, { last, where }: Known, { texts: { t } }: Speech): CardParts {
  return {
    head: [
      { kind: 'quote', text: shorten(one.words, WORDS) },
      ...(one.link ? [quiet(one.link)] : []),
      ...(one.picture ? [quiet(t('series-picture', { about: one.picture.about }))] : []),
    ],
    facts: [
      ...where,
      { name: t('announcements-fact-late'), value: t('announcements-late', { hours: one.lateHours }) },
      { name: t('announcements-fact-pin'), value: t(one.pin ? 'announcements-pin-yes' : 'announcements-pin-no') },
    ],
    edit: [{ label: t('announcements-do-words'), token: token('announcements', 'rewrite', one.id) }],
    ways: [
      ...(last ? [{ label: t('series-do-last'), token: token('announcements', 'show', last) }] : []),
      { label: t('announcements-do-list'), token: token('announcements', 'list', one.networkId) },
    ],
  }
}
