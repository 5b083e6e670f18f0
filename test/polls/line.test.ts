import { describe, expect, test } from 'vitest'
import { ardwick, bot, count, gorton, inTown, jo, network, posts } from '../helpers/town.ts'

const STREETS = '/poll What matters most on our streets? | Buses | Parks | Damp homes'

inTown('Network', ['Ardwick', 'Gorton'], { joIn: 'Ardwick' })

const someone = (name: string, space = ardwick()) => bot.person(`${name} ${count}`).in(space)
const onlyPoll = () => bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
const words = () => someone('reader').reads().join('\n')
const post = () => {
  const found = posts(ardwick()).at(-1)
  if (!found) throw new Error('Nothing was posted there.')
  return found
}

describe('what is not wholly understood is asked, and nothing that was typed is lost', () => {
  const asked = () => bot.store.prisma.poll.count({ where: { networkId: network.id } })

  test('keys are no options: an area and a time make the card, with the question whether it opens or closes then', async () => {
    const told = await jo.say(`/poll Cake or tea? | Cake | Tea | areas: Gorton | when: Friday 6pm`)
    expect(told.text).toBe('Friday 6 November, 18:00 (UTC+0): does the poll open then, or close?')
    expect(told.buttons).toEqual(['It opens then', 'It closes then', 'Show the draft'])
    const card = await jo.press('It closes')
    expect(card.text).toContain('1. Cake\n2. Tea\n')
    expect(card.text).toContain('Closes: Friday 6 November, 18:00 (UTC+0)')
    expect(card.text).toContain(`Where: Gorton ${count} (1 chat)`)
    expect(await asked()).toBe(0)
    expect((await jo.press('Post')).text).toContain('It goes out now to 1 chat.')
    await bot.tick()
    expect([posts(ardwick()).length, posts(gorton()).length]).toEqual([0, 1])
  })

  test('a time that is clear is no reason to ask: the poll is posted at once, in this chat', async () => {
    await jo.say('/poll Cake or tea? | Cake | Tea | Monday: 6pm | until: Friday 6pm')
    await bot.tick()
    expect(words()).toContain('Closes: Friday 6 November, 18:00 (UTC+0)')
    expect(
      post()
        .view.buttons.flat()
        .map(({ label }) => label),
    ).toEqual(['1. Cake', '2. Tea', '3. Monday: 6pm', 'My vote'])
  })

  test('one that opens later is open for a week from then on', async () => {
    expect((await jo.say('/poll Cake or tea? | Cake | Tea | opens: 20 November 9am')).text).toContain('20 November')
    const { opensAt, closesAt, state } = await onlyPoll()
    expect(state).toBe('scheduled')
    expect(Number(closesAt) - Number(opensAt)).toBe(7 * 86_400_000)
  })

  test.each([
    { line: 'areas: Narnia', says: 'There is no area “Narnia” in this network.', buttons: ['Choose where'] },
    { line: 'closes: in 3 weekz', says: 'weekz', buttons: ['Another time'] },
    { line: 'closes:', says: 'Nothing stands after “closes:”.', buttons: ['Show the draft'] },
    { line: 'closes: Friday 6pm | until: Saturday 6pm', says: '“closes:” is there twice.', buttons: ['Show the draft'] },
    { line: 'area: Narnia | closes: soonish', says: 'There is no area “Narnia”', buttons: ['Choose where', 'Another time'] },
  ])('$line', async ({ line, says, buttons }) => {
    const told = await jo.say(`/poll Cake or tea? | Cake | Tea | ${line}`)
    expect(told.text).toContain(says)
    expect(told.text).toContain('The right way: /poll')
    expect(told.buttons).toEqual(buttons)
    expect(await asked()).toBe(0)
    await jo.press(buttons[0] ?? '')
    const kept = await bot.store.prisma.draft.findFirstOrThrow({ where: { networkId: network.id, feature: 'polls' } })
    expect(kept.data).toMatchObject({ question: 'Cake or tea?', options: ['Cake', 'Tea'] })
  })

  test('part of a name is enough; where it can mean two, each is a button', async () => {
    await bot.store.prisma.area.create({ data: { id: `north-${count}`, networkId: network.id, name: 'North Gorton', key: 'north gorton' } })
    const told = await jo.say('/poll Cake or tea? | Cake | Tea | areas: ort')
    expect(told.buttons).toEqual([`Gorton ${count}`, 'North Gorton', 'Choose where'])
    expect((await jo.press('North')).text).toContain('Where: North Gorton')
    expect((await jo.say('/poll Cake or tea? | Cake | Tea | areas: ardw, north')).text).toContain(`Where: Ardwick ${count}, North Gorton`)
  })

  test('a wrong one-liner comes back as the form, filled in', async () => {
    const told = await jo.say(`/poll ${'q'.repeat(301)} | Buses | Parks`)
    expect(told.form?.intro).toContain('The question is too long: 301 characters.')
    expect(told.form?.fields.map(({ value }) => value)).toEqual(['q'.repeat(301), 'Buses\nParks'])
    expect((await jo.submit({ question: 'What matters?', options: 'Buses\nParks' })).text).toContain('1. Buses')
  })

  test('in private it fills the card, for all chats', async () => {
    expect((await jo.alone.say('/poll Cake or tea? | Cake | Tea')).text).toContain('Where: all chats (2 chats)')
    expect((await jo.alone.press('Post')).text).toContain('It goes out now to 2 chats.')
  })

  test('one tap sends a poll of one chat to all', async () => {
    await jo.say('/poll Cake or tea? | Cake | Tea | areas: Gorton')
    const card = await jo.press('Send to all chats')
    expect(card.text).toContain('Where: all chats (2 chats)')
    expect(card.buttons).not.toContain('Send to all chats')
  })
})

