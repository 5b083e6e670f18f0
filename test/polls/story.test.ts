import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../helpers/app.ts'
import { poor } from '../helpers/chat.ts'
import { said } from '../helpers/person.ts'
import { ardwick, bot, count, gorton, inTown, jo, network, posts } from '../helpers/town.ts'

const STREETS = '/poll What matters most on our streets? | Buses | Parks | Damp homes'

inTown('Network', ['Ardwick', 'Gorton'], { joIn: 'Ardwick' })

const someone = (name: string, space = ardwick()) => bot.person(`${name} ${count}`).in(space)
const onlyPoll = () => bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
/** The newest post that everybody sees in a chat. */
const post = (space = ardwick()) => {
  const found = posts(space).at(-1)
  if (!found) throw new Error('Nothing was posted there.')
  return found
}
const words = (space = ardwick()) => {
  const read = someone('reader', space).reads()
  return read.join('\n')
}

describe('a poll in one line', () => {
  test('is posted at once, with its rules and its secrecy said before the tap', async () => {
    const told = await jo.say(STREETS)
    expect(told.text).toContain('It goes out now to 1 chat.')
    expect(told.buttons).toContain('Close it')
    await bot.tick()
    expect(words()).toContain('What matters most on our streets?')
    expect(words()).toContain('One answer each.')
    expect(words()).toContain('Monday 9 November, 18:00 (UTC+0)')
    expect(words()).toContain('the people who run this bot’s server could look up a choice')
    expect(
      post()
        .view.buttons.flat()
        .map(button => button.label),
    ).toEqual(['1. Buses', '2. Parks', '3. Damp homes', 'My vote'])
  })

  test('a resident hears that this takes a coordinator', async () => {
    const told = await someone('Amina').say(STREETS)
    expect(told.text).toContain('This one needs a coordinator.')
    expect(await bot.store.prisma.poll.count({ where: { networkId: network.id } })).toBe(0)
  })

  test.each([
    { name: 'one option', line: '/poll What? | Buses', says: 'at least two options' },
    { name: 'the same twice', line: '/poll What? | Buses | buses', says: 'is there twice' },
    { name: 'a question of 10,000 characters', line: `/poll ${'q'.repeat(10_000)} | A | B`, says: 'too long: 10,000 characters' },
  ])('$name: the answer shows the right way', async ({ line, says }) => {
    const told = await jo.say(line)
    expect(told.text).toContain(says)
    expect(told.text).toContain('/poll What matters most? | Buses | Parks | Damp homes')
  })

  test('NUL, lone surrogates and direction marks do not enter', async () => {
    await jo.say('/poll Wh\u0000at\uD800? | A\u202E | B')
    await bot.tick()
    expect(post().view.blocks[0]).toEqual({ kind: 'title', text: 'What?' })
  })
})

