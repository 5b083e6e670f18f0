import { readdirSync, readFileSync } from 'node:fs'
import type { Event, Inbound, Place, Reply, SpaceRef } from '../../src/adapter.ts'
import { systemIds } from '../../src/clock.ts'
import { plain } from '../../src/view/plain.ts'
import type { Group } from '../platforms/telegram/groups.ts'
import type { Person } from '../platforms/telegram/people.ts'
import type { Moot } from './moot.ts'

export const SECRET = 'Shall we ask for a night bus?'

/** Every action of a feature, read from its source: what its tokens say, what it compares with, and the names in its tables. */
export function actionsOf(feature: 'polls' | 'network' | 'guide'): readonly string[] {
  const folder = new URL(`../../src/${feature}/`, import.meta.url)
  const source = readdirSync(folder)
    .map(name => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const plainly = [/token\('[a-z]+', '([a-z]+)'/g, /action === '([a-z]+)'/g, /case '([a-z]+)':/g, /to\('([a-z]+)', '/g]
  const lists = [...source.matchAll(/\[([^\]]+)\]\.includes\((?:press|submit)\.action/g)].flatMap(found => found[1]?.match(/[a-z]+/g) ?? [])
  const tables = [...source.matchAll(/Record<string, (?:Open|Deed|Action)>> = \{([\s\S]*?)\n\}/g)]
  const names = tables.flatMap(found =>
    [...(found[1] ?? '').matchAll(/(?:^ {2,4}|[{,] )([a-z]+)(?=[:,]| \})/gm)].map(name => name[1] ?? ''),
  )
  return [...new Set([...plainly.flatMap(one => [...source.matchAll(one)].map(found => found[1] ?? '')), ...lists, ...names])].sort()
}

/** What somebody does, past the wire: an attacker needs no app that keeps the rules. */
export async function does(on: Moot, person: Person, place: Group | 'private', event: Event): Promise<readonly Reply[]> {
  const at: Place = place === 'private' ? 'private' : { space: `telegram:${place.id}` as SpaceRef }
  const who = { ref: `telegram:${person.id}`, name: person.user.first_name, locale: 'en' } as const
  const inbound: Inbound = { id: `telegram:forged:${systemIds.id()}`, received: on.clock.now(), place: at, person: who, event }
  return on.house.app.receive(on.adapter, inbound)
}

export const words = (replies: readonly Reply[]): string =>
  replies
    .map(reply => ('view' in reply ? plain(reply.view) : 'form' in reply ? `${reply.form.title} ${reply.form.intro ?? ''}` : ''))
    .join('\n')

/** All that belongs to a network, as it stands. */
export async function belongings({ store: { prisma } }: Moot, networkId: string): Promise<string> {
  const of = { where: { networkId } }
  const polls = { where: { pollId: { in: (await prisma.poll.findMany(of)).map(poll => poll.id) } } }
  const all = await Promise.all([
    prisma.network.findMany({ where: { id: networkId } }),
    prisma.area.findMany(of),
    prisma.space.findMany(of),
    prisma.joinCode.findMany(of),
    prisma.invitation.findMany(of),
    prisma.grant.findMany({ where: { person: { networkId } } }),
    prisma.draft.findMany(of),
    prisma.poll.findMany({ ...of, include: { options: true, spaces: true } }),
    ...[prisma.ballot.findMany(polls), prisma.count.findMany(polls), prisma.tookPart.findMany(polls)],
    prisma.delivery.count({ where: { networkId, spaceId: { not: null } } }),
  ])
  return JSON.stringify(all, null, 1)
}

interface Target {
  readonly pollId: string
  readonly draftId: string
  readonly ids: readonly string[]
}

/** A network with something of everything: an open poll, a draft, a join code, an invitation. */
export async function furnish(on: Moot): Promise<Target> {
  const { prisma } = on.store
  on.jo.says(on.ardwick, `/poll ${SECRET} | Yes | No | Later`)
  await on.sees(on.ardwick, SECRET)
  const poll = await prisma.poll.findFirstOrThrow()
  await on.tg.until(() => on.tg.pending.length === 0, 'the poll')
  const person = await prisma.person.findFirstOrThrow({ where: { name: 'Jo' } })
  await does(on, on.jo, 'private', { kind: 'submit', form: 'polls_new', values: { question: 'Which day?', options: 'A\nB', closes: '' } })
  const draft = await prisma.draft.findFirstOrThrow()
  const [space, area] = [await prisma.space.findFirstOrThrow(), await prisma.area.findFirstOrThrow()]
  return { pollId: poll.id, draftId: draft.id, ids: [poll.id, draft.id, on.networkId, space.id, area.id, person.id] }
}

/** Every action with the ids of things that are there, and with what is no id at all. */
export function forged({ pollId, draftId, ids }: Target): readonly string[] {
  const [, , network = '', space = ''] = ids
  const polls = [[pollId], [draftId], ...['99999999999999999999', 'yes', space].map(more => [pollId, more])]
  const tails = { polls, network: [[network], ...[space, 'yes'].map(more => [network, more])], guide: [[], [network]] }
  return (['polls', 'network', 'guide'] as const).flatMap(feature =>
    actionsOf(feature).flatMap(action => tails[feature].map(tail => [feature, action, ...tail].join('_'))),
  )
}

/** One form for each action and each thing that it could be about. */
export function forgedForms({ pollId, draftId, ids }: Target): readonly string[] {
  return [
    ...actionsOf('polls').flatMap(action => [`polls_${action}_${pollId}`, `polls_${action}_${draftId}`]),
    ...actionsOf('network').map(action => `network_${action}_${ids[2]}`),
  ]
}

/** Sends all of them, each of several people one after the other. */
export async function attack(
  on: Moot,
  crowd: readonly Person[],
  place: Group | 'private',
  tokens: readonly string[],
  kind: 'press' | 'submit',
): Promise<readonly string[]> {
  const said: string[] = []
  const one = async (person: Person, share: readonly string[]): Promise<void> => {
    for (const token of share) {
      const values = {
        question: 'Q?',
        options: 'A\nB',
        closes: '',
        outcome: 'x',
        when: '',
        name: 'x',
        min: '1',
        max: '1',
        option: 'mine',
        zone: 'UTC',
        hide: '1',
        contact: 'x',
      }
      const event: Event = kind === 'press' ? { kind, token } : { kind, form: token, values }
      // Not all at once: that would be refused for another reason.
      on.clock.at += 300
      const answer = words(await does(on, person, place, event))
      if (answer.includes('That was a lot at once')) throw new Error('The attack was too fast to reach anything.')
      said.push(`${token}: ${answer}`)
    }
  }
  await Promise.all(
    crowd.map((person, i) =>
      one(
        person,
        tokens.filter((_, at) => at % crowd.length === i),
      ),
    ),
  )
  return said
}

export async function otherNetwork(on: Moot): Promise<{ group: Group; crowd: Person[] }> {
  const { prisma } = on.store
  const group = on.tg.group('Moss Side')
  await prisma.network.create({ data: { id: 'othernet01', name: 'Elsewhere' } })
  await prisma.space.create({
    data: {
      id: 'otherspace',
      networkId: 'othernet01',
      ref: `telegram:${group.id}`,
      title: 'Moss Side',
      platform: 'telegram',
      state: 'joined',
    },
  })
  const crowd = Array.from({ length: 6 }, (_, i) => on.person(`Mallory ${i}`))
  for (const [i, person] of crowd.entries()) {
    const ref = `telegram:${person.id}`
    await prisma.identity.create({ data: { ref, name: person.user.first_name } })
    await prisma.person.create({
      data: {
        id: `mallory${i}`,
        networkId: 'othernet01',
        name: 'Mallory',
        identities: { create: { identityRef: ref, networkId: 'othernet01' } },
        grants: { create: [{ role: 'coordinator' }, { role: 'steering' }] },
      },
    })
  }
  return { group, crowd }
}
