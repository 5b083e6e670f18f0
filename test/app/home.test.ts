import { describe, expect, test } from 'vitest'
import { poor } from '../helpers/chat.ts'
import { said } from '../helpers/person.ts'
import { ardwick, bot, count, gorton, inTown, jo, network, resident } from '../helpers/town.ts'

/** What somebody finds in private and in the home of the app: before they did anything, and where an answer stands. */

inTown('Network', ['Ardwick', 'Gorton'], { joIn: 'Ardwick', platforms: { chat: { chats: true }, poor } })

const NOT_YET = 'I do not know yet which chats you are in. Tap a button of mine in one of them, and what is open there stands here too.'

async function poll(line = '/poll Buses or parks? | Buses | Parks', where = jo): Promise<string> {
  await where.say(line)
  await bot.tick()
  return (await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id }, orderBy: { id: 'desc' } })).id
}

/** The chat of the poor platform, which is for all areas. */
async function square(): Promise<`${string}:${string}`> {
  const ref = bot.group(`Square ${count}`, [], 'poor')
  await bot.store.prisma.space.create({
    data: { id: `square${count}`, ref, networkId: network.id, platform: 'poor', title: 'Square', state: 'joined' },
  })
  return ref
}

describe('somebody who never did anything in a chat', () => {
  test('reads what is open in the chats where the platform says that they are, and can do nothing with it yet', async () => {
    await poll()
    await poll('/poll Which bench? | Red | Green', jo.in(gorton()))
    const amina = bot.person(`Amina ${count}`)
    bot.chat().members.set(amina.ref, [ardwick(), 'chat:elsewhere'])
    const open = `Open in your chats\n• Buses or parks? (in Ardwick ${count})\nTap your answer in that chat. From then on it stands here too.`
    const home = await amina.home()
    expect(home.text).toBe(open)
    expect(home.replies).toMatchObject([{ kind: 'home', view: { buttons: [] } }])
    const mine = await amina.say('/mine')
    expect(mine.text).toBe(`For you\n${open}`)
    expect(mine.buttons).toEqual(['I have a code for a role'])
    // From the first tap on it is theirs.
    await amina.in(ardwick()).say('/guide')
    expect((await amina.home()).text).toContain('One poll waits for your answer')
  })

  test('reads nothing of what is for the steering group, nor where the platform does not say: then how it comes to stand here', async () => {
    await poll()
    await bot.store.prisma.space.update({ where: { ref: gorton() }, data: { audience: 'steering' } })
    const id = await poll('/poll Which landlord? | Ours | Theirs', jo.in(gorton()))
    await bot.store.prisma.poll.update({ where: { id }, data: { voters: 'everyone' } })
    const amina = bot.person(`Amina ${count}`)
    bot.chat().members.set(amina.ref, [gorton()])
    expect((await amina.home()).text).toBe(NOT_YET)
    bot.chat().members.delete(amina.ref)
    expect((await amina.home()).text).toBe(NOT_YET)
    const tara = bot.person(`Tara ${count}`, { platform: 'poor' })
    expect(said(await tara.start('guide_mine'))).toBe(`For you\n${NOT_YET}`)
    expect((await tara.say('/mine')).text).toBe(`For you\n${NOT_YET}`)
  })

  test('is told so too where they have an area or an account, but not once they did something, and not where they have a role', async () => {
    const personId = await bot.grant(network, bot.person(`Amina ${count}`))
    const amina = bot.person(`Amina ${count}`)
    expect((await amina.home()).text).toBe(NOT_YET)
    expect((await amina.say('/mine')).text).toContain(NOT_YET)
    await amina.in(ardwick()).say('/guide')
    expect((await amina.home()).text).toBe('Nothing waits for you.')
    await bot.deps.acts.write()
    expect((await amina.say('/mine')).text).toContain('Nothing waits for you.')
    await bot.store.prisma.acted.deleteMany({ where: { personId } })
    await bot.grant(network, amina, 'steering')
    expect((await amina.home()).text).toBe('Nothing waits for you.')
  })

  test('who is in several networks is asked which one their home is about', async () => {
    const other = await bot.network(`Other ${count}`, [`Hulme ${count}`])
    const amina = resident('Amina')
    await amina.say('/guide')
    await amina.in(other.space(`Hulme ${count}`)).say('/guide')
    expect((await amina.alone.home()).text).toContain('You are in more than one network.')
    await amina.alone.pressHome(`Network ${count}`)
    expect(amina.atHome).toBe(`In this chat we now talk about Network ${count}.`)
    await amina.alone.pressHome('Back')
    expect(amina.atHome).toBe('Nothing waits for you.')
  })
})