describe('voting', () => {
  test('a tap is counted and privately receipted; another tap changes it; the same tap changes nothing', async () => {
    await jo.say(STREETS)
    await bot.tick()
    const amina = someone('Amina')
    expect((await amina.press('3. Damp homes')).text).toBe(
      'Counted: Damp homes. Poll: “What matters most on our streets?”. Numbers show from 10 answers on. This chat sees totals only. You can change it until Monday 9 November, 18:00.',
    )
    expect((await amina.press('3. Damp homes')).text).toContain('Already counted: Damp homes.')
    expect((await amina.press('1. Buses')).text).toContain('Changed. Counted now: Buses.')
    const mine = await amina.press('My vote')
    expect(mine.text).toContain('Your answer:\n• Buses')
    expect(mine.text).toContain(`It counts in Ardwick ${count}.`)
    const back = await amina.press('Take back: Buses')
    expect(back.text).toContain('Taken back.')
    expect(back.text).toContain('You have not answered this one.')
  })

  test('the numbers of a secret poll are those of the full step before the newest: at the tenth answer, as of five', async () => {
    await jo.say(STREETS)
    await bot.tick()
    for (const name of 'abcd') await someone(name).press('1. Buses')
    await someone('e').press('2. Parks')
    for (const name of 'fghi') expect((await someone(name).press('3. Damp homes')).text).toContain('Numbers show from 10 answers on.')
    await bot.tick()
    const first = 'The numbers are shown from 10 answers on, or when this closes. If fewer than 5 people answer, they are never shown.'
    expect(words()).toContain(`1. Buses\n2. Parks\n3. Damp homes\n${first}\nOnly totals are shown.`)
    expect((await someone('a').press('My vote')).text).toContain(first)
    expect((await someone('j').press('3. Damp homes')).text).toContain('The numbers stand as of 5 answers and move at 15.')
    await bot.tick()
    const asOf5 = [
      ...['1. Buses: 4', '2. Parks: 1', '3. Damp homes: 0', '5 answers'],
      'The numbers stand as of 5 answers. They move next at 15 answers, or when this closes.',
    ].join('\n')
    expect(words()).toContain(`${asOf5}\nOnly totals are shown.`)
    const { id } = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
    expect((await jo.forge(`polls_show_${id}`)).text).toContain(asOf5)
    expect((await someone('a').press('My vote')).text).toContain(asOf5)
    for (const name of 'klmn') await someone(name).press('3. Damp homes')
    await bot.tick()
    expect(words()).toContain(asOf5)
    await someone('o').press('3. Damp homes')
    await bot.tick()
    expect(words()).toContain('3. Damp homes: 5\n10 answers\nThe numbers stand as of 10 answers. They move next at 20 answers')
  })

  test('a repeated delivery of an old press does not bring the old choice back', async () => {
    await jo.say(STREETS)
    await bot.tick()
    const amina = someone('Amina')
    const buttons = post().view.buttons.flat()
    const token = (i: number) => {
      const button = buttons[i]
      return button && 'token' in button ? button.token : ''
    }
    await amina.does({ kind: 'press', token: token(0) }, undefined, `first ${count}`)
    await amina.does({ kind: 'press', token: token(1) }, undefined, `second ${count}`)
    const again = await amina.does({ kind: 'press', token: token(0) }, undefined, `first ${count}`)
    expect(again.text).toContain('Already counted: Parks.')
  })

  test.each([
    { name: 'an option that is not there', token: (id: string) => `polls_v_${id}_9`, says: 'not in this poll' },
    { name: 'a poll that is not there', token: () => 'polls_v_nothing000_1', says: 'not here any more' },
    { name: 'no number', token: (id: string) => `polls_v_${id}_x`, says: 'not in use any more' },
    { name: 'half a token', token: () => 'polls_v', says: 'not in use any more' },
    { name: 'a button of nobody', token: () => 'weather_today', says: 'not in use any more' },
  ])('$name is refused', async ({ token, says }) => {
    await jo.say(STREETS)
    const poll = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
    expect((await someone('Amina').forge(token(poll.id))).text).toContain(says)
    expect(await bot.store.prisma.ballot.count({ where: { pollId: poll.id } })).toBe(0)
  })

  test('a poll of another chat, of another network, or in private is not for everybody', async () => {
    await jo.say(STREETS)
    const poll = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
    const other = await bot.network(`Other ${count}`, [`Moss Side ${count}`])
    expect((await someone('Bea', gorton()).forge(`polls_v_${poll.id}_1`)).text).toContain('not here any more')
    expect((await someone('Cal', other.space(`Moss Side ${count}`)).forge(`polls_v_${poll.id}_1`)).text).toContain('not here any more')
    expect((await bot.person(`Dee ${count}`).forge(`polls_v_${poll.id}_1`)).text).toContain('not here any more')
    expect((await bot.person(`Dee ${count}`).forge(`polls_mine_${poll.id}`)).text).toContain('not here any more')
    expect(await bot.store.prisma.ballot.count({ where: { pollId: poll.id } })).toBe(0)
  })

  test('a ballot stays in the area where its person first voted', async () => {
    await jo.say(STREETS)
    await bot.tick()
    const poll = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
    await jo.press('Where it goes').catch(() => undefined)
    await bot.store.prisma.pollSpace.create({ data: { pollId: poll.id, spaceId: network.spaceId(`Gorton ${count}`) } })
    const amina = someone('Amina')
    await amina.forge(`polls_v_${poll.id}_1`)
    await amina.in(gorton()).forge(`polls_v_${poll.id}_2`)
    const counts = await bot.store.prisma.count.findMany({ where: { pollId: poll.id, n: { not: 0 } }, orderBy: { option: 'asc' } })
    expect(counts.map(row => [row.areaId, row.option, row.n])).toEqual([
      [network.area(`Ardwick ${count}`), 0, 1],
      [network.area(`Ardwick ${count}`), 2, 1],
    ])
  })
})

