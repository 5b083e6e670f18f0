import { post } from '../delivery/outbox.ts'
import type { Deps } from '../feature/feature.ts'
import type { PrismaClient, Role } from '../store/generated/client.ts'
import type { Texts } from '../texts/texts.ts'
import { sentence } from '../view/make.ts'
import { withKey } from './area-keys.ts'

/** The network that a newcomer tries the bot with: five neighbourhoods with a chat each, a steering chat, and people to be. */

const AREAS = [
  ['ancoats', 'Ancoats & Beswick'],
  ['clayton', 'Clayton & Openshaw'],
  ['ardwick', 'Ardwick'],
  ['gorton', 'Gorton & Abbey Hey'],
  ['levenshulme', 'Levenshulme & Longsight'],
] as const

const RESIDENTS: readonly (readonly [key: string, name: string, area: (typeof AREAS)[number][0]])[] = [
  ['amina', 'Amina', 'ardwick'],
  ['tomasz', 'Tomasz', 'ancoats'],
  ['grace', 'Grace', 'clayton'],
  ['imran', 'Imran', 'gorton'],
  ['mei', 'Mei', 'levenshulme'],
  ['dawn', 'Dawn', 'ardwick'],
  ['yusuf', 'Yusuf', 'clayton'],
]

interface SamplePerson {
  readonly key: string
  readonly name: string
  readonly note: string
  readonly admin: boolean
}

export interface Sample {
  readonly spaces: readonly {
    readonly key: string
    readonly title: string
    readonly area?: string
    readonly audience: 'residents' | 'steering'
  }[]
  readonly people: readonly SamplePerson[]
}

export function sampleNetwork({ t }: Texts): Sample {
  const residents = RESIDENTS.map(([key, name, area]) => ({
    key,
    name,
    note: t('sample-resident', { area: areaName(area) }),
    admin: false,
  }))
  return {
    spaces: [
      ...AREAS.map(([key, area]) => ({ key, title: t('sample-space', { area }), area, audience: 'residents' as const })),
      { key: 'steering', title: t('sample-steering-space'), audience: 'steering' as const },
    ],
    people: [
      { key: 'jo', name: 'Jo', note: t('sample-coordinator'), admin: true },
      ...residents,
      { key: 'kofi', name: 'Kofi', note: t('sample-steering'), admin: false },
    ],
  }
}

function areaName(key: string): string {
  return AREAS.find(([one]) => one === key)?.[1] ?? key
}

/** Plants it once, on one platform, with a hello in every chat. */
export async function plantSample(deps: Deps, platform: string, texts: Texts): Promise<void> {
  const { store, ids, clock } = deps
  if (await store.network.findFirst({ where: { sample: true } })) return
  const sample = sampleNetwork(texts)
  const now = clock.now()
  await store.$transaction(async tx => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('sample network', 0))::text`
    if (await tx.network.findFirst({ where: { sample: true } })) return
    const network = await tx.network.create({
      data: { id: ids.id(), name: texts.t('sample-name'), sample: true, contact: texts.t('sample-contact'), createdAt: now },
    })
    const areas = new Map(AREAS.map(([, name]) => [name as string, ids.id()]))
    await tx.area.createMany({ data: [...areas].map(([name, id]) => ({ id, networkId: network.id, ...withKey(name) })) })
    const spaces = sample.spaces.map(space => ({ ...space, id: ids.id(), ref: `${platform}:${space.key}` }))
    await tx.space.createMany({
      data: spaces.map(({ id, ref, title, audience, area }) => ({
        id,
        ref,
        title,
        audience,
        platform,
        networkId: network.id,
        areaId: area ? (areas.get(area) ?? null) : null,
        state: 'joined',
        joinedAt: now,
      })),
    })
    await plantPeople(tx as PrismaClient, deps, sample, { platform, networkId: network.id })
    const hello = spaces.map(space => ({
      key: `sample/hello/${space.id}`,
      networkId: network.id,
      to: { spaceId: space.id },
      platform,
      lane: deps.platform(platform)?.lane(space.ref) ?? space.ref,
      subject: `network_hello_${space.id}`,
      view: sentence(texts.locale, texts.t('sample-hello', { space: space.title })),
    }))
    await post(tx, hello, now)
  })
}

async function plantPeople(
  tx: Pick<PrismaClient, 'identity' | 'person' | 'membership' | 'grant'>,
  { ids }: Deps,
  sample: Sample,
  o: { platform: string; networkId: string },
): Promise<void> {
  const roles: Readonly<Record<string, Role>> = { jo: 'coordinator', kofi: 'steering' }
  const people = sample.people.map(person => ({ ...person, ref: `${o.platform}:@${person.key}`, id: ids.id() }))
  await tx.identity.createMany({ data: people.map(({ ref, name }) => ({ ref, name, tell: 'open' })), skipDuplicates: true })
  await tx.person.createMany({ data: people.map(({ id, name }) => ({ id, name, networkId: o.networkId })) })
  await tx.membership.createMany({ data: people.map(({ id, ref }) => ({ identityRef: ref, networkId: o.networkId, personId: id })) })
  await tx.grant.createMany({ data: people.flatMap(({ id, key }) => (roles[key] ? [{ personId: id, role: roles[key] }] : [])) })
}
