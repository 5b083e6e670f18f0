import { describe, expect, test } from 'vitest'
import { bot, count, DAY, gorton, HOUR, inTown, jo, network, posts, reads } from '../helpers/town.ts'

// Messages can be deleted in one, and in the other not.
inTown('Network', ['Ardwick', 'Gorton'], { platforms: { chat: {}, stone: { remove: false, pin: false } } })

const post = async (line: string) => {
  await jo.say(`/announce ${line}`)
  return jo.press('Post')
}
const one = () => bot.store.prisma.announcement.findFirstOrThrow({ where: { networkId: network.id } })
/** A chat on the platform where nothing can be deleted. */
const stone = (audience: 'residents' | 'steering' = 'residents') =>
  bot.store.prisma.space.create({
    data: {
      id: `stone${count}`,
      networkId: network.id,
      ref: `stone:${count}`,
      platform: 'stone',
      title: 'Stone',
      audience,
      state: 'joined',
    },
  })

describe('late', () => {
  test('what fell due while the bot was away is posted when it is back, if it is still of use', async () => {
    await post('Tea | when: in 24 hours')
    await bot.later(DAY + 11 * HOUR)
    expect([reads(), reads(gorton())]).toEqual([['Tea'], ['Tea']])
  })

  test('what is too late is missed, and who made it hears where, once; Try again posts it', async () => {
    await post('Tea | when: in 24 hours')
    await bot.later(DAY + 13 * HOUR)
    expect([...reads(), ...reads(gorton())]).toEqual([])
    const told = jo.reads().filter(said => said.includes('was not posted'))
    expect(told).toEqual([
      `“Tea” (Network ${count}) was not posted in 2 chats: Ardwick ${count}, Gorton ${count}. I could not post there in time, and it was to be at most 12 hours late.`,
    ])
    await bot.later(DAY)
    expect(jo.reads().filter(said => said.includes('was not posted'))).toHaveLength(1)
    expect((await jo.press('Look at it')).text).toContain(`Ardwick ${count}: missed, because I was away for too long.`)
    expect((await jo.press('Try again')).text).toContain('I try again in 2 chats.')
    await bot.tick()
    expect([reads(), reads(gorton())]).toEqual([['Tea'], ['Tea']])
  })

  test.each([
    { late: 'one hour', presses: 2, away: 2, posted: false },
    { late: 'three days', presses: 1, away: 71, posted: true },
  ])('$late is chosen on the card', async ({ presses, away, posted }) => {
    await jo.say('/announce Tea | when: in 24 hours')
    for (let i = 0; i < presses; i += 1) await jo.press('How late it may be')
    await jo.press('Post')
    await bot.later(DAY + away * HOUR)
    expect(reads()).toEqual(posted ? ['Tea'] : [])
  })

  test('somebody who is no coordinator any more hears nothing of it; the others do', async () => {
    await post('Tea | when: in 24 hours')
    const kay = bot.person(`Kay ${count}`)
    await bot.grant(network, kay, 'coordinator')
    await bot.store.prisma.grant.deleteMany({ where: { person: { name: jo.name } } })
    await bot.later(3 * DAY)
    expect(jo.reads().join('\n')).not.toContain('was not posted')
    expect(kay.reads().at(-1)).toContain('“Tea”')
  })

  test('what was moved or is out is not called missed', async () => {
    await post('Tea | when: in 24 hours')
    await jo.press('Change the time')
    await jo.submit({ when: 'in 72 hours' })
    await bot.later(2 * DAY)
    await bot.later(DAY)
    await bot.later(3 * DAY)
    expect(reads()).toEqual(['Tea'])
    expect(jo.reads().join('\n')).not.toContain('was not posted')
  })
})

describe('the report', () => {
  test('says which chats have it, which do not and why, and tries those again', async () => {
    bot.chat().refuses(gorton(), { no: 'refused', why: 'bad words' })
    await post('Tea')
    await bot.tick()
    bot.chat().refuses(gorton(), undefined)
    const card = await jo.press('Look again')
    expect(card.text).toContain('It stands in 1 of 2 chats.')
    expect(card.text).toMatch(new RegExp(`Gorton ${count}: not posted: the chat app refused it\\.\n• Ardwick ${count}: posted `))
    expect((await jo.press('Try again')).text).toContain('I try again in 1 chat.')
    await bot.tick()
    expect([reads(), reads(gorton())]).toEqual([['Tea'], ['Tea']])
    expect((await jo.press('Look again')).buttons).not.toContain('Try again')
  })

  test('a chat where the bot may not write, and one that may have it twice', async () => {
    bot.chat().refuses(gorton(), { no: 'forbidden', why: 'muted' })
    await post('Tea')
    await bot.tick()
    await bot.store.prisma.delivery.updateMany({ where: { spaceId: network.spaceId(`Ardwick ${count}`) }, data: { doubled: true } })
    const card = await jo.press('Look again')
    expect(card.text).toContain(`Gorton ${count}: not there yet. I may not write in that chat`)
    expect(card.text).toMatch(new RegExp(`Ardwick ${count}: posted [^\n]* It may stand there twice\\.`))
    bot.chat().refuses(gorton(), undefined)
    await bot.later(HOUR)
    expect(reads(gorton())).toEqual(['Tea'])
  })

  test('a chat that leaves gets nothing more, and that is said', async () => {
    await post('Tea | when: in 24 hours')
    await bot.store.prisma.space.update({ where: { ref: gorton() }, data: { state: 'left' } })
    await bot.later(DAY)
    expect(reads(gorton())).toEqual([])
    expect((await jo.press('Look again')).text).toContain(`Gorton ${count}: not posted, because this chat has left.`)
  })
})

