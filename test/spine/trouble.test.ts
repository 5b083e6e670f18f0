import { describe, expect } from 'vitest'
import type { Posted } from '../platforms/telegram/posted.ts'
import { type Moot, STREETS, test } from './moot.ts'

/** Private answers go elsewhere, so that in the group the first message is the post. */
const elsewhere = test.extend({ isOld: true })

async function standing({ jo, ardwick, sees }: Moot): Promise<Posted> {
  jo.says(ardwick, STREETS)
  const poll = await sees(ardwick, 'What matters most')
  await sees(jo, 'It goes out now to 1 chat.')
  return poll
}

/** Ten, so that the numbers of a secret poll move: as of five. */
async function ten(on: Moot, poll: Posted, option: string): Promise<void> {
  for (const name of 'ABCDEFGHIJ') await on.person(name, { started: false }).presses(poll, option).answer
}

const rows = ({ store }: Moot) => store.prisma.delivery.findMany({ where: { subject: { startsWith: 'polls_' } }, orderBy: { id: 'asc' } })

describe.concurrent('chats change', () => {
  test('a group becomes a supergroup while a poll is open: the poll stands in the new one, and answers go on', async ({ on }) => {
    const small = on.tg.group('Clayton residents', { kind: 'group' })
    await on.join(small, 'Clayton')
    on.jo.says(small, STREETS)
    const poll = await on.sees(small, 'What matters most')
    await ten(on, poll, '1. Buses')
    await on.settle()
    const large = small.migrate()
    await on.settle()
    expect(await on.store.prisma.space.count({ where: { ref: `telegram:${large.id}`, state: 'joined' } })).toBe(1)
    on.jo.says(large, '/poll again')
    const again = await on.sees(large, 'What matters most')
    expect(again.text).toContain('1. Buses: 5')
    expect((await on.person('K').presses(again, '2. Parks').answer).text).toContain('Counted: Parks.')
    expect(await on.store.prisma.count.aggregate({ where: { option: 0 }, _sum: { n: true } })).toMatchObject({ _sum: { n: 11 } })
  })

  test('an admin deletes the post: a coordinator hears of it, and can show the poll again', async ({ on }) => {
    const poll = await standing(on)
    on.ardwick.remove(poll)
    const [row] = await on.store.prisma.poll.findMany({ select: { id: true } })
    for (const name of 'ABCDEFGHIJ') await on.person(name).presses(poll, { data: `polls_v_${row?.id}_1` }).answer
    await on.settle()
    expect((await rows(on)).map(one => [one.state, one.why])).toEqual([['removed', 'gone']])
    await on.sees(on.jo, 'Somebody deleted a post of mine in “Ardwick residents”')
    on.jo.says(on.ardwick, '/poll again')
    const again = await on.sees(on.ardwick, 'What matters most')
    expect(again.text).toContain('1. Buses: 5')
  })

  test('the bot is thrown out and put back: what was answered elsewhere meanwhile shows there too, at once', async ({ on }) => {
    const gorton = await on.group('Gorton')
    const poll = await standing(on)
    const { id: pollId } = await on.store.prisma.poll.findFirstOrThrow()
    const spaces = await on.store.prisma.space.findMany({
      where: { ref: { in: [on.ardwick, gorton].map(group => `telegram:${group.id}`) } },
    })
    const [there, here] = [gorton, on.ardwick].map(group => spaces.find(space => space.ref === `telegram:${group.id}`)?.id ?? '')
    await on.jo.presses(await on.sees(on.jo, 'It goes out now to 1 chat.'), { data: `polls_offer_${pollId}_${there}` }).answer
    const second = await on.sees(gorton, 'What matters most')
    on.ardwick.kick()
    await on.settle()
    const space = () => on.store.prisma.space.findUniqueOrThrow({ where: { id: here ?? '' } })
    expect(await space()).toMatchObject({ state: 'gone', trouble: 'space-trouble-removed' })
    await ten(on, second, '1. Buses')
    await on.settle()
    expect(second.text).toContain('1. Buses: 5')
    on.ardwick.add()
    await on.sees(on.ardwick, 'I am back in this chat.')
    expect(await space()).toMatchObject({ state: 'joined', trouble: null })
    await on.settle()
    expect(poll.text).toContain('1. Buses: 5')
    expect((await on.person('K', { started: false }).presses(poll, '2. Parks').answer).text).toContain('Counted: Parks.')
  })

  test('the bot may not write any more: the trouble is told in private, and waits until it may', async ({ on }) => {
    on.ardwick.allow({ messages: false })
    on.jo.says(on.ardwick, STREETS)
    await on.sees(on.jo, 'It goes out now to 1 chat.')
    await on.settle()
    await on.sees(on.jo, 'I may not write in that chat.')
    on.ardwick.allow({ messages: true })
    await on.later(3_600_000)
    await on.sees(on.ardwick, 'What matters most')
    expect((await on.store.prisma.space.findFirstOrThrow({ where: { ref: `telegram:${on.ardwick.id}` } })).trouble).toBe(null)
  })
})

