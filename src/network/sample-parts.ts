import { token } from '../feature/token.ts'
import type { Reply } from '../platform/adapter.ts'
import type { Texts } from '../texts/texts.ts'
import { ALL, AREAS, RESIDENTS } from './sample.ts'
import { type ActAs, type Acting, aboutOf, formOf, labelled, type Somebody } from './sample-acts.ts'

/** What has happened in the sample network before a newcomer comes. */

interface Scene {
  readonly actAs: ActAs
  readonly texts: Texts
  readonly now: Date
}

export type Part = (scene: Scene) => Promise<void>

const JO: Somebody = { key: 'jo', name: 'Jo' }
const HOME = 'ancoats'
const DAY = 86_400_000
/** So many tap at once. */
const TOGETHER = 12

/** How many neighbours of each chat choose each option. */
type Answers = Readonly<Record<string, readonly number[]>>

/** In both polls each area has enough answers to be shown on its own; a few answer in the chat for all areas, without saying where they live. */
const HEATING: Answers = {
  ancoats: [8, 3, 1],
  clayton: [3, 7, 0],
  ardwick: [8, 3, 2],
  gorton: [4, 4, 3],
  levenshulme: [2, 3, 6],
}
const WINTER: Answers = {
  ancoats: [8, 3, 1],
  clayton: [3, 3, 4],
  ardwick: [8, 3, 3],
  gorton: [3, 8, 1],
  levenshulme: [2, 4, 6],
  [ALL]: [2, 1, 2],
}
/** How many neighbours of each chat come to the forum, perhaps come, and cannot. */
const COMING: Answers = { ancoats: [3, 1, 1], clayton: [2, 1, 0], ardwick: [4, 1, 1], gorton: [2, 0, 1], levenshulme: [3, 1, 0] }
const COMING_WAYS = ['go', 'maybe', 'cant'] as const

export const PARTS: readonly Part[] = [closedPoll, announcements, forum, openPoll, sayAreas]

/** The people whom a newcomer can be have said where they live. */
async function sayAreas({ actAs }: Scene): Promise<void> {
  await Promise.all(
    RESIDENTS.map(async ([key, name, area]) => {
      const one = actAs({ key, name }, area)
      const areas = await one.press(`area/${key}`, token('network', 'areas'))
      await one.press(`area/${key}/said`, labelled(areas, nameOf(area) ?? ''))
    }),
  )
}

async function closedPoll(scene: Scene): Promise<void> {
  const { actAs, texts } = scene
  const card = await askAll(scene, 'heating', {
    question: texts.t('sample-heating'),
    options: texts.t('sample-heating-options'),
    days: 2,
    isNamed: false,
  })
  await answer(scene, 'heating', HEATING, option => token('polls', 'v', aboutOf(card), option))
  const jo = actAs(JO, HOME)
  await jo.submit('heating/close', token('polls', 'close', aboutOf(card)), { outcome: texts.t('sample-heating-outcome') })
}

/** Named, so that its numbers by area can be seen while it is open. */
async function openPoll(scene: Scene): Promise<void> {
  const { texts } = scene
  const card = await askAll(scene, 'winter', {
    question: texts.t('sample-winter'),
    options: texts.t('sample-winter-options'),
    days: 9,
    isNamed: true,
  })
  await answer(scene, 'winter', WINTER, option => token('polls', 'v', aboutOf(card), option))
}

interface Question {
  readonly question: string
  readonly options: string
  readonly days: number
  readonly isNamed: boolean
}

/** Asks in all chats, by the form and the draft's card. */
async function askAll({ actAs, now }: Scene, step: string, { question, options, days, isNamed }: Question): Promise<readonly Reply[]> {
  const jo = actAs(JO, HOME)
  const form = await jo.say(step, '/poll')
  const draft = await jo.submit(`${step}/form`, formOf(form), { question, options, closes: evening(now, days).toISOString() })
  if (isNamed) await jo.press(`${step}/named`, token('polls', 'set', aboutOf(draft), 'secret'))
  return postAll(jo, step, 'polls', draft)
}

/** Posts a draft in all chats. Every tap is one that is known again: where the draft was posted already, its answer is the same as before. */
async function postAll(jo: Acting, step: string, feature: string, draft: readonly Reply[]): Promise<readonly Reply[]> {
  const id = aboutOf(draft)
  await jo.press(`${step}/where`, token(feature, 'where', id, 'all'))
  return jo.press(`${step}/post`, token(feature, 'post', id))
}

/** One now, and one that comes again by itself. */
async function announcements({ actAs, texts }: Scene): Promise<void> {
  const jo = actAs(JO, HOME)
  for (const [step, line] of [
    ['litter', texts.t('sample-litter')],
    ['advice', texts.t('sample-advice')],
  ] as const) {
    const draft = await jo.say(step, `/announce ${line}`)
    await postAll(jo, step, 'announcements', draft)
  }
}

async function forum(scene: Scene): Promise<void> {
  const { actAs, texts, now } = scene
  const jo = actAs(JO, HOME)
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'Europe/London' }).format(evening(now, 12))
  const draft = await jo.say('forum', `/forum ${texts.t('sample-forum', { day })}`)
  const card = await postAll(jo, 'forum', 'forums', draft)
  await answer(scene, 'forum', COMING, option => token('forums', COMING_WAYS[option - 1] ?? 'go', aboutOf(card)))
}

/** The neighbours tap, in turns through the chats. */
async function answer({ actAs, texts }: Scene, step: string, answers: Answers, tokenOf: (option: number) => string): Promise<void> {
  const taps = Object.entries(answers).flatMap(([chat, counts]) =>
    counts
      .flatMap((n, i) => Array.from({ length: n }, () => i + 1))
      .map((option, i) => () => actAs(neighbour(texts, chat, i + 1), chat).press(`${step}/${chat}/${i + 1}`, tokenOf(option))),
  )
  for (let i = 0; i < taps.length; i += TOGETHER) await Promise.all(taps.slice(i, i + TOGETHER).map(tap => tap()))
}

function neighbour({ t }: Texts, chat: string, n: number): Somebody {
  return { key: `neighbour-${chat}-${n}`, name: t('sample-neighbour', { n, area: nameOf(chat) ?? 'none' }) }
}

function nameOf(area: string): string | undefined {
  return AREAS.find(([key]) => key === area)?.[1]
}

/** Six in the evening, or seven in summer, so many days on. */
function evening(now: Date, days: number): Date {
  const day = new Date(now.getTime() + days * DAY)
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 18))
}
