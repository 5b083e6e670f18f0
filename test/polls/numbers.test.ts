import { describe, expect, test } from 'vitest'
import type { Speech } from '../../src/feature/context.ts'
import { exportPolls } from '../../src/polls/personal-data.ts'
import { pollsForBulletin, pollsForPack } from '../../src/polls/report.ts'
import { close, inOne, openPoll } from '../community/life.ts'
import { ardwick, bot, count, DAY, inTown, jo, network, posts, reads } from '../helpers/town.ts'

inTown('Network', ['Ardwick', 'Gorton'], { joIn: 'Ardwick' })

const resident = (name: string) => bot.person(`${name} ${count}`).in(ardwick())

async function asked(line = '/poll What for the park? | Bench | Bin | Both'): Promise<string> {
  await jo.say(line)
  await bot.tick()
  const { id } = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
  return id
}

async function votes(id: string, names: string, option: number): Promise<void> {
  for (const name of names) await resident(name).forge(`polls_v_${id}_${option}`)
}

const post = (): string => reads().at(-1) ?? ''

describe('under how many answers numbers are hidden', () => {
  const promised = async (id: string) => (await bot.store.prisma.poll.findUniqueOrThrow({ where: { id } })).hideUnder

  test('a network may raise it for polls that are open, and the posts say so; it never lowers it', async () => {
    const id = await asked()
    expect(post()).toContain('shown from 10 answers on, or when this closes. If fewer than 5 people answer, they are never shown.')
    await jo.say('/network hide 20')
    await bot.tick()
    expect(await promised(id)).toBe(20)
    expect(post()).toContain('shown from 40 answers on, or when this closes. If fewer than 20 people answer, they are never shown.')
    await jo.say('/network hide 5')
    await bot.tick()
    expect(await promised(id)).toBe(20)
    expect(post()).toContain('shown from 40 answers on')
    // A new one promises what holds now.
    await jo.say('/poll Another? | Yes | No')
    expect(
      await promised((await bot.store.prisma.poll.findFirstOrThrow({ where: { question: 'Another?', networkId: network.id } })).id),
    ).toBe(5)
  })

  test('numbers that were shown of fewer answers than that go', async () => {
    const id = await asked()
    await votes(id, 'abcdefghij', 1)
    await bot.tick()
    expect(post()).toContain('1. Bench: 5')
    await jo.say('/network hide 8')
    await bot.tick()
    expect(post()).not.toContain('1. Bench: 5')
    expect(post()).toContain('The numbers are shown from 18 answers on')
    expect((await resident('k').forge(`polls_v_${id}_1`)).text).toContain('Numbers show from 18 answers on.')
    await votes(id, 'lmnopqr', 1)
    await bot.tick()
    expect(post()).toContain('1. Bench: 10\n2. Bin: 0\n3. Both: 0\n10 answers\nThe numbers stand as of 10 answers. They move next at 26')
  })

  test('a poll that is closed stays as it is', async () => {
    const id = await asked()
    await votes(id, 'abcdef', 1)
    await close(id)
    await jo.say('/network hide 20')
    await bot.tick()
    expect(await promised(id)).toBe(5)
    expect(post()).toContain('1. Bench (most): 6 (100%)')
  })
})

test('who chose what: a ballot with fewer answers than it must have counts nowhere', async () => {
  const id = await openPoll(await bot.grant(network, jo), 'Which two?', { secret: false, min: 2, max: 2 })
  await votes(id, 'ab', 1)
  await votes(id, 'a', 3)
  const names = (await jo.forge(`polls_names_${id}`)).text
  expect(names).toContain(`Bench: a ${count}`)
  expect(names).toContain(`Both: a ${count}`)
  expect(names).not.toContain(`b ${count}`)
  await votes(id, 'b', 2)
  expect((await jo.forge(`polls_names_${id}`)).text).toContain(`Bench: a ${count}, b ${count}`)
})

