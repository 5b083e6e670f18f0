import { describe, expect } from 'vitest'
import type { Posted } from '../platforms/telegram/posted.ts'
import { does, furnish, SECRET, words } from './forge.ts'
import { STREETS, test } from './moot.ts'

describe.concurrent('odd words', () => {
  const ugly = '@everyone <!channel> *bold* [x](https://evil.example) <b>hi</b> t.me/evil 😀 שלום'
  /** Names and links that Telegram itself has made live; commands and tags lead nowhere but to the reader. */
  const live = (post: Posted): string[] =>
    (post.raw.entities ?? [])
      .filter(one => ['mention', 'text_mention', 'url', 'text_link', 'email'].includes(one.type))
      .map(one => one.type)
  /** An address that was typed in full is a link to where it shows, and nothing else is. */
  const addresses = (post: Posted): string[] => post.text.match(/https:\/\/evil\.example/g)?.map(() => 'url') ?? []

  test('mentions, markup and links in a question, an option, a name and an outcome come out as plain words', async ({ on }) => {
    on.jo.says(on.ardwick, `/poll ${ugly} | A ${ugly.slice(0, 60)} | B`)
    const poll = await on.sees(on.ardwick, '*bold*')
    expect(poll.text.replaceAll('\u2060', '')).toContain(`${ugly}\n`)
    expect(live(poll)).toEqual(addresses(poll))
    on.jo.says('private', `/poll close ${(await on.store.prisma.poll.findFirstOrThrow()).id}`)
    await on.sees(on.jo, 'What came of it?')
    on.jo.says('private', `We ask ${ugly}`)
    const outcome = await on.sees(on.ardwick, 'We ask')
    expect(live(outcome)).toEqual(addresses(outcome))
    const mallory = on.person('@everyone <b> t.me/evil')
    mallory.says(on.ardwick, '/mine')
    expect(live(await on.sees(mallory, 'What is held about you'))).toEqual([])
  })

  test('NUL, half characters, direction marks and line separators do not enter', async ({ on }) => {
    await does(on, on.jo, on.ardwick, {
      kind: 'command',
      name: 'poll',
      args: 'Wh\u0000at\ud800 \u202ematters\u2028? | A\udfff\u2066 | B\u0007',
    })
    const poll = await on.sees(on.ardwick, 'matters')
    expect([poll.text.split('\n')[0], poll.labels.slice(0, 2)]).toEqual(['What matters?', [['1. A'], ['2. B']]])
    const name = { ref: `telegram:${on.tg.person('x').id}`, name: '\u0000\ud800\u202e', locale: 'xx-\u0000' } as const
    const place = { space: `telegram:${on.ardwick.id}` } as const
    const press = { kind: 'press', token: `polls_v_${(await on.store.prisma.poll.findFirstOrThrow()).id}_1` } as const
    const inbound = { id: 'telegram:odd', received: on.clock.now(), place, person: name, event: press }
    expect(words(await on.bot.app.receive(on.adapter, inbound))).toContain('Counted: A.')
  })

  test('a question of 10,000 characters, 10,000 options, an outcome and an answer that are too long are refused in words', async ({
    on,
  }) => {
    const ask = async (args: string) => {
      await does(on, on.jo, 'private', { kind: 'command', name: 'poll', args })
      return words(await does(on, on.jo, 'private', { kind: 'command', name: 'poll', args }))
    }
    expect(await ask(`${'q'.repeat(10_000)} | A | B`)).toContain('The question is too long: 10,000 characters. 300 is the most.')
    expect(await ask(`What? ${'| A'.repeat(10_000)}`)).toContain('That is 10,000 options. 20 is the most.')
    expect(await ask(`What? | ${'o'.repeat(10_000)} | B`)).toContain('This option is too long')
    expect(await on.store.prisma.poll.count()).toBe(0)
    on.jo.says(on.ardwick, STREETS)
    await on.sees(on.ardwick, 'What matters most')
    const { id } = await on.store.prisma.poll.findFirstOrThrow()
    expect(
      words(await does(on, on.jo, 'private', { kind: 'submit', form: `polls_close_${id}`, values: { outcome: 'x'.repeat(10_000) } })),
    ).toContain('The outcome is too long')
    expect((await on.store.prisma.poll.findFirstOrThrow()).state).toBe('open')
  })
})

describe.concurrent('too much at once', () => {
  test('one person who presses 150 times holds up nobody, and nothing is half done', async ({ on }) => {
    on.jo.says(on.ardwick, STREETS)
    const poll = await on.sees(on.ardwick, 'What matters most')
    await on.settle()
    const mallory = on.person('Mallory')
    const flood = Array.from({ length: 150 }, (_, i) => mallory.presses(poll, `${1 + (i % 3)}. ${['Buses', 'Parks', 'Damp homes'][i % 3]}`))
    const others = ['Amina', 'Bea', 'Cal'].map(name => on.person(name).presses(poll, '2. Parks'))
    for (const other of others) expect((await other.answer).text).toContain('Counted: Parks.')
    await on.settle()
    // Of a storm only some get an answer.
    const told = flood.flatMap(press => press.answered?.text ?? [])
    expect(told.length).toBeGreaterThan(5)
    expect(told.every(text => /Counted|Changed|That was a lot at once/.test(text))).toBe(true)
    const ballots = await on.store.prisma.ballot.findMany({ select: { options: true } })
    const counts = await on.store.prisma.count.findMany({ where: { option: { not: 0 } }, select: { option: true, n: true } })
    expect(ballots).toHaveLength(4)
    for (const option of [1, 2, 3])
      expect(counts.filter(row => row.option === option).reduce((n, row) => n + row.n, 0)).toBe(
        ballots.filter(row => row.options.includes(option)).length,
      )
  })

  test('a draft that is posted twice at once, by two taps, is posted once', async ({ on }) => {
    const { draftId } = await furnish(on)
    const said = await Promise.all([1, 2, 3].map(() => does(on, on.jo, 'private', { kind: 'press', token: `polls_post_${draftId}` })))
    expect(said.map(words).filter(text => text.includes('It goes out now to'))).toHaveLength(1)
    expect(said.map(words).filter(text => text.includes('This draft is not here any more'))).toHaveLength(2)
    expect(await on.store.prisma.poll.count({ where: { question: 'Which day?' } })).toBe(1)
  })

  test('somebody else cannot post it, nor fill in a form that was never opened for them', async ({ on }) => {
    const { draftId, pollId } = await furnish(on)
    const eve = on.person('Eve')
    await on.grant(eve, 'coordinator')
    const said = await Promise.all([
      does(on, eve, 'private', { kind: 'press', token: `polls_post_${draftId}` }),
      does(on, on.jo, 'private', { kind: 'press', token: `polls_post_${draftId}` }),
      does(on, eve, 'private', { kind: 'submit', form: `polls_words_${draftId}`, values: { question: 'Mine', options: 'A\nB' } }),
      does(on, on.person('Mallory'), on.ardwick, { kind: 'submit', form: `polls_close_${pollId}`, values: { outcome: 'Nothing' } }),
    ])
    expect(words(said[0] ?? [])).toContain('This draft is not here any more')
    expect(words(said[2] ?? [])).toContain('This draft is not here any more')
    expect(await on.store.prisma.poll.findMany({ select: { question: true, state: true }, orderBy: { question: 'asc' } })).toEqual([
      { question: SECRET, state: 'open' },
      { question: 'Which day?', state: 'open' },
    ])
  })
})
