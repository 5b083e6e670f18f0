import { describe, expect } from 'vitest'
import type { MessageRef, PersonRef, SpaceRef } from '../../src/platform/adapter.ts'
import { fit as fitted } from '../../src/view/fit.ts'
import { plain } from '../../src/view/plain.ts'
import type { Block, View } from '../../src/view/view.ts'
import { type Platform, type Scene, type Seen, testOn, view } from './stage.ts'

const PEOPLES =
  '@everyone @alice <!channel> <@U123> *bold* _it_ `code` [x](https://evil.example) <b>&amp; /cmd #tag https://evil.example 😀 שלום'

/** What goes out: posts, changes, and the limits that the adapter declares. */
export function sends(platform: Platform): void {
  const { can, has } = platform
  const { limits } = can
  const test = testOn(platform)
  const send = async ({ adapter }: Scene, to: SpaceRef | PersonRef, what: View, key = 'key', under?: MessageRef): Promise<MessageRef> => {
    const sent = await adapter.send(to, what, key, under)
    if (sent === 'unsure' || !('ok' in sent)) throw new Error(`not sent: ${JSON.stringify(sent)}`)
    return sent.ok
  }
  const only = async ({ stage }: Scene, at: SpaceRef | PersonRef = stage.space): Promise<Seen> => {
    const all = await stage.reads(at)
    if (!all[0] || all.length > 1) throw new Error(`there is not one message but ${all.length}`)
    return all[0]
  }

  describe.concurrent('a post', () => {
    test('stands in its chat under the ref that was returned, with its buttons', async ({ on }) => {
      const ref = await send(on, on.stage.space, view('What matters most?', [[{ label: 'Buses', token: 'polls_v_1' }]]))
      expect(await only(on)).toMatchObject({ ref, text: 'What matters most?', rows: [[{ label: 'Buses', token: 'polls_v_1' }]] })
      expect(await on.stage.reads(on.stage.other)).toEqual([])
    })

    test('reaches a person in private', async ({ on }) => {
      await send(on, on.stage.brendan.ref, view('For you'))
      expect((await only(on, on.stage.brendan.ref)).text).toBe('For you')
    })

    test('hangs on another message; where that is gone it stands alone', async ({ on }) => {
      const first = await send(on, on.stage.space, view('One'), 'one')
      const second = await send(on, on.stage.space, view('Two'), 'two', first)
      expect((await on.stage.reads(on.stage.space)).find(one => one.ref === second)?.under).toBe(first)
      await on.stage.removes(first)
      const third = await send(on, on.stage.other, view('Three'), 'three', first)
      expect((await only(on, on.stage.other)).ref).toBe(third)
    })

    test.runIf(can.once === 'key')('with the same key is the same message (once: key)', async ({ on }) => {
      const first = await send(on, on.stage.space, view('One'), 'same')
      expect(await send(on, on.stage.space, view('One'), 'same')).toBe(first)
      expect((await only(on)).text).toBe('One')
    })

    test.runIf(can.threads)('goes into its thread (threads)', async ({ on }) => {
      const thread = on.stage.thread?.() ?? on.stage.space
      await send(on, thread, view('In the thread'))
      expect((await only(on, thread)).text).toBe('In the thread')
    })

    test.runIf(can.files)('brings a file along (files)', async ({ on }) => {
      const file = { kind: 'file', name: 'results.csv', mime: 'text/csv', text: 'option,votes\nDämp,3\n', about: 'The results' } as const
      await send(on, on.stage.space, view('', [], [{ kind: 'title', text: 'Closed' }, file]))
      const all = await on.stage.reads(on.stage.space)
      expect(all.map(one => one.text).join('\n')).toContain('Closed')
      expect(all.find(one => one.file)?.file).toEqual({ name: 'results.csv', text: file.text })
    })

    test('says a moment once: as each reader’s own time where the platform draws that, in the words around it', async ({ on }) => {
      const at = '2026-12-04T18:00:00.000Z'
      const clock = 'Friday 4 December, 18:00'
      await send(on, on.stage.space, view('', [], [{ kind: 'when', name: 'When', at, text: `${clock} (UTC+0), 2 hours`, clock }]))
      const seen = await only(on)
      expect(seen.text).toMatch(/^When: .*, 2 hours$/)
      expect(seen.text.split(clock).length).toBeLessThanOrEqual(2)
      expect(seen.moments).toEqual(can.readersTime ? [at] : [])
    })

    test('keeps people’s words as words, wherever they stand', async ({ on }) => {
      const blocks: readonly Block[] = [
        ...(['title', 'text', 'quiet', 'quote', 'struck'] as const).map(kind => ({ kind, text: PEOPLES })),
        { kind: 'list', items: [PEOPLES, 'x'] },
        { kind: 'facts', rows: [{ name: PEOPLES, value: PEOPLES }] },
        { kind: 'bars', rows: [{ label: PEOPLES, count: '1', share: 1 }] },
        { kind: 'when', name: PEOPLES, at: '2026-12-04T18:00:00.000Z', text: PEOPLES, clock: '' },
      ]
      await send(on, on.stage.space, view('', [[{ label: '*b* <b> @x', token: 'a_b' }]], blocks))
      const seen = await only(on)
      expect(seen.text.split(PEOPLES)).toHaveLength(12)
      // A whole address is a link that leads where it shows.
      for (const one of seen.live) expect(one).toMatch(/(?:^| )https:\/\/evil\.example$/)
      expect(seen.rows[0]?.[0]?.label).toBe('*b* <b> @x')
    })
  })

  test('an address comes out exactly as it was typed, as a link to there; what only looks like one is none', async ({ on }) => {
    const whole = ['https://moot.example/a_b*c?x=1&y=%5B2%5D#z~q|r', 'https://moot.example/Wiki_page', 'http://moot.example/x-y']
    const words = `Read ${whole[0]} first.\nThen (${whole[1]}), “${whole[2]}”. Not moot.example, not https://moot.example@evil.example/x`
    for (const kind of ['text', 'quote', 'struck'] as const) {
      const ref = await send(on, on.stage.space, view('', [], [{ kind, text: words }]), kind)
      const seen = (await on.stage.reads(on.stage.space)).find(one => one.ref === ref)
      expect(seen?.text).toContain(whole[0])
      // The page of the browser chat draws them: test/adapters/web shows it in a browser.
      if (on.adapter.platform !== 'web') expect(seen?.live.map(one => one.split(' ').at(-1))).toEqual(whole)
    }
  })

  test('a tally is drawn; its options have their buttons beside them where the platform can, each once, and these can be pressed', async ({
    on,
  }) => {
    const options = Array.from({ length: 6 }, (_, i) => ({ label: `${i + 1}. Option *${i + 1}*`, token: `polls_v_x_${i + 1}` }))
    const bars = options.map((option, i) => ({ ...option, count: `${i} (${i * 10}%)`, share: i / 5 }))
    const buttons = [...options.map((one, i) => [{ ...one, beside: `Choose ${i + 1}` }]), [{ label: 'My vote', token: 'polls_mine_x' }]]
    const ref = await send(
      on,
      on.stage.space,
      view('', buttons, [
        { kind: 'title', text: 'Where to?' },
        { kind: 'bars', rows: bars },
      ]),
    )
    const seen = await only(on)
    const isBeside = ['discord', 'slack'].includes(on.adapter.platform)
    expect(seen.rows.flat().map(button => button.token)).toEqual([...options.map(one => one.token), 'polls_mine_x'])
    expect(seen.rows.flat().map(button => button.label)).toEqual([
      ...options.map(({ label }, i) => (isBeside ? `Choose ${i + 1}` : label)),
      'My vote',
    ])
    for (const [i, { label }] of options.entries()) expect(seen.text).toContain(`${label}: ${i} (`)
    if (on.adapter.platform !== 'web') expect(seen.text).toMatch(/6\. Option \*6\*: 5 \(50%\) █{8}/)
    await on.stage.amina.presses(ref, 'polls_v_x_3').answer
  })

  test('options that are too many for that have their buttons below, and none is lost', async ({ on }) => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ label: `${i + 1}. x`, count: '', share: 0, token: `polls_v_x_${i + 1}` }))
    const all = rows.map(({ label, token }) => [{ label, token, beside: 'Choose' }])
    for (const part of fitted(view('', all, [{ kind: 'bars', rows }]), limits)) await send(on, on.stage.space, part)
    const seen = await on.stage.reads(on.stage.space)
    expect(seen.flatMap(one => one.rows.flat().map(button => button.token)).sort()).toEqual(rows.map(row => row.token).sort())
  })

  describe.concurrent('limits', () => {
    test(`a text of ${limits.text} stands unshortened`, async ({ on }) => {
      const text = `${'Damp homes. '.repeat(limits.text)}`.slice(0, limits.text - 1).concat('!')
      await send(on, on.stage.space, view(text))
      expect((await only(on)).text).toBe(text)
    })

    test(`so does one that is full of names and links`, async ({ on }) => {
      const text = '@alice example.org https://x.y '
        .repeat(limits.text)
        .slice(0, limits.text - 1)
        .concat('!')
      await send(on, on.stage.space, view(text))
      const seen = await only(on)
      expect([seen.text, seen.live.filter(one => !/(?:^| )https:\/\/x\.y!?$/.test(one))]).toEqual([text, []])
    })

    test(`${limits.rows} rows of ${limits.perRow} buttons, labels of ${limits.label}, tokens of ${limits.token} bytes`, async ({ on }) => {
      const rows = Array.from({ length: limits.rows }, (_, row) =>
        Array.from({ length: limits.perRow }, (_, i) => ({
          label: `${row}/${i} ${'L'.repeat(limits.label)}`.slice(0, limits.label),
          token: `polls_v_${row}_${i}_${'t'.repeat(limits.token)}`.slice(0, limits.token),
        })),
      )
      await send(on, on.stage.space, view('Choose', rows))
      expect((await only(on)).rows).toEqual(rows)
    })

    test('fit makes what is longer fit, and nothing of it is lost', async ({ on }) => {
      const words = Array.from({ length: Math.ceil(limits.text / 3) }, (_, i) => `w${i}`)
      const rows = Array.from({ length: 3 }, (_, i) => [{ label: `${i} ${'L'.repeat(limits.label)}`, token: `a_${i}` }])
      const parts = fitted(view(words.join(' '), rows), limits)
      expect(parts.length).toBeGreaterThan(1)
      for (const [i, part] of parts.entries()) await send(on, on.stage.space, part, `part ${i}`)
      const all = await on.stage.reads(on.stage.space)
      expect(all.flatMap(one => one.text.split(/\s+/))).toEqual(words)
      expect(all.map(one => one.rows.length)).toEqual([...parts.slice(1).map(() => 0), 3])
    })

    test('a text that is too long is refused, not cut', async ({ on }) => {
      expect(await on.adapter.send(on.stage.space, view('x'.repeat(limits.text + 1)), 'k')).toMatchObject({ no: 'refused' })
      expect(await on.stage.reads(on.stage.space)).toEqual([])
    })
  })

  describe.concurrent('a change', () => {
    test('to another view, and to the same once more', async ({ on }) => {
      const ref = await send(on, on.stage.space, view('Buses 1', [[{ label: 'Buses', token: 'a_b' }]]))
      expect(await on.adapter.change(ref, view('Buses 2'))).toEqual({ ok: ref })
      expect(await on.adapter.change(ref, view('Buses 2'))).toEqual({ ok: ref })
      expect(await only(on)).toMatchObject({ ref, text: 'Buses 2', rows: [] })
    })

    test.runIf(can.remove)('removes (remove)', async ({ on }) => {
      const ref = await send(on, on.stage.space, view('x'))
      expect(await on.adapter.change(ref, 'remove')).toEqual({ ok: ref })
      expect(await on.stage.reads(on.stage.space)).toEqual([])
    })

    test.runIf(can.pin)('pins (pin)', async ({ on }) => {
      const ref = await send(on, on.stage.space, view('x'))
      expect(await on.adapter.change(ref, 'pin')).toEqual({ ok: ref })
      expect((await only(on)).pinned).toBe(true)
    })

    test.runIf(can.events)(
      'a date stands once in the calendar that two chats share, is changed, and is taken away (events)',
      async ({ on }) => {
        const [at, end] = ['2037-12-04T18:00:00.000Z', '2037-12-04T20:00:00.000Z']
        const event = (name: string): View =>
          view('', [], [{ kind: 'event', id: 'a_b', name, about: 'Tea', startsAt: at, endsAt: end, place: 'Library' }])
        const ref = await send(on, on.stage.space, event('Strengths'), 'one')
        expect(await send(on, on.stage.other, event('Strengths'), 'two')).toBe(ref)
        expect(await on.stage.events?.()).toEqual([{ name: 'Strengths', place: 'Library', at }])
        expect(await on.adapter.change(ref, event('Challenges'))).toEqual({ ok: ref })
        expect(await on.stage.events?.()).toMatchObject([{ name: 'Challenges' }])
        for (const _ of [1, 2]) expect(await on.adapter.change(ref, 'remove')).toEqual({ ok: ref })
        expect(await on.stage.events?.()).toEqual([])
        expect(await on.stage.reads(on.stage.space)).toEqual([])
      },
    )

    test('of a message that somebody deleted: gone', async ({ on }) => {
      const ref = await send(on, on.stage.space, view('x'))
      await on.stage.removes(ref)
      for (const how of [view('y'), 'remove', 'pin'] as const)
        expect(await on.adapter.change(ref, how)).toMatchObject({ no: 'gone', why: expect.any(String) })
    })
  })

  describe.concurrent('what cannot be sent', () => {
    test('to a chat that the bot is not in: gone', async ({ on }) => {
      expect(await on.adapter.send(on.stage.gone, view('secret words'), 'k')).toMatchObject({ no: 'gone', why: expect.any(String) })
      const sent = await on.adapter.send(on.stage.gone, view('secret words'), 'k')
      expect(JSON.stringify(sent)).not.toContain('secret words')
    })

    test.runIf(can.tell !== 'always')('to a person who has not opened the chat: unreachable (tell)', async ({ on }) => {
      expect(await on.adapter.send(on.stage.stranger ?? on.stage.amina.ref, view('x'), 'k')).toMatchObject({ no: 'unreachable' })
    })

    test.runIf(has.rights)('to a chat where the bot may not write: forbidden (rights differ by chat)', async ({ on }) => {
      expect(await on.adapter.send(on.stage.bare ?? on.stage.space, view('x'), 'k')).toMatchObject({ no: 'forbidden' })
    })

    test('words with lone surrogates are the bot’s to sanitize: here they end in a plain no, or arrive, and the next post goes on', async ({
      on,
    }) => {
      const sent = await on.adapter.send(on.stage.space, view('half \ud800 of one'), 'k1')
      expect(sent === 'unsure' || 'ok' in sent || 'no' in sent).toBe(true)
      await send(on, on.stage.other, view('after'), 'k2')
      expect(plain(view((await only(on, on.stage.other)).text))).toBe('after')
    })
  })
}
