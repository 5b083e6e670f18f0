import { expect, test } from 'vitest'
import type { Someone } from '../helpers/person.ts'
import { bot, count, DAY, HOUR, inTown, jo, network, resident } from '../helpers/town.ts'

inTown('Network', ['Ardwick'], { joIn: 'Ardwick', anew: true })

const kept = () => bot.store.prisma.forum.findFirstOrThrow({ where: { networkId: network.id } })
const answers = async (who: Someone, action = 'go') => who.forge(`forums_${action}_${(await kept()).id}`)

/** Makes and posts a forum in ten days with so many places. */
async function forum(capacity: string): Promise<void> {
  await jo.say('/forum Strengths | when: in 10 days | place: Library')
  await jo.press('Seats and host')
  await jo.submit({ capacity, host: 'Jo', contact: '' })
  await jo.press('Post')
  await bot.tick()
}

/** Somebody who brings two more, is not there for a moment, and finds one place when they come back. */
async function three(): Promise<Someone> {
  const amina = resident('Amina')
  await answers(amina)
  await amina.press('I bring one more')
  await amina.press('I bring one more')
  await answers(amina, 'maybe')
  for (const name of ['Bo', 'Cem']) await answers(resident(name))
  return amina
}

test('who does not fit with the others is told how many places there are, and may come alone', async () => {
  await forum('3')
  const amina = await three()
  const told = await answers(amina)
  expect(told.text).toContain('1 seat is free, but you would be 3. Come alone, or wait until there is room for all of you.')
  expect((await amina.press('I come alone')).text).toContain('You are coming, Thursday 12 November, 18:00 (UTC+0). You bring nobody else.')
  expect(await kept()).toMatchObject({ coming: 3, taken: 3, waiting: 0 })
  expect((await answers(resident('Dee'))).text).toContain('It is full. You are the first on the waiting list.')
  await bot.tick()
  expect(amina.alone.reads().join()).not.toContain('has come free')
})

test('who comes alone passes nobody who waits before them', async () => {
  await forum('3')
  const amina = await three()
  await answers(amina)
  const dee = resident('Dee')
  expect((await answers(dee)).text).toContain('1 answer is before yours.')
  await dee.press('I bring one more')
  expect((await answers(dee, 'alone')).text).toContain('1 answer is before yours.')
  await amina.press('I come alone')
  expect(await kept()).toMatchObject({ coming: 3, taken: 3, waiting: 1 })
  expect((await answers(amina, 'alone')).text).toContain('You are coming')
  expect(await kept()).toMatchObject({ coming: 3, taken: 3, waiting: 1 })
})

test('nobody is promised a private message that cannot be sent', async () => {
  await forum('1')
  await answers(resident('Amina'))
  const bo = resident('Bo')
  expect((await answers(bo)).text).toContain('I tell you in private when a seat comes free.')
  const { ref } = await bot.store.prisma.identity.findFirstOrThrow({ where: { name: `Bo ${count}` } })
  await bot.store.prisma.identity.update({ where: { ref }, data: { tell: 'closed' } })
  const told = await answers(bo)
  expect(told.text).not.toContain('I tell you in private')
  expect(told.text).toContain('/mine')
  await answers(resident('Amina'), 'cant')
  await answers(bo, 'go')
  expect((await bo.press('Remind me in private')).text).toContain('But I cannot write to you in private')
})

test('a held place stands in /mine, until when, with its buttons', async () => {
  await forum('1')
  const [amina, bo] = [resident('Amina'), resident('Bo')]
  await answers(amina)
  await answers(bo)
  await answers(amina, 'cant')
  await bot.tick()
  const mine = await bo.alone.say('/mine')
  expect(mine.text).toContain('A seat has come free at “Strengths” (Thursday 12 November, 18:00 (UTC+0)). It is held for you until')
  expect(mine.buttons).toEqual(expect.arrayContaining(['Yes, I take it', 'No, give it to the next']))
  expect((await bo.alone.press('Yes, I take it')).text).toContain('You are coming')
  expect((await bo.alone.say('/mine')).text).not.toContain('It is held for you')
  await bot.later(DAY + HOUR)
  expect(await kept()).toMatchObject({ coming: 1, cant: 1, waiting: 0 })
})
