import type { Speech } from '../feature/context.ts'
import type { EndOf } from '../texts/texts.ts'
import { listed } from '../view/direction.ts'

/** What really came of posts that went to several chats. Pure. */

/** How a post stands in one place: as deliveries say it. */
interface Standing {
  readonly title: string | null
  readonly state: string
}

const LOST = ['failed', 'missed', 'gone']
const MOST_NAMES = 10

/** "Reminded 2 of 3 chats." "It did not arrive in: Gorton." Or that it is on its way. Nothing where there are none. */
export function arrivedLines(
  what: EndOf<'arrived-in-'> & EndOf<'arrived-waiting-'>,
  posts: readonly Standing[],
  { texts: { t } }: Speech,
): readonly string[] {
  const counted = posts.filter(post => post.state !== 'removed')
  if (counted.length === 0) return []
  const titles = (states: readonly string[]): readonly string[] =>
    counted.filter(post => states.includes(post.state)).map(post => post.title ?? '?')
  const [lost, unsure] = [titles(LOST), titles(['unsure'])]
  const waiting = counted.filter(post => post.state === 'waiting').length
  const sent = counted.length - waiting - lost.length - unsure.length
  const lines = [
    ...(sent > 0 || waiting === 0 ? [t(`arrived-in-${what}`, { n: sent, of: counted.length })] : []),
    ...(waiting > 0 ? [t(`arrived-waiting-${what}`, { n: waiting })] : []),
    ...(unsure.length > 0 ? [t('arrived-unsure', { names: namesOf(unsure, t) })] : []),
    ...(lost.length > 0 ? [t('arrived-not', { names: namesOf(lost, t) })] : []),
  ]
  return [lines.join(' ')]
}

function namesOf(all: readonly string[], t: Speech['texts']['t']): string {
  const more = all.length - MOST_NAMES
  return listed([...all.slice(0, MOST_NAMES), ...(more > 0 ? [t('places-more', { n: more })] : [])])
}
