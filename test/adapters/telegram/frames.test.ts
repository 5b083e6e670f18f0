import type { Update } from '@grammyjs/types'
import { describe, expect, test } from 'vitest'
import { spaceRef } from '../../../adapters/telegram/refs.ts'
import { chance } from '../../../bench/random.ts'
import { deaths } from '../../helpers/deaths.ts'
import { mutated, withOdd } from '../../helpers/mutate.ts'
import { GARDEN } from '../../helpers/samples.ts'
import { button, kinds, type Stage, stage, view } from './harness.ts'

// 2,000 updates over the wire, by twenty fetches of a hundred.

const unreadable = 'Something that a platform sent could not be read'

/** One update of each kind, as the server makes them. */
async function official({ tg, group, amina, adapter }: Stage): Promise<Update[]> {
  const sent = await adapter.send(spaceRef(group.id), view('What matters most?', [[button('Buses')]]), 'k')
  if (sent === 'unsure' || !('ok' in sent)) throw new Error('not sent')
  const post = group.fromBot[0]
  if (!post) throw new Error('no post')
  const forum = tg.group('Levenshulme', { topics: true })
  const said = [
    amina.says(group, '/poll Buses? | A | B'),
    amina.says(group, 'Damp homes', { replyTo: post }),
    amina.says(group, '/poll', { replyTo: post }),
    amina.says('private', 'hello there'),
    amina.says('private', 'a picture', { photo: GARDEN }),
    amina.says(forum, '/poll', { topic: { id: forum.topic('Damp').id } }),
    amina.starts('polls_1'),
    group.anonymousAdmin().says('/poll'),
  ].map(({ update }) => update)
  const press = amina.presses(post, 'Buses')
  await press.answer
  const before = new Set(tg.pending.map(update => update.update_id))
  group.kick(amina)
  group.add(amina)
  amina.blocks()
  amina.unblocks()
  const turns = tg.pending.filter(update => !before.has(update.update_id))
  await tg.settled()
  return [...said, press.update, ...turns].flatMap(update => update ?? [])
}

/** An ordinary press and an ordinary command still get their answers. */
async function stillAnswers(on: Stage): Promise<void> {
  on.reply = ({ event }) => (event.kind === 'press' ? [{ kind: 'whisper', view: view('Counted.') }] : [])
  const post = on.group.fromBot[0]
  if (!post) throw new Error('no post')
  expect((await on.amina.presses(post, 'Buses').answer).text).toBe('Counted.')
  on.amina.says(on.group, '/poll after')
  await on.tg.until(() => on.heard.some(({ event }) => event.kind === 'command' && event.args === 'after'), 'the command')
  await on.tg.settled()
}

const oddLines = (on: Stage): object[] => on.lines.filter(({ message }) => message === unreadable).map(({ data }) => data)

