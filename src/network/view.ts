import type { Role } from '../community/members.ts'
import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { Button } from '../view/view.ts'

/** What the pages of `/network` have in common. */

/** A button of a network: its token carries the network's id first. */
export function to(networkId: string, action: string, label: string, ...args: readonly (string | number)[]): Button {
  return { label, token: token('network', action, networkId, ...args) }
}

/** Back to the card. */
export function back({ texts: { t } }: Speech, networkId: string, action = 'card', ...args: readonly (string | number)[]): Button {
  return to(networkId, action, t('network-back'), ...args)
}

/** A role in a token, and as it is typed. */
export function roleWord(role: Role): string {
  return role === 'decisionMaker' ? 'decision-maker' : role
}

/** "coordinator", "steering group member", "decision maker". */
export function roleName({ texts: { t } }: Speech, role: Role): string {
  return t('network-role', { role })
}

/** A list of names in one line, or "nobody". `total`: how many there are, where only the first of them were read. */
export function names({ texts: { t } }: Speech, all: readonly string[], total = all.length): string {
  const said = all.length > 0 ? all.join(', ') : t('network-nobody')
  return total > all.length ? t('network-names-more', { names: said, n: total - all.length }) : said
}
