import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type WebAdapter, web } from '../../../adapters/web/index.ts'
import { createLog } from '../../../src/base/log.ts'
import type { Command, Inbound, MessageRef, Reply } from '../../../src/platform/adapter.ts'
import { readCatalogues } from '../../../src/texts/texts.ts'
import type { Form, View } from '../../../src/view/view.ts'
import { GARDEN } from '../../helpers/samples.ts'

/** A bot of a few lines that stands in for the bot: one poll at a time, kept in memory. */

export const sample = {
  spaces: [
    { key: 'ancoats', title: 'Ancoats & Beswick residents', area: 'Ancoats & Beswick', audience: 'residents' },
    { key: 'clayton', title: 'Clayton & Openshaw residents', area: 'Clayton & Openshaw', audience: 'residents' },
    { key: 'ardwick', title: 'Ardwick residents', area: 'Ardwick', audience: 'residents' },
    { key: 'gorton', title: 'Gorton & Abbey Hey residents', area: 'Gorton & Abbey Hey', audience: 'residents' },
    { key: 'levenshulme', title: 'Levenshulme & Longsight residents', area: 'Levenshulme & Longsight', audience: 'residents' },
    { key: 'steering', title: 'Steering group', audience: 'steering' },
  ],
  people: [
    { key: 'amina', name: 'Amina', note: 'coordinator', admin: true },
    { key: 'brendan', name: 'Brendan', note: 'resident in Ardwick' },
    { key: 'chidi', name: 'Chidi', note: 'resident in Clayton & Openshaw' },
    { key: 'dorota', name: 'Dorota', note: 'resident in Gorton & Abbey Hey' },
    { key: 'ewan', name: 'Ewan', note: 'resident in Ancoats & Beswick' },
    { key: 'farah', name: 'Farah', note: 'resident in Levenshulme & Longsight' },
    { key: 'grace', name: 'Grace', note: 'steering group' },
  ],
} as const

const commands: readonly Command[] = [
  { name: 'poll', about: { en: 'Ask a question in one chat or in many' } },
  { name: 'mine', about: { en: 'What waits for you, and what is held about you' } },
  { name: 'guide', about: { en: 'What this bot is and does' } },
]

export const words = (locale: string | undefined, key: string, args = {}): string => catalogues.in(locale).named(key, args)
const catalogues = readCatalogues([web.texts])

export function say(text: string, buttons: View['buttons'] = []): View {
  return { lang: 'en', brief: text, blocks: [{ kind: 'text', text }], buttons }
}

const FORM: Form = {
  token: 'poll_new',
  lang: 'en',
  title: 'A new poll',
  intro: 'Three things are enough. Everything else can be set on the next card.',
  submit: 'Go on',
  fields: [
    { name: 'question', label: 'Question', kind: 'line', required: true, max: 200 },
    { name: 'options', label: 'Options', hint: 'One on each line, 2 to 20 of them.', kind: 'lines', required: true },
    {
      name: 'secrecy',
      label: 'Who can see who chose what',
      kind: 'choice',
      required: true,
      value: 'named',
      choices: [
        { value: 'named', label: 'Everyone' },
        { value: 'secret', label: 'Nobody' },
      ],
    },
    {
      name: 'areas',
      label: 'Where',
      kind: 'choices',
      required: false,
      choices: sample.spaces.map(one => ({ value: one.key, label: one.title })),
    },
    { name: 'closes', label: 'Closes', hint: 'In plain words, such as “Friday 6pm”.', kind: 'when', required: false },
  ],
}

const PICTURE: Form = {
  ...{ token: 'garden_new', lang: 'en', title: 'A picture', submit: 'Save' },
  fields: [{ name: 'picture', label: 'The picture', kind: 'picture', required: true }],
}

export interface TinyBot {
  readonly adapter: WebAdapter
  /** All that came in, in order. */
  readonly heard: Inbound[]
  stop(): Promise<void>
}

/** Starts the adapter over the tiny bot. `answer`: what to say instead of what the tiny bot would. */
export async function startBot({
  dir,
  port = 0,
  answer,
}: {
  dir?: string
  port?: number
  answer?: (inbound: Inbound) => Promise<readonly Reply[]>
} = {}): Promise<TinyBot> {
  const stateDir = dir ?? (await newDir())
  const log = createLog('silent')
  const adapter = web.open(
    { host: '127.0.0.1', port, stateDir, sample },
    {
      words,
      log,
      now: () => new Date(),
      notice: () => {},
      unread: () => {},
      picture: async id => (id === 'garden' ? GARDEN.content : undefined),
    },
  )
  const heard: Inbound[] = []
  const own = tinyBot(adapter)
  await adapter.start(
    commands,
    async inbound => {
      heard.push(inbound)
      return (answer ?? own)(inbound)
    },
    () => undefined,
  )
  return { adapter, heard, stop: () => adapter.stop() }
}

export function newDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'folkmoot-web-'))
}

const VERBS = ['list', 'close', 'remind']

interface Poll {
  readonly question: string
  readonly options: readonly string[]
  readonly ballots: Map<string, number>
  post?: MessageRef
}

