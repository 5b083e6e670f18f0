import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Standing, type TestApp, testApp } from '../helpers/app.ts'
import { poor } from '../helpers/chat.ts'
import { type Someone, words } from '../helpers/person.ts'
import { ardwick, bot, count, DAY, gorton, HOUR, inTown, jo, network, posts, reads } from '../helpers/town.ts'

inTown('Network', ['Ardwick', 'Gorton'], { joIn: 'Ardwick' })

const kept = () => bot.store.prisma.announcement.findMany({ where: { networkId: network.id } })
const say = (line: string) => jo.say(`/announce ${line}`)
/** Posted in both chats at once. */
const postEverywhere = async (line: string) => {
  await say(`${line} | audience: everyone`)
  return jo.press('Post')
}

describe('one line', () => {
  test('leads to the draft card: nothing is posted without Post', async () => {
    const card = await say(`Litter pick on Saturday | areas: Gorton ${count} | when: Sat 10am | link: example.org/pick | pin: yes`)
    expect(card.text).toContain('Your announcement, not posted yet\nLitter pick on Saturday')
    expect(card.text).toContain('Goes out: Saturday 7 November, 10:00 (UTC+0)')
    expect(card.text).toContain('If I am late, I still post it: up to 1 hour · up to 12 hours (chosen) · up to 3 days')
    expect(card.text).toContain(`Where: Gorton ${count} (1 chat)`)
    expect(card.text).toContain('Link: https://example.org/pick')
    expect(card.text).toContain('Pinned: yes, where I may')
    expect((await jo.press('Preview')).text).toBe('Litter pick on Saturday\nRead more (example.org): https://example.org/pick')
    await bot.later(6 * DAY)
    expect([...reads(), ...reads(gorton())]).toEqual([])
    expect(await kept()).toEqual([])
  })

  test('waits for its time, which is shown back, and is posted then, once, where it was meant for', async () => {
    await say(`Litter pick | areas: Gorton ${count} | when: tomorrow 9am | pin: yes`)
    const told = await jo.press('Post')
    expect(told.text).toContain('It goes out')
    expect(told.text).toContain(`Gorton ${count}: goes out `)
    await bot.later(HOUR)
    expect(reads(gorton())).toEqual([])
    await bot.later(DAY - HOUR)
    await bot.later(DAY)
    expect(reads(gorton())).toEqual(['Litter pick'])
    expect(posts(gorton())[0]?.pinned).toBe(true)
    expect(reads()).toEqual([])
  })

  test('without a place it is for this chat; in private for all chats of residents', async () => {
    expect((await say('Tea at ten')).text).toContain(`Where: Ardwick ${count} (1 chat)`)
    expect((await jo.alone.say('/announce Tea at ten')).text).toContain('Where: all chats (2 chats)\nFor: residents’ chats')
  })

  test.each([
    { name: 'an unknown key', line: 'Tea | colour: red', says: 'areas:, platforms:, audience:, when:, link:, pin:' },
    { name: 'an unknown area', line: 'Tea | areas: Narnia', says: 'There is no area “Narnia” in this network. There are: Ardwick' },
    { name: 'an unknown platform', line: 'Tea | platforms: fax', says: 'There are: Chat' },
    { name: 'an unknown audience', line: 'Tea | audience: cats', says: 'Whom is it for?' },
    { name: 'no time', line: 'Tea | when: when it is warm', says: 'I do not understand “when it is warm” as a time. Try “Friday 6pm”' },
    { name: 'no such time', line: 'Tea | when: Friday 25:00', says: 'There is no such time of day as “25:00”.' },
    { name: 'the year 9999', line: 'Tea | when: 1 January 9999', says: 'That is too far away.' },
    { name: 'no words', line: '| when: Sat 10am', says: 'The words are missing.' },
    { name: 'too many words', line: `${'w'.repeat(3001)}`, says: 'That is too long: 3,001 characters.' },
    { name: 'a program as a link', line: 'Tea | link: javascript:alert(1)', says: 'I cannot use that link.' },
  ])('$name is refused, and the right way shown', async ({ line, says }) => {
    const told = await say(line)
    expect(told.text).toContain(says)
    if (!told.buttons.includes('steering chats'))
      expect(told.text).toContain('The right way: /announce Litter pick on Saturday | areas: Ardwick | when: Sat 10am')
    await bot.later(HOUR)
    expect([...(await kept()), ...reads(), ...reads(gorton())]).toEqual([])
  })

  test.each([
    { when: 'Friday 6pm ish', says: 'not “ish”', n: 1 },
    { when: 'yesterday 6pm', says: 'That time has passed', n: 1 },
    { when: '30 February 10am', says: 'There is no such day as “30 february”', n: 1 },
    { when: 'Friday at 8', says: 'can mean more than one time', n: 2 },
    { when: 'every third Tuesday at 7pm', says: 'can mean more than one thing', n: 2 },
  ])('“$when” is not acted on: what it may mean is a button, and what stood beside it is kept', async ({ when, says, n }) => {
    const told = await say(`Tea for all | areas: Gorton ${count} | when: ${when}`)
    expect(told.text).toContain(says)
    expect(told.buttons).toHaveLength(n + 1)
    for (const label of told.buttons.slice(0, n)) {
      expect(told.text).toContain(label)
      await say(`Tea for all | areas: Gorton ${count} | when: ${when}`)
      const card = await jo.press(label)
      expect(card.text).toContain(`Your announcement, not posted yet\nTea for all\n`)
      expect(card.text).toContain(`Goes out: ${label}`)
      expect(card.text).toContain(`Where: Gorton ${count} (1 chat)`)
    }
    expect(reads(gorton())).toEqual([])
  })

  test('or another time is asked for', async () => {
    await say('Tea for all | when: Friday 6pm ish')
    const { form } = await jo.press('Another time')
    expect(form?.fields.map(field => field.name)).toEqual(['when'])
    expect((await jo.submit({ when: 'in 3 days' })).text).toContain('Your announcement, not posted yet\nTea for all\n')
  })

  test('where no chat has joined, it is not posted', async () => {
    await say('Tea | audience: steering')
    expect((await jo.press('Post')).text).toContain('No chat has joined there yet')
    expect(await kept()).toEqual([])
  })

  test('words are data: nothing enters that could look like something else', async () => {
    await say('T\u0000ea\u202E @everyone <b>*now*</b>')
    await jo.press('Post')
    await bot.tick()
    expect(posts()[0]?.view.blocks).toEqual([{ kind: 'text', text: 'Tea @everyone <b>*now*</b>' }])
  })

  test('a resident hears that this takes a coordinator', async () => {
    const amina = bot.person(`Amina ${count}`).in(ardwick())
    expect((await amina.say('/announce Free money')).text).toContain('This one needs a coordinator.')
    expect((await amina.say('/announce list')).text).toContain('This one needs a coordinator.')
  })
})

