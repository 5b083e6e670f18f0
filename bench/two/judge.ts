import type { Field } from './field.ts'

export interface Verdict {
  /** Announcements that stand where they should: once, or doubled by a kill and marked. */
  readonly right: number
  /** What is wrong, a line each. */
  readonly wrong: readonly string[]
  readonly told: readonly string[]
}

/** Compares what stands in the chats with the rows of the outbox. `cuts`: how often each row was under way at a kill, and so may stand once more. */
export async function judge(field: Field, announcements: number, cuts: ReadonlyMap<bigint, number>): Promise<Verdict> {
  const copies = await standing(field)
  const rows = await field.stage.prisma.delivery.findMany({
    where: { subject: { startsWith: 'announcements_post_' } },
    include: { space: { select: { ref: true } } },
  })
  const made = await field.stage.prisma.announcement.findMany({ select: { id: true, words: true } })
  const numbers = new Map(made.map(({ id, words }) => [`announcements_post_${id}`, numberIn(words)]))
  const wrong: string[] = []
  const spoilt = new Set<number>()
  let [twice, marked] = [0, 0]
  for (const { id, subject, space, state, doubled, platform } of rows) {
    const number = numbers.get(subject) ?? 0
    const count = copies.get(`${space?.ref} ${number}`) ?? 0
    if (doubled) marked += 1
    if (count > 1) twice += 1
    const most = doubled && platform !== 'discord' ? 1 + (cuts.get(id) ?? 0) : 1
    const isRight = state === 'sent' && count >= 1 && count <= most
    if (isRight) continue
    spoilt.add(number)
    wrong.push(`notice ${number} stands ${count} times in ${space?.ref}: ${state}${doubled ? ', marked' : ''}`)
  }
  const all = [...copies.values()].reduce((sum, count) => sum + count, 0)
  if (made.length !== announcements) wrong.push(`${made.length} of ${announcements} announcements were made`)
  return {
    right: announcements - spoilt.size,
    wrong,
    told: [
      `${rows.length} posts were to be made, ${all} stand: ${twice} were doubled, of ${cuts.size} that were under way at a kill`,
      `${marked} are marked as perhaps doubled`,
    ],
  }
}

/** How often each notice stands in each chat. */
async function standing({ sides }: Field): Promise<ReadonlyMap<string, number>> {
  const copies = new Map<string, number>()
  for (const { platform, chats } of sides) {
    for (const chat of chats) {
      for (const { text } of await platform.posts(chat)) {
        const key = `${platform.chatRef(chat)} ${numberIn(text)}`
        copies.set(key, (copies.get(key) ?? 0) + 1)
      }
    }
  }
  return copies
}

function numberIn(text: string): number {
  const [, number = '0'] = /Notice (\d+):/.exec(text) ?? []
  return Number(number)
}
