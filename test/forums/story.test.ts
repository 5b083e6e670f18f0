import { describe, expect, test } from 'vitest'
import type { Someone } from '../helpers/person.ts'
import { ardwick, bot, DAY, gorton, HOUR, inTown, jo, network, reads, resident } from '../helpers/town.ts'

inTown('Network', ['Ardwick', 'Gorton'], { botEach: true, joIn: 'Ardwick' })

/** Whatever the post says at this moment: it is edited a little later. */
const answers = async (who: Someone, action = 'go') => who.forge(`forums_${action}_${(await kept()).id}`)
/** Makes and posts a forum, in ten days at 18:00. */
async function forum(more: Readonly<Record<string, string>> = {}, who = jo) {
  await who.say('/forum new')
  await who.submit({ theme: 'Strengths', when: 'in 10 days', address: 'Grange Community Centre' })
  if (Object.keys(more).length > 0) {
    await who.press('Seats and host')
    await who.submit({ capacity: '', host: 'Jo', contact: '', ...more })
  }
  await who.press('Send to all chats')
  const told = await who.press('Post')
  await bot.tick()
  return told
}
const kept = () => bot.store.prisma.forum.findFirstOrThrow({ where: { networkId: network.id } })

describe('a forum', () => {
  test('is made by a short form and a card, and stands in every chat of residents', async () => {
    await jo.say('/forum new')
    const card = await jo.submit({ theme: 'Strengths', when: '12 November 6pm', address: 'Grange Community Centre' })
    expect(card.text).toContain('Your forum, not posted yet\nStrengths')
    expect(card.text).toContain('When: Thursday 12 November, 18:00 (UTC+0), 2 hours')
    expect(card.text).toContain('Reminders: a week before, a day before, an hour before')
    await jo.press('Words')
    await jo.submit({ theme: 'Strengths', about: 'What is good here?', agenda: '1. Welcome\n- Strong groups\n\nTea' })
    await jo.press('Access and reminders')
    await jo.press('step-free')
    await jo.press('childcare')
    await jo.press('a week before')
    await jo.press('Back')
    await jo.press('Send to all chats')
    await jo.press('Post')
    await bot.tick()
    for (const space of [ardwick(), gorton()]) {
      expect(reads(space)).toHaveLength(1)
      expect(reads(space)[0]).toContain('Strengths')
      expect(reads(space)[0]).toContain('Place: Grange Community Centre')
      expect(reads(space)[0]).toContain('Way in: step-free')
      expect(reads(space)[0]).toContain('There for you: childcare')
      expect(reads(space)[0]).toContain('2. Strong groups')
      expect(reads(space)[0]).toContain('Coming 0 · Maybe 0 · Can’t 0')
      expect(reads(space)[0]).toContain('Only numbers are shown in chats.')
    }
    expect((await kept()).remind).toEqual([1440, 60])
  })

  test('comes from one line too; what is wrong is said in private, with the right way', async () => {
    expect((await jo.say('/forum Strengths | when: 12 November 6pm | place: Library')).text).toContain('Place: Library')
    expect((await jo.say('/forum Strengths | at: 6pm')).text).toContain(
      'you can say one of these: areas:, platforms:, audience:, when:, place:',
    )
    expect((await jo.say('/forum Strengths | when: some day')).text).toContain('The right way: /forum')
    const amina = resident('Amina')
    expect((await amina.say('/forum Strengths | when: tomorrow')).text).toContain('needs a coordinator')
    expect(reads()).toEqual([])
  })

  test('a time that was not wholly understood is offered as a button, and nothing is lost', async () => {
    const told = await jo.say('/forum Strengths | when: 12 November around 6pm | place: Library')
    expect(told.text).toContain('I understand a part of that, but not “around”. Did you mean Thursday 12 November, 18:00 (UTC+0)?')
    expect(told.buttons).toEqual(['Thursday 12 November, 18:00 (UTC+0)', 'Another time'])
    const card = await jo.press('Thursday 12 November')
    expect(card.text).toContain('Your forum, not posted yet\nStrengths')
    expect(card.text).toContain('When: Thursday 12 November, 18:00 (UTC+0), 2 hours')
    expect(card.text).toContain('Place: Library')
    await jo.say('/forum Strengths | when: 12 November around 6pm')
    expect((await jo.press('Another time')).form?.fields.map(field => field.name)).toEqual(['when', 'length', 'announce'])
  })

  test('an end that is said with the time says how long it lasts', async () => {
    expect((await jo.say('/forum Strengths | when: 12 November 6pm-7.30pm')).text).toContain('18:00 (UTC+0), 1 hour 30 minutes')
    await jo.press('Time')
    expect((await jo.submit({ when: '13 November 6pm-9pm', length: '90', announce: '' })).text).toContain('18:00 (UTC+0), 3 hours')
  })

  test('without a time it is not posted, and nothing is lost', async () => {
    await jo.say('/forum Strengths')
    expect((await jo.press('Post')).text).toContain('It has no time yet. When does it begin?')
    await jo.press('Time')
    expect((await jo.submit({ when: '12 November 6pm', length: 'a while', announce: '' })).wrong).toEqual({
      length: 'I do not understand how long. Say something like “2 hours” or “90 minutes”: at least 15 minutes, at most 24 hours.',
    })
    expect((await jo.submit({ when: '12 November 6pm', length: '90 minutes', announce: '13 November' })).text).toContain(
      '1 hour 30 minutes',
    )
    expect((await jo.press('Post')).text).toContain('It must be announced before it begins.')
  })

  test('is announced at its own time', async () => {
    await jo.say('/forum Strengths')
    await jo.press('Time')
    await jo.submit({ when: '12 November 6pm', length: '', announce: '6 November 9am' })
    expect((await jo.press('Post')).text).toContain('It will be announced Friday 6 November')
    const amina = resident('Amina')
    expect((await amina.say('/forum')).text).toContain('No forums are planned.')
    await bot.later(DAY)
    expect(reads()).toEqual([])
    await bot.later(3 * DAY)
    expect(reads()).toHaveLength(1)
    expect((await amina.say('/forum')).text).toContain('Strengths (where is not settled yet)')
  })
})