describe('the form and the draft card', () => {
  test('mistakes come back with what is right, and nothing is lost', async () => {
    expect((await jo.say('/announce')).form?.fields.map(field => field.name)).toEqual(['words', 'link', 'when'])
    const told = await jo.submit({ words: ' ', link: 'javascript:x', when: '30 February' })
    expect(Object.keys(told.wrong).sort()).toEqual(['link', 'when', 'words'])
    expect(told.form?.fields[1]?.value).toBe('javascript:x')
    const card = await jo.submit({ words: 'Tea\nat ten', link: '', when: 'now' })
    expect(card.text).toContain('Goes out: as soon as you post it')
  })

  test('every setting has its button', async () => {
    await say('Tea')
    expect((await jo.press('How late it may be')).text).toContain('up to 3 days (chosen)')
    expect((await jo.press('How late it may be')).text).toContain('up to 1 hour (chosen)')
    expect((await jo.press('Pin it')).text).toContain('Pinned: yes')
    await jo.press('Change the time')
    expect((await jo.submit({ when: 'last Monday' })).wrong).toEqual({ when: expect.stringContaining('Did you mean') })
    const when = await jo.submit({ when: 'in 2 hours' })
    expect(when.text).toMatch(/Goes out: \w+day \d+ \w+( \d+)?, \d\d:\d\d \(UTC\+0\)/)
    await jo.press('Change the words')
    expect((await jo.submit({ words: 'Coffee', link: 'example.org' })).text).toContain('Coffee\nLink: https://example.org/')
    await jo.press('Throw away')
    expect(await bot.store.prisma.draft.count({ where: { networkId: network.id } })).toBe(0)
  })

  test('places are chosen by area, by audience, by chat; a tap takes back', async () => {
    const steering = await bot.store.prisma.space.create({
      data: {
        id: `steer${count}`,
        networkId: network.id,
        ref: `chat:steer-${count}`,
        platform: 'chat',
        title: 'Steering',
        audience: 'steering',
        state: 'joined',
      },
    })
    await say('Tea')
    await jo.press('Where it goes')
    expect((await jo.press('All chats')).text).toContain('all chats (2 chats)')
    expect((await jo.press(`Gorton ${count}`)).text).toContain(`Gorton ${count} (1 chat)`)
    expect((await jo.press('both kinds')).buttons).toContain('both kinds (chosen)')
    expect((await jo.press(`Gorton ${count} (chosen)`)).text).toContain('all chats (3 chats)')
    expect((await jo.press('steering chats')).text).toContain('all chats (1 chat)')
    await jo.press('Back')
    await jo.press('Choose single chats')
    await jo.press('Steering')
    expect((await jo.press(`Ardwick ${count}`)).text).toContain('2 chats are chosen.')
    expect((await jo.press('Back')).text).toContain(`Where: Steering, Ardwick ${count} (2 chats)`)
    await jo.press('Post')
    await bot.tick()
    expect(reads()).toEqual(['Tea'])
    expect(reads(steering.ref as 'chat:x')).toEqual(['Tea'])
    expect(reads(gorton())).toEqual([])
  })

  test('a time that passes while the card lies there is refused at Post', async () => {
    await say('Tea | when: tomorrow 9am')
    await bot.later(2 * DAY)
    expect((await jo.press('Post')).text).toContain('That time has passed.')
    expect(await kept()).toEqual([])
  })

  test('two presses on Post make one announcement', async () => {
    await say('Tea')
    const draft = await bot.store.prisma.draft.findFirstOrThrow({ where: { networkId: network.id } })
    await Promise.all([jo.press('Post'), jo.forge(`announcements_post_${draft.id}`)])
    await bot.tick()
    expect(reads()).toEqual(['Tea'])
  })

  test('somebody’s message becomes a draft', async () => {
    const card = await jo.shortcut('announce', 'The lift works again')
    expect(card.text).toContain('Your announcement, not posted yet\nThe lift works again')
    expect((await jo.shortcut('announce', 'x'.repeat(5000))).text).toContain('I kept the first 3,000 characters.')
    expect((await jo.shortcut('announce', '  ')).form?.fields.map(field => field.name)).toEqual(['words', 'link'])
    expect((await bot.person(`Eve ${count}`).in(ardwick()).shortcut('announce', 'x')).text).toContain('needs a coordinator')
  })
})

