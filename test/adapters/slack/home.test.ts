import { expect, test } from 'vitest'
import type { PersonRef } from '../../../src/platform/adapter.ts'
import { button, form, stage, view } from './harness.ts'

/** Stands still, so that no trigger grows old while a test works. */
const clock = (): Date => new Date('2026-11-02T18:00:00Z')
const home = (text: string) => ({ kind: 'home', view: view(text, [[button]]) }) as const

test('what is pressed in the home, and a form that opened from it, says so; what is answered to it stands there', async () => {
  const on = await stage({ clock })
  on.reply = () => [home('One poll waits.')]
  const { view: shown } = await on.amina.opensHome().answer
  if (!shown) throw new Error('no home')
  expect(on.heard.at(-1)).toMatchObject({ place: 'private', event: { kind: 'home' } })
  expect(on.heard.at(-1)?.isHome).toBeUndefined()
  on.reply = () => [home('This is the poll.')]
  await on.amina.presses(shown, 'Buses').acknowledged
  await on.server.until(() => on.amina.home?.shown.text.includes('This is the poll.'))
  expect(on.heard.at(-1)).toMatchObject({ place: 'private', isHome: true, event: { kind: 'press', token: 'polls_v_1' } })
  on.reply = () => [{ kind: 'ask', form }]
  await on.amina.presses(on.amina.home ?? shown, 'Buses').acknowledged
  const dialog = await on.server.until(() => on.amina.modal)
  on.reply = () => [home('Your option is there.')]
  await on.amina.submits(dialog, { question: 'Trees' }).acknowledged
  await on.server.until(() => on.amina.home?.shown.text.includes('Your option is there.'))
  expect(on.heard.at(-1)).toMatchObject({ place: 'private', isHome: true, event: { kind: 'submit' } })
  expect(on.amina.messages).toEqual([])
  expect(on.server.oddities).toEqual([])
})

test('a dialog that opened in a channel is none of the home', async () => {
  const on = await stage({ clock })
  on.reply = () => [{ kind: 'ask', form }]
  await on.amina.runs(on.channel, '/poll').answer
  const dialog = on.amina.modal
  if (!dialog) throw new Error('no dialog is open')
  on.reply = () => []
  await on.amina.submits(dialog, { question: 'Trees' }).acknowledged
  expect(on.heard.at(-1)).toMatchObject({ place: { space: on.space }, event: { kind: 'submit' } })
  expect(on.heard.at(-1)?.isHome).toBeUndefined()
})

test('in which channels somebody is together with the bot: with the scopes that the app has, page by page', async () => {
  const on = await stage({ clock })
  const ref = (id: string) => `slack:${on.workspace.id}:${id}`
  const closed = on.workspace.channel('closed', { private: true, members: [on.amina] })
  on.workspace.channel('without-us', { private: true, bot: false, members: [on.amina] })
  on.workspace.channel('without-her')
  on.workspace.channel('over', { members: [on.amina] }).archive()
  const amina = ref(`@${on.amina.id}`) as PersonRef
  expect(await on.adapter.chatsOf(amina)).toEqual([on.space, ref(closed.id)])
  for (let n = 0; n < 250; n += 1) on.workspace.channel(`more-${n}`, { members: [on.amina] })
  expect(await on.adapter.chatsOf(amina)).toHaveLength(252)
  expect(await on.adapter.chatsOf(ref('@UNOBODY') as PersonRef)).toEqual([])
  on.server.fail({ method: 'users.conversations', with: { status: 429, retry_after: 1 } })
  await expect(on.adapter.chatsOf(amina)).rejects.toThrow('Slack could not be asked.')
  expect(on.server.oddities).toEqual([])
})

test('a private channel has its name where the bot is in it', async () => {
  const on = await stage()
  const channel = (name: string, bot: boolean) => on.workspace.channel(name, { private: true, bot, members: [on.amina] })
  const [ours, theirs] = [channel('steering', true), channel('others', false)]
  for (const place of [ours, theirs]) on.amina.runs(place, '/poll')
  await expect.poll(() => on.heard.length).toBe(2)
  const titles = on.heard.map(({ place }) => place !== 'private' && place.title)
  expect(titles.toSorted()).toEqual(['steering', undefined])
})
