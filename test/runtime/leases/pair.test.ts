import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { STREETS } from '../../three/polls.ts'
import { type Pair, pair } from './pair.ts'

let on: Pair
beforeEach(async () => {
  on = await pair()
})
afterEach(() => on.close())

describe('two processes on two computers', () => {
  test('one runs both platforms, the other one stands by; each says so', async () => {
    const oak = await on.start('oak')
    const elm = await on.start('elm')
    await on.until(() => oak.said.includes('telegram up') && oak.said.includes('slack up'), 'both to be up')
    expect(elm.said).toEqual(['stands by for telegram, slack'])
    expect([...elm.bot.states()]).toEqual([
      ['telegram', 'standby'],
      ['slack', 'standby'],
    ])
    // Not one of the two has asked Telegram or Slack for what the other gets.
    const before = on.telegram.taken
    on.jo.says(on.parks, STREETS)
    const poll = await on.until(() => on.parks.said.find(one => one.text.includes('What matters most')), 'the poll')
    await on.telegram.person('Amina').presses(poll, '2. Parks').answer
    expect(on.telegram.taken).toBe(before + 2)
  })

  test('votes that come through one and through the other make one tally, and the posts of both show it', async () => {
    await on.keeps('slack', 'elm')
    const [oak, elm] = [await on.start('oak'), await on.start('elm')]
    await oak.bot.leases.look()
    await on.until(() => oak.said.includes('telegram up') && elm.said.includes('slack up'), 'one platform on each')
    expect([oak.said, elm.said].map(said => said.filter(line => line.startsWith('stands')))).toEqual([
      ['stands by for slack'],
      ['stands by for telegram'],
    ])
    const { networkId } = await on.store.prisma.space.findFirstOrThrow()
    const { createPoll } = await import('../../../src/polls/create.ts')
    const { defaults } = await import('../../../src/polls/settings.ts')
    const settings = { ...defaults('What matters most?', ['Buses', 'Parks'], undefined, new Date(Date.now() + 86_400_000)), secret: false }
    const { deps } = oak.bot
    await on.store.prisma.$transaction(tx => createPoll(tx, deps, { networkId, personId: 'jo', settings, id: 'poll1' }))
    // Written by one, it is delivered by both: nobody ticks here.
    deps.poke()
    const here = await on.until(() => on.parks.said.find(one => one.text.includes('What matters most?')), 'the poll on Telegram')
    const there = await on.until(() => on.homes.said.find(one => one.text.includes('What matters most?')), 'the poll on Slack')
    const answers = [
      ...Array.from({ length: 6 }, (_, i) => on.telegram.person(`T${i}`).presses(here, '1. Buses').answer),
      ...Array.from({ length: 5 }, (_, i) => on.slack.person(`S${i}`).presses(there, '1. Buses').answer),
    ]
    for (const answer of await Promise.all(answers)) expect(answer).toContain('Counted: Buses.')
    for (const post of [here, there]) await on.until(() => post.text.includes('1. Buses: 11'), `11 answers in ${post.text}`)
  })

  test('cut off from the store, one sends and takes nothing more before the other takes over, and stands by afterwards', async () => {
    const oak = await on.start('oak', 3_000)
    await on.until(() => oak.said.includes('telegram up') && oak.said.includes('slack up'), 'both to be up')
    const elm = await on.start('elm')
    oak.cut()
    oak.passes(8_000)
    expect(oak.bot.leases.has('telegram')).toBe(false)
    await on.until(() => oak.said.includes('has stopped on telegram, slack'), 'it to stop')
    // Nobody polls Telegram now: what is said there waits.
    await on.until(() => !on.telegram.isQuiet(), 'the fetch to end')
    on.jo.says(on.parks, STREETS)
    await on.until(() => elm.said.length > 0, 'the other one to stand by')
    expect(elm.said).toEqual(['stands by for telegram, slack'])
    for (let i = 0; i < 4; i += 1) {
      elm.passes(6_000)
      await elm.bot.leases.look()
    }
    await on.until(() => elm.said.includes('telegram up') && elm.said.includes('slack up'), 'the other one to be up')
    const poll = await on.until(() => on.parks.said.find(one => one.text.includes('What matters most')), 'the poll')
    oak.mend()
    await on.until(() => oak.said.at(-1) === 'stands by for telegram, slack', 'it to stand by')
    expect(await on.telegram.person('Amina').presses(poll, '2. Parks').answer).toContain('Counted: Parks.')
    expect([...oak.bot.leases.mine()]).toEqual([])
    expect(on.parks.said).toHaveLength(1)
  })

  test('given back in peace, the platforms are the other’s at once, and come back the same way', async () => {
    const oak = await on.start('oak')
    const elm = await on.start('elm')
    await on.until(() => oak.said.includes('telegram up'), 'Telegram to be up')
    await oak.bot.stop()
    await on.until(() => elm.said.includes('telegram up') && elm.said.includes('slack up'), 'the other one to be up')
    const ash = await on.start('ash')
    await elm.bot.stop()
    await on.until(() => ash.said.includes('telegram up') && ash.said.includes('slack up'), 'the third to be up')
    on.jo.says(on.parks, STREETS)
    await on.until(() => on.parks.said.some(one => one.text.includes('What matters most')), 'the poll')
  })
})
