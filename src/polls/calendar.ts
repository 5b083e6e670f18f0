import { token } from '../feature/token.ts'
import type { CalendarAsk, Happening } from '../schedule/happening.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'

/** What one look at the calendar shows at the most. */
const MOST = 500

/** For coordinators, when polls open and close. Residents see it in the polls themselves. */
export async function pollsInCalendar(tx: Tx | PrismaClient, { networkId, from, to, of }: CalendarAsk): Promise<readonly Happening[]> {
  if (of.kind !== 'planned') return []
  const within = { gt: from, lt: to }
  const polls = await tx.poll.findMany({
    where: {
      networkId,
      OR: [
        { state: { in: ['scheduled', 'open'] }, closesAt: within },
        { state: 'scheduled', opensAt: within },
      ],
    },
    include: { network: { select: { zone: true } } },
    orderBy: [{ closesAt: 'asc' }, { id: 'asc' }],
    take: MOST,
  })
  const all = polls.flatMap(poll => [
    ...(poll.state === 'scheduled' ? moment('opens', poll, poll.opensAt) : []),
    ...moment('closes', poll, poll.closesAt),
  ])
  return all.filter(({ startsAt }) => startsAt > from && startsAt < to).toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
}

interface Dated {
  readonly id: string
  readonly question: string
  readonly createdAt: Date
  readonly changedAt: Date | null
  readonly network: { readonly zone: string }
}

function moment(what: 'opens' | 'closes', poll: Dated, at: Date | null): readonly Happening[] {
  if (!at) return []
  const { id, question, createdAt, changedAt, network } = poll
  // Shown on a page alone, which is made anew each time: no calendar has to be told of changes.
  const row = { id: token('polls', id, what), sequence: 0, isCancelled: false, changedAt: changedAt ?? createdAt }
  return [{ ...row, what: `polls-calendar-${what}`, name: question, about: '', startsAt: at, zone: network.zone }]
}