function tinyBot(adapter: WebAdapter): (inbound: Inbound) => Promise<readonly Reply[]> {
  let poll: Poll = { question: '', options: [], ballots: new Map() }
  const publish = async (inbound: Inbound, question: string, options: readonly string[]): Promise<readonly Reply[]> => {
    poll = { question, options, ballots: new Map() }
    const sent = await adapter.send(inbound.place === 'private' ? 'web:ardwick' : inbound.place.space, draw(poll), inbound.id)
    if (sent !== 'unsure' && 'ok' in sent) poll.post = sent.ok
    return [{ kind: 'whisper', view: draft(poll) }]
  }
  const commanded = (inbound: Inbound, name: string, args: string): readonly Reply[] | Promise<readonly Reply[]> => {
    const [question = '', ...options] = args.split('|').map(part => part.trim())
    if (name === 'poll') return question ? publish(inbound, question, options) : [{ kind: 'ask', form: FORM }]
    if (name === 'mine')
      return [{ kind: 'go private', payload: 'app_mine', view: say('What is yours is shown in private.'), label: 'Open the private chat' }]
    return [{ kind: 'whisper', view: say('I run polls, in every chat at once.') }]
  }
  return async inbound => {
    const { event } = inbound
    switch (event.kind) {
      case 'command':
        return commanded(inbound, event.name, event.args)
      case 'press':
        return pressed(event.token, inbound, poll, adapter)
      case 'submit':
        return event.form === PICTURE.token ? [] : submitted(event.values, publish, inbound)
      case 'text':
        return [{ kind: 'say', view: say(`You wrote: ${event.text}`) }]
      case 'started':
        return [{ kind: 'say', view: say(event.payload ? `You came with ${event.payload}.` : 'Hello! Write to me here, or type /guide.') }]
      case 'home':
        return [{ kind: 'home', view: say('One poll waits for you.', [[{ label: 'Show it', token: 'home_show' }]]) }]
      case 'suggest':
        return [
          { kind: 'suggest', choices: VERBS.filter(verb => verb.startsWith(event.typed)).map(verb => ({ value: verb, label: verb })) },
        ]
      default:
        return []
    }
  }
}

async function submitted(
  values: Readonly<Record<string, string | readonly string[]>>,
  publish: (inbound: Inbound, question: string, options: readonly string[]) => Promise<readonly Reply[]>,
  inbound: Inbound,
): Promise<readonly Reply[]> {
  const options = String(values['options']).split('\n').filter(Boolean)
  if (options.length < 2)
    return [{ kind: 'wrong', form: FORM, fields: { options: 'A poll needs at least two options. Write one on each line.' } }]
  return publish(inbound, String(values['question']), options)
}

async function pressed(token: string, inbound: Inbound, poll: Poll, adapter: WebAdapter): Promise<readonly Reply[]> {
  if (token === 'garden_ask') return [{ kind: 'ask', form: PICTURE }]
  if (token === 'home_show') return [{ kind: 'update', view: say('This is the poll.') }]
  if (token === 'poll_secret')
    return [{ kind: 'update', view: say('Now it is secret.', [[{ label: 'Back to named', token: 'poll_named' }]]) }]
  if (token === 'poll_back') poll.ballots.delete(inbound.person.ref)
  else poll.ballots.set(inbound.person.ref, Number(token.split('_')[2]))
  if (poll.post) await adapter.change(poll.post, draw(poll))
  if (token === 'poll_back') return [{ kind: 'update', view: say('Taken back. You have no vote in this poll now.') }]
  const option = poll.options[Number(token.split('_')[2])] ?? ''
  return [
    {
      kind: 'whisper',
      view: say(`Counted: ${option}. You can change it or take it back until Friday 6 pm.`, [[{ label: 'Take back', token: 'poll_back' }]]),
    },
  ]
}

function draw({ question, options, ballots }: Poll): View {
  const counts = options.map((_, i) => [...ballots.values()].filter(choice => choice === i).length)
  return {
    lang: 'en',
    brief: `Poll: ${question}`,
    whole: true,
    blocks: [
      { kind: 'title', text: question },
      { kind: 'text', text: 'One answer. Everyone can see who chose what.' },
      {
        kind: 'when',
        name: 'Closes',
        at: '2026-12-04T18:00:00.000Z',
        text: 'Friday 4 December, 18:00 (UTC+0)',
        clock: 'Friday 4 December, 18:00',
      },
      {
        kind: 'bars',
        rows: options.map((label, i) => ({ label, count: String(counts[i] ?? 0), share: (counts[i] ?? 0) / Math.max(ballots.size, 1) })),
      },
      { kind: 'quiet', text: `${ballots.size} answers` },
    ],
    buttons: [options.map((label, i) => ({ label, token: `poll_vote_${i}` })), [{ label: 'My vote', token: 'poll_my_0' }]],
  }
}

function draft({ question, options }: Poll): View {
  return {
    lang: 'en',
    brief: 'Your poll is posted.',
    blocks: [
      { kind: 'text', text: 'Posted. These are its settings:' },
      {
        kind: 'facts',
        rows: [
          { name: 'Question', value: question },
          { name: 'Options', value: options.join(', ') },
          { name: 'Secrecy', value: 'named' },
        ],
      },
      { kind: 'file', name: 'poll.csv', mime: 'text/csv', text: 'option,count\n', about: 'The figures as a table' },
    ],
    buttons: [
      [
        { label: 'Named', token: 'poll_named', chosen: true },
        { label: 'Secret', token: 'poll_secret' },
      ],
      [
        { label: 'Close it', token: 'poll_close', look: 'main' },
        { label: 'Withdraw', token: 'poll_withdraw', look: 'danger' },
      ],
    ],
  }
}
