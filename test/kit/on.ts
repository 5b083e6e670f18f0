import type { Role } from '../../src/community/members.ts'
import type { Ctx } from '../../src/feature/context.ts'
import { readCatalogues } from '../../src/texts/texts.ts'

const texts = readCatalogues([new URL('../../src/', import.meta.url)]).in('en')

/** An event as far as forms and verbs look at it, on a Monday at nine. */
export function eventOf(...roles: Role[]): Ctx {
  const speech = { texts, locale: 'en', zone: 'Europe/London', now: new Date('2026-11-02T09:00:00Z') }
  return { speech, roles: new Set(roles), network: { id: 'n' }, networks: [] } as unknown as Ctx
}
