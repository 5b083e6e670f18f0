import { describe, expect, test } from 'vitest'
import { poor } from '../helpers/chat.ts'
import { bot, count, inTown, jo, network, posts, resident } from '../helpers/town.ts'

inTown('Power', ['Ardwick'], { joIn: 'Ardwick', platforms: { chat: {}, narrow: poor } })

/** The platform answers no question about admins until `answer` is called. */
function slowly(): { answer: () => void } {
  let answer = (): void => undefined
  bot.chat().adminsWait = new Promise(resolve => {
    answer = resolve
  })
  bot.chat().asked = 0
  return { answer }
}

async function votes(): Promise<number> {
  const polls = await bot.store.prisma.poll.findMany({ where: { networkId: network.id }, select: { id: true } })
  return bot.store.prisma.ballot.count({ where: { pollId: { in: polls.map(({ id }) => id) } } })
}

describe('who is an admin, asked of a platform that takes its time', () => {
  test.each([8, 30])('by %i people at once: somebody else’s vote is counted meanwhile, and then all of them get on', async n => {
    await jo.say('/poll What matters most? | Buses | Parks')
    await bot.tick()
    const platform = slowly()
    const chats = Array.from({ length: n }, (_, i) => {
      const amina = bot.person(`Amina ${n} ${i} ${count}`)
      return amina.in(bot.group(`Mill ${n} ${i} ${count}`, [amina]))
    })
    const founding = chats.map((amina, i) => amina.say(`/network new Mills ${n} ${i} ${count}`))
    try {
      await expect.poll(() => bot.chat().asked).toBe(n)
      expect((await resident('Bea').press('Buses')).text).toContain('Counted')
      expect(await votes()).toBe(1)
    } finally {
      platform.answer()
    }
    for (const heard of await Promise.all(founding)) expect(heard.text).toContain('I am posting a hello in this chat')
  })

  test('it is asked for each deed anew, and once for it', async () => {
    const amina = bot.person(`Amina ${count}`)
    const mill = bot.group(`Mill ${count}`)
    slowly().answer()
    expect((await amina.in(mill).say(`/network new Mills ${count}`)).text).toContain('admin')
    bot.chat().admins.set(mill, new Set([amina.ref]))
    expect((await amina.in(mill).say(`/network new Mills ${count}`)).text).toContain('I am posting a hello in this chat')
    expect(bot.chat().asked).toBe(2)
  })

  test('what had been written before the question is written once', async () => {
    const made = await jo.say(`/network code Ardwick ${count} residents`)
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(made.text)?.[0] ?? ''
    const amina = bot.person(`Amina ${count}`)
    const mill = bot.group(`Mill ${count}`, [amina])
    await amina.in(mill).say('/network join WRONG-CODE-HERE')
    const { prisma } = bot.store
    const wrong = () => prisma.fact.count({ where: { name: { startsWith: 'network-wrong-code-' } } })
    const before = await wrong()
    await amina.in(mill).say('/network join WRONG-CODE-AGAIN')
    expect(await wrong()).toBe(before + 1)
    await amina.in(mill).say(`/network join ${code}`)
    expect(await prisma.space.count({ where: { ref: mill } })).toBe(1)
    expect(await prisma.delivery.count({ where: { space: { ref: mill }, subject: { startsWith: 'network_hello' } } })).toBe(1)
  })
})

describe('a choice said aloud under a secret poll', () => {
  test('is gone before the answer says so; one that somebody has deleted already counts as gone', async () => {
    await jo.say('/poll What matters most? | Buses | Parks')
    await bot.tick()
    const [poll] = posts()
    if (!poll) throw new Error('Nothing was posted.')
    const bea = resident('Bea')
    const said = { kind: 'text', text: 'Parks', replyTo: poll.ref, message: 'chat:deleted' } as const
    expect((await bea.does(said)).text).toContain('I removed it')
    expect(await votes()).toBe(0)
  })
})