test('a secret poll that closes with four answers shows no number anywhere', async () => {
  const id = await asked()
  await votes(id, 'abc', 1)
  await votes(id, 'd', 2)
  await close(id, 'We bought a bench.')
  await bot.tick()
  const period = { networkId: network.id, from: new Date(bot.clock.at - DAY), to: new Date(bot.clock.at + DAY) }
  const texts = bot.deps.texts.in('en')
  const speech: Speech = { texts, locale: 'en', zone: 'UTC', now: bot.clock.now() }
  const few = 'Fewer than 5 people answered, so the numbers stay hidden: they could tell who chose what.'
  const [first = '', outcome = ''] = reads().slice(-2)
  const answers = {
    post: first,
    outcome,
    show: (await jo.forge(`polls_show_${id}`)).text,
    mine: (await resident('a').forge(`polls_mine_${id}`)).text,
    pack: JSON.stringify(await inOne(tx => pollsForPack(tx, period, speech))),
  }
  for (const [where, text] of Object.entries(answers)) expect(text, where).toContain(few)
  const bulletin = (await inOne(tx => pollsForBulletin(tx, period, speech))).map(item => item.line).join('\n')
  expect(bulletin).toBe('“What for the park?” has closed. Too few people answered for numbers to be shown. Outcome: We bought a bench.')
  for (const text of [...Object.values(answers), bulletin]) {
    expect(text).not.toMatch(/(Bench|Bin|Both)( \(most\))?: \d|%|\d answers?|most/)
    expect(text).not.toMatch(/\b[34]\b(?!\. Both)/)
  }
  const exported = await inOne(tx => exportPolls(tx, network.id))
  expect(exported).toMatchObject({ polls: [{ id, totals: [] }] })
})

test.each([
  {
    results: 'live',
    secret: true,
    card: 'shown in steps, so that no tap can be told from the next',
    says: 'The numbers are shown from 14 answers on, or when this closes.',
  },
  {
    results: 'voted',
    secret: true,
    card: 'shown to those who have answered',
    says: 'You see the numbers when you have answered: tap “My vote”.',
  },
  { results: 'closed', secret: true, card: 'shown when it closes', says: 'The numbers are shown when this closes.' },
  { results: 'live', secret: false, card: 'shown at once', says: 'The numbers show here as answers come in.' },
  {
    results: 'voted',
    secret: false,
    card: 'shown to those who have answered',
    says: 'You see the numbers when you have answered: tap “My vote”.',
  },
  { results: 'closed', secret: false, card: 'shown when it closes', says: 'The numbers are shown when this closes.' },
])('draft card, preview and post say the same about numbers: $results, secret $secret', async ({ results, secret, card, says }) => {
  await jo.say('/network hide 7')
  await jo.say('/poll')
  let draft = await jo.submit({ question: 'Which day?', options: 'Monday\nTuesday', closes: '' })
  if (!secret) draft = await jo.press('Make it named')
  for (let i = 0; i < ['live', 'voted', 'closed'].indexOf(results); i += 1) draft = await jo.press('When numbers show')
  expect(draft.text).toContain(`${card} (chosen)`)
  const few = 'If fewer than 7 people answer, they are never shown.'
  const preview = (await jo.press('Preview')).text
  expect(preview).toContain(secret ? `${says} ${few}` : says)
  expect(preview.includes('fewer than')).toBe(secret)
  await jo.press('Post')
  await bot.tick()
  // Numbers that show at once are there at once, all of them 0.
  const [start, end] = results === 'live' && !secret ? ['1. Monday: 0\n2. Tuesday: 0\n0 answers', ''] : ['1. Monday\n2. Tuesday', says]
  expect(post()).toContain(start)
  expect(post()).toContain(end)
  if (!(results === 'live' && !secret))
    expect(preview).toBe(`A preview: only you see it. It is not posted yet. Press a button to see what it will do.\n${post()}`)
  expect(posts()).toHaveLength(1)
})
