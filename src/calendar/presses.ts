import { need } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Press } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { inPrivate, isSecret, turnTo, unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import type { View } from '../view/view.ts'
import { FEEDS } from './feed.ts'
import { filesWork, sendFile } from './file.ts'
import { feedsOf, type Member, memberIn, myFeed, type Tools } from './members.ts'
import { openPage } from './page.ts'
import { hashOf, newSecret } from './secret.ts'
import { areasView, linkCard, menuView, newLink } from './view.ts'

/** What the buttons do. Everything is looked up again at every press: anybody can write any token. */

type Deed = (ctx: Ctx, tools: Tools, args: readonly string[]) => Promise<Outcome>

const PRESSES: Readonly<Record<string, Deed>> = { feed, areas, make, one, renew, off, page: openPage }

export async function calendarPress(ctx: Ctx, tools: Tools, { action, args }: Press): Promise<Outcome> {
  return need(PRESSES, action)(ctx, tools, args)
}

async function feed(ctx: Ctx, tools: Tools, [networkId]: readonly string[]): Promise<Outcome> {
  const member = await memberIn(ctx, tools, networkId)
  return 'refused' in member ? member.refused : { again: turnTo(ctx, await menuFor(member)) }
}

async function menuFor({ ctx, network, person, tools }: Member, said?: string): Promise<View> {
  const areas = await ctx.tx.area.findMany({ where: { networkId: network.id, retiredAt: null }, orderBy: { name: 'asc' } })
  return menuView(
    {
      network,
      area: areas.find(area => area.id === person.areaId),
      hasAreas: areas.length > 0,
      isCoordinator: ctx.roles.has('coordinator'),
      links: tools.deps.publicUrl !== undefined,
      mine: await feedsOf(ctx, person.id),
      ...(said !== undefined && { said }),
    },
    ctx.speech,
  )
}

async function areas(ctx: Ctx, tools: Tools, [networkId = '', at]: readonly string[]): Promise<Outcome> {
  const member = await memberIn(ctx, tools, networkId)
  if ('refused' in member) return member.refused
  const all = await ctx.tx.area.findMany({ where: { networkId: member.network.id, retiredAt: null }, orderBy: { name: 'asc' } })
  return { again: turnTo(ctx, areasView(member.network, all, at, member.ctx.speech)) }
}

/** A link, or where there is no address for links a file. */
async function make(from: Ctx, tools: Tools, [networkId = '', word, areaId]: readonly string[]): Promise<Outcome> {
  const member = await memberIn(from, tools, networkId)
  if ('refused' in member) return member.refused
  const { ctx, network, person } = member
  const kind = FEEDS.find(one => one === word)
  const area = kind === 'area' && areaId ? await ctx.tx.area.findFirst({ where: { id: areaId, networkId, retiredAt: null } }) : null
  if (!kind || (kind === 'area') !== (area !== null)) return unchanged(ctx, 'app-old-button')
  const { publicUrl } = tools.deps
  const menu = token('calendar', 'feed', networkId)
  if (publicUrl === undefined) return filesWork(ctx, menu) ?? sendFile(member, kind, area)
  if (!isSecret(ctx)) return inPrivate(ctx, menu)
  const known = await ctx.tx.feed.findFirst({ where: { personId: person.id, kind, areaId: area?.id ?? null }, include: { area: true } })
  if (known) return { again: turnTo(ctx, linkCard(known, network, true, ctx.speech, ctx.speech.texts.t('calendar-have'))) }
  const secret = newSecret(ctx.ids)
  const row = {
    id: ctx.ids.id(),
    networkId,
    personId: person.id,
    kind,
    areaId: area?.id ?? null,
    hash: hashOf(secret),
    createdAt: ctx.speech.now,
  }
  const made = await ctx.tx.feed.create({ data: row, include: { area: true } })
  // The secret is in the answer alone: neither the store nor the guard against repeats keeps it.
  return { again: whisper(newLink(made, network, feedUrl(publicUrl, secret), ctx.speech)) }
}

function feedUrl(publicUrl: string, secret: string): string {
  return `${publicUrl}/calendar/${secret}.ics`
}

async function one(ctx: Ctx, tools: Tools, [id]: readonly string[]): Promise<Outcome> {
  const found = await myFeed(ctx, tools, id)
  if ('refused' in found) return found.refused
  const { member, feed: mine } = found
  return { again: turnTo(ctx, linkCard(mine, member.network, tools.deps.publicUrl !== undefined, member.ctx.speech)) }
}

/** Another link for the same; the old one leads nowhere from then on. */
async function renew(ctx: Ctx, tools: Tools, [id]: readonly string[]): Promise<Outcome> {
  const found = await myFeed(ctx, tools, id)
  if ('refused' in found) return found.refused
  const { member, feed: mine } = found
  const { publicUrl } = tools.deps
  if (publicUrl === undefined || mine.kind === 'page') return unchanged(ctx, 'app-old-button')
  if (!isSecret(ctx)) return inPrivate(ctx, token('calendar', 'one', mine.id))
  const secret = newSecret(ctx.ids)
  const made = await ctx.tx.feed.update({
    where: { id: mine.id },
    data: { hash: hashOf(secret), createdAt: ctx.speech.now, usedAt: null },
    include: { area: true },
  })
  return { again: whisper(newLink(made, member.network, feedUrl(publicUrl, secret), member.ctx.speech)) }
}

async function off(ctx: Ctx, tools: Tools, [id]: readonly string[]): Promise<Outcome> {
  const found = await myFeed(ctx, tools, id)
  if ('refused' in found) return found.refused
  await ctx.tx.feed.deleteMany({ where: { id: found.feed.id } })
  return turnTo(ctx, await menuFor(found.member, ctx.speech.texts.t('calendar-ended')))
}
