import { expect, test } from 'vitest'
import { withKey } from '../../src/network/area-keys.ts'
import { poor } from '../helpers/chat.ts'
import type { Heard, Someone } from '../helpers/person.ts'
import { bot, count, inTown, jo, network } from '../helpers/town.ts'

// On a platform without forms, without commands of its own, and where only the answer to a press is private in a group.

inTown('Power', ['Ardwick'], { can: poor })

const codeIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? ''
const group = (): Someone => jo.in(network.space(`Ardwick ${count}`))

/** What everybody in the chat can read. */
function publicly(heard: Heard): string {
  return heard.replies
    .flatMap(reply =>
      reply.kind === 'say' && 'view' in reply ? reply.view.blocks.flatMap(block => ('text' in block ? block.text : [])) : [],
    )
    .join('\n')
}

test('the card goes to the private chat; where that is closed, it waits there and the group gets the way', async () => {
  const closed = await group().say('/network')
  expect(closed.text).not.toContain('Last backup')
  expect((await group().follow()).text).toContain('Last backup')
  const open = await group().say('/network')
  expect(publicly(open)).toBe('')
  await bot.tick()
  expect(jo.reads().at(-1)).toContain('Last backup')
})

test('a code is made in the private chat only, and no code waits in the store', async () => {
  await jo.start()
  const said = await group().say('/network code all residents')
  expect(codeIn(said.text)).toBe('')
  expect(await bot.store.prisma.joinCode.count({ where: { networkId: network.id } })).toBe(0)
  expect(codeIn((await group().follow()).text)).toBe('')
  expect(codeIn((await jo.press('Residents')).text)).not.toBe('')
  await group().say('/network invite coordinator')
  expect(codeIn((await group().follow()).text)).toBe('')
  expect(codeIn((await jo.press('coordinator')).text)).not.toBe('')
  expect(await bot.store.prisma.waiting.count({ where: { identityRef: jo.ref } })).toBe(0)
})

test('an area is added by answering a question', async () => {
  await jo.say('/network')
  await jo.press('Areas')
  expect((await jo.press('Add an area')).text).toContain('What is it called?')
  expect((await jo.say('a'.repeat(61))).text).toContain('That is too long')
  expect((await jo.say(`ardwick ${count}`)).text).toContain('already')
  expect((await jo.say('Clayton')).text).toContain('“Clayton” is an area now.')
})

test('a join code that was said aloud is taken away, and the chat joins', async () => {
  const code = codeIn((await jo.say('/network code all residents')).text)
  const amina = bot.person(`Amina ${count}`, { started: true })
  const chat = bot.group(`Mill ${count}`, [amina])
  await amina.in(chat, 'Mill').say(`/network join ${code}`)
  expect((await amina.in(chat).follow()).text).toContain('I am posting a hello')
  expect(amina.in(chat).reads().join('\n')).not.toContain(code)
  await bot.tick()
  expect(await bot.store.prisma.space.findUnique({ where: { ref: chat } })).toMatchObject({ state: 'joined' })
  expect(amina.reads().at(-1)).toContain('has joined')
})

test('a join code that stays readable is said to be so', async () => {
  const code = codeIn((await jo.say('/network code all residents')).text)
  const amina = bot.person(`Amina ${count}`, { started: true })
  const chat = bot.group(`Mill ${count}`, [amina])
  const { change } = bot.chat()
  bot.chat().change = async () => ({ no: 'forbidden', why: 'not enough rights' })
  await amina.in(chat, 'Mill').does({ kind: 'command', name: 'network', args: `join ${code}`, message: 'chat:said' })
  bot.chat().change = change
  const told = (await amina.in(chat).follow()).text
  expect(told).toContain('Please delete your message')
  expect(told).toContain('The code still works')
})

test('what has no words gets a word on what does', async () => {
  expect((await bot.person(`Amina ${count}`).does({ kind: 'text', text: '' })).text).toContain('I cannot read that. I understand words')
})

test('where questions are asked in private, a code is too, and a link leads back to the chat', async () => {
  const code = codeIn((await jo.say('/network code all residents')).text)
  const amina = bot.person(`Amina ${count}`, { started: true })
  const chat = bot.group(`Mill ${count}`, [amina])
  await amina.in(chat, 'Mill').say('/network join')
  expect((await amina.in(chat).follow()).text).toContain('What is the code?')
  expect((await amina.say('7KQ2-M9XR-C4TD')).text).toContain('That code does not work')
  await amina.say('/network join')
  const led = await amina.say(code)
  expect(led.text).toContain(`That code brings a chat into Power ${count}.`)
  expect(led.text).toContain(`startgroup?network_join_${code.replaceAll('-', '')}`)
  await amina.in(chat).say('/network new')
  expect((await amina.in(chat).follow()).text).toContain('Say the name after it')
})

test('whoever cannot be written to hears that the chat has joined when they next come', async () => {
  const code = codeIn((await jo.say('/network code all residents')).text)
  const amina = bot.person(`Amina ${count}`)
  const chat = bot.group(`Mill ${count}`, [amina])
  await amina.in(chat, 'Mill').say(`/network join ${code}`)
  await bot.tick()
  expect((await amina.start()).text).toContain('“Mill” has joined')
})

test('a code for a role is not asked for where everybody reads it', async () => {
  const code = codeIn((await jo.say('/network invite steering')).text)
  const kofi = bot.person(`Kofi ${count}`)
  const chat = kofi.in(network.space(`Ardwick ${count}`))
  expect((await chat.say('/network role')).text).toContain('it goes on in our private chat')
  expect((await chat.follow()).text).toContain('What is the code?')
  expect((await kofi.say(code)).text).toContain('You are invited to be in the steering group')
  expect((await kofi.press('Yes')).text).toContain('You are in the steering group')
})

test('an export is a file in the private chat', async () => {
  const said = await group().say('/network export')
  expect(said.views.flatMap(view => view.blocks).some(block => block.kind === 'file')).toBe(false)
  await group().follow()
  expect((await jo.press('Export')).text).toContain('"folkmoot": "network"')
})

test('a network with many chats and areas still fits', async () => {
  const areas = Array.from({ length: 40 }, (_, i) => ({
    id: `many${count}x${i}`,
    networkId: network.id,
    ...withKey(`Neighbourhood with a rather long name ${i}`),
  }))
  await bot.store.prisma.area.createMany({ data: areas })
  const row = { networkId: network.id, platform: 'chat', state: 'joined' as const, audience: 'residents' as const }
  await bot.store.prisma.space.createMany({
    data: areas.map((area, i) => ({
      ...row,
      id: `s${count}x${i}`,
      ref: `chat:many${count}x${i}`,
      title: `Chat number ${i} of ${area.name}`,
      areaId: area.id,
    })),
  })
  expect((await jo.say('/network')).text).toContain('And 26 more chats.')
  await jo.press('Chats')
  expect((await jo.press('More')).buttons).toContain('Earlier ones')
  await jo.press('Back')
  await jo.press('Areas')
  await jo.press('More')
  await jo.press('More')
  expect((await jo.press('Earlier ones')).text).toContain('41 areas')
})