describe('a withdrawal', () => {
  test('where a post cannot be deleted it is struck out and says so', async () => {
    const space = await stone()
    await post('Tea')
    await bot.tick()
    bot.chat('stone').change = async (ref, how) => {
      const message = bot.chat('stone').shown.find(shown => shown.ref === ref)
      if (how === 'remove' || how === 'pin' || !message) return { no: 'refused', why: 'not here' }
      message.view = how
      return { ok: ref }
    }
    await jo.press('Withdraw it')
    await jo.press('Withdraw it')
    await bot.tick()
    expect([...reads(), ...reads(gorton())]).toEqual([])
    expect(posts(space.ref)[0]?.view.blocks).toEqual([
      { kind: 'text', text: 'This announcement was withdrawn. What it said no longer holds:' },
      { kind: 'struck', text: 'Tea' },
    ])
    const card = await jo.say('/announce show tea')
    expect(card.text).toContain('Stone: could not be deleted there. It is struck out')
    expect(card.text).toContain(`Ardwick ${count}: taken back.`)
    expect(await one()).toMatchObject({ struckIn: [space.id], checkAt: null })
  })

  test('nothing works on what was withdrawn', async () => {
    await post('Tea | when: in 24 hours')
    const { id } = await one()
    await jo.press('Withdraw it')
    await jo.press('Withdraw it')
    for (const action of ['withdraw', 'reword', 'again'])
      expect((await jo.forge(`announcements_${action}_${id}`)).text).toContain('only while')
    for (const action of ['move', 'now']) expect((await jo.forge(`announcements_${action}_${id}`)).text).toContain('cannot be changed')
    expect((await jo.forgeForm(`announcements_reword_${id}`, { words: 'Cake', link: '' })).text).toContain('only while')
    await bot.later(DAY)
    expect(reads()).toEqual([])
  })
})

describe('chats that come and change', () => {
  test('one that joins later gets nothing by itself; what is still to come, and meant for it, is offered', async () => {
    await post('Tea | when: in 24 hours')
    await post(`Cake | when: in 24 hours | areas: Gorton ${count}`)
    await post('Secret | when: in 24 hours | audience: everyone')
    const { id } = await bot.store.prisma.announcement.findFirstOrThrow({ where: { networkId: network.id, words: 'Cake' } })
    const made = await jo.say(`/network code Ardwick ${count} residents`)
    const code = made.text.match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.[0]
    const amina = bot.person(`Amina ${count}`)
    const chat = bot.group(`Mill ${count}`, [amina])
    await amina.in(chat, 'The Mill').say(`/network join ${code}`)
    await bot.tick()
    await bot.tick()
    expect(jo.reads().at(-1)).toBe('2 announcements are still to come in this network. Post them in The Mill too?')
    const space = await bot.store.prisma.space.findUniqueOrThrow({ where: { ref: chat } })
    expect((await jo.forge(`announcements_offer_${id}_${space.id}`)).text).toContain('not meant for this chat')
    await jo.press('Tea')
    await bot.later(DAY)
    expect(reads(chat).at(-1)).toBe('Tea')
    expect(reads(chat).join('\n')).not.toContain('Secret')
  })

  test.each(['by audience', 'by name'])(
    'a chat that is given to residents does not get what was planned for the steering group (%s)',
    async how => {
      const space = await stone('steering')
      await jo.say(`/announce The landlord offers a deal | when: in 24 hours${how === 'by audience' ? ' | audience: steering' : ''}`)
      if (how === 'by name') {
        await jo.press('Choose single chats')
        await jo.press('Stone')
        await jo.press('Back')
      }
      await jo.press('Post')
      await bot.store.prisma.space.update({ where: { id: space.id }, data: { audience: 'residents' } })
      await bot.later(DAY)
      expect(reads(space.ref)).toEqual([])
      expect((await jo.press('Look again')).text).toContain('Stone: not posted, because it was not meant for this chat any more.')
    },
  )

  test('it is pinned where the platform can', async () => {
    const space = await stone()
    await post('Tea | pin: yes')
    await bot.tick()
    expect([posts()[0]?.pinned, posts(space.ref)[0]?.pinned]).toEqual([true, false])
  })

  test('platforms narrow it down', async () => {
    const space = await stone()
    await post('Tea | platforms: Stone')
    await bot.tick()
    expect([reads(), reads(space.ref)]).toEqual([[], ['Tea']])
  })

  test('nothing is posted while the network is paused, and what is of use is posted after', async () => {
    await post('Tea | when: in 24 hours')
    await bot.store.prisma.network.update({ where: { id: network.id }, data: { state: 'paused' } })
    await bot.later(DAY)
    expect(reads()).toEqual([])
    await bot.store.prisma.network.update({ where: { id: network.id }, data: { state: 'active' } })
    await bot.later(HOUR)
    expect(reads()).toEqual(['Tea'])
  })
})
