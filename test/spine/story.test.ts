import { describe, expect } from 'vitest'
import { withoutBars } from '../helpers/bars.ts'
import type { Posted } from '../platforms/telegram/posted.ts'
import { CADENCE, type Moot, STREETS, test } from './moot.ts'

describe.concurrent('a poll in one line', () => {
  test('is posted, answered, kept up and closed, and each receipt is for one person only', async ({ on }) => {
    const { jo, ardwick } = on
    jo.says(ardwick, STREETS)
    const poll = await on.sees(ardwick, 'What matters most on our streets?')
    expect(poll.labels).toEqual([['1. Buses'], ['2. Parks'], ['3. Damp homes'], ['My vote']])
    expect(poll.text).toContain('One answer each.')
    expect(poll.text).toContain('the people who run this bot’s server could look up a choice')
    expect((await on.sees(jo, 'It goes out now to 1 chat.')).button('Close it')).toBeDefined()

    const amina = on.person('Amina', { started: false })
    const counted = await amina.presses(poll, '3. Damp homes').answer
    expect(counted.text).toBe(
      'Counted: Damp homes. Poll: “What matters most on our streets?”. Numbers show from 10 answers on. This chat sees totals only. You can change it until Monday 9 November, 18:00.',
    )
    expect((await amina.presses(poll, '1. Buses').answer).text).toContain('Changed. Counted now: Buses.')
    for (const name of ['Bea', 'Cal', 'Dee', 'Eve']) await on.person(name).presses(poll, '2. Parks').answer
    for (const name of ['Flo', 'Gus', 'Hal', 'Ida']) await on.person(name).presses(poll, '3. Damp homes').answer
    await on.later(CADENCE)
    expect(poll.text).toContain('3. Damp homes\n\nThe numbers are shown from 10 answers on, or when this closes.')
    const tenth = await on.person('Jan').presses(poll, '3. Damp homes').answer
    expect(tenth.text).toContain('The numbers stand as of 5 answers and move at 15.')
    await on.later(CADENCE)
    expect(withoutBars(poll.text)).toContain(
      '1. Buses: 1\n2. Parks: 4\n3. Damp homes: 0\n\n5 answers\n\nThe numbers stand as of 5 answers.',
    )

    const { url } = await jo.presses(await on.sees(jo, 'It goes out now to 1 chat.'), 'Close it').answer
    jo.opens(url ?? '')
    await on.sees(jo, 'What came of it?')
    jo.says('private', 'We ask for a night bus.')
    expect((await on.sees(ardwick, 'Result: What matters most')).text).toContain('We ask for a night bus.')
    await on.later(CADENCE)
    expect(poll.text).toContain('Closed Monday 2 November')
    expect(poll.labels).toEqual([])
    expect((await amina.presses(poll, { data: 'polls_v_nothing000_1' }).answer).text).toBe('This poll is not here any more.')
  })
})