describe('an announcement that stands', () => {
  test('changes everywhere, and says so', async () => {
    await postEverywhere('Tea at ten')
    await bot.tick()
    await jo.press('Change the words')
    const told = await jo.submit({ words: 'Tea at eleven', link: '' })
    expect(told.text).toContain('The words are changed')
    await bot.tick()
    for (const space of [ardwick(), gorton()]) {
      expect(reads(space)).toEqual([expect.stringMatching(/^Tea at eleven\nChanged /)])
      expect(posts(space)[0]?.edits).toBe(1)
    }
  })

  test('what waits changes without a mark, and moves to another time', async () => {
    await say('Tea | when: tomorrow 9am')
    await jo.press('Post')
    await jo.press('Change the words')
    await jo.submit({ words: 'Coffee', link: '' })
    await jo.press('Change the time')
    expect((await jo.submit({ when: 'yesterday 9am' })).wrong).toEqual({ when: expect.stringContaining('That time has passed') })
    expect((await jo.submit({ when: 'in 72 hours' })).text).toContain('The time is changed.')
    await bot.later(DAY)
    expect(reads()).toEqual([])
    await bot.later(2 * DAY)
    expect(reads()).toEqual(['Coffee'])
    await jo.forge(`announcements_move_${(await kept())[0]?.id}`)
    expect((await jo.submit({ when: 'tomorrow 9am' })).text).toContain('It has gone out already')
  })

  test('is posted at once with “now”, and not again at its time', async () => {
    await say('Tea | when: tomorrow 9am')
    await jo.press('Post')
    expect((await say('now')).text).toContain('It goes out now.')
    await bot.tick()
    expect(reads()).toEqual(['Tea'])
    await bot.later(2 * DAY)
    expect(reads()).toEqual(['Tea'])
  })

  test('is withdrawn after a question: deleted, and what waits does not go out', async () => {
    await postEverywhere('Tea')
    await bot.tick()
    expect((await jo.press('Withdraw it')).text).toContain('It is deleted in every chat')
    await jo.press('Back')
    await jo.press('Withdraw it')
    expect((await jo.press('Withdraw it')).text).toContain('Withdrawn.')
    await bot.tick()
    expect([...reads(), ...reads(gorton())]).toEqual([])
    await say('Cake | when: tomorrow 9am')
    await jo.press('Post')
    expect((await jo.press('Withdraw it')).text).toContain('It will not go out.')
    await jo.press('Withdraw it')
    await bot.later(2 * DAY)
    expect(reads()).toEqual([])
    expect((await say('show Cake')).text).toContain(`Ardwick ${count}: taken back.`)
  })

  test('the list shows what is coming and the last ones; verbs find them', async () => {
    await say('Tea | when: tomorrow 9am')
    await jo.press('Post')
    await say('Cake')
    await jo.press('Post')
    await bot.tick()
    const list = await say('list')
    expect(list.text).toMatch(/Coming\n• \w+day .*: Tea\nThe last ones\n• \w+day .*: Cake/)
    expect((await jo.press('Cake')).text).toContain('It stands in 1 of 1 chats.')
    expect((await jo.press('All announcements')).text).toContain('Coming')
    expect((await say('show tea')).text).toContain('Until then nobody sees it.')
    expect((await say('show')).text).toContain('Which announcement do you mean?')
    expect((await say('edit cake')).form?.fields[0]?.value).toBe('Cake')
    expect((await jo.suggest('announce', '')).text).toBe('list\nshow\nedit\nmove\nnow\nskip\npause\nresume\nend\nwithdraw')
    const tea = (await kept()).find(one => one.words === 'Tea')
    expect((await jo.suggest('announce', 'move ')).text).toBe(`move ${tea?.id}`)
    expect((await bot.person(`Eve ${count}`).in(ardwick()).suggest('announce', 'show ')).text).toBe('')
  })

  test('words that begin like a verb are words', async () => {
    const card = await say('Now open: the community garden')
    expect(card.text).toContain('so this is a new one')
    expect(card.text).toContain('Now open: the community garden')
  })
})

