import { CHAT, chatNames, named } from '../community/chat-names.ts'
import type { Ctx } from '../feature/context.ts'
import type { Section } from '../feature/feature.ts'
import { monthName } from '../texts/when.ts'
import { sentence } from '../view/make.ts'
import { roleName, to } from './view.ts'

/** How many chats in trouble are listed. */
const MOST = 10

/** What waits for a coordinator: chats in trouble, a deletion that a second one must confirm. */
export async function waitingSections(ctx: Ctx): Promise<readonly Section[]> {
  const { network, person, roles, tx, speech } = ctx
  if (!network || !person || !roles.has('coordinator') || network.state === 'deleting') return []
  const { t, named: told, locale } = speech.texts
  const troubled = await tx.space.findMany({
    where: { networkId: network.id, state: { notIn: ['left', 'leaving'] }, trouble: { not: null } },
    include: { area: true },
    orderBy: { title: 'asc' },
    take: MOST + 1,
  })
  const chats = named(troubled.slice(0, MOST)).map(
    ({ id, title, trouble }): Section => ({
      view: sentence(locale, t('network-waits-trouble', { space: title, why: trouble ? told(trouble) : '' }), [
        [to(network.id, 'space', title, id)],
      ]),
    }),
  )
  const asked = network.deleteAskedAt && network.deleteAskedBy !== person.id
  const ending: Section[] = asked
    ? [
        {
          view: sentence(locale, t('network-waits-delete', { network: network.name }), [
            [to(network.id, 'delete', t('network-do-delete'))],
          ]),
        },
      ]
    : []
  const more: Section[] =
    troubled.length > MOST
      ? [{ view: sentence(locale, t('network-waits-more'), [[to(network.id, 'health', t('network-do-health-bad'))]]) }]
      : []
  return [...ending, ...chats, ...more]
}

/** What this feature holds about a person. */
export async function personalDataLines(ctx: Ctx): Promise<readonly string[]> {
  const { person, network, roles, tx, speech } = ctx
  if (!person || !network) return []
  const { t } = speech.texts
  const area = person.areaId ? await tx.area.findUnique({ where: { id: person.areaId } }) : null
  const chats = await actedChats(ctx, person.id)
  const accounts = await tx.membership.count({ where: { personId: person.id } })
  return [
    t('network-held-person', { network: network.name, name: person.name }),
    ...(area ? [t('network-held-area', { area: area.name })] : []),
    ...(roles.size > 0 ? [t('network-held-roles', { roles: [...roles].map(role => roleName(speech, role)).join(', ') })] : []),
    t('network-held-accounts', { n: accounts }),
    ...chats,
  ]
}

/** The chats that somebody acted in, the last ones first. What was done in the last seconds is not among them yet. */
async function actedChats({ tx, speech }: Ctx, personId: string): Promise<readonly string[]> {
  const { t } = speech.texts
  const where = { personId, space: { state: { not: 'left' as const } } }
  const acted = await tx.acted.findMany({
    where,
    include: { space: { select: CHAT } },
    orderBy: [{ month: 'desc' }, { space: { title: 'asc' } }, { spaceId: 'asc' }],
    take: MOST,
  })
  if (acted.length === 0) return []
  const more = (await tx.acted.count({ where })) - acted.length
  const names = chatNames(acted.map(({ space }) => space))
  const chats = acted
    .map(({ space, month }) => t('network-held-chat', { chat: names.get(space.id) ?? space.title, month: monthName(month, speech) }))
    .join(', ')
  return [t('network-held-chats', { chats, more })]
}
