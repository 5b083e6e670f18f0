import { describe, expect, test } from 'vitest'
import type { Someone } from '../helpers/person.ts'
import { ardwick, bot, gorton, HOUR, inTown, jo, network, reads, resident } from '../helpers/town.ts'

inTown('Network', ['Ardwick', 'Gorton'], { joIn: 'Ardwick', anew: true })

const kept = () => bot.store.prisma.forum.findFirstOrThrow({ where: { networkId: network.id } })
const answers = async (who: Someone, action = 'go') => who.forge(`forums_${action}_${(await kept()).id}`)
const news = (space = ardwick()) => reads(space).filter(text => text.includes('has changed.'))

/** Makes and posts a forum on Thursday 12 November at 18:00. */
async function forum(capacity = ''): Promise<void> {
  await jo.say('/forum Strengths | when: in 10 days | place: Library')
  await jo.press('Seats and host')
  await jo.submit({ capacity, host: 'Jo', contact: '' })
  await jo.press('Send to all chats')
  await jo.press('Post')
  await bot.tick()
}

describe('a change of a forum that stands', () => {
  test('is shown back with what it was; nothing changes before it is sent, and who comes is asked whether they still can', async () => {
    await forum('2')
    const [amina, bo, cem] = [resident('Amina'), resident('Bo'), resident('Cem')]
    await answers(amina)
    await answers(bo, 'maybe')
    await answers(cem, 'cant')
    await jo.press('Time')
    const card = await jo.submit({ when: '12 November 7pm', length: '', announce: '' })
    expect(card.text).toContain('What changes in “Strengths”\nWhen: Thursday 12 November, 18:00 (UTC+0) → 19:00\n')
    expect(card.text).toContain('It is told in 2 chats. 2 people who have answered are told in private, where I can write to them.')
    await jo.press('Place')
    const both = await jo.submit({ address: 'Town Hall', directions: '', link: '' })
    expect(both.text).toContain('18:00 (UTC+0) → 19:00\nPlace: Library → Town Hall\n')
    await bot.later(HOUR)
    expect([news(), (await kept()).address]).toEqual([[], 'Library'])
    expect((await jo.say('/forum show strengths')).text).toContain('You have begun a change that is not sent yet.')
    await jo.press('Look at your change')
    expect((await jo.press('Send it')).text).toContain('The news of the change is on its way to 2 chats.')
    await bot.tick()
    for (const space of [ardwick(), gorton()])
      expect(news(space)).toEqual([
        expect.stringContaining(
          '“Strengths” has changed.\nWhen: Thursday 12 November, 18:00 (UTC+0) → 19:00\nPlace: Library → Town Hall\nThis holds now:',
        ),
      ])
    expect(reads().join()).not.toContain('Amina')
    expect(amina.alone.reads().at(-1)).toContain('You said that you are coming. Can you still come?')
    expect(bo.alone.reads().at(-1)).toContain('Does that still suit you?')
    expect(cem.alone.reads().join()).not.toContain('has changed')
    expect((await amina.alone.press('I can still come')).text).toContain('Good, you are still coming.')
    expect((await jo.press('Who is coming')).text).toMatch(/Amina \d+: coming \(said so again after the change\)/)
    const told = await jo.forge(`forums_show_${(await kept()).id}`)
    expect(told.text).toContain('1 of those who come has said after the change that they still can.')
    expect(told.text).toContain('The news of the change came in 2 of 2 chats.')
    expect(await bot.store.prisma.draft.count()).toBe(0)
  })

  test('in the chat asks those who come, also where it is full; who said nothing gets no place by that', async () => {
    await forum('1')
    const [amina, bo] = [resident('Amina'), resident('Bo')]
    await answers(amina)
    await jo.press('Place')
    await jo.submit({ address: 'Town Hall', directions: '', link: '' })
    await jo.press('Send it')
    await bot.tick()
    const shown = bot.chat().shown.findLast(one => one.at === ardwick() && one.only === undefined)
    expect(shown?.view.buttons.flat().map(button => button.label)).toEqual(['I can still come', 'I can’t come', 'My answer'])
    expect((await bo.press('I can still come')).text).toContain('You have not answered yet.')
    expect((await amina.press('I can’t come')).text).toContain('You said that you can’t come.')
    expect(await kept()).toMatchObject({ coming: 0, cant: 1, waiting: 0 })
  })

  test('of words alone changes the post, and nobody gets a message; thrown away it changes nothing', async () => {
    await forum()
    await jo.press('Words')
    const card = await jo.submit({ theme: 'Our strengths', about: 'What is good?', agenda: '' })
    expect(card.text).toContain('Theme: Strengths → Our strengths\nWhat it is about: nothing → What is good?')
    expect(card.text).toContain('The post changes in 2 chats. Nobody gets a message.')
    expect((await jo.press('Throw away')).text).toContain('Thrown away. Nothing has changed.')
    expect((await kept()).theme).toBe('Strengths')
    await jo.press('Words')
    await jo.submit({ theme: 'Our strengths', about: '', agenda: '' })
    await jo.press('Send it')
    await bot.later(HOUR)
    expect(reads()[0]).toContain('Our strengths')
    expect(news()).toEqual([])
    await jo.press('Words')
    expect((await jo.submit({ theme: 'Our strengths', about: '', agenda: '' })).text).toContain('Nothing is different, so nothing changes.')
  })

  test('that somebody else has made meanwhile is shown once more before it is sent', async () => {
    await forum()
    const kay = bot.person('Kay', { started: true }).in(ardwick())
    await bot.grant(network, kay, 'coordinator')
    await jo.press('Place')
    await jo.submit({ address: 'Town Hall', directions: '', link: '' })
    await kay.forge(`forums_edit_${(await kept()).id}_place`)
    await kay.submit({ address: 'School', directions: '', link: '' })
    await kay.press('Send it')
    const again = await jo.press('Send it')
    expect(again.text).toContain('Somebody else has changed this meanwhile. Please look at it again:')
    expect(again.text).toContain('Place: School → Town Hall')
    expect((await kept()).address).toBe('School')
    await jo.press('Send it')
    expect((await kept()).address).toBe('Town Hall')
  })

  test('is its maker’s own, and goes when its time is over', async () => {
    await forum()
    await jo.press('Time')
    await jo.submit({ when: '12 November 7pm', length: '', announce: '' })
    const { id } = await bot.store.prisma.draft.findFirstOrThrow()
    const kay = bot.person('Kay', { started: true }).in(ardwick())
    await bot.grant(network, kay, 'coordinator')
    for (const action of ['send', 'change', 'leave'])
      expect((await kay.forge(`forums_${action}_${id}`)).text).toContain('This draft is not here any more.')
    await bot.later(11 * 24 * HOUR)
    expect((await jo.press('Send it')).text).toContain('this forum is over or cancelled')
    expect((await kept()).startsAt.toISOString()).toBe('2026-11-12T18:00:00.000Z')
  })

  test('to fewer places than people who come throws nobody out, and the host hears how many are over', async () => {
    await forum('4')
    const [amina, bo] = [resident('Amina'), resident('Bo')]
    await answers(amina)
    await amina.press('I bring one more')
    await answers(bo)
    const kay = bot.person('Kay', { started: true }).in(ardwick())
    await bot.grant(network, kay, 'coordinator')
    await kay.forge(`forums_edit_${(await kept()).id}_people`)
    const card = await kay.submit({ capacity: '1', host: 'Jo', contact: '' })
    expect(card.text).toContain('Seats: 4 → 1')
    expect(card.text).toContain('2 more people come than there are seats. Nobody is thrown out, and nobody new gets a seat.')
    expect((await kay.press('Send it')).text).toContain('2 more people come than there are seats.')
    await bot.tick()
    expect(jo.alone.reads().at(-1)).toContain('“Strengths” has fewer seats now. 2 more people come than there are seats.')
    expect(await kept()).toMatchObject({ coming: 3, taken: 3, capacity: 1 })
  })
})