describe('replies in words', () => {
  test('count in a named poll, by number or words', async () => {
    await jo.say('/poll')
    await jo.submit({ question: 'Which day?', options: 'Monday\nTuesday', closes: '' })
    await jo.press('Make it named')
    await jo.press('Post')
    await bot.tick()
    expect(words()).toContain('The coordinators of this network can see who chose what.')
    expect((await someone('Amina').reply(post(), 'tuesday')).text).toContain(
      'Counted: Tuesday. Poll: “Which day?”. Coordinators can see who chose what.',
    )
    expect((await someone('Bea').reply(post(), '1')).text).toContain('Counted: Monday.')
    // What is no option is conversation, and is left alone.
    for (const words of ['Sunday', 'lovely idea!!', '👍', '3', '1 and 2']) expect(said(await someone('Cal').reply(post(), words))).toBe('')
    await bot.tick()
    expect(words()).toContain('1. Monday: 1\n2. Tuesday: 1\n2 answers')
  })

  test('change nothing that was answered before they say so', async () => {
    await jo.say('/poll Which day? | Monday | Tuesday')
    const poll = await onlyPoll()
    await bot.store.prisma.poll.update({ where: { id: poll.id }, data: { secret: false } })
    await bot.store.prisma.pollKey.delete({ where: { pollId: poll.id } })
    await bot.tick()
    const amina = someone('Amina')
    await amina.press('1. Monday')
    const told = await amina.reply(post(), '2')
    expect(told.text).toContain('You have answered “Which day?” already: Monday. Nothing has changed.')
    expect((await amina.reply(post(), '1')).text).toContain('Already counted: Monday.')
    expect((await bot.store.prisma.ballot.findFirstOrThrow({ where: { pollId: poll.id } })).options).toEqual([1])
  })

  test.each(['1, 3', '1 and 3', 'Monday & Wednesday', '3;1'])('hold several options where several may be chosen: %s', async words => {
    await jo.say('/poll Which days? | Monday | Tuesday | Wednesday')
    const poll = await onlyPoll()
    await bot.store.prisma.poll.update({ where: { id: poll.id }, data: { secret: false, max: 2 } })
    await bot.tick()
    expect((await someone('Amina').reply(post(), words)).text).toContain('Counted now: Monday, Wednesday.')
    expect(said(await someone('Bea').reply(post(), '1, 2 and 3'))).toBe('')
  })

  test('in private are for the card that was seen last; without one the bot asks', async () => {
    await jo.say('/poll Which day? | Monday | Tuesday')
    await jo.say('/poll Which hour? | Six | Seven')
    await bot.store.prisma.space.updateMany({ where: { networkId: network.id }, data: { areaId: null } })
    await bot.tick()
    const amina = bot.person(`Amina ${count}`, { started: true })
    await amina.in(ardwick()).press('My vote')
    const asked = await amina.alone.say('2')
    expect(asked.text).toContain('Which poll is that for?')
    expect(asked.buttons).toEqual(expect.arrayContaining(['Which day?', 'Which hour?']))
    await amina.alone.press('Which day?')
    expect((await amina.alone.say('2')).text).toContain('Counted: Tuesday. Poll: “Which day?”.')
  })

  test('are not counted in a secret poll, and what is no option is left alone', async () => {
    await jo.say(STREETS)
    await bot.tick()
    const told = await someone('Amina').reply(post(), '1')
    expect(told.text).toContain('In a secret poll a reply in the chat is not counted')
    expect(said(await someone('Amina').reply(post(), 'Thank you, see you at the meeting!'))).toBe('')
    const poll = await onlyPoll()
    expect(await bot.store.prisma.ballot.count({ where: { pollId: poll.id } })).toBe(0)
  })
})

describe('a verb', () => {
  test('that closes asks first, with the name of the poll, whatever is said after it', async () => {
    await jo.say(STREETS)
    const form = (await jo.say('/poll close Whot matters')).form
    expect(form?.intro).toContain('What matters most on our streets?')
    expect(form?.fields[0]?.value).toBe('Whot matters')
    expect((await onlyPoll()).state).toBe('open')
    await jo.submit({ outcome: 'We ask for a night bus.' })
    expect((await onlyPoll()).outcome).toBe('We ask for a night bus.')
  })

  test('that could mean several asks which, and goes on with the one that is chosen', async () => {
    await jo.say('/poll Which day? | Monday | Tuesday')
    await jo.say('/poll Which hour? | Six | Seven')
    const asked = await jo.say('/poll withdraw which')
    expect(asked.text).toContain('Which poll do you mean?')
    expect((await jo.press('Which hour?')).text).toContain('Withdraw “Which hour?”?')
    expect((await jo.say('/poll withdraw day')).text).toContain('Withdraw “Which day?”?')
  })
})

