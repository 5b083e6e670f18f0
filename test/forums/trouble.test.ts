import { describe, expect, test } from 'vitest'
import type { Someone } from '../helpers/person.ts'
import { bot, DAY, HOUR, inTown, jo, network, reads, resident } from '../helpers/town.ts'

inTown('Ancoats', ['Ardwick'], { botEach: true, joIn: 'Ardwick' })

const kept = () => bot.store.prisma.forum.findFirstOrThrow()
/** Whatever the post says at this moment: it is edited a little later. */
const answers = async (who: Someone, action = 'go') => who.forge(`forums_${action}_${(await kept()).id}`)

async function forum(capacity = '', announce = '') {
  await jo.say('/forum Strengths | when: in 10 days | place: Library')
  await jo.press('Seats and host')
  await jo.submit({ capacity, host: 'Jo', contact: '' })
  if (announce !== '') {
    await jo.press('Time')
    await jo.submit({ when: '', length: '', announce })
  }
  await jo.press('Send to all chats')
  await jo.press('Post')
  await bot.tick()
}

describe('the waiting list', () => {
  test('an offer for fewer people still has its end, and lets the next one in', async () => {
    await forum('2')
    const [amina, cem, dee] = [resident('Amina'), resident('Cem'), resident('Dee')]
    await answers(amina)
    await amina.press('I bring one more')
    await answers(cem)
    await cem.press('I bring one more')
    await answers(dee)
    await answers(amina, 'cant')
    expect((await cem.press('I bring one fewer')).text).toContain('It is held until Tuesday 3 November')
    await bot.later(DAY + HOUR)
    expect(await bot.store.prisma.rsvp.groupBy({ by: ['answer'], _count: true, orderBy: { answer: 'asc' } })).toEqual([
      { answer: 'maybe', _count: 2 },
      { answer: 'cant', _count: 1 },
    ])
  })

  test('who waits with more than there are places in all keeps nobody waiting', async () => {
    await forum('6')
    const [amina, dee, eve] = [resident('Amina'), resident('Dee'), resident('Eve')]
    await answers(amina)
    for (let n = 0; n < 4; n += 1) await amina.press('I bring one more')
    await answers(dee)
    await answers(dee, 'maybe')
    await amina.press('I bring one more')
    await answers(dee)
    for (let n = 0; n < 4; n += 1) await dee.press('I bring one more')
    await answers(eve)
    await jo.press('Seats and host')
    await jo.submit({ capacity: '3', host: 'Jo', contact: '' })
    await jo.press('Send it')
    await answers(amina, 'cant')
    await bot.tick()
    expect(await kept()).toMatchObject({ taken: 3, waiting: 1 })
    expect(dee.alone.reads().at(-1)).toContain('A seat has come free')
  })

  test('once it has begun nobody is put on a list that nobody is taken from', async () => {
    await forum('2')
    const [amina, bo, cem] = [resident('Amina'), resident('Bo'), resident('Cem')]
    for (const one of [amina, bo, cem]) await answers(one)
    await bot.later(10 * DAY + 9.5 * HOUR)
    await answers(amina, 'cant')
    expect((await answers(resident('Dee'))).text).toContain('You are coming')
  })
})

test('a picker that is left alone changes no time, and the length can be changed after the announcement', async () => {
  await forum()
  const { startsAt, postsAt } = await kept()
  const whole = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString()
  await jo.press('Time')
  const told = await jo.submit({ when: whole(startsAt), length: '3 hours', announce: whole(postsAt) })
  expect(told.text).toContain('Length: 2 hours → 3 hours')
  await jo.press('Send it')
  expect(await kept()).toMatchObject({ startsAt, postsAt, minutes: 180 })
})

describe('before it is announced', () => {
  test('people with other roles know no more than residents', async () => {
    await forum('', 'in 5 days')
    const landlord = bot.person('Landlord', { started: true })
    await bot.grant(network, landlord, 'decisionMaker')
    expect((await landlord.alone.say('/forum')).text).toContain('No forums are planned.')
    expect((await landlord.alone.forge(`forums_go_${(await kept()).id}`)).text).toContain('This forum is not here')
  })

  test('what was cancelled then is never heard of', async () => {
    await forum('', 'in 5 days')
    await jo.press('Cancel it')
    await jo.submit({ why: 'No hall.' })
    await bot.later(6 * DAY)
    expect((await resident('Amina').say('/forum')).text).toContain('No forums are planned.')
    expect((await resident('Amina').forge(`forums_show_${(await kept()).id}`)).text).not.toContain('Strengths')
    expect(reads()).toEqual([])
  })
})

test('what somebody has said stays theirs in private, also where they may not see the forum otherwise', async () => {
  await bot.store.prisma.space.updateMany({ data: { audience: 'steering' } })
  await jo.say('/forum Board | when: in 10 days')
  await jo.press('Which chats')
  await jo.press('steering chats')
  await jo.press('Back')
  await jo.press('Post')
  await bot.tick()
  const kofi = resident('Kofi')
  await answers(kofi)
  expect((await kofi.alone.forge(`forums_mine_${(await kept()).id}`)).text).toContain('You are coming')
  expect((await resident('Amina').alone.forge(`forums_mine_${(await kept()).id}`)).text).toContain('not here')
})

test('who cannot come needs nothing there', async () => {
  await forum()
  const amina = resident('Amina')
  await answers(amina)
  await amina.press('I need')
  await amina.submit({ needs: 'A ramp' })
  await answers(amina, 'cant')
  expect((await jo.press('What people need')).text).toContain('Nobody has said that they need something.')
})

test('a newer change takes the place of the older one; an agenda with long and equal items can be asked about', async () => {
  await forum()
  for (const address of ['Library', 'Town Hall', 'School']) {
    await jo.press('Place')
    await jo.submit({ address, directions: '', link: '' })
    if (address !== 'Library') await jo.press('Send it')
    await bot.later(HOUR)
  }
  const news = reads().filter(text => text.includes('has changed'))
  expect(news).toHaveLength(1)
  expect(news[0]).toContain('Place: Town Hall → School')
  await jo.press('Words')
  await jo.submit({ theme: 'Strengths', about: '', agenda: `Tea\ntea.\nTe\u200Ba!\n${'What we heard last time '.repeat(5)}` })
  await jo.press('Send it')
  await bot.later(11 * DAY)
  await jo.say('/forum')
  await jo.press('Strengths')
  expect((await jo.press('Ask what we missed')).text).toContain('The question is open in the same chats')
})