describe.concurrent('a poll by a form', () => {
  test('begins in a group, is asked for in private, set up on a card and posted to all; one tally over groups and topics', async ({
    on,
  }) => {
    const { jo, ardwick, tg } = on
    const gorton = await on.group('Gorton')
    const forum = tg.group('Levenshulme', { topics: true })
    const topic = forum.topic('Damp homes')
    await on.join(forum, 'Levenshulme', topic)

    jo.says(ardwick, '/poll')
    const way = await on.sees(jo, 'I ask you the questions in our private chat')
    expect([way.chat, way.sees]).toEqual([ardwick.id, jo.id])
    jo.opens(way, 'Open private chat')
    await on.sees(jo, '1 of 3. What do you want to ask?')
    jo.says('private', 'What matters most?')
    await on.sees(jo, '2 of 3. What can people choose?')
    jo.says('private', 'Buses\nParks')
    jo.says('private', 'Friday 6pm')
    const card = await on.sees(jo, 'Your poll, not posted yet')
    expect(card.text).toContain('Closes: Friday 6 November, 18:00 (UTC+0)')
    await jo.presses(card, 'Where it goes').answer
    await tg.until(() => card.button('All chats'), 'the places to choose from')
    await jo.presses(card, 'All chats').answer
    await tg.until(() => card.text.includes('Where: all chats (3 chats)'), 'the card to say where')
    await jo.presses(card, 'Post').answer

    const posts = await Promise.all([ardwick, gorton, forum].map(group => on.sees(group, 'What matters most?')))
    expect(posts[2]?.topic).toBe(topic.id)
    for (const [i, post] of posts.entries())
      for (const name of ['A', 'B', 'C', 'D']) {
        const said = await on.person(`${name}${i}`, { started: false }).presses(post, '1. Buses').answer
        expect(said.text).toMatch(/^Counted: Buses\./)
        expect(said.text.length).toBeLessThanOrEqual(200)
      }
    await on.later(CADENCE)
    // Twelve have answered; a secret poll shows the full step before the newest, in every chat the same.
    for (const post of posts)
      expect(withoutBars(post.text)).toContain(
        '1. Buses: 5\n2. Parks: 0\n\n5 answers\n\nThe numbers stand as of 5 answers. They move next at 15 answers',
      )
  })

  test('comes back with what is right, and what was said is kept', async ({ on }) => {
    const { jo } = on
    jo.says('private', '/poll')
    await on.sees(jo, '1 of 3.')
    jo.says('private', 'q'.repeat(301))
    await on.sees(jo, 'That is too long: 301 characters, 300 is the most.')
    jo.says('private', 'Which day?')
    jo.says('private', 'Monday')
    const last = await on.sees(jo, '3 of 3.')
    await jo.presses(last, 'Leave empty').answer
    await on.sees(jo, 'A poll needs at least two options.')
    jo.says('private', 'Monday\nTuesday')
    jo.says('private', 'last Tuesday')
    await on.sees(jo, 'Did you mean')
    jo.says('private', 'in 3 days')
    expect((await on.sees(jo, 'Your poll, not posted yet')).text).toContain('1. Monday\n2. Tuesday')
  })
})

describe.concurrent('one’s own answer', () => {
  test('is shown, changed and taken back where “My vote” was pressed, for this person alone', async ({ on }) => {
    const { jo, ardwick, tg } = on
    const amina = on.person('Amina', { started: false })
    jo.says(ardwick, STREETS)
    const poll = await on.sees(ardwick, 'What matters most')
    await amina.presses(poll, '3. Damp homes').answer
    await amina.presses(poll, 'My vote').answer
    const mine = await on.sees(amina, 'Your answer:')
    expect([mine.chat, mine.sees]).toEqual([ardwick.id, amina.id])
    expect(mine.text).toContain('• Damp homes')
    expect(mine.text).toContain('It counts in Ardwick.')
    await amina.presses(mine, 'Take back: Damp homes').answer
    await tg.until(() => mine.text.includes('You have not answered this one.'), 'the answer to be gone')
    await amina.presses(mine, '2. Parks').answer
    await tg.until(() => mine.text.includes('• Parks'), 'the new answer')
    amina.starts()
    amina.says('private', '/mine')
    expect((await on.sees(amina, 'What is held about you')).text).toContain('That you took part in 1 secret poll')
  })

  test('is counted from words in private, once it is known for which poll they are', async ({ on }) => {
    const { jo, ardwick } = on
    const amina = on.person('Amina')
    const personId = await on.grant(amina)
    const area = await on.store.prisma.area.findFirstOrThrow({ where: { name: 'Ardwick' } })
    await on.store.prisma.person.update({ where: { id: personId }, data: { areaId: area.id } })
    jo.says(ardwick, STREETS)
    const poll = await on.sees(ardwick, 'What matters most')
    amina.says('private', 'damp homes')
    const asked = await on.sees(amina, 'Is that your answer to this poll?')
    await amina.presses(asked, 'What matters most on our streets?').answer
    await on.sees(amina, 'Choose here')
    amina.says('private', 'damp homes')
    await on.sees(amina, 'Counted: Damp homes.')
    expect((await amina.presses(poll, '1. Buses').answer).text).toContain('Changed. Counted now: Buses.')
  })
})

