import { expect, test } from 'vitest'
import { tokensOf, type Way, ways } from '../helpers/doors.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { type Heard, type Someone, said } from '../helpers/person.ts'
import { bot, inTown, jo, network, resident } from '../helpers/town.ts'
import { breathe, furnish, NAMES, type Name } from './furnished.ts'

/** Who may know of what: every way in, for everybody. What is not for somebody answers as if it had never been. */

inTown('Network', ['Ardwick', 'Gorton', 'Steering'], { botEach: true })

type Who =
  | 'a resident in private'
  | 'a resident in their chat'
  | 'a resident of another area'
  | 'the steering group'
  | 'somebody of another network'
  | 'whoever lost the role a second ago'
type What = 'nothing' | 'knows it'

/** All of them on one thing of each rule, the telling ones on the others. */
type May = Readonly<Partial<Record<Who, What>>>

const nobody: May = { 'a resident in private': 'nothing', 'the steering group': 'nothing', 'somebody of another network': 'nothing' }
const nobodyAnyMore: May = { ...nobody, 'whoever lost the role a second ago': 'nothing' }
const steering: May = { ...nobodyAnyMore, 'the steering group': 'knows it' }
const nobodyElse: May = { ...steering, 'a resident in their chat': 'nothing', 'a resident of another area': 'nothing' }
const residents: May = {
  'a resident in private': 'knows it',
  'a resident in their chat': 'knows it',
  'somebody of another network': 'nothing',
}
const everybodyHere: May = { ...residents, 'a resident of another area': 'knows it', 'whoever lost the role a second ago': 'knows it' }

const MAY: Readonly<Record<Name, May>> = {
  'open poll': everybodyHere,
  'steering poll': nobodyElse,
  'scheduled poll': steering,
  'poll draft': nobody,
  'posted announcement': residents,
  'planned announcement': nobodyAnyMore,
  series: nobody,
  'announcement draft': nobody,
  'known forum': residents,
  'steering forum': steering,
  'planned forum': nobodyAnyMore,
  'forum draft': nobody,
}

/** What somebody who knows a thing may do with it without being a coordinator. All else takes that role. */
const FOR_ALL: Readonly<Record<string, readonly string[]>> = {
  // `do` goes on with a verb, the first of which shows.
  polls: ['mine', 'see', 'do', 'pick', 'back', 'backall', 'add', 'v'],
  announcements: [],
  forums: ['mine', 'show', 'do', 'go', 'maybe', 'cant', 'party', 'remind', 'forget', 'needs', 'file', 'in', 'arrive', 'still', 'alone'],
}

/** Ways that are about no single thing. */
const OF_NOTHING: Readonly<Record<string, readonly string[]>> = {
  polls: ['new', 'sample'],
  announcements: ['new', 'list'],
  forums: ['new', 'cycle', 'list', 'sample', 'door'],
}

const featureOf = (name: Name): string => (name.includes('poll') ? 'polls' : name.includes('forum') ? 'forums' : 'announcements')

/** What is about a draft alone says that it is gone, of a thing that stands too. */
const GONE = /is not here any more|is not here, or not for this chat|There is no such|not here\b/
const NEEDS = /needs a coordinator|Only coordinators|takes a coordinator|coordinator/i

// Long: every way in, for everybody, on everything.
test('every way in answers each as much as they may know', { timeout: LONG_MS }, async () => {
  const { ids, secrets } = await furnish(name => name, 'Steering')
  const people = await crowd()
  const everything = ways(bot.bot.features)
  for (const name of NAMES) {
    const own = everything.filter(way => way.feature === featureOf(name) && !OF_NOTHING[way.feature]?.includes(way.name))
    const comparing = (Object.entries(MAY[name]) as [Who, What][]).map(async ([who, what]) => {
      const about = { id: ids[name], secret: secrets[name], who, person: people[who], what, of: `${name}, ${who}` }
      for (const way of own) if (isTelling(way, who)) await compare(way, about)
    })
    await Promise.all(comparing)
  }
})

/** Every way for those of whom each rule has one; for the others what shows a thing, and the first of what changes it. */
function isTelling({ feature, name }: Way, who: Who): boolean {
  const isFirst = ['a resident in private', 'the steering group', 'somebody of another network'].includes(who)
  return (
    isFirst || ['mine', 'see', 'show', 'draft', 'names', 'withdraw', 'stop'].includes(name) || (FOR_ALL[feature]?.includes(name) ?? false)
  )
}

interface Comparing {
  readonly id: string
  readonly secret: string
  readonly who: Who
  readonly person: Someone
  readonly what: What
  readonly of: string
}

async function compare(way: Way, { id, secret, who, person, what, of }: Comparing): Promise<void> {
  if (what === 'knows it' && FOR_ALL[way.feature]?.includes(way.name)) return
  const [token = ''] = tokensOf(way, id)
  const real = said(await act(person, way, token))
  const where = `${of}: ${token}`
  expect(real, where).not.toMatch(/Something went wrong|That was a lot/)
  if (what === 'nothing') {
    expect(real, where).toBe(await toNothing(way, who, person))
    expect(real, where).not.toContain(secret)
  } else expect(real, where).toMatch(new RegExp(`${NEEDS.source}|${GONE.source}`, 'i'))
}

