import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ctx } from '../../src/feature/context.ts'
import type { CommandSpec, Deps } from '../../src/feature/feature.ts'
import { FEATURES } from '../../src/feature/features.ts'
import type { Capabilities } from '../../src/platform/adapter.ts'
import { readCatalogues, type Texts } from '../../src/texts/texts.ts'
import { filesIn, ROOT } from './source.ts'

/** The parts of the README that are made from the code, by the name that stands in their markers. */
export async function madeParts(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['commands', await commandList()],
    ['platforms', matrix(await readPlatforms())],
  ])
}

/** Puts the parts of a page between their markers. Throws for a part without markers. */
export function withParts(readme: string, parts: ReadonlyMap<string, string>): string {
  let text = readme
  for (const [name, part] of parts) {
    const [from, to] = [`<!-- ${name}: npm run readme -->`, `<!-- end of ${name} -->`]
    const [start, end] = [text.indexOf(from), text.indexOf(to)]
    if (start < 0 || end < start) throw new Error(`The README has no place for ${name}: ${from} … ${to}`)
    text = `${text.slice(0, start + from.length)}\n${part}\n${text.slice(end)}`
  }
  return text
}

export interface Platform {
  readonly title: string
  readonly can: Capabilities
}

const titles: Readonly<Record<string, string>> = { web: 'Browser chat (for trying)' }

async function readPlatforms(): Promise<readonly Platform[]> {
  const files = filesIn(['adapters'], /^capabilities\.ts$/)
  return Promise.all(
    files.map(async path => {
      const name = path.split('/')[1] ?? ''
      const { capabilities: can } = (await import(join(ROOT, path))) as { capabilities: Capabilities }
      return { title: titles[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`, can }
    }),
  )
}

const yes = (is: boolean): string => (is ? 'yes' : 'no')
const count = (n: number): string => new Intl.NumberFormat('en').format(n)

/** How each capability is told, in plain words. A new one does not compile before it has its line. */
const rows: { readonly [Name in keyof Capabilities]: readonly [label: string, tell: (value: Capabilities[Name]) => string] } = {
  commands: ['Commands', value => (value === 'native' ? 'in the app’s own command box' : 'written as a message')],
  suggest: ['Suggests what can follow a command', yes],
  shortcuts: ['Commands in the menu of a message', yes],
  home: ['A page of one’s own in the app', yes],
  threads: ['A thread or topic can be a chat of the network', yes],
  files: ['Files', yes],
  pictures: [
    'Pictures',
    ({ out, in: taken, alt }) => {
      const what = out && taken ? 'posted and taken' : out ? 'posted' : 'no'
      return out ? `${what}; what they show is ${alt ? 'read out by screen readers' : 'written under them'}` : what
    },
  ],
  remove: ['The bot can delete a message, where it may', yes],
  pin: ['The bot can pin a message, where it may', yes],
  events: ['Forums stand in the app’s own calendar too, where the bot may', yes],
  forms: [
    'Forms',
    value => (value === 'questions' ? 'asked one by one in the private chat' : `up to ${count(value.fields)} fields at once`),
  ],
  whisper: [
    'Answers in a group that only one person sees',
    ({ to, text, buttons, brief }) => {
      const size = `up to ${count(text)} characters, ${buttons ? 'with' : 'without'} buttons`
      if (to !== 'each says') return `${to === 'presses' ? 'to a tap' : 'to everything'}, ${size}`
      const less = brief === undefined ? '' : `, a tap a box of up to ${count(brief)} characters`
      return `to a tap and to a command that only its sender sees, ${size}; where the bot is an admin, to every command. Old apps get the private chat${less}`
    },
  ],
  keeps: [
    'What is done while the bot cannot write it down',
    value => (value ? 'is kept by the app, and done later' : 'is to be done again: the bot says so'),
  ],
  tell: [
    'The bot can write to a person first',
    value => ({ always: 'yes', 'once started': 'after they have pressed Start', 'may refuse': 'unless they refuse it' })[value],
  ],
  once: ['After a crash in the middle of a post', value => (value === 'key' ? 'it stands once' : 'it may stand twice, and is marked so')],
  chats: ['The bot can ask in which chats it meets somebody', yes],
  readersTime: ['Times in each reader’s own time zone', yes],
  limits: [
    'Longest message',
    ({ text, caption }) => `${count(text)} characters${caption < text ? `, ${count(caption)} beside a picture` : ''}`,
  ],
  editEveryMs: [
    'A poll’s numbers move',
    value => (value < 1000 ? 'at once' : value === 1000 ? 'about every second' : `about every ${count(Math.ceil(value / 1000))} seconds`),
  ],
}

/** The platforms as columns, what they can do as rows. */
export function matrix(platforms: readonly Platform[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const names = Object.keys(rows) as (keyof Capabilities)[]
  const body = names.map(name => line([rows[name][0], ...platforms.map(({ can }) => told(name, can))]))
  return [line(['', ...platforms.map(({ title }) => title)]), line(['---', ...platforms.map(() => '---')]), ...body].join('\n')
}

function told<Name extends keyof Capabilities>(name: Name, can: Capabilities): string {
  return rows[name][1](can[name])
}

const who: Readonly<Record<string, string>> = {
  coordinator: 'coordinators',
  steering: 'the steering group',
  decisionMaker: 'decision makers',
}

/** The commands of all features with the words of the English catalogues, and under each what may follow it, as it is suggested to a coordinator. */
async function commandList(): Promise<string> {
  const texts = readCatalogues([new URL('../../src/', import.meta.url)]).in('en')
  const features = FEATURES.map(make => make(unusable('the bot') as Deps))
  const entries = await Promise.all(features.flatMap(({ commands }) => commands).map(command => entry(command, texts)))
  return entries.join('\n')
}

async function entry({ name, about, role, suggest }: CommandSpec, texts: Texts): Promise<string> {
  const limit = role ? ` (${who[role]})` : ''
  // A coordinator who has typed nothing yet, in a chat that may still join: all that a suggestion may look at.
  const inbound = { place: { space: 'web:hall' } }
  const coordinator = { roles: new Set(['coordinator']), inbound, speech: { texts, locale: 'en' } } as unknown as Ctx
  const verbs = await suggest(coordinator, '')
  return [
    `- \`/${name}\`: ${texts.t(about)}${limit}`,
    ...verbs.map(({ value, label }) => `  - \`/${name} ${value}\`: ${label.replace(`${value}: `, '')}`),
  ].join('\n')
}

/** Stands for what features are made with; they may pass it on and look into it, but not use it. */
function unusable(name: string): unknown {
  return new Proxy(() => undefined, {
    get: (_, part) => unusable(`${name}.${String(part)}`),
    apply: () => {
      throw new Error(`A feature uses ${name} while it is made.`)
    },
  })
}

export function readReadme(): string {
  return readFileSync(join(ROOT, 'README.md'), 'utf8')
}
