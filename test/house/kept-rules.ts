import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KEPT, KEPT_SETTINGS, type Keeping, type Kind, USUAL } from '../../src/base/kept.ts'
import { keptLine } from '../../src/texts/kept.ts'
import { readCatalogues } from '../../src/texts/texts.ts'
import { type Complaint, ROOT } from './source.ts'

/** Words and private things that are not swept by age, by model, with the reason: it stands in the docs. A new column is listed here or in `KEPT`. */
export const STAYS: Readonly<Record<string, { readonly columns: readonly string[]; readonly why: string }>> = {
  Network: { columns: ['name', 'contact'], why: 'A network’s name, and who runs it: until the network is deleted.' },
  Area: { columns: ['name', 'key'], why: 'The names of areas: until the network is deleted.' },
  Space: { columns: ['ref', 'title'], why: 'The names and addresses of chats: until the network is deleted.' },
  Identity: {
    columns: ['ref', 'name'],
    why: 'An account’s name and address in the chat app: until the last network that it is in is deleted.',
  },
  Person: { columns: ['name'], why: 'A person’s name in a network, with area and roles: until the network is deleted.' },
  Poll: { columns: ['question', 'outcome'], why: 'The questions and outcomes of polls: until the network is deleted.' },
  Option: { columns: ['text', 'addedBy'], why: 'The options of polls, and who added one: until the network is deleted.' },
  Ballot: {
    columns: ['voter', 'receipt'],
    why: 'Answers in named polls: until the network is deleted. In secret polls: until the close, as is said above.',
  },
  ClosedBallot: { columns: ['receipt'], why: 'Answers in secret polls that are closed, without names: until the network is deleted.' },
  PollShown: { columns: ['figures'], why: 'The numbers of polls as they were last shown: until the network is deleted.' },
  PollKey: { columns: ['key'], why: 'The key of a secret poll: until its close.' },
  Announcement: { columns: ['words', 'link', 'picture'], why: 'Announcements and their pictures: until the network is deleted.' },
  AnnouncementSeries: { columns: ['words', 'link', 'picture'], why: 'Repeated announcements: until the network is deleted.' },
  Forum: {
    columns: [
      ...[
        'theme',
        'about',
        'agenda',
        'address',
        'directions',
        'link',
        'was',
        'host',
        'contact',
        'why',
        'code',
        'notes',
        'outcomes',
        'picture',
      ],
    ],
    why: 'Forums, their notes and what came out of them: until the network is deleted.',
  },
  Rsvp: { columns: [], why: 'Who said what to a forum’s invitation, and who came: until the network is deleted.' },
  Delivery: {
    columns: ['subject'],
    why: 'Where a post stands in a chat, without its words, so that it can be changed and a tap on it is known for what it is: until the network is deleted.',
  },
}

/** Columns that hold no words and nothing private: names of rows, states, places in the code. */
const WORDLESS: Readonly<Record<string, readonly string[]>> = {
  Space: ['trouble'],
  Draft: ['feature'],
  Asking: ['place'],
  Announcement: ['places', 'struckIn'],
  AnnouncementSeries: ['places', 'rule', 'start', 'except', 'moved'],
  Forum: ['support', 'places'],
  Delivery: ['lane', 'shownHash'],
  Touched: ['subject'],
  Published: ['event', 'listener', 'data'],
  Lease: ['owner', 'place', 'session', 'status'],
}

/** So called in every model, these name a row or one of a few words. */
const plain = /^(id|\w+Id|createdBy|\w+By|identityRef|locale|zone|platform|mime)$/

export interface Column {
  readonly model: string
  readonly name: string
}

/** All columns of a Prisma schema that can hold words or bytes. */
export function columnsOf(schema: string): readonly Column[] {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].flatMap(([, model = '', body = '']) =>
    [...body.matchAll(/^ {2}(\w+) +(?:String|Json|Bytes)\b/gm)].map(([, name = '']) => ({ model, name })),
  )
}

const kinds = Object.entries<Keeping>(KEPT) as [Kind, Keeping][]

/** Columns of which nobody has said how long they are kept, and tables that speak of columns that are not there. */
export function keptComplaints(columns: readonly Column[]): readonly Complaint[] {
  const swept = new Set(kinds.flatMap(([, { holds }]) => holds))
  const listed = (table: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(table).flatMap(([model, names]) => names.map(name => `${model}.${name}`))
  const stays = listed(Object.fromEntries(Object.entries(STAYS).map(([model, { columns: names }]) => [model, names])))
  const known = new Set([...swept, ...stays, ...listed(WORDLESS)])
  const there = new Set(columns.map(({ model, name }) => `${model}.${name}`))
  return [
    ...columns
      .filter(({ model, name }) => !plain.test(name) && !known.has(`${model}.${name}`))
      .map(
        ({ model, name }) => `${model}.${name}: how long is it kept? Say it in src/base/kept.ts, or why not in test/house/kept-rules.ts`,
      ),
    ...[...known].filter(one => !there.has(one)).map(one => `${one} is no column of the schema`),
  ]
}

export function readSchema(): string {
  return readFileSync(join(ROOT, 'prisma/schema.prisma'), 'utf8')
}

/** The part of `docs/secrecy.md` that says how long things are kept. */
export function keptPart(): string {
  const texts = readCatalogues([new URL('../../src/', import.meta.url)]).in('en')
  const rows = kinds.map(([kind, { term }]) => {
    const { least, most } = typeof term === 'string' ? KEPT_SETTINGS[term] : { least: 0, most: 0 }
    return `| ${keptLine(kind, texts, USUAL)} | ${typeof term === 'string' ? `\`${term}\`, ${least} to ${most}` : 'fixed'} |`
  })
  const rest = Object.values(STAYS).map(({ why }) => `- ${why}`)
  return ['| what, and how long | to change it |', '| --- | --- |', ...rows, '', 'Not deleted by age:', '', ...rest].join('\n')
}