describe('people', () => {
  test('say if they come: the chat sees numbers, the host names', async () => {
    await forum()
    const [amina, bo] = [resident('Amina'), resident('Bo', gorton())]
    const told = await amina.press('I’m coming')
    expect(told.text).toContain('You are coming, Thursday 12 November, 18:00 (UTC+0). You bring nobody else.')
    expect((await amina.press('I bring one more')).text).toContain('You bring 1 more person.')
    await bo.press('Maybe')
    await bot.later(HOUR)
    for (const space of [ardwick(), gorton()]) expect(reads(space)[0]).toContain('Coming 2 · Maybe 1 · Can’t 0')
    expect(reads().join()).not.toContain('Amina')
    const names = await jo.press('Who is coming')
    expect(names.text).toContain('Amina: coming, and 1 more')
    expect(names.text).toContain('Bo: maybe')
    await bo.press('Can’t')
    await amina.press('Take my answer back')
    await bot.later(HOUR)
    expect(reads()[0]).toContain('Coming 0 · Maybe 0 · Can’t 1')
  })

  test('pressing twice, or a press that comes twice, counts once', async () => {
    await forum()
    const amina = resident('Amina')
    await amina.press('I’m coming')
    const { id } = await kept()
    const press = { kind: 'press', token: `forums_go_${id}` } as const
    await amina.does(press, undefined, 'again')
    await amina.does(press, undefined, 'again')
    expect(await kept()).toMatchObject({ coming: 1, taken: 1 })
  })

  test('say what they need to the host alone; a week after it is gone', async () => {
    await forum()
    const amina = resident('Amina')
    await amina.press('My answer')
    await amina.press('I’m coming')
    await amina.press('I need')
    const saved = await amina.submit({ needs: 'A ramp' })
    expect(saved.text).toContain('Only the host sees it. It is deleted Thursday 19 November')
    expect((await jo.press('What people need')).text).toContain('Amina: A ramp')
    const kay = bot.person('Kay', { started: true }).in(ardwick())
    await bot.grant(network, kay, 'coordinator')
    const { id } = await kept()
    for (const action of ['who', 'wants', 'here'])
      expect((await kay.forge(`forums_${action}_${id}`)).text).toContain('Only the host sees that.')
    await kay.forge(`forums_host_${id}`)
    expect((await kay.forge(`forums_wants_${id}`)).text).toContain('A ramp')
    expect((await jo.forge(`forums_wants_${id}`)).text).toContain('Only the host sees that.')
    await bot.tick()
    expect(jo.alone.reads().join('\n')).toContain('Kay now hosts “Strengths”')
    await bot.later(18 * DAY)
    await bot.later(HOUR * 4)
    expect(await bot.store.prisma.rsvp.findMany({ where: { forumId: id }, select: { needs: true } })).toEqual([{ needs: null }])
  })

  test('get it as a calendar file, and find it under /mine', async () => {
    await forum()
    const amina = resident('Amina')
    await amina.press('I’m coming')
    const file = await amina.press('Calendar file')
    const block = file.views.flatMap(view => view.blocks).find(one => one.kind === 'file')
    expect(block).toMatchObject({ name: 'forum.ics', mime: 'text/calendar' })
    expect(block?.kind === 'file' && block.text).toContain('LOCATION:Grange Community Centre')
    expect((await amina.say('/mine')).text).toContain('Strengths: Thursday 12 November, 18:00')
  })
})

