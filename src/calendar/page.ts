import { needsCoordinator } from '../community/permissions.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { inPrivate, isSecret, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { view } from '../view/make.ts'
import { plannedIn } from './feed.ts'
import { filesWork } from './file.ts'
import { type Member, memberIn, type Tools } from './members.ts'
import { hashOf, newSecret } from './secret.ts'
import { newLink } from './view.ts'

/** How long a link to the page works, in milliseconds: a week. */
const OPEN_FOR = 7 * 86_400_000

/** What is planned, as a page for coordinators: by a secret link, or where no link would open for anybody as a file. */
export async function openPage(from: Ctx, tools: Tools, [networkId]: readonly string[]): Promise<Outcome> {
  const member = await memberIn(from, tools, networkId)
  if ('refused' in member) return member.refused
  const { ctx, network, person } = member
  if (!ctx.roles.has('coordinator')) return needsCoordinator(ctx)
  const { publicUrl } = tools.deps
  const menu = token('calendar', 'feed', network.id)
  if (publicUrl === undefined) return filesWork(ctx, menu) ?? pageFile(member)
  if (!isSecret(ctx)) return inPrivate(ctx, menu)
  const secret = newSecret(ctx.ids)
  const { now } = ctx.speech
  // One page a person: a link that was lost ends with the next.
  await ctx.tx.feed.deleteMany({ where: { personId: person.id, kind: 'page' } })
  const row = { id: ctx.ids.id(), networkId: network.id, personId: person.id, kind: 'page' as const, hash: hashOf(secret), createdAt: now }
  const made = await ctx.tx.feed.create({ data: { ...row, endsAt: new Date(now.getTime() + OPEN_FOR) }, include: { area: true } })
  return { again: whisper(newLink(made, network, `${publicUrl}/calendar/${secret}`, ctx.speech)) }
}

async function pageFile({ ctx, network, tools }: Member): Promise<Outcome> {
  const planned = await plannedIn(tools.deps.features(), ctx.tx, network.id, ctx.speech.now)
  const { calendarPage } = await import('../web/calendar-page.ts')
  const { t, locale } = ctx.speech.texts
  const text = calendarPage({ ...planned, network: network.name }, { ...ctx.speech, zone: network.zone })
  const about = t('calendar-page-about', { network: network.name })
  const blocks = [
    { kind: 'text', text: t('calendar-page-how') },
    { kind: 'file', name: 'calendar.html', mime: 'text/html', text, about },
  ] as const
  return { again: whisper(view({ lang: locale, blocks, brief: about })) }
}
