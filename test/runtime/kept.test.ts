import { beforeEach, expect, test } from 'vitest'
import { sentence } from '../../src/view/make.ts'
import { poor } from '../helpers/chat.ts'
import { words } from '../helpers/person.ts'
import { ardwick, bot, DAY, inTown, jo, network, posts, resident } from '../helpers/town.ts'

inTown('Network', ['Ardwick'], { platforms: { chat: {}, simple: poor }, botEach: true })

/** As many days later, without all that would have happened meanwhile. */
async function days(n: number): Promise<void> {
  bot.clock.at += n * DAY
  await bot.tick()
}

/** The store knows by its own clock when a draft was changed: make it the clock of the test. */
const datedNow = () => bot.store.prisma.draft.updateMany({ data: { updatedAt: bot.clock.now() } })

beforeEach(async () => {
  // What is long past is swept once an hour.
  await bot.tick()
})

test.each([
  ['poll', '/poll', { question: 'What matters most?', options: 'Buses\nParks', closes: '' }, 'Post'],
  ['announcement', '/announce The council visits | when: tomorrow 9am', undefined, 'Post'],
  ['forum', '/forum new Strengths | when: friday 6pm', undefined, 'Post'],
])('1 %s that nobody goes on setting up is gone after 90 days, and its buttons say so', async (what, command, form, button) => {
  await jo.say(command)
  if (form) await jo.submit(form)
  await datedNow()
  expect((await jo.say('/mine')).text).toContain(`1 ${what} that you are setting up.`)
  await days(89)
  expect(await bot.store.prisma.draft.count()).toBe(1)
  await days(2)
  expect(await bot.store.prisma.draft.count()).toBe(0)
  const { text, replies } = await jo.press(button)
  expect(text).toMatch(/gone|not (there|here)|no longer|over/i)
  expect(replies).toHaveLength(1)
  expect(posts()).toEqual([])
})

test('what could not be said in private waits for three days; after that its link shows nothing of it', async () => {
  const { prisma } = bot.store
  const amina = bot.person('Amina', { platform: 'simple' })
  await bot.grant(network, amina)
  const view = JSON.parse(JSON.stringify(sentence('en', 'You need a ramp.')))
  const wait = (id: string) => prisma.waiting.create({ data: { id, identityRef: amina.ref, view, createdAt: bot.clock.now() } })
  await wait('one')
  await days(2)
  expect((await amina.start('app_waiting')).text).toMatch(/You need a ramp\.\n*That is all that was waiting for you\./)
  await wait('two')
  await days(4)
  expect((await amina.start('app_waiting')).text).toBe('That is all that was waiting for you.')
})

test('a question that was not answered for an hour is over, and what was said to the form is not kept', async () => {
  const { prisma } = bot.store
  const amina = bot.person('Amina', { platform: 'simple', started: true })
  await bot.grant(network, amina, 'coordinator')
  await amina.say('/poll')
  await amina.say('What about the damp in my flat?')
  expect(JSON.stringify(await prisma.asking.findMany())).toContain('damp')
  await bot.later(59 * 60_000)
  expect(await prisma.asking.count()).toBe(1)
  await bot.later(60 * 60_000)
  expect(await prisma.asking.count()).toBe(0)
  expect((await amina.press('Stop')).text).toBe('This question is over.')
})

test('a post that stands for years is still known for what it is: nobody can put their own card in its place', async () => {
  const amina = resident('Amina')
  await jo.in(ardwick()).say('/poll What matters most? | Buses | Parks')
  await bot.tick()
  const [post] = posts()
  if (!post) throw new Error('The poll does not stand there.')
  expect((await amina.press('Buses')).text).toContain('Counted')
  await days(800)
  const before = words(post.view)
  const token = `network_pause_${network.id}`
  const { replies } = await jo.in(ardwick()).does({ kind: 'press', token, message: post.ref }, post)
  expect(replies.map(reply => reply.kind)).toEqual(['whisper'])
  expect(words(post.view)).toBe(before)
  expect((await amina.press('Change or take back')).text).toContain('Buses')
  const { prisma } = bot.store
  expect(await prisma.delivery.findMany({ where: { message: post.ref } })).toMatchObject([{ state: 'sent', view: null }])
})

test('/mine says how long each kind is kept', async () => {
  const { text } = await jo.say('/mine')
  for (const line of [
    'What you are setting up: 90 days after you last changed it.',
    'A form that you did not finish: 1 hour after your last answer.',
    'An answer that I could not give you: 3 days.',
    'its words go when it is sent. That I wrote to you: 30 days.',
    'All else stays until the network is deleted.',
  ])
    expect(text).toContain(line)
})