describe('an update that cannot be read is passed over, confirmed and counted, and the next is answered', () => {
  test.each<{ name: string; of: keyof Update; path: string; value: unknown }>([
    { name: 'a press without a person', of: 'callback_query', path: 'callback_query.from', value: undefined },
    { name: 'a press of null', of: 'callback_query', path: 'callback_query', value: null },
    { name: 'a press on a message without a chat', of: 'callback_query', path: 'callback_query.message.chat', value: undefined },
    { name: 'a press with a number in it', of: 'callback_query', path: 'callback_query.data', value: 7 },
    { name: 'words that are a list', of: 'message', path: 'message.text', value: ['/poll'] },
    { name: 'a message without a chat', of: 'message', path: 'message.chat', value: undefined },
    { name: 'a message of no day', of: 'message', path: 'message.date', value: 'today' },
    { name: 'a person without a name', of: 'message', path: 'message.from.first_name', value: undefined },
    { name: 'a chat without an address', of: 'message', path: 'message.chat.id', value: null },
    { name: 'a chat of a kind that nobody knows', of: 'message', path: 'message.chat.type', value: 'mystery' },
    { name: 'a standing of null', of: 'my_chat_member', path: 'my_chat_member.new_chat_member', value: null },
    { name: 'an update without a number', of: 'message', path: 'update_id', value: undefined },
    { name: 'an update with a number that no later one reaches', of: 'message', path: 'update_id', value: 99_999_999_999_999 },
  ])('$name', async ({ of, path, value }) => {
    const died = deaths()
    const on = await stage({ strict: false })
    const update = (await official(on)).find(one => one[of] !== undefined)
    const heard = on.heard.length
    on.tg.world.updates.give(number => withOdd({ ...update, update_id: number }, path, value))
    await on.tg.until(() => on.unread.length > 0, 'it to be counted')
    await on.tg.settled()
    expect([on.unread, on.heard.length]).toEqual([['telegram'], heard])
    await stillAnswers(on)
    expect([died, on.statuses.at(-1)?.[0]]).toEqual([[], 'up'])
  })

  test('a list of null, and null itself', async () => {
    const died = deaths()
    const on = await stage({ strict: false })
    await official(on)
    on.tg.world.updates.give(() => null)
    on.tg.world.updates.give(() => [])
    await on.tg.until(() => on.unread.length === 2, 'them to be counted')
    await on.tg.settled()
    await stillAnswers(on)
    expect(died).toEqual([])
  })

  test('what was logged is its shape: no word, no name, no number', async () => {
    const on = await stage({ strict: false })
    const update = (await official(on)).find(one => one.message?.text?.startsWith('/poll') && one.message.chat.type !== 'private')
    on.tg.world.updates.give(number => withOdd({ ...update, update_id: number }, 'message.from', { id: 'x', Amina: 1 }))
    await on.tg.until(() => on.unread.length > 0, 'it to be counted')
    expect(oddLines(on)).toEqual([
      {
        ...{ platform: 'telegram', error: 'Misfit', where: 'from.id', at: [], unlogged: 0 },
        shape: expect.stringMatching(/^\{update_id:number,message:\{.*from:\{id:string,\*:number\}.*text:string.*\}\}$/),
      },
    ])
  })
})

test('a group that comes without its name is heard all the same', async () => {
  const on = await stage({ strict: false })
  const update = (await official(on)).find(one => one.message?.text?.startsWith('/poll') && one.message.chat.id === on.group.id)
  const heard = on.heard.length
  for (const title of [undefined, null, ''])
    on.tg.world.updates.give(number => withOdd({ ...update, update_id: number }, 'message.chat.title', title))
  await on.tg.settled()
  expect(on.heard.slice(heard).map(({ place, event }) => [place, event.kind])).toEqual(
    [1, 2, 3].map(() => [{ space: `telegram:${on.group.id}` }, 'command']),
  )
  expect(on.unread).toEqual([])
})

test('an answer that is no answer is trouble on the way: it is asked again', async () => {
  const on = await stage({ strict: false })
  await official(on)
  const { updates } = on.tg.world
  const own = updates.poll.bind(updates)
  let odd = 3
  updates.poll = async (...asked) => {
    odd -= 1
    return odd < 0 ? own(...asked) : (JSON.parse(['null', '{}', '"x"'][odd] ?? '') as Update[])
  }
  updates.release()
  await on.tg.until(() => odd < 0 && updates.isPolled, 'the bot to ask again')
  expect([on.unread.length, on.statuses.at(-1)]).toEqual([3, ['down', 'Telegram answers with something that cannot be read.']])
  await stillAnswers(on)
  await on.tg.until(() => on.statuses.at(-1)?.[0] === 'up', 'the bot to be up again')
})

test('2,000 updates with something odd in them: all confirmed, nobody ends, and the next press is answered', async () => {
  const died = deaths()
  const on = await stage({ strict: false })
  const frames = await official(on)
  const by = chance(7)
  on.reply = ({ event }) => (event.kind === 'press' ? [{ kind: 'whisper', view: view('Counted.') }] : [])
  for (let n = 0; n < 2_000; n += 1) {
    const { update_id: _, ...frame } = by.pick(frames)
    on.tg.world.updates.give(update_id => ({ ...(mutated({ frame }, by) as { frame?: object }).frame, update_id }))
  }
  await on.tg.settled()
  await stillAnswers(on)
  expect([died, on.statuses.at(-1)?.[0]]).toEqual([[], 'up'])
  expect(on.unread.length).toBeGreaterThan(500)
  expect(oddLines(on)).toHaveLength(5)
  expect(JSON.stringify(oddLines(on))).not.toMatch(/Amina|Ardwick|Buses|Damp|1234:abc|@everyone/)
  expect(kinds(on)).toEqual(expect.arrayContaining(['press', 'command', 'text', 'joined', 'left']))
})