describe('the form and the draft card', () => {
  test('mistakes come back with what is right, and nothing is lost', async () => {
    expect((await jo.say('/poll')).form?.fields.map(field => field.name)).toEqual(['question', 'options', 'closes'])
    const told = await jo.submit({ question: 'Which day?', options: 'Monday', closes: 'last Tuesday' })
    expect(told.wrong).toEqual({ options: 'A poll needs at least two options.', closes: expect.stringContaining('Did you mean') })
    expect(told.form?.fields[0]?.value).toBe('Which day?')
  })

  test('several answers, opening later, closing at a set time; nobody is needed for either', async () => {
    await jo.say('/poll')
    await jo.submit({ question: 'Which days?', options: 'Monday\nTuesday\nFriday', closes: 'Friday 6pm' })
    await jo.press('How many answers')
    expect((await jo.submit({ min: '3', max: '2' })).wrong).toEqual({
      max: 'Please give two numbers from 1 to 3, the second not smaller than the first.',
    })
    await jo.submit({ min: '2', max: '3' })
    await jo.press('When it opens')
    await jo.submit({ when: 'tomorrow 9am' })
    await jo.press('Where it goes')
    const card = await jo.press('All chats')
    expect(card.text).toContain('Answers: 2 to 3')
    expect(card.text).toContain('Opens: Tuesday 3 November, 09:00 (UTC+0)')
    expect(card.text).toContain('Where: all chats (2 chats)')
    expect((await jo.press('Preview')).text).toContain('Which days?')
    await jo.press('Post')
    await bot.tick()
    expect(words(gorton())).toBe('')
    await bot.later(86_400_000)
    expect(words(gorton())).toContain('Choose 2 to 3.')
    const amina = someone('Amina')
    expect((await amina.press('1. Monday')).text).toContain('Choose 1 more, then it counts.')
    expect((await amina.press('3. Friday')).text).toContain('Added. Counted now: Monday, Friday.')
    await bot.later(3 * 86_400_000)
    await bot.later(9 * 3_600_000)
    expect(words()).toContain('Closed Friday 6 November, 18:00')
    expect(words(gorton())).toContain('Result: Which days?')
    expect((await amina.press('1. Monday').catch(() => amina.forge('polls_v_x_1'))).text).toContain('not here any more')
  })

  test('somebody else’s draft, or one’s own after the role is lost, cannot be posted', async () => {
    await jo.say('/poll')
    await jo.submit({ question: 'Which day?', options: 'Monday\nTuesday', closes: '' })
    const draft = await bot.store.prisma.draft.findFirstOrThrow({ where: { networkId: network.id } })
    expect((await someone('Eve').forge(`polls_post_${draft.id}`)).text).toContain('not here any more')
    await bot.store.prisma.grant.deleteMany({ where: { person: { networkId: network.id } } })
    expect((await jo.press('Post')).text).toContain('not here any more')
    expect(await bot.store.prisma.poll.count({ where: { networkId: network.id } })).toBe(0)
  })
})

/** The token of an option of the poll that stands. */
const vote = async (option: number): Promise<string> => {
  const { id } = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
  return `polls_v_${id}_${option}`
}

