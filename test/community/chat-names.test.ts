import { expect, test } from 'vitest'
import { type Chat, chatNames, ON_BUTTON } from '../../src/community/chat-names.ts'

const chat = (id: string, title: string, platform: string, area?: string): Chat => ({
  ...{ id, title, platform, area: area === undefined ? null : { name: area } },
})
const names = (all: readonly Chat[], most?: number) => all.map(one => chatNames(all, most).get(one.id))

test.each([
  { name: 'titles of their own', chats: [chat('1', 'Mill', 'slack'), chat('2', 'Gorton', 'slack')], are: ['Mill', 'Gorton'] },
  {
    name: 'titles that look the same, on two platforms',
    chats: [chat('1', 'Mill', 'slack'), chat('2', 'mill.', 'telegram'), chat('3', 'Gorton', 'slack')],
    are: ['Mill (Slack)', 'mill. (Telegram)', 'Gorton'],
  },
  {
    name: 'on one platform, for two areas',
    chats: [chat('1', 'Mill', 'slack', 'Ardwick'), chat('2', 'Mill', 'slack'), chat('3', 'Mill', 'telegram', 'Ardwick')],
    are: ['Mill (Slack, Ardwick)', 'Mill (Slack)', 'Mill (Telegram)'],
  },
  {
    name: 'with nothing that tells them apart',
    chats: [chat('2', 'Mill', 'slack', 'Ardwick'), chat('1', 'Mill', 'slack', 'Ardwick'), chat('3', 'Mill', 'slack')],
    are: ['Mill (Slack, Ardwick, 2)', 'Mill (Slack, Ardwick, 1)', 'Mill (Slack)'],
  },
  { name: 'one chat twice', chats: [chat('1', 'Mill', 'slack'), chat('1', 'Mill', 'slack')], are: ['Mill', 'Mill'] },
])('$name', ({ chats, are }) => {
  expect(names(chats)).toEqual(are)
})

test('of a long title on a button what tells it apart is not cut off', () => {
  const title = 'Residents of Ancoats and Beswick, north side'
  expect(names([chat('1', title, 'slack'), chat('2', title, 'telegram')], ON_BUTTON)).toEqual([
    'Residents of Ancoats and… (Slack)',
    'Residents of Ancoats a… (Telegram)',
  ])
  const [first] = names(
    [chat('1', title, 'telegram', 'Ancoats and Beswick'), chat('2', title, 'telegram', 'Ancoats and Beswick')],
    ON_BUTTON,
  )
  expect(first).toBe('Residents… (Telegram, Ancoats…, 1)')
})
