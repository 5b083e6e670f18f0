import type { Ctx, Speech } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import type { Button } from '../view/view.ts'
import type { Role } from './members.ts'

/** Undefined for a coordinator; else why what they want to begin is not for them. */
export function mayStart(ctx: Ctx): Outcome | undefined {
  if (ctx.network) return ctx.roles.has('coordinator') ? undefined : needsCoordinator(ctx)
  const pick = { label: ctx.speech.texts.t('app-pick-network'), token: token('app', 'networks') }
  return unchanged(ctx, 'app-no-network-private', {}, ctx.networks.length > 1 ? [[pick]] : [])
}

export function needsCoordinator(ctx: Ctx): Outcome {
  return needsRole(ctx, 'coordinator')
}

/** What somebody without the role is told: what it takes, and who can help. */
export function needsRole(ctx: Ctx, role: Role): Outcome {
  return unchanged(ctx, 'app-needs-role', { role }, [[whoButton(ctx.speech)]])
}

export function whoButton({ texts: { t } }: Speech): Button {
  return { label: t('app-who'), token: token('network', 'who') }
}
