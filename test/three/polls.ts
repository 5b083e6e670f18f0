import { each, type Moot } from './moot.ts'
import { NAMES, type Name, type Person, type Said } from './side.ts'

export const HOUR = 3_600_000
export const STREETS = '/poll What matters most on our streets? | Buses | Parks | Damp homes'

/** A poll in one line, in the chat of that platform, and the coordinator's private card of it. */
export async function standing(on: Moot, name: Name, line = STREETS): Promise<{ poll: Said; card: Said }> {
  const [question = ''] = line.slice('/poll '.length).split(' | ')
  await on.jo[name].says(on.places[name], line).taken
  return { poll: await on.sees(on.places[name], question), card: await on.sees(on.jo[name], 'It goes out now to 1 chat.') }
}

export interface Posts {
  readonly posts: Readonly<Record<Name, Said>>
  readonly card: Said
}

/** A poll that the coordinator sets up by the form and the card on that platform, and posts in all chats. */
export async function postedToAll(
  on: Moot,
  from: Name,
  question: string,
  options: readonly string[],
  kind: 'secret' | 'named' = 'secret',
): Promise<Posts> {
  const jo = on.jo[from]
  await jo.says(on.places[from], '/poll').taken
  await jo.fills(question, options.join('\n'), { words: 'Friday 6pm', at: new Date('2026-11-06T18:00:00Z') })
  const card = await on.sees(jo, 'Your poll, not posted yet')
  if (!card.text.includes('Where: all chats')) {
    await jo.presses(card, 'Where it goes').taken
    await jo.presses(await withButton(on, card, 'All chats'), 'All chats').taken
    await on.until(() => card.text.includes('Where: all chats (3 chats)'), 'the card to say where')
  }
  if (kind === 'named') {
    await jo.presses(card, 'Make it named').taken
    await on.until(() => card.text.includes('named (coordinators see who chose what)'), 'the card to say named')
  }
  await jo.presses(card, 'Post').taken
  const seen = await Promise.all(NAMES.map(name => on.sees(on.places[name], question)))
  const posts = each(name => seen[NAMES.indexOf(name)] as Said)
  return { posts, card: await on.sees(jo, 'It goes out now to 3 chats.') }
}

export async function withButton(on: Moot, said: Said, label: string): Promise<Said> {
  await on.until(() => said.buttons.includes(label), `the button "${label}"; there are ${said.buttons.join(', ')}`)
  return said
}

/** So many new people on that platform press it, all at once; each gets a receipt. */
export async function votes(on: Moot, name: Name, poll: Said, label: string, many = 1): Promise<Person[]> {
  const people = Array.from({ length: many }, (_, i) => on.person(name, `Resident ${i + 1}`))
  for (const answer of await Promise.all(people.map(person => person.presses(poll, label).answer)))
    if (!answer.startsWith('Counted: ')) throw new Error(`no receipt, but "${answer}"`)
  return people
}

/** Where the platforms leave lines empty differs. */
export const words = (said: Said): string =>
  said.text
    .replaceAll(/\n+/g, '\n')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|\w+day \d+ \w+, \d\d:\d\d \(UTC\+\d\)/g, '(a time)')
    .trim()

/** How a closed poll says its numbers: the most chosen first. `counts`: of each option, in order. */
export function closedLines(options: readonly string[], counts: readonly number[], ballots: number): string {
  const most = Math.max(1, ...counts)
  const rows = options.map((option, i) => ({ label: `${i + 1}. ${option}`, n: counts[i] ?? 0 })).toSorted((a, b) => b.n - a.n)
  return rows.map(({ label, n }) => `${label}${n === most ? ' (most)' : ''}: ${n} (${Math.round((100 * n) / ballots)}%)`).join('\n')
}

export const pollId = async ({ store }: Moot): Promise<string> => (await store.prisma.poll.findFirstOrThrow({ orderBy: { id: 'desc' } })).id

/** Ballots that count, and the counts of each option, over all areas. */
export async function tally({ store }: Moot, id: string): Promise<Record<number, number>> {
  const rows = await store.prisma.count.groupBy({ by: ['option'], where: { pollId: id }, _sum: { n: true } })
  return Object.fromEntries(rows.map(row => [row.option, row._sum.n ?? 0]).filter(([, n]) => n !== 0))
}
