import { post } from '../delivery/outbox.ts'
import type { Deps } from '../feature/feature.ts'
import type { Role } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import type { Texts } from '../texts/texts.ts'
import { sentence } from '../view/make.ts'
import { withKey } from './area-keys.ts'

/** The network that a newcomer tries the bot with: five neighbourhoods with a chat each, a chat for all of them, a steering chat, and people to be. */

/** The fact that says that the sample network is still to come to life, from when on: see `sample-life.ts`. */
export const QUIET = 'sample-is-quiet'

export const AREAS = [
  ['ancoats', 'Ancoats & Beswick'],
  ['clayton', 'Clayton & Openshaw'],
  ['ardwick', 'Ardwick'],
  ['gorton', 'Gorton & Abbey Hey'],
  ['levenshulme', 'Levenshulme & Longsight'],
] as const

export const RESIDENTS: readonly (readonly [key: string, name: string, area: (typeof AREAS)[number][0]])[] = [
  ['amina', 'Amina', 'ardwick'],
  ['tomasz', 'Tomasz', 'ancoats'],
  ['grace', 'Grace', 'clayton'],
  ['imran', 'Imran', 'gorton'],
  ['mei', 'Mei', 'levenshulme'],
  ['dawn', 'Dawn', 'ardwick'],
  ['yusuf', 'Yusuf', 'clayton'],
]

/** The chat for all areas. */
export const ALL = 'all'

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
      { key: ALL, title: t('sample-all-space'), audience: 'residents' as const },
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

interface Planting {
  readonly deps: Deps
  readonly platform: string
  readonly texts: Texts
  readonly networkId: string
}

/** Plants it once, on one platform, with a hello in every chat. One that was planted before gets the chats that came since. */
export async function plantSample(deps: Deps, platform: string, texts: Texts): Promise<void> {
  const { store, ids, clock } = deps
  const sample = sampleNetwork(texts)
  const refs = sample.spaces.map(({ key }) => `${platform}:${key}`)
  const planted = await store.network.findFirst({ where: { sample: true } })
  if (planted && (await store.space.count({ where: { ref: { in: refs } } })) === refs.length) return
  const now = clock.now()
  await store.$transaction(async tx => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('sample network', 0))::text`
    const before = await tx.network.findFirst({ where: { sample: true } })
    if (before) return plantSpaces(tx, sample, { deps, platform, texts, networkId: before.id })
    const network = await tx.network.create({
      data: { id: ids.id(), name: texts.t('sample-name'), sample: true, contact: texts.t('sample-contact'), createdAt: now },
    })
    const planting = { deps, platform, texts, networkId: network.id }
    await tx.area.createMany({ data: AREAS.map(([, name]) => ({ id: ids.id(), networkId: network.id, ...withKey(name) })) })
    await plantSpaces(tx, sample, planting)
    await plantPeople(tx, sample, planting)
    await tx.fact.upsert({ where: { name: QUIET }, create: { name: QUIET, at: now }, update: { at: now } })
  })
}

/** The chats that are not there yet. */
async function plantSpaces(tx: Tx, sample: Sample, { deps, platform, texts, networkId }: Planting): Promise<void> {
  const now = deps.clock.now()
  const areas = new Map((await tx.area.findMany({ where: { networkId } })).map(({ id, name }) => [name, id]))
  const all = sample.spaces.map(space => ({ ...space, id: deps.ids.id(), ref: `${platform}:${space.key}` }))
  const standing = await tx.space.findMany({ where: { ref: { in: all.map(({ ref }) => ref) } } })
  const spaces = all.filter(({ ref }) => standing.every(space => space.ref !== ref))
  await tx.space.createMany({
    data: spaces.map(({ id, ref, title, audience, area }) => ({
      ...{ id, ref, title, audience, platform, networkId, state: 'joined' as const, joinedAt: now },
      areaId: area ? (areas.get(area) ?? null) : null,
    })),
  })
  const hello = spaces.map(space => ({
    ...{ key: `sample/hello/${space.id}`, networkId, to: { spaceId: space.id }, platform },
    lane: deps.platform(platform)?.lane(space.ref) ?? space.ref,
    subject: `network_hello_${space.id}`,
    view: sentence(texts.locale, texts.t('sample-hello', { space: space.title })),
  }))
  await post(tx, hello, now)
}

async function plantPeople(tx: Tx, sample: Sample, { deps, platform, networkId }: Planting): Promise<void> {
  const roles: Readonly<Record<string, Role>> = { jo: 'coordinator', kofi: 'steering' }
  const people = sample.people.map(person => ({ ...person, ref: `${platform}:@${person.key}`, id: deps.ids.id() }))
  await tx.identity.createMany({ data: people.map(({ ref, name }) => ({ ref, name, tell: 'open' })), skipDuplicates: true })
  await tx.person.createMany({ data: people.map(({ id, name }) => ({ id, name, networkId })) })
  await tx.membership.createMany({ data: people.map(({ id, ref }) => ({ identityRef: ref, networkId, personId: id })) })
  await tx.grant.createMany({ data: people.flatMap(({ id, key }) => (roles[key] ? [{ personId: id, role: roles[key] }] : [])) })
}
