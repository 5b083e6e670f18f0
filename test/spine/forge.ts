import { systemIds } from '../../src/base/clock.ts'
import type { Event, Inbound, Place, Reply, SpaceRef } from '../../src/platform/adapter.ts'
import { plain } from '../../src/view/plain.ts'
import { tokensOf, ways } from '../helpers/doors.ts'
import type { Group } from '../platforms/telegram/groups.ts'
import type { Person } from '../platforms/telegram/people.ts'
import type { Moot } from './moot.ts'

export const SECRET = 'Shall we ask for a night bus?'

/** What somebody does, past the wire: an attacker needs no app that keeps the rules. */
export async function does(on: Moot, person: Person, place: Group | 'private', event: Event): Promise<readonly Reply[]> {
  const at: Place = place === 'private' ? 'private' : { space: `telegram:${place.id}` as SpaceRef }
  const who = { ref: `telegram:${person.id}`, name: person.user.first_name, locale: 'en' } as const
  const inbound: Inbound = { id: `telegram:forged:${systemIds.id()}`, received: on.clock.now(), place: at, person: who, event }
  return on.bot.app.receive(on.adapter, inbound)
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

/** Every button with the ids of things that are there, and with what is no id at all. */
export function forged({ bot: { features } }: Moot, { pollId, draftId, ids }: Target): readonly string[] {
  const [, , network = '', space = '', area = ''] = ids
  const firsts: Readonly<Record<string, readonly string[]>> = { polls: [pollId, draftId], network: [network, area], guide: [network] }
  const odd = ['99999999999999999999', 'yes', space].map(more => `polls_v_${pollId}_${more}`)
  const known = ways(features).filter(way => way.kind !== 'form')
  return [...odd, ...known.flatMap(way => (firsts[way.feature] ?? []).flatMap(first => tokensOf(way, first, [space, area]).slice(0, 2)))]
}

/** Every form with each thing that it could be about. */
export function forgedForms({ bot: { features } }: Moot, { pollId, draftId, ids }: Target): readonly string[] {
  const firsts: Readonly<Record<string, readonly string[]>> = { polls: [pollId, draftId], network: [ids[2] ?? ''] }
  const forms = ways(features).filter(way => way.kind === 'form')
  return forms.flatMap(way => (firsts[way.feature] ?? []).flatMap(first => tokensOf(way, first, ids).slice(0, 2)))
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
