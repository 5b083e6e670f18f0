import type { Outcome } from '../feature/outcome.ts'
import { inPrivate, isSecret, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { text } from '../kit/page.ts'
import type { Tx } from '../store/tx.ts'
import { view } from '../view/make.ts'
import type { Acting } from './permissions.ts'
import { roleWord } from './view.ts'

/** A network as a file, for its coordinators: everything but what would tell how anybody voted. */
export async function exportNetwork({ ctx, network, tools }: Acting): Promise<Outcome> {
  if (!ctx.chat.can.files) return unchanged(ctx, 'network-export-no-files')
  if (!isSecret(ctx)) return inPrivate(ctx, token('network', 'card', network.id))
  const data = {
    ...{ folkmoot: 'network', format: 1, made: ctx.speech.now.toISOString() },
    ...Object.assign({}, ...(await Promise.all(tools.deps.features().map(feature => feature.forExport(ctx.tx, network.id))))),
  }
  const { t, locale } = ctx.speech.texts
  const name = `folkmoot-${ctx.speech.now.toISOString().slice(0, 10)}.json`
  const file = {
    kind: 'file',
    name,
    mime: 'application/json',
    text: `${JSON.stringify(data, null, 2)}\n`,
    about: t('network-export-about', { network: network.name }),
  } as const
  // Handled again when it is repeated: the guard must not keep it.
  return {
    again: [
      {
        kind: 'whisper',
        view: view({
          lang: locale,
          blocks: [text(t('network-export-what')), file],
          brief: t('network-export-about', { network: network.name }),
        }),
      },
    ],
  }
}

/** What this feature gives to an export: the network, its areas, spaces and roles. No codes, no accounts. */
export async function exportOwn(tx: Tx, networkId: string): Promise<Readonly<Record<string, unknown>>> {
  const network = await tx.network.findUniqueOrThrow({ where: { id: networkId } })
  const areas = await tx.area.findMany({ where: { networkId }, orderBy: { name: 'asc' } })
  const spaces = await tx.space.findMany({ where: { networkId }, orderBy: { title: 'asc' } })
  const named = { person: { select: { name: true } } }
  const roles = await tx.grant.findMany({
    where: { person: { networkId } },
    include: named,
    orderBy: [{ role: 'asc' }, { grantedAt: 'asc' }],
  })
  const people = await tx.person.count({ where: { networkId } })
  const { name, locale, zone, contact, hideUnder, createdAt } = network
  return {
    network: { name, locale, zone, contact, hideUnder, createdAt, people },
    areas: areas.map(({ id, name: called, retiredAt }) => ({ id, name: called, retiredAt })),
    spaces: spaces.map(({ id, title, platform, areaId, audience, state, locale: language, zone: own, joinedAt }) => ({
      id,
      title,
      platform,
      areaId,
      audience,
      state,
      locale: language,
      zone: own,
      joinedAt,
    })),
    roles: roles.map(({ role, person, grantedAt }) => ({ role: roleWord(role), name: person.name, grantedAt })),
  }
}
