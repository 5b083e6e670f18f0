import type { Ctx } from '../feature/context.ts'

/** Whether a private message would reach this person, as far as is known: nobody is promised one that cannot be sent. */
export function canTell({ inbound, identity, chat }: Pick<Ctx, 'inbound' | 'identity' | 'chat'>): boolean {
  if (inbound.place === 'private' || identity.tell === 'open') return true
  return identity.tell === 'unknown' && chat.can.tell !== 'once started'
}
