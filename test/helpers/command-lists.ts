import type { Telegram } from '../platforms/telegram/server.ts'

/**
 * Until a bot that has come up on Telegram, `starts` times by now, has set its lists of commands: only then does it know whether the server shows something
 * to one person alone. It looks at the list for groups before it sets it, and once more when all are set.
 */
export function listed(tg: Telegram, starts = 1): Promise<unknown> {
  const looks = () => tg.calls('getMyCommands').filter(({ payload }) => JSON.stringify(payload) === '{"scope":{"type":"all_group_chats"}}')
  return tg.until(() => looks().length >= 2 * starts, 'the command lists to be set')
}