describe('a full forum', () => {
  test('has a waiting list in order; who is offered a place has to take it in time', async () => {
    await forum({ capacity: '2' })
    const [amina, bo, cem, dee] = [resident('Amina'), resident('Bo'), resident('Cem'), resident('Dee')]
    await answers(amina)
    await answers(bo)
    await bot.later(HOUR)
    expect(reads()[0]).toContain('all 2 seats are taken')
    expect((await answers(cem)).text).toContain('You are the first on the waiting list.')
    expect((await answers(dee)).text).toContain('1 answer is before yours.')
    await answers(amina, 'cant')
    await bot.tick()
    expect(cem.alone.reads().at(-1)).toContain('A seat has come free at “Strengths”')
    expect(dee.alone.reads().join()).not.toContain('has come free')
    expect(await kept()).toMatchObject({ coming: 1, taken: 2, waiting: 1 })
    expect((await cem.press('My answer')).text).toContain('It is held until')
    // Nobody answers for a day: the next one is asked.
    await bot.later(DAY + HOUR)
    expect(cem.alone.reads().at(-1)).toContain('was held for you until now')
    expect(dee.alone.reads().at(-1)).toContain('A seat has come free')
    expect((await dee.alone.press('Yes, I take it')).text).toContain('You are coming')
    expect(await kept()).toMatchObject({ coming: 2, taken: 2, waiting: 0, maybe: 1 })
  })

  test('more people than there is room for cannot be brought', async () => {
    await forum({ capacity: '2' })
    const amina = resident('Amina')
    await answers(amina)
    await amina.press('I bring one more')
    expect((await amina.press('I bring one more')).text).toContain('No more seats are free, so it stays as it was.')
    expect(await kept()).toMatchObject({ coming: 2, taken: 2 })
  })

  test('more room lets the next ones in', async () => {
    await forum({ capacity: '1' })
    const [amina, bo] = [resident('Amina'), resident('Bo')]
    await answers(amina)
    await answers(bo)
    await jo.press('Seats and host')
    await jo.submit({ capacity: '5', host: 'Jo', contact: '' })
    await jo.press('Send it')
    await bot.tick()
    expect(bo.alone.reads().at(-1)).toContain('A seat has come free')
  })
})

