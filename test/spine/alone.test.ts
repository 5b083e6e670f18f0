import { describe, expect } from 'vitest'
import type { Posted } from '../platforms/telegram/posted.ts'
import { CADENCE, type Moot, STREETS, test } from './moot.ts'

/** A poll in a group that can show one person alone what they ask for. */
async function standing(on: Moot): Promise<Posted> {
  on.jo.says(on.ardwick, STREETS)
  const poll = await on.sees(on.ardwick, 'What matters most')
  await on.settle()
  return poll
}

const refuses = ({ tg }: Moot): void => tg.fail({ method: 'sendMessage', with: { status: 400, description: 'Bad Request: no' } })

/** All that is written down of answers. */
async function written({ store: { prisma } }: Moot): Promise<string> {
  const all = await Promise.all([prisma.seen.findMany(), prisma.waiting.findMany(), prisma.delivery.findMany()])
  return JSON.stringify(all, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

describe.concurrent('what a group shows to one person alone', () => {
  test('is nowhere else: of a secret vote neither the receipt nor the card is written down, shown or refused', async ({ on }) => {
    const poll = await standing(on)
    const amina = on.person('Amina', { started: false })
    expect(await amina.presses(poll, '3. Damp homes').answer).toMatchObject({ alert: true })
    await amina.presses(poll, 'My vote').answer
    expect((await on.sees(amina, '• Damp homes')).sees).toBe(amina.id)
    refuses(on)
    // The way leads to the poll, and does not say what was chosen.
    const { url } = await amina.presses(poll, 'My vote').answer
    expect(url).toMatch(/start=polls_mine_\w+$/)
    await on.later(CADENCE)
    // The options stand in the post; a choice would stand in a list of one.
    expect(await written(on)).not.toMatch(/Counted: |Your answer:|• Damp homes|ephemeral/)
    amina.opens(url ?? '')
    await on.tg.until(() => amina.messages.some(one => one.text.includes('• Damp homes')), 'the card in private')
  })

  test('and cannot be shown is in the private chat where it is open, and waits there where it is not', async ({ on }) => {
    await standing(on)
    refuses(on)
    on.jo.says(on.ardwick, '/poll list')
    await on.tg.until(() => on.jo.messages.some(one => one.text.includes('What matters most on our streets? (open')), 'the list in private')
    const bea = on.person('Bea', { started: false })
    await on.grant(bea, 'coordinator')
    refuses(on)
    bea.says(on.ardwick, '/poll list')
    const way = await on.sees(on.ardwick, 'My answer is private.')
    bea.opens(way, 'Open private chat')
    await on.tg.until(
      () => bea.messages.some(one => one.text.startsWith('This answers your /poll in Ardwick residents.\n')),
      'what it answers',
    )
    // The way was used.
    await on.tg.until(() => !on.ardwick.fromBot.some(one => one.text.includes('My answer is private.')), 'the way to go')
  })

  test('and waited too long is let go', async ({ on }) => {
    await standing(on)
    const bea = on.person('Bea', { started: false, oldApp: true })
    await on.grant(bea, 'coordinator')
    bea.says(on.ardwick, '/poll list')
    const way = await on.sees(on.ardwick, 'My answer is private.')
    await on.later(3 * 24 * 3_600_000 + 1)
    bea.opens(way, 'Open private chat')
    await on.sees(bea, 'That is all that was waiting for you.')
    expect(bea.messages.filter(one => one.text.includes('This answers'))).toEqual([])
  })
})

test('a join code comes with a link that brings the bot into a group, and the group into the network', async ({ on }) => {
  const { jo, tg } = on
  jo.says('private', '/network code all residents')
  const made = await on.sees(jo, 'In the other chat, one of its admins says: /network join')
  const link = made.raw.entities?.find(one => one.type === 'text_link')
  const payload = new URL(link?.type === 'text_link' ? link.url : '').searchParams.get('startgroup') ?? ''
  const mill = tg.group('Mill residents', { bot: false })
  // Whoever is no admin there has brought the bot along, not the group.
  const amina = on.person('Amina')
  for (const [isAdmin, count] of [
    [false, 0],
    [true, 1],
  ] as const) {
    mill.admin(amina, isAdmin)
    mill.add(amina, payload)
    await on.settle()
    expect(await on.store.prisma.space.count({ where: { ref: `telegram:${mill.id}` } })).toBe(count)
  }
  await on.sees(mill, 'Ancoats and around')
  // The link has an answer of its own: the bot does not greet beside it.
  expect(mill.messages.filter(one => one.text.includes('Hello, I am Folkmoot.'))).toEqual([])
  // Any other word in such a link is none.
  tg.group('Clayton', { bot: false }).add(amina, `network_pause_${on.networkId}_yes`)
  await on.settle()
  expect(await on.store.prisma.network.findMany({ select: { state: true } })).toEqual([{ state: 'active' }])
})

describe.concurrent('an answer to a question', () => {
  test('is taken where only the bot sees it, never where all can', async ({ on }) => {
    await standing(on)
    on.ardwick.anonymousAdmin().says('/poll')
    const said = await on.sees(on.ardwick, 'I cannot tell who you are')
    on.jo.says(on.ardwick, '/poll')
    const way = await on.sees(on.jo, 'I ask you the questions in our private chat')
    on.jo.opens(way, 'Open private chat')
    await on.sees(on.jo, '1 of 3.')
    on.jo.says(on.ardwick, 'Which day?', { replyTo: said })
    await on.sees(on.jo, 'I take no answer to my question here')
    on.jo.says(on.ardwick, 'Which day?', { replyTo: way })
    const second = await on.sees(on.jo, '2 of 3.')
    expect([second.chat, second.sees]).toEqual([on.ardwick.id, on.jo.id])
  })

  test('that a card in the group asks for is asked in the private chat at once', async ({ on }) => {
    const poll = await standing(on)
    on.jo.says(on.ardwick, '/poll edit')
    const card = await on.sees(on.jo, 'open until Monday 9 November')
    expect([card.chat, poll.chat]).toEqual([on.ardwick.id, on.ardwick.id])
    const { url } = await on.jo.presses(card, 'Close it').answer
    expect(url).toContain('start=app_asked')
    on.jo.opens(url ?? '')
    await on.tg.until(() => on.jo.messages.some(one => one.text.includes('What came of it?')), 'the question')
  })
})