/** What somebody is told of a thing that never was. */
async function toNothing(way: Way, who: Who, person: Someone): Promise<string> {
  const key = `${who} ${way.feature} ${way.kind} ${way.name}`
  const known = answers.get(key) ?? said(await act(person, way, tokensOf(way, 'nothing')[0] ?? ''))
  answers.set(key, known)
  return known
}

const answers = new Map<string, string>()

async function act(person: Someone, way: Way, token: string): Promise<Heard> {
  breathe()
  return way.kind === 'form' ? person.forgeForm(token, { when: '', words: 'x', option: 'x' }) : person.forge(token)
}

async function crowd(): Promise<Readonly<Record<Who, Someone>>> {
  const [ardwick, gorton, group] = ['Ardwick', 'Gorton', 'Steering'].map(name => network.space(name))
  const here = resident('Brendan', ardwick)
  const there = resident('Chipo', gorton)
  const steers = resident('Dana', group)
  const lost = resident('Ewa', ardwick)
  const other = await bot.network('Other', ['Moss Side'])
  const mallory = bot.person('Mallory', { started: true })
  await bot.grant(other, mallory, 'coordinator')
  for (const one of [here, there, steers, lost]) await one.say('/mine')
  await bot.store.prisma.person.updateMany({ where: { name: 'Chipo' }, data: { areaId: network.area('Gorton') } })
  await bot.grant(network, steers, 'steering')
  await bot.grant(network, lost, 'coordinator')
  await bot.store.prisma.grant.deleteMany({ where: { person: { name: 'Ewa' } } })
  return {
    'a resident in private': here.alone,
    'a resident in their chat': resident('Farid', ardwick),
    'a resident of another area': there.alone,
    'the steering group': steers.alone,
    'somebody of another network': mallory.alone,
    'whoever lost the role a second ago': lost.alone,
  }
}

test('in a network that was deleted nothing is done or shown any more', async () => {
  const { ids, secrets } = await furnish(name => name, 'Steering')
  await bot.store.prisma.network.update({ where: { id: network.id }, data: { state: 'deleting' } })
  for (const way of ['polls_see', 'polls_withdraw', 'polls_pick', 'announcements_show', 'forums_show', 'forums_go'])
    for (const name of NAMES.filter(one => way.startsWith(featureOf(one)) && !one.includes('draft') && one !== 'series')) {
      breathe()
      const text = said(await jo.forge(`${way}_${ids[name]}${way === 'polls_pick' ? '_1' : ''}`))
      expect(text, `${way}, ${name}`).toMatch(/has been deleted|paused|not open yet/)
      if (!text.includes('not open yet')) expect(text, `${way}, ${name}`).not.toContain(secrets[name])
    }
  expect(await bot.store.prisma.poll.count({ where: { state: 'withdrawn' } })).toBe(0)
})

test('a token leads where it says, in one way of writing, and answers one person alone', async () => {
  const { ids, secrets } = await furnish(name => name, 'Steering')
  const { prisma } = bot.store
  const before = await prisma.ballot.findMany()
  const farid = resident('Farid')
  const forge = async (token: string): Promise<string> => {
    breathe()
    return said(await farid.forge(token))
  }
  // A coordinator is told of all of it.
  const cards = { polls: 'see', announcements: 'show', forums: 'show' } as const
  for (const name of NAMES.filter(one => !one.includes('draft') && one !== 'series')) {
    breathe()
    const feature = featureOf(name) as keyof typeof cards
    expect(said(await jo.forge(`${feature}_${cards[feature]}_${ids[name]}`)), name).toContain(secrets[name])
  }
  // A number in any other way of writing is none.
  for (const number of ['1e0', '0x1', '01', '+1', '1 ', '-1', '1.0', 'constructor', '99999999999999999999'])
    expect(await forge(`polls_v_${ids['open poll']}_${number}`), number).toBe('This button is not in use any more.')
  // Nor is a name that every table has.
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']) {
    expect(await forge(`polls_${name}_${ids['open poll']}`), name).toBe('This button is not in use any more.')
    expect(said(await farid.forgeForm(`polls_${name}_${ids['open poll']}`, {})), name).toBe('This button is not in use any more.')
    for (const command of ['poll', 'forum', 'announce', 'network']) {
      breathe()
      expect(said(await farid.say(`/${command} ${name}`)), `/${command} ${name}`).not.toBe('')
    }
  }
  expect(await prisma.ballot.findMany()).toEqual(before)
  // A post that all can see is nobody's own, whatever the app says.
  const press = { kind: 'press', token: `polls_pick_${ids['open poll']}_1`, message: 'chat:somewhere' } as const
  expect((await farid.does(press)).replies.map(reply => reply.kind)).toEqual(['whisper'])
})
