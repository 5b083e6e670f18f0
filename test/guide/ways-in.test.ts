import { afterEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../helpers/app.ts'

let bot: TestApp
afterEach(() => bot.close())

test('who is in no network yet gets buttons with which to come in, whatever they asked for', async () => {
  bot = await testApp()
  const jo = bot.person('Jo')
  const hall = bot.group('Hall', [jo])
  const inPrivate = 'I have a code for a role'
  expect((await jo.say('/guide')).buttons).toEqual(['I take part', 'I organise', inPrivate])
  expect((await jo.say('/mine')).buttons).toEqual([inPrivate])
  expect((await jo.forge('calendar_feed')).buttons).toEqual([inPrivate])
  const there = jo.in(hall)
  expect((await there.say('/guide')).buttons).toEqual(['I take part', 'I organise', 'I have a code', 'Begin a network'])
  expect((await there.forge('calendar_feed')).buttons).toEqual(['I have a code', 'Begin a network'])
})