describe('a poll that stands', () => {
  beforeEach(async () => {
    await jo.say(STREETS)
    await bot.tick()
  })

  test('closes with an outcome that goes to every chat; late presses are told so', async () => {
    const amina = someone('Amina')
    await amina.press('2. Parks')
    for (const name of 'abcd') await someone(name).press('2. Parks')
    await someone('e').press('3. Damp homes')
    await jo.press('Close it')
    expect((await jo.submit({ outcome: 'We ask for a night bus.' })).text).toContain('Closed. The result goes to every chat.')
    await bot.tick()
    expect(words()).toContain('Result: What matters most on our streets?\nWe ask for a night bus.')
    expect(words().split('2. Parks (most): 5 (83%)\n3. Damp homes: 1 (17%)\n1. Buses: 0 (0%)\n6 answers').length - 1).toBe(2)
    const poll = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
    expect((await amina.forge(`polls_v_${poll.id}_2`)).text).toContain('is closed. What was answered before that counts.')
    expect(await bot.store.prisma.ballot.count({ where: { pollId: poll.id } })).toBe(0)
    expect(await bot.store.prisma.pollKey.count({ where: { pollId: poll.id } })).toBe(0)
    const kept = await bot.store.prisma.closedBallot.findMany({ where: { pollId: poll.id }, select: { options: true } })
    expect(kept.flatMap(ballot => ballot.options).sort()).toEqual([2, 2, 2, 2, 2, 3])
  })

  test('new words are marked, and votes stay with their option', async () => {
    await someone('Amina').press('3. Damp homes')
    await jo.press('Change the words')
    expect((await jo.submit({ question: 'What matters?', options: 'Buses\nParks' })).wrong['options']).toContain(
      'one line for each of the 3 options',
    )
    await jo.submit({ question: 'What matters?', options: 'Buses\nParks\nDamp and cold homes' })
    await bot.tick()
    expect(words()).toContain('3. Damp and cold homes (wording changed)')
    expect((await someone('Amina').press('My vote')).text).toContain('• Damp and cold homes')
  })

  test('an option is hidden: its votes stop counting and all are told', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await someone(name).press(name < 'c' ? '2. Parks' : '1. Buses')
    await jo.press('Hide an option')
    await jo.press('2. Parks')
    await jo.press('Hide it')
    await bot.tick()
    expect(words()).toContain('“Parks” is no longer offered. If you chose it, please choose again.')
    const poll = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
    const counts = await bot.store.prisma.count.findMany({ where: { pollId: poll.id }, orderBy: { option: 'asc' } })
    expect(counts.map(row => [row.option, row.n])).toEqual([
      [0, 3],
      [1, 3],
    ])
    const a = someone('a')
    expect((await a.forge(`polls_mine_${poll.id}`)).text).toContain('Parks (no longer offered: please choose again)')
    await a.forge(`polls_v_${poll.id}_1`)
    const after = await bot.store.prisma.count.findMany({ where: { pollId: poll.id }, orderBy: { option: 'asc' } })
    expect(after.map(row => [row.option, row.n])).toEqual([
      [0, 4],
      [1, 4],
    ])
  })

  test('reminds with how many, shows again, and points from the old post to the new one', async () => {
    const reminded = async (text: string): Promise<void> => {
      await jo.press('Remind')
      await bot.tick()
      expect(post().view.blocks).toContainEqual({ kind: 'text', text })
    }
    for (const name of 'abcdefghi') await someone(name).forge(await vote(1))
    await reminded('This is still open. Tap your answer below.')
    await someone('j').forge(await vote(1))
    expect((await jo.press('Remind')).text).toContain('Every chat was reminded in the last 12 hours.')
    await bot.later(13 * 3_600_000)
    await reminded('At the last count 5 people had answered. Not yet? Tap your answer below.')
    await jo.press('Show it again')
    await bot.tick()
    expect(words()).toContain('This poll was shown again further down')
    // Two reminders and the new post.
    expect(words().split('One answer each.').length - 1).toBe(3)
  })

  test('a secret poll never becomes named, and figures never show earlier, whatever is pressed', async () => {
    const poll = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
    expect((await jo.forge(`polls_rules_${poll.id}_named`)).text).toBe('A secret poll stays secret.')
    await jo.forge(`polls_rules_${poll.id}_results_closed`)
    expect((await jo.forge(`polls_rules_${poll.id}_results_live`)).text).toContain('never shown earlier')
    await someone('Amina').press('1. Buses')
    await bot.tick()
    expect(words()).toContain('The numbers are shown when this closes.')
  })

  test('is withdrawn after a question back; its votes are gone', async () => {
    await someone('Amina').press('1. Buses')
    expect((await jo.press('Withdraw it')).text).toContain('This cannot be undone.')
    await jo.press('Withdraw it')
    await bot.tick()
    expect(words()).toContain('This poll was withdrawn.')
    const poll = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
    expect([poll.state, await bot.store.prisma.ballot.count({ where: { pollId: poll.id } })]).toEqual(['withdrawn', 0])
  })

  test('residents add options where they may', async () => {
    await jo.press('Other rules')
    await jo.press('Let residents add options')
    await bot.tick()
    const amina = someone('Amina')
    await amina.press('Add an option')
    expect((await amina.submit({ option: 'parks' })).wrong).toEqual({ option: 'That option is there already.' })
    await amina.submit({ option: 'Night buses' })
    await bot.tick()
    expect((await amina.press('4. Night buses')).text).toContain('Counted: Night buses.')
  })
})

