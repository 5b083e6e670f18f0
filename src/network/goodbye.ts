import { postIn } from '../community/audience.ts'
import { fitParts } from '../delivery/outbox.ts'
import type { Post } from '../delivery/post.ts'
import type { Deps } from '../feature/feature.ts'
import type { Network, Space } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import { sentence } from '../view/make.ts'

/** How long a chat that leaves waits for its goodbye to be posted, in milliseconds. */
export const PATIENCE = 600_000

/** The last words in chats that leave, each in its own language. `turn` tells this leaving from others of the same chat. */
export function goodbyePosts(deps: Deps, network: Network, spaces: readonly Space[], turn: string, key: TextKey): readonly Post[] {
  const now = deps.clock.now()
  return spaces.flatMap(space => {
    const platform = deps.platform(space.platform)
    if (!platform) return []
    const { t, locale } = deps.texts.in(space.locale ?? network.locale)
    const whole: Post = {
      key: `network/goodbye/${space.id}/${turn}`,
      ...postIn(deps, network.id, space),
      subject: `network_goodbye_${space.id}`,
      view: sentence(locale, t(key, { network: network.name })),
      usefulUntil: new Date(now.getTime() + PATIENCE),
      unsure: 'drop',
    }
    return fitParts(whole, platform.can.limits)
  })
}