describe.concurrent('people', () => {
  test('who has blocked the bot is not written to: it waits, and the next private answer begins with it', async ({ on }) => {
    await standing(on)
    on.jo.blocks()
    await on.tg.settled()
    // The group can show it to this person alone, but not in an app from before that.
    on.jo.says(on.ardwick, '/poll list')
    const alone = await on.sees(on.jo, 'What matters most on our streets? (open until')
    expect([alone.sees, await on.store.prisma.waiting.count()]).toEqual([on.jo.id, 0])
    on.jo.state.oldApp = true
    on.jo.restartsApp()
    on.jo.says(on.ardwick, '/poll list')
    const way = await on.sees(on.ardwick, 'My answer is private. Open our private chat and it is there.')
    on.jo.opens(way, 'Open private chat')
    await on.sees(on.jo, 'What matters most on our streets? (open until')
    await on.sees(on.jo, 'That is all that was waiting for you.')
    expect(await on.store.prisma.waiting.count()).toBe(0)
  })

  test('who writes as the group or as a channel is asked to write as themselves', async ({ on }) => {
    on.ardwick.anonymousAdmin().says(STREETS)
    await on.sees(on.ardwick, 'I cannot tell who you are when you write as the chat itself.')
    on.ardwick.channel('Ardwick news').says(STREETS)
    await on.settle()
    expect(await on.store.prisma.poll.count()).toBe(0)
  })
})

describe.concurrent('Telegram', () => {
  elsewhere('says “too many”: nothing is sent before its time, and the last state gets there', async ({ on }) => {
    on.tg.fail({ method: 'sendMessage', chat: on.ardwick.id, with: { status: 429, retry_after: 7 } })
    on.jo.says(on.ardwick, STREETS)
    await on.sees(on.jo, 'It goes out now to 1 chat.')
    await on.settle()
    expect(on.ardwick.fromBot).toEqual([])
    await on.later(6_000)
    expect(on.ardwick.fromBot).toEqual([])
    await on.later(1_001)
    const poll = await on.sees(on.ardwick, 'What matters most')
    on.tg.fail({ method: 'editMessageText', with: { status: 429, retry_after: 9 } })
    await ten(on, poll, '1. Buses')
    await on.settle()
    expect(poll.edits).toBe(0)
    await on.later(9_001)
    expect(poll.text).toContain('1. Buses: 5')
    expect((await rows(on))[0]).toMatchObject({ state: 'sent', doubled: false })
  })

  elsewhere('breaks inside: an edit is tried again, a post too, and is marked as perhaps doubled', async ({ on }) => {
    on.tg.fail({ method: 'sendMessage', chat: on.ardwick.id, with: { status: 500 } })
    on.jo.says(on.ardwick, STREETS)
    await on.sees(on.jo, 'It goes out now to 1 chat.')
    await on.settle()
    await on.later(5_001)
    const poll = await on.sees(on.ardwick, 'What matters most')
    on.tg.fail({ method: 'editMessageText', with: { status: 502 } })
    await ten(on, poll, '2. Parks')
    await on.settle()
    await on.later(5_001)
    expect(poll.text).toContain('2. Parks: 5')
    expect((await rows(on)).map(one => [one.state, one.doubled])).toEqual([['sent', true]])
  })

  elsewhere('drops the line after it has posted: two may stand, at most, and the row says so', async ({ on }) => {
    on.tg.fail({ method: 'sendMessage', chat: on.ardwick.id, with: 'drop after doing it' })
    on.jo.says(on.ardwick, STREETS)
    await on.sees(on.ardwick, 'What matters most')
    await on.settle()
    await on.later(5_001)
    expect(on.ardwick.fromBot).toHaveLength(2)
    expect((await rows(on)).map(one => [one.state, one.doubled])).toEqual([['sent', true]])
    // Both take answers: the tally is one.
    const [first, second] = on.ardwick.fromBot
    if (!first || !second) throw new Error('There are not two.')
    const amina = on.person('Amina')
    expect((await amina.presses(first, '1. Buses').answer).text).toContain('Counted: Buses.')
    expect((await amina.presses(second, '2. Parks').answer).text).toContain('Changed. Counted now: Parks.')
    expect(await on.store.prisma.ballot.count()).toBe(1)
  })

  test('gives everything twice: a poll is posted once, and an old press does not bring the old choice back', async ({ on }) => {
    const { update } = on.jo.says(on.ardwick, STREETS)
    const poll = await on.sees(on.ardwick, 'What matters most')
    const amina = on.person('Amina', { started: false })
    const first = amina.presses(poll, '1. Buses')
    await first.answer
    await amina.presses(poll, '2. Parks').answer
    for (const one of [update, first.update]) {
      const fetches = on.tg.calls('getUpdates').length
      if (one) on.tg.redeliver(one)
      await on.tg.until(() => on.tg.calls('getUpdates').length > fetches, 'a repeated update to be taken')
    }
    await on.settle()
    expect(await on.store.prisma.poll.count()).toBe(1)
    expect(on.ardwick.fromBot.filter(one => one.text.includes('One answer each.'))).toHaveLength(1)
    expect(await on.store.prisma.ballot.findMany({ select: { options: true } })).toEqual([{ options: [2] }])
  })

  test('has a second program on the same account: after a minute this one says so and stops', async ({ on }) => {
    on.tg.fail({ method: 'getUpdates', times: 50, with: { status: 409, description: 'Conflict: terminated by other getUpdates request' } })
    on.tg.world.updates.release()
    await on.tg.until(() => on.statuses.at(-1)?.[0] === 'down', 'the conflict')
    on.clock.at += 61_000
    await on.tg.until(() => on.statuses.at(-1)?.[0] === 'dead', 'the end')
    expect(on.statuses.at(-1)?.[1]).toBe(
      'Another program fetches messages with the same TELEGRAM_TOKEN. Stop it, or make a new token with @BotFather.',
    )
    on.faults.splice(0)
  })

  test('refuses the token while it runs: one plain line', async ({ on }) => {
    on.tg.revokeToken()
    await on.tg.until(() => on.statuses.at(-1)?.[0] === 'dead', 'the end')
    expect(on.statuses.at(-1)?.[1]).toBe(
      'Telegram refuses TELEGRAM_TOKEN. Copy it again from @BotFather, put it into the settings and start again.',
    )
    on.faults.splice(0)
  })
})
