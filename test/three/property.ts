import process from 'node:process'
import { expect } from 'vitest'
import { BALLOTS } from '../../src/polls/domain.ts'
import { until } from '../helpers/patience.ts'
import { Model, type Step, stepsOf, type Voter } from './model.ts'
import { AREAS, each, type Moot, test } from './moot.ts'
import { closedLines, type Posts, pollId, postedToAll, words } from './polls.ts'
import { type Deed, NAMES, type Name, type Person, type Said } from './side.ts'

/** Random votes, changes, take-backs and repeats from three platforms, over the wire, one of them away now and then; against a model. */

const OPTIONS = ['Buses', 'Parks', 'Damp homes']
/** Steps of each half. The gate sets STEPS to 10,000 and takes a walk of its own with them; `npm test` is to be quick. */
export const HALF = Number(process.env['STEPS'] ?? 300) / 2
/** People with one account, on each platform; people with one on each of the three. */
const [LONE, LINKED] = [16, 6]

interface Account extends Voter {
  readonly person: Person
  /** Their private card of the poll. */
  readonly card: Said
}

interface Scene extends Posts {
  readonly on: Moot
  readonly id: string
  readonly model: Model
  readonly accounts: readonly Account[]
  /** All that was done so far. */
  readonly done: { readonly deed: Deed; readonly on: Name }[]
  away: Name | undefined
  /** What was done on the platform that is away. */
  later: (() => void)[]
}

/** Everybody has voted once and looked at “My vote”. */
async function everybody(on: Moot, { posts }: Posts, model: Model): Promise<Account[]> {
  const account = (human: string, name: Name) => ({ human, on: name, person: on.person(name, human) })
  const linked = Array.from({ length: LINKED }, (_, i) => NAMES.map(name => account(`linked ${i}`, name)))
  for (const known of linked) await on.grant(known.map(one => one.person))
  const lone = NAMES.flatMap(name => Array.from({ length: LONE }, (_, i) => account(`${name} ${i}`, name)))
  const all = [...linked.flat(), ...lone]
  const made: Account[] = []
  // Of one human’s accounts one after the other, so that it is known where their ballot began.
  for (const name of NAMES) {
    const here = all.filter(one => one.on === name)
    await Promise.all(here.map(one => one.person.presses(posts[name], '1. Buses').answer))
    await Promise.all(here.map(one => one.person.presses(posts[name], 'My vote').answer))
    for (const one of here) made.push({ ...one, card: await on.sees(one.person, 'Your answer:') })
  }
  for (const one of made) model.apply(one, { choose: 1 })
  return made
}

function act({ id, posts }: Scene, { person, card, on }: Account, { wish }: Step): Deed {
  if (wish === 'drop all') return person.presses(card, { token: `polls_backall_${id}` })
  if ('drop' in wish) return person.presses(card, { token: `polls_back_${id}_${wish.drop}` })
  return person.presses(posts[on], { token: `polls_v_${id}_${wish.choose}` })
}

/** Does them at once and waits until all that can be taken is; what is done on a platform that is away waits there. */
async function together(scene: Scene, steps: readonly Step[]): Promise<void> {
  const { on, accounts, model, done, away } = scene
  const wanted = { discord: on.sides.discord.taken, slack: on.sides.slack.taken, telegram: on.sides.telegram.taken }
  const busy = new Set<string>()
  // Only what has surely been taken comes again: else it would come before what was done before it.
  const before = done.length
  for (const step of steps) {
    const old = step.again === undefined || away ? undefined : done[Math.floor(step.again * before)]
    const account = accounts[step.who]
    if (old) {
      // A delivery that comes again while it is in hand is handled once.
      old.deed.again()
    } else if (account && isKnownOrder(account, busy, away)) {
      busy.add(account.human)
      done.push({ deed: act(scene, account, step), on: account.on })
      if (account.on === away) scene.later.push(() => model.apply(account, step.wish))
      else model.apply(account, step.wish)
      wanted[account.on] += 1
    }
  }
  const isTaken = (name: Name): boolean => name === away || (on.sides[name].taken >= wanted[name] && on.sides[name].isQuiet())
  await on.until(() => NAMES.every(isTaken), 'all of it to be taken')
  await on.bot.app.idle()
}

