import { postIn, spacesAt } from '../community/audience.ts'
import { post } from '../delivery/outbox.ts'
import type { Post } from '../delivery/post.ts'
import type { Deps } from '../feature/feature.ts'
import { withAudience } from '../kit/placed-posts.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { Announcement, Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { loadAnnouncement, postsOf, type WholeAnnouncement } from './announcement.ts'
import { checkBeside, checkWords, readLink, usefulUntil } from './domain.ts'
import type { AnnouncementSettings } from './settings.ts'

/** How long after the last useful moment its posts are looked at: what is under way then has ended. */
const SETTLED_MS = 60_000

/**
 * Makes an announcement from its settings, in the caller's transaction, with a row for each of its posts: the delivery waits for their time. Or says why not.
 */
export async function createAnnouncement(
  tx: Tx,
  deps: Deps,
  o: { readonly networkId: string; readonly personId: string; readonly settings: AnnouncementSettings; readonly id: string },
): Promise<WholeAnnouncement | Refusal> {
  const { settings, networkId, id } = o
  const now = deps.clock.now()
  const wrong = checkWords(settings.words) ?? checkLink(settings.link) ?? checkBeside(settings) ?? checkTime(settings.postsAt, now)
  if (wrong) return wrong
  const spaces = await spacesAt(tx, networkId, settings.places)
  if (spaces.length === 0) return { key: 'announcements-wrong-nowhere' }
  const { words, link, pin, lateHours, picture } = settings
  const places = withAudience(settings.places, spaces)
  const postsAt = settings.postsAt ? new Date(settings.postsAt) : now
  const row = {
    id,
    networkId,
    words,
    link,
    pin,
    places,
    lateHours,
    postsAt,
    createdBy: o.personId,
    createdAt: now,
    ...(picture && { picture }),
  }
  const made = await tx.announcement.create({ data: { ...row, checkAt: lookAt({ postsAt, lateHours }) } })
  await post(tx, postRows(deps, made, spaces), now)
  const whole = await loadAnnouncement(tx, id)
  if (!whole) throw new Error('An announcement that was just made is not there.')
  return whole
}

export function checkLink(link: string | null): Refusal | undefined {
  const read = link === null ? undefined : readLink(link)
  return read && 'key' in read ? read : undefined
}

function checkTime(postsAt: string | null, now: Date): Refusal | undefined {
  return postsAt !== null && new Date(postsAt) <= now ? { key: 'announcements-wrong-past' } : undefined
}

/** When to look whether any of its posts was missed. */
export function lookAt(course: Pick<Announcement, 'postsAt' | 'lateHours'>): Date {
  return new Date(usefulUntil(course).getTime() + SETTLED_MS)
}

/** One post a space, due at its time. */
export function postRows(
  deps: Deps,
  one: Pick<Announcement, 'id' | 'networkId' | 'postsAt' | 'lateHours' | 'pin'>,
  spaces: readonly Space[],
): readonly Post[] {
  return spaces.map(space => ({
    ...postIn(deps, one.networkId, space),
    key: `announcements/${one.id}/${space.id}`,
    subject: postsOf(one.id),
    runAt: one.postsAt,
    usefulUntil: usefulUntil(one),
    pin: one.pin && deps.platform(space.platform)?.can.pin === true,
  }))
}
