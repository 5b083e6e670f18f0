import { Api } from 'grammy'
import { counted, readVote, type Table } from './table.ts'

const atOnce = 100
const holdSeconds = 30

/** Fetches 100, commits them together, answers, and only then confirms; until `isOver`. */
export async function runTelegram(settings: { token: string; apiRoot: string }, table: Table, isOver: () => boolean): Promise<void> {
  const api = new Api(settings.token, { apiRoot: settings.apiRoot })
  const answer = (press: string) => api.raw.answerCallbackQuery({ callback_query_id: press, text: counted }).catch(() => undefined)
  await api.getMe()
  let offset = 0
  let answering: Promise<unknown> = Promise.resolve()
  while (!isOver()) {
    const updates = await api.getUpdates({ limit: atOnce, timeout: holdSeconds, offset, allowed_updates: ['callback_query'] })
    const presses = updates.flatMap(update => update.callback_query ?? [])
    await table.save(presses.map(press => readVote(press.data ?? '', String(press.from.id))))
    const before = answering
    answering = Promise.all(presses.map(press => answer(press.id)))
    await before
    offset = updates.reduce((next, update) => Math.max(next, update.update_id + 1), offset)
  }
}