describe('as the time comes', () => {
  test('reminders go to the chats, and in private to those who want it', async () => {
    await forum()
    const [amina, bo] = [resident('Amina'), resident('Bo')]
    await amina.press('I’m coming')
    await amina.press('Remind me in private')
    await bo.press('I’m coming')
    await bot.later(3 * DAY + 10 * HOUR)
    expect(reads().filter(text => text.includes('A reminder'))).toHaveLength(1)
    await bot.later(6 * DAY)
    await bot.later(DAY - 2 * HOUR)
    expect(reads().filter(text => text.includes('A reminder of “Strengths”.\nWhen: Thursday 12 November'))).toHaveLength(3)
    expect(amina.alone.reads().filter(text => text.includes('A reminder: you said'))).toHaveLength(3)
    expect(bo.alone.reads().join()).not.toContain('A reminder')
    await bot.later(3 * HOUR)
    expect(reads().filter(text => text.includes('A reminder'))).toHaveLength(3)
  })

  test('of those that fell due while the bot was away only the last goes out, and none once it has begun', async () => {
    await forum()
    await bot.later(10 * DAY + 8.5 * HOUR)
    expect(reads().filter(text => text.includes('A reminder'))).toHaveLength(1)
    const another = await bot.network('Another', ['Ardwickx'])
    await bot.grant(another, jo, 'coordinator')
    await forum({}, jo.in(another.space('Ardwickx')))
    await bot.later(11 * DAY)
    expect(reads(another.space('Ardwickx')).filter(text => text.includes('A reminder'))).toEqual([])
    expect(jo.alone.reads().join('\n')).toContain('The last reminder of “Strengths” did not go out')
  })

  test('another time or place: the posts change, the chats and those who answered are told, once', async () => {
    await forum()
    const [amina, bo] = [resident('Amina'), resident('Bo')]
    await amina.press('I’m coming')
    await bo.press('Can’t')
    await jo.press('Time')
    await jo.submit({ when: '13 November 7pm', length: '3 hours', announce: '' })
    await jo.press('Send it')
    await bot.later(HOUR)
    expect(reads()[0]).toContain('Friday 13 November, 19:00 (UTC+0), 3 hours')
    expect(reads()[0]).toContain('Changed ')
    expect(reads().filter(text => text.includes('“Strengths” has changed'))).toHaveLength(1)
    expect(amina.alone.reads().at(-1)).toContain('“Strengths” has changed')
    expect(bo.alone.reads().join()).not.toContain('has changed')
    await jo.press('Words')
    await jo.submit({ theme: 'Our strengths', about: '', agenda: '' })
    await jo.press('Send it')
    await bot.later(HOUR)
    expect(reads()[0]).toContain('Our strengths')
    expect(reads().filter(text => text.includes('has changed'))).toHaveLength(1)
  })

  test('cancelled: everybody hears it, with the reason, and nobody is reminded', async () => {
    await forum()
    const amina = resident('Amina')
    await amina.press('I’m coming')
    await jo.press('Cancel it')
    await jo.submit({ why: 'The hall is flooded.' })
    await bot.later(HOUR)
    expect(reads()[0]).toContain('This forum is cancelled: The hall is flooded.')
    expect(reads()[1]).toContain('“Strengths” is cancelled.')
    expect(amina.alone.reads().at(-1)).toContain('The hall is flooded.')
    await bot.later(11 * DAY)
    expect(reads().filter(text => text.includes('A reminder'))).toEqual([])
    expect((await amina.forge(`forums_go_${(await kept()).id}`)).text).toContain('Answers to this forum are closed.')
  })
})

describe('at the forum and after it', () => {
  test('people check in with the code; the host writes down what came out of it, and asks what was missed', async () => {
    await forum()
    const [amina, bo] = [resident('Amina'), resident('Bo')]
    await amina.press('I’m coming')
    const code = /\/forum here (\w+)/.exec((await jo.press('Code at the door')).text)?.[1] ?? ''
    expect((await amina.say(`/forum here ${code}`)).text).toContain('That code does not open a forum now.')
    await bot.later(10 * DAY + 9 * HOUR)
    expect((await amina.say(`/forum here ${code.toLowerCase()}`)).text).toContain('You are here. Welcome to “Strengths”.')
    await amina.say(`/forum here ${code}`)
    await bo.say(`/forum here ${code}`)
    expect((await bo.say('/forum here ZZZZ')).text).toContain('That code does not open')
    expect(await kept()).toMatchObject({ came: 2, coming: 2 })
    await bot.later(3 * HOUR)
    expect(bot.chat().shown.find(one => one.at === ardwick() && one.only === undefined)?.view.buttons).toEqual([])
    expect(jo.alone.reads().at(-1)).toContain('“Strengths” is over, 2 people checked in. What came out of it?')
    await jo.say('/forum notes')
    await jo.submit({ notes: 'A full room.', outcomes: 'A tool library\nTea on Tuesdays' })
    expect(reads().join()).not.toContain('A full room.')
    await jo.press('Post what came out of it')
    await bot.tick()
    expect(reads().at(-1)).toContain('What came out of “Strengths”')
    expect(reads().at(-1)).toContain('2 people checked in.')
    expect(reads().at(-1)).toContain('• Tea on Tuesdays')
    await jo.press('Ask what we missed')
    await bot.tick()
    expect(reads().at(-1)).toContain('“Strengths”: what did we miss?')
    expect((await amina.say('/forum')).text).toContain('Strengths (2 outcomes)')
  })
})

