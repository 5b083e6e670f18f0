import type { Speech } from '../feature/context.ts'
import { clockTime, isoDay } from '../texts/days.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime } from '../texts/when.ts'
import { listed } from '../view/direction.ts'
import { shorten } from '../view/sanitize.ts'
import type { ForumSettings } from './settings.ts'
import { lengthOf } from './view-post.ts'

/** What a change changes, and from what. Pure. */

/** What can be said of a forum. */
type Sayable = Pick<
  ForumSettings,
  'theme' | 'about' | 'agenda' | 'startsAt' | 'minutes' | 'address' | 'directions' | 'link' | 'capacity' | 'host' | 'contact'
>

/** Of each part: its name, and how it is said. */
interface Told {
  readonly name: TextKey
  said(settings: Sayable, speech: Speech): string
}

/** So much of words that may be long. */
const MOST = 80

const words = (name: TextKey, of: (settings: Sayable) => string | null): Told => ({
  name,
  said: (settings, { texts: { t } }) => shorten(of(settings) ?? '', MOST) || t('forums-change-nothing'),
})

/** In the order in which they are told. The time has a line of its own. */
const PARTS: Partial<Readonly<Record<keyof Sayable, Told>>> = {
  theme: words('forums-change-theme', ({ theme }) => theme),
  about: words('forums-change-about', ({ about }) => about),
  agenda: words('forums-change-agenda', ({ agenda }) => listed(agenda)),
  minutes: { name: 'forums-change-length', said: ({ minutes }, speech) => lengthOf(minutes, speech) },
  address: words('forums-fact-place', ({ address }) => address),
  directions: words('forums-fact-directions', ({ directions }) => directions),
  link: words('forums-fact-link', ({ link }) => link),
  capacity: {
    name: 'forums-fact-capacity',
    said: ({ capacity: n }, { texts: { t } }) => (n === null ? t('forums-capacity-none') : t('forums-capacity', { n })),
  },
  host: words('forums-fact-host', ({ host }) => host),
  contact: words('forums-fact-contact', ({ contact }) => contact),
}

/** Which of these names stand for something else afterwards. */
export function differing<Name extends keyof ForumSettings>(
  before: Pick<ForumSettings, Name>,
  after: Partial<Pick<ForumSettings, Name>>,
  names: readonly Name[],
): readonly Name[] {
  return names.filter(name => after[name] !== undefined && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

/** "When: Thursday 12 November, 18:00 (UTC+0) → 19:00", one row for each of these parts. */
export function changeRows(
  before: Sayable,
  after: Sayable,
  names: readonly (keyof ForumSettings)[],
  speech: Speech,
): readonly { readonly name: string; readonly value: string }[] {
  const { t } = speech.texts
  const time = names.includes('startsAt') ? [{ name: t('forums-fact-when'), value: timeChange(before, after, speech) }] : []
  const others = Object.entries(PARTS).filter(([name]) => names.some(one => one === name))
  return [
    ...time,
    ...others.map(([, part]) => ({
      name: t(part.name),
      value: t('forums-change-line', { from: part.said(before, speech), to: part.said(after, speech) }),
    })),
  ]
}

/** On the same day the hour alone. */
function timeChange({ startsAt: from }: Sayable, { startsAt: to }: Sayable, speech: Speech): string {
  const { t } = speech.texts
  if (from === null || to === null) return to === null ? t('forums-when-missing') : fullTime(new Date(to), speech)
  const [old, now] = [new Date(from), new Date(to)]
  const isSameDay = isoDay(old, speech) === isoDay(now, speech)
  return t('forums-change-line', { from: fullTime(old, speech), to: isSameDay ? clockTime(now, speech) : fullTime(now, speech) })
}