/** Of one human’s accounts on two platforms nobody knows which came first. */
function isKnownOrder({ human, on }: Account, busy: ReadonlySet<string>, away: Name | undefined): boolean {
  return !human.startsWith('linked') || (!busy.has(human) && on !== away)
}

/** For some groups, each of them now and then. */
function goesAway(scene: Scene, name: Name | undefined): void {
  if (!name) return
  scene.away = name
  scene.on.sides[name].goesAway()
}

async function comesBack(scene: Scene): Promise<void> {
  const { on, away, later } = scene
  if (!away) return
  const wanted = on.sides[away].taken + later.length
  scene.away = undefined
  scene.later = []
  on.sides[away].comesBack()
  await on.until(() => on.sides[away].taken >= wanted && on.sides[away].isQuiet(), `what waited on ${away}`)
  for (const apply of later) apply()
  await on.bot.app.idle()
}

async function kept({ on, id }: Scene): Promise<Record<string, number>> {
  const rows = await on.store.prisma.count.findMany({ where: { pollId: id, n: { not: 0 } } })
  const areas = await on.store.prisma.area.findMany()
  const platform = (areaId: string) => NAMES.find(name => AREAS[name] === areas.find(one => one.id === areaId)?.name)
  return Object.fromEntries(rows.map(row => [`${platform(row.areaId)} ${row.option}`, row.n]))
}

/** All posts say what the model says. */
async function allShow(scene: Scene): Promise<void> {
  const { on, model, posts, card } = scene
  await on.jo.discord.presses(card, 'Close it').taken
  await on.jo.discord.fills('')
  const tally = model.tally()
  const sum = (option: number): number => NAMES.reduce((all, name) => all + (tally[`${name} ${option}`] ?? 0), 0)
  const counts = OPTIONS.map((_, i) => sum(i + 1))
  const lines = `${closedLines(OPTIONS, counts, sum(BALLOTS))}\n${sum(BALLOTS)} answers`
  const isShown = (name: Name): boolean => words(posts[name]).includes(lines) && posts[name].text.includes('Closed ')
  // Telegram’s pace is kept in real time, and all private cards were edited before.
  const haveCaughtUp = async (): Promise<boolean> => {
    await on.edits()
    return NAMES.every(isShown)
  }
  await until(haveCaughtUp, 'all posts to say what the model says')
  expect(each(name => words(posts[name]).includes(lines))).toEqual(each(() => true))
  for (const name of NAMES) expect(words(await on.sees(on.places[name], 'Result: ')).replaceAll('• ', '')).toContain(lines)
}

/** Thousands of the same few requests: their shape is looked at elsewhere. */
export const lean = test.extend({ options: { strict: false } })

export interface Course {
  readonly max: number
  readonly many: number
  readonly seed: number
}

/** The tally equals the model after every group of steps, and all posts show it at the end. */
export async function holds(on: Moot, { max, many, seed }: Course): Promise<void> {
  const all = await postedToAll(on, 'discord', 'What matters?', OPTIONS)
  const id = await pollId(on)
  await on.store.prisma.poll.update({ where: { id }, data: { max } })
  const model = new Model({ max, options: OPTIONS.length })
  const scene: Scene = { ...all, on, id, model, accounts: await everybody(on, all, model), done: [], away: undefined, later: [] }
  const steps = stepsOf(seed, many, { voters: scene.accounts.length, options: OPTIONS.length })
  for (let n = 0, group = 0; n < steps.length; group += 1) {
    if (group % 14 === 9) goesAway(scene, NAMES[Math.floor(group / 14) % NAMES.length])
    if (group % 14 === 12) await comesBack(scene)
    const size = 1 + ((group * 7) % Math.min(120, Math.ceil(many / 10)))
    await together(scene, steps.slice(n, n + size))
    n += size
    expect(await kept(scene)).toEqual(model.tally())
    // Long enough for nobody to have done too much at once.
    on.clock.at += 8_000
  }
  await comesBack(scene)
  expect(await kept(scene)).toEqual(model.tally())
  expect(await on.store.prisma.ballot.count({ where: { pollId: id } })).toBe(model.ballots)
  await allShow(scene)
}