describe('somebody’s message', () => {
  test('becomes a draft, which its words may already fill', async () => {
    const card = await jo.shortcut('poll', 'Which day?\n- Monday\n- Tuesday')
    expect(card.text).toContain('Your poll, not posted yet')
    expect(card.text).toContain('Which day?\n1. Monday\n2. Tuesday')
    expect((await jo.press('Post')).text).toContain('It goes out now to 1 chat.')
  })

  test('is asked about where it is not a whole poll yet', async () => {
    const asked = await jo.shortcut('poll', 'The lift is broken again')
    expect(asked.form?.fields.map(field => field.value)).toEqual(['The lift is broken again', undefined])
    expect((await jo.submit({ question: '', options: '' })).wrong).not.toEqual({})
    expect((await jo.forge(asked.form?.token ?? '')).form?.token).toBe(asked.form?.token)
    expect((await jo.submit({ question: 'Who mends the lift?', options: 'The landlord\nWe' })).text).toContain('1. The landlord\n2. We')
  })

  test('of no use to who may not ask, or for a command that takes none', async () => {
    expect((await someone('Amina').shortcut('poll', 'Which day?')).text).toContain('This one needs a coordinator.')
    expect((await jo.shortcut('mine', 'Which day?')).text).toContain('What is held about you')
    expect((await jo.shortcut('nothing', 'Which day?')).text).toContain('nothing')
    expect(await bot.store.prisma.draft.count({ where: { networkId: network.id } })).toBe(0)
  })
})

describe('on the poorest platform', () => {
  let thin: TestApp
  beforeAll(async () => {
    thin = await testApp({ can: poor })
  })
  afterAll(() => thin.close())

  test('the form is asked question by question in private, and votes are receipted in 200 characters', async () => {
    const place = await thin.network('Ardwick network', ['Ardwick'])
    const coordinator = thin.person('Jo').in(place.space('Ardwick'))
    await thin.grant(place, coordinator, 'coordinator')
    expect((await coordinator.say('/poll')).text).toContain('I ask you the questions in our private chat')
    expect((await coordinator.follow()).text).toContain('1 of 3. What do you want to ask?')
    const alone = coordinator.alone
    expect((await alone.say('What matters most?')).text).toContain('2 of 3.')
    expect((await alone.say('Buses')).text).toContain('3 of 3.')
    const again = await alone.press('Leave empty')
    expect(again.text).toContain('A poll needs at least two options.')
    expect(again.text).not.toContain('Now: Buses')
    expect(again.buttons).not.toContain('Keep it')
    await alone.say('Buses\nParks')
    const card = await alone.press('Leave empty')
    expect(card.text).toContain('Your poll, not posted yet')
    await alone.press('Post')
    await thin.tick()
    const amina = thin.person('Amina').in(place.space('Ardwick'))
    const told = await amina.press('1. Buses')
    expect(told.text.length).toBeLessThanOrEqual(200)
    expect(told.text).toContain('Counted: Buses.')
    await amina.press('My vote')
    const mine = await amina.follow()
    expect(mine.text).toContain('Your answer:\n• Buses')
    expect((await amina.alone.press('Take back: Buses')).text).toContain('Taken back.')
    await thin.store.prisma.person.updateMany({ where: { name: 'Amina' }, data: { areaId: place.area('Ardwick') } })
    expect((await amina.alone.say('2')).text).toContain('Counted: Parks.')
  })

  test('a reply with the bare command takes over what was said there, and its words can be kept', async () => {
    const place = await thin.network('Gorton network', ['Gorton'])
    const coordinator = thin.person('Kay').in(place.space('Gorton'))
    await thin.grant(place, coordinator, 'coordinator')
    await coordinator.does({ kind: 'command', name: 'poll', args: '', about: { message: 'chat:message', text: 'Which day?' } })
    expect((await coordinator.follow()).text).toContain('Now: Which day?')
    expect((await coordinator.alone.press('Keep')).text).toContain('2 of 2.')
    expect((await coordinator.alone.say('Monday\nTuesday')).text).toContain('Which day?\n1. Monday\n2. Tuesday')
  })
})