describe('what is pressed in the home of the app', () => {
  test('is answered there: the poll, each choice, the way back; nothing lands in the private chat, and nothing of a choice is kept', async () => {
    const pollId = await poll()
    const amina = resident('Amina')
    await amina.say('/guide')
    await amina.alone.home()
    const before = amina.alone.sees().length
    await amina.alone.pressHome('Buses or parks?')
    expect(amina.atHome).toContain('You have not answered this one.')
    await amina.alone.pressHome('Parks')
    expect(amina.atHome).toContain('Your answer:\n• Parks')
    await amina.alone.pressHome('Take back: Parks')
    expect(amina.atHome).toContain('Taken back.')
    await amina.alone.pressHome('Buses')
    await amina.alone.pressHome('Back')
    expect(amina.atHome).toBe('Nothing waits for you.')
    expect(amina.alone.sees()).toHaveLength(before)
    expect(await bot.store.prisma.ballot.count({ where: { pollId } })).toBe(1)
    const kept = JSON.stringify(await bot.store.prisma.seen.findMany({ where: { replies: { not: 'null' } } }))
    expect(kept).not.toMatch(/Parks|Taken back/)
  })

  test('a form that opens from it is answered there too', async () => {
    const pollId = await poll()
    await bot.store.prisma.poll.update({ where: { id: pollId }, data: { addOptions: true } })
    const amina = resident('Amina')
    await amina.say('/guide')
    await amina.alone.forge(`polls_add_${pollId}`)
    const before = amina.alone.sees().length
    await amina.alone.submitHome({ option: 'Trees' })
    expect(amina.atHome).toContain('Trees')
    expect(amina.alone.sees()).toHaveLength(before)
  })

  test('what it cannot hold, such as a file, is said in the private chat, and it says so', async () => {
    await jo.say('/forum Strengths | when: in 9 days')
    await jo.press('Post')
    await bot.tick()
    const amina = resident('Amina')
    await amina.press('I’m coming')
    await amina.alone.home()
    await amina.alone.pressHome('Strengths')
    expect(amina.atHome).toContain('You are coming,')
    const before = amina.alone.sees().length
    await amina.alone.pressHome('Calendar file')
    expect(amina.atHome).toBe('I have answered you in our private chat.')
    expect(amina.alone.sees()).toHaveLength(before + 1)
  })
})

describe('where a group cannot show a card to one person', () => {
  test('My vote leads into the private chat, where every button works for somebody who acted in that group', async () => {
    const there = await square()
    const pollId = await poll('/poll Buses or parks? | Buses | Parks')
    await jo.forge(`polls_offer_${pollId}_square${count}`)
    await bot.tick()
    const tara = bot.person(`Tara ${count}`, { platform: 'poor' }).in(there)
    await tara.press('My vote')
    expect((await tara.follow()).text).toContain('You have not answered this one.')
    expect((await tara.alone.press('Parks')).text).toContain('Your answer:\n• Parks')
    expect((await tara.alone.press('Take back: Parks')).text).toContain('Taken back.')
    expect((await tara.alone.say('/mine')).text).toContain('Buses or parks?')
    // The same link shows nothing to somebody who was never there.
    const stranger = bot.person(`Stranger ${count}`, { platform: 'poor' })
    expect(said(await stranger.start(`polls_mine_${pollId}`))).toBe('This poll is not here any more.')
  })
})
