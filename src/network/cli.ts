import process from 'node:process'
import { type Clock, type Ids, systemClock, systemIds } from '../base/clock.ts'
import { LIMITS, readName } from '../community/names.ts'
import { isProgram, runProgram, storeFromEnv } from '../store/command-line.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import { openStore } from '../store/open.ts'
import { StoreError } from '../store/store-error.ts'
import { DAY, hashOf } from './codes.ts'

// For whoever runs the server: where no chat admin is to be had, or a network has lost its coordinators.

const USAGE = `Usage:
  npm run network -- new NAME        prints a code, good for one day, with which one person founds the network
  npm run network -- list            the networks there are
  npm run network -- code NETWORKID  prints an invitation, good for one day, to be a coordinator of it`

interface Bench {
  readonly store: PrismaClient
  readonly clock: Clock
  readonly ids: Ids
  readonly say: (line: string) => void
}

/** Whether these words are a command of ours. */
function isKnown([verb, ...rest]: readonly string[]): boolean {
  return verb === 'list' ? rest.length === 0 : verb === 'new' ? rest.length > 0 : verb === 'code' && rest.length === 1
}

/** Does what the words say. Throws a StoreError for what the person at the keyboard can put right. */
export async function networkProgram([verb, ...rest]: readonly string[], bench: Bench): Promise<void> {
  if (verb === 'list') return list(bench)
  return verb === 'code' ? coordinatorCode(bench, rest[0] ?? '') : foundingCode(bench, rest.join(' '))
}

async function foundingCode({ store, clock, ids, say }: Bench, words: string): Promise<void> {
  const name = readName(words, LIMITS.network)
  if (!name) throw new StoreError(`A network's name has ${LIMITS.network.min} to ${LIMITS.network.max} characters.`)
  const code = ids.code()
  const expiresAt = new Date(clock.now().getTime() + DAY)
  await store.invitation.create({ data: { hash: hashOf(code), role: 'coordinator', networkName: name, expiresAt } })
  say(`Whoever says this to the bot, in private, founds "${name}" and is its first coordinator:`)
  say(`  /network found ${code}`)
  say(`It works once, until ${expiresAt.toISOString()}, and is shown only now.`)
}

async function coordinatorCode({ store, clock, ids, say }: Bench, id: string): Promise<void> {
  const network = await store.network.findUnique({ where: { id } })
  if (!network) throw new StoreError(`There is no network "${id}": npm run network -- list shows those there are.`)
  const code = ids.code()
  const expiresAt = new Date(clock.now().getTime() + DAY)
  await store.invitation.create({ data: { hash: hashOf(code), networkId: id, role: 'coordinator', expiresAt } })
  say(`Whoever says this to the bot, in private, can become a coordinator of "${network.name}":`)
  say(`  /network role ${code}`)
  say(`It works once, until ${expiresAt.toISOString()}, and is shown only now.`)
}

async function list({ store, say }: Bench): Promise<void> {
  const networks = await store.network.findMany({
    include: { _count: { select: { spaces: { where: { state: 'joined' } } } } },
    orderBy: { createdAt: 'asc' },
  })
  if (networks.length === 0) say('There are no networks yet.')
  for (const network of networks) {
    const coordinators = await store.grant.count({ where: { role: 'coordinator', person: { networkId: network.id } } })
    const marks = [network.state === 'active' ? [] : network.state, network.sample ? 'sample' : []].flat()
    say(
      `${network.id}  ${network.name}  chats: ${network._count.spaces}  coordinators: ${coordinators}${marks.length > 0 ? `  (${marks.join(', ')})` : ''}`,
    )
  }
}

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  await runProgram(USAGE, isKnown(args) ? args.length : -1, async (words, say, log) => {
    const store = await openStore({ ...storeFromEnv(), log })
    try {
      await networkProgram(words, { store: store.prisma, clock: systemClock, ids: systemIds, say })
    } finally {
      await store.close()
    }
  })
}

if (isProgram(import.meta.url)) await main()