describe('on the poorest platform', () => {
  let thin: TestApp
  let coordinator: Someone
  let place: Standing
  beforeAll(async () => {
    thin = await testApp({ can: { ...poor, remove: false, pin: false } })
    place = await thin.network('Ardwick network', ['Ardwick'])
    coordinator = thin.person('Jo').in(place.space('Ardwick'))
    await thin.grant(place, coordinator, 'coordinator')
  })
  afterAll(() => thin.close())

  test('the form is asked question by question in private', async () => {
    expect((await coordinator.say('/announce')).text).toContain('I ask you the questions in our private chat')
    expect((await coordinator.follow()).text).toContain('1 of 3. What do you want to say?')
    const alone = coordinator.alone
    await alone.say('Tea at ten')
    expect((await alone.say('javascript:alert(1)')).text).toContain('3 of 3.')
    expect((await alone.press('Leave empty')).text).toContain('I cannot use that link.')
    await alone.say('example.org')
    const card = await alone.press('Leave empty')
    expect(card.text).toContain('Your announcement, not posted yet\nTea at ten')
    await alone.press('Post')
    await thin.tick()
    expect(words(posts(place.space('Ardwick'), thin).at(-1)?.view ?? { blocks: [], buttons: [], brief: '', lang: '' })).toContain(
      'Tea at ten',
    )
  })

  test('a reply with the bare command announces what was said there', async () => {
    await coordinator.does({ kind: 'command', name: 'announce', args: '', about: { message: 'chat:message', text: 'The lift works' } })
    await thin.tick()
    expect(coordinator.alone.reads().at(-1)).toContain('Your announcement, not posted yet\nThe lift works')
  })
})
