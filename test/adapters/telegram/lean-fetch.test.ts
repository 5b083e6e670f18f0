import { Api } from 'grammy'
import { expect, onTestFinished, test } from 'vitest'
import { leanFetch } from '../../../adapters/telegram/lean-fetch.ts'
import { startTelegram } from '../../platforms/telegram/server.ts'

const token = '1234:abc'

async function telegram() {
  const tg = await startTelegram({ token })
  onTestFinished(() => tg.stop())
  return tg
}

const api = (apiRoot: string): Api => new Api(token, { apiRoot, fetch: leanFetch(apiRoot, 2) })

test('the address of the server may be written in another way than URLs are', async () => {
  const tg = await telegram()
  // The same address, shorter; and a scheme in capitals.
  for (const root of [tg.apiRoot, tg.apiRoot.replace('127.0.0.1', '127.1'), tg.apiRoot.replace('http', 'HTTP')]) {
    expect((await api(root).getMe()).is_bot).toBe(true)
  }
  expect(tg.calls('getMe')).toHaveLength(3)
})

test('what Telegram refuses, and a server that is not there, are told as grammY tells them', async () => {
  const tg = await telegram()
  await expect(api(tg.apiRoot).answerCallbackQuery('1')).rejects.toMatchObject({ error_code: 400 })
  await expect(api('http://127.0.0.1:1').getMe()).rejects.toThrow('Network request')
})