describe('what a resident writes waits for a coordinator, for ten minutes', () => {
  test('who takes it on, has the card; the resident gets nothing by it', async () => {
    const amina = someone('Amina')
    const told = await amina.say(STREETS)
    expect(told.text).toContain('This one needs a coordinator.')
    expect(told.text).toContain('For ten minutes a coordinator can take on what you wrote')
    await someone('Bo', gorton()).say('/poll Elsewhere? | Yes | No')
    await bot.later(9 * 60_000)
    const offered = await jo.say('/poll')
    expect(offered.buttons).toEqual([`Amina ${count}: What matters most on our streets?`, 'A new poll'])
    const forged = offered.views[0]?.buttons[0]?.[0]
    const token = forged && 'token' in forged ? forged.token : ''
    expect((await amina.does({ kind: 'press', token })).text).toContain('needs a coordinator')
    const card = await jo.press('Amina')
    expect(card.text).toContain('1. Buses\n2. Parks\n3. Damp homes')
    expect((await jo.press('Post')).text).toContain('It goes out now to 1 chat.')
    expect((await jo.say('/poll')).form?.title).toBe('A new poll')
  })

  test('later it is gone; of one person the newest counts', async () => {
    const amina = someone('Amina')
    await amina.say(STREETS)
    await amina.say('/poll Cake or tea? | Cake | Tea')
    expect((await jo.say('/poll')).buttons).toEqual([`Amina ${count}: Cake or tea?`, 'A new poll'])
    const gone = (await jo.say('/poll')).views[0]?.buttons[0]?.[0]
    await bot.later(10 * 60_000)
    expect((await jo.say('/poll')).form?.title).toBe('A new poll')
    expect((await jo.does({ kind: 'press', token: gone && 'token' in gone ? gone.token : '' })).text).toContain('not here any more')
  })
})

test('a card whose answer would not be taken has no button to answer with, and says where to', async () => {
  await jo.say(STREETS)
  await bot.tick()
  const { id } = await onlyPoll()
  const meg = bot.person(`Meg ${count}`, { started: true })
  await bot.grant(network, meg, 'steering')
  const card = await meg.start(`polls_mine_${id}`)
  expect(card.text).toContain('You can answer this poll in the chat where it was posted.')
  expect(card.buttons).toEqual([])
  await meg.in(ardwick()).press('1. Buses')
  expect((await meg.start(`polls_mine_${id}`)).buttons).toContain('2. Parks')
})
