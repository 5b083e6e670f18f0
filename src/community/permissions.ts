import type { Ctx, Speech } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import { sentence } from '../view/make.ts'
import type { Button } from '../view/view.ts'
import type { Role } from './members.ts'

/** Undefined for a coordinator; else why what they want to begin is not for them. */
export function mayStart(ctx: Ctx): Outcome | undefined {
  if (ctx.network) return ctx.roles.has('coordinator') ? undefined : needsCoordinator(ctx)
  const pick = { label: ctx.speech.texts.t('app-pick-network'), token: token('app', 'networks') }
  return unchanged(ctx, 'app-no-network-private', {}, ctx.networks.length > 1 ? [[pick]] : [])
}

/** Undefined for everybody in a network: what they write is kept for a coordinator. Else which network is meant is asked first. */
export function mayTry(ctx: Ctx): Outcome | undefined {
  return ctx.network ? undefined : mayStart(ctx)
}

export function needsCoordinator(ctx: Ctx): Outcome {
  return needsRole(ctx, 'coordinator')
}

/** What somebody without the role is told: what it takes, and who can help. `also`: what became of what they wrote. */
export function needsRole(ctx: Ctx, role: Role, also?: TextKey): Outcome {
  const { t, locale } = ctx.speech.texts
  const said = [t('app-needs-role', { role }), ...(also ? [t(also)] : [])].join('\n')
  return { again: whisper(sentence(locale, said, [[whoButton(ctx.speech)]])) }
}

export function whoButton({ texts: { t } }: Speech): Button {
  return { label: t('app-who'), token: token('network', 'who') }
}