describe.concurrent('replies', () => {
  const named = async (on: Moot): Promise<Posted> => {
    const { jo, ardwick, tg } = on
    jo.says('private', '/poll')
    await on.sees(jo, '1 of 3.')
    jo.says('private', 'Which day?')
    jo.says('private', 'Monday\nTuesday')
    await jo.presses(await on.sees(jo, '3 of 3.'), 'Leave empty').answer
    const card = await on.sees(jo, 'Your poll, not posted yet')
    await jo.presses(card, 'Make it named').answer
    await tg.until(() => card.text.includes('named (coordinators see who chose what)'), 'the card to say named')
    await jo.presses(card, 'Post').answer
    return on.sees(ardwick, 'Which day?')
  }

  test('count in a named poll, by number or by words', async ({ on }) => {
    const { ardwick } = on
    const poll = await named(on)
    expect(poll.text).toContain('The coordinators of this network can see who chose what.')
    const [amina, bea, cal] = ['Amina', 'Bea', 'Cal'].map(name => on.person(name, { started: name !== 'Cal' }))
    if (!amina || !bea || !cal) throw new Error('They are not all here.')
    amina.starts()
    await on.sees(amina, 'Folkmoot')
    amina.says(ardwick, 'tuesday!', { replyTo: poll })
    bea.says(ardwick, '1', { replyTo: poll })
    expect((await on.sees(amina, 'Counted: Tuesday.')).text).toContain('Coordinators can see who chose what.')
    // Bea has not spoken to the bot in private: the group gets the way there, and the receipt waits.
    const way = await on.sees(ardwick, 'My answer is private.')
    bea.opens(way, 'Open private chat')
    await on.sees(bea, 'Counted: Monday.')
    // The first answer may have been shown already: then the second waits for the next edit.
    await on.later(CADENCE)
    expect(withoutBars(poll.text)).toContain('1. Monday: 1\n2. Tuesday: 1\n\n2 answers')
  })

  test('are refused in a secret poll, and taken away where the bot may', async ({ on }) => {
    const { jo, ardwick } = on
    const amina = on.person('Amina')
    jo.says(ardwick, STREETS)
    const poll = await on.sees(ardwick, 'What matters most')
    // Nobody answers in the moment between the post and the bot's note of where it stands.
    await on.settle()
    const { posted: first } = amina.says(ardwick, '1', { replyTo: poll })
    const told = await on.sees(ardwick, 'My answer is private.')
    amina.opens(told, 'Open private chat')
    await on.sees(amina, 'a reply in the chat is not counted, because everybody here could read it. Please')
    expect(ardwick.messages).toContain(first)

    ardwick.promote({ can_delete_messages: true })
    const { posted: second } = amina.says(ardwick, 'Parks', { replyTo: poll })
    await on.sees(amina, 'I removed it.')
    expect(ardwick.messages).not.toContain(second)
    expect(await on.store.prisma.ballot.count()).toBe(0)
  })

  test('words that are no reply are nothing to the bot, even where it is told of them', async ({ on }) => {
    const { jo, ardwick, tg } = on
    ardwick.promote()
    jo.says(ardwick, STREETS)
    await on.sees(ardwick, 'What matters most')
    const amina = on.person('Amina')
    amina.says(ardwick, '1')
    amina.says(ardwick, 'I would take Buses', { replyTo: jo.says(ardwick, 'What do you think?').posted })
    await tg.settled()
    expect([
      await on.store.prisma.ballot.count(),
      await on.store.prisma.identity.count({ where: { ref: `telegram:${amina.id}` } }),
    ]).toEqual([0, 0])
  })
})
