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
  return noNetwork(ctx)
}

/** Where it is not clear which network is meant, or there is none: what to do then. */
export function noNetwork(ctx: Ctx): Outcome {
  return unchanged(ctx, ctx.inbound.place === 'private' ? 'app-no-network-private' : 'app-no-network-here', {}, [waysIn(ctx)])
}

/** What somebody can do where it is not clear which network is meant, or there is none. */
export function waysIn({ networks, inbound, chat, speech: { texts } }: Ctx): readonly Button[] {
  const go = (key: TextKey, feature: string, action: string): Button => ({ label: texts.t(key), token: token(feature, action) })
  if (networks.length > 1) return [go('app-pick-network', 'app', 'networks')]
  if (inbound.place === 'private') return [go('network-do-role', 'network', 'role')]
  const enter = go('network-do-enter', 'network', 'enter')
  // Questions are asked in private: from there a link leads back to a chat with a code, but with no name.
  if (chat.can.forms === 'questions') return chat.chatLink('network') ? [enter] : []
  return [enter, go('network-do-begin', 'network', 'begin')]
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