describe('the cycle', () => {
  const forums = () => bot.store.prisma.forum.findMany({ where: { networkId: network.id }, orderBy: { startsAt: 'asc' } })

  test('shows all that will be posted, and makes three forums with their polls when Post is pressed', async () => {
    await jo.say('/forum cycle')
    const card = await jo.submit({ first: '14 January 6pm', weeks: '', address: 'Library' })
    expect(card.text).toContain('Three forums, not posted yet\nNothing goes out before you press “Post”.')
    expect(card.text).toContain(
      'Strengths\n• Forum: Thursday 14 January 2027, 18:00 (UTC+0), 2 hours\n• Announced: Thursday 24 December, 18:00 (UTC+0)',
    )
    expect(card.text).toContain('• Poll: “What should we do first?” (Something that we can do ourselves · ')
    expect(card.text).toContain('Place: Library')
    expect(card.text).toContain('Where: Ardwick (1 chat)')
    expect((await jo.press('Send to all chats')).text).toContain('Where: all chats (2 chats)')
    const shown = await jo.press('Preview')
    for (const theme of ['What is already good', 'What makes life hard here', 'What do we do about it']) expect(shown.text).toContain(theme)
    await jo.press('Time and place')
    const again = await jo.submit({ first: '14 January 6pm', weeks: '5', address: 'Library' })
    expect(again.text).toContain('Forum: Thursday 18 February 2027, 18:00')
    await jo.press('Time and place')
    await jo.submit({ first: '14 January 6pm', weeks: '4', address: 'Library' })
    await bot.tick()
    expect([await forums(), await bot.store.prisma.poll.count(), reads()]).toEqual([[], 0, []])
    expect((await jo.press('Post')).text).toContain('Done: 3 forums and 3 polls.')
    const all = await forums()
    expect(all.map(one => [one.theme, one.startsAt.toISOString(), one.postsAt.toISOString()])).toEqual([
      ['Strengths', '2027-01-14T18:00:00.000Z', '2026-12-24T18:00:00.000Z'],
      ['Challenges and their roots', '2027-02-11T18:00:00.000Z', '2027-01-21T18:00:00.000Z'],
      ['Actions', '2027-03-11T18:00:00.000Z', '2027-02-18T18:00:00.000Z'],
    ])
    expect(await bot.store.prisma.draft.count()).toBe(0)
    await bot.later(53 * DAY)
    expect(reads().map(text => text.split('\n')[0])).toEqual(['Strengths', 'What is strong in our neighbourhood?'])
  })

  test('says what goes out at once, and what is too near for a poll; a draft is its maker’s own', async () => {
    await jo.say('/forum cycle')
    const card = await jo.submit({ first: 'tomorrow 8am', weeks: '1', address: '' })
    expect(card.text).toContain('• Announced: as soon as you press “Post”\n• No poll: the forum is too near for one.')
    expect(card.text).toContain('(Cost of living · Homes · Health and loneliness), from now to')
    const { id } = await bot.store.prisma.draft.findFirstOrThrow()
    const kay = bot.person('Kay', { started: true }).in(ardwick())
    await bot.grant(network, kay, 'coordinator')
    expect((await kay.forge(`forums_post_${id}`)).text).toContain('This draft is not here any more.')
    expect((await jo.press('Throw away')).text).toBe('Thrown away. Nothing was posted.')
    expect((await jo.forge(`forums_post_${id}`)).text).toContain('This draft is not here any more.')
    expect(await forums()).toEqual([])
  })
})
