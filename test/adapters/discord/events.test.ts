import { describe, expect, test } from 'vitest'
import type { MessageRef, PersonRef, Sent, SpaceRef } from '../../../src/platform/adapter.ts'
import type { EventBlock, View } from '../../../src/view/view.ts'
import { type Stage, stage, view } from './harness.ts'

const HOUR = 3_600_000
const events = '/guilds/*/scheduled-events'

/** A stage whose time stands until it is moved. */
async function quiet(): Promise<Stage & { readonly clock: { at: number } }> {
  const clock = { at: Date.UTC(2026, 10, 2, 9) }
  return Object.assign(await stage({ clock: () => new Date(clock.at) }), { clock })
}

/** A date in two hours, for two hours. */
function date(on: { readonly clock: { at: number } }, more: Partial<EventBlock> = {}, hours = 2): View {
  const start = on.clock.at + hours * HOUR
  const times = { startsAt: new Date(start).toISOString(), endsAt: new Date(start + 2 * HOUR).toISOString() }
  return { ...view('x'), blocks: [{ kind: 'event', id: 'forums_1', name: 'Strengths', about: 'Tea', place: 'Library', ...times, ...more }] }
}
const refOf = (sent: Sent): MessageRef => {
  if (sent === 'unsure' || !('ok' in sent)) throw new Error(`not sent: ${JSON.stringify(sent)}`)
  return sent.ok
}
const names = ({ guild }: Stage): readonly string[] => guild.events.map(one => one.name)
function later({ clock }: { readonly clock: { at: number } }, hours: number): void {
  clock.at += hours * HOUR
}

describe('a date', () => {
  test('is an event of the server, and no message', async () => {
    const on = await quiet()
    const ref = refOf(
      await on.adapter.send(on.space, date(on, { link: 'https://meet.example/x', about: '*Tea* at https://evil.example' }), 'k'),
    )
    const [event] = on.guild.events
    expect(ref).toBe(`discord:event/${on.guild.id}/${event?.id}`)
    expect(event).toMatchObject({ name: 'Strengths', entity_type: 3, privacy_level: 2, entity_metadata: { location: 'Library' } })
    expect(event?.description).toMatch(/^\\\*Tea\\\* at https:\/\/evil\.example\n\nhttps:\/\/meet\.example\/x\n\([0-9a-f]{10}\)$/)
    expect(on.ardwick.messages).toEqual([])
  })

  test('that is too long is cut, its link and its mark never', async () => {
    const on = await quiet()
    const long = date(on, {
      name: 'n'.repeat(120),
      about: '*'.repeat(1200),
      place: 'p'.repeat(200),
      link: `https://x.example/${'l'.repeat(300)}`,
    })
    await on.adapter.send(on.space, long, 'k')
    const [event] = on.guild.events
    expect(event?.name).toMatch(/^n{99}…$/)
    expect(event?.entity_metadata?.location).toMatch(/^p{99}…$/)
    expect(event?.description).toHaveLength(1000)
    expect(event?.description).toMatch(/…\n\nhttps:\/\/x\.example\/l{300}\n\([0-9a-f]{10}\)$/)
  })

  test('that several channels and threads of a server have stands there once, also when they ask at once', async () => {
    const on = await quiet()
    const places = [on.ardwick, on.guild.channel('gorton'), on.ardwick.thread('Damp homes')]
    const sent = await Promise.all(places.map(({ id }) => on.adapter.send(`discord:${id}` as SpaceRef, date(on), id)))
    expect(new Set(sent.map(refOf)).size).toBe(1)
    expect(names(on)).toEqual(['Strengths'])
    expect(on.discord.calls(`GET ${events}`)).toHaveLength(1)
    const other = refOf(await on.adapter.send(on.space, date(on, { id: 'forums_2', name: 'Challenges' }), 'k'))
    expect(other).not.toBe(refOf(sent[0] ?? 'unsure'))
  })

  test('that was cut off after it was done stands once, whoever sends it again', async () => {
    const on = await quiet()
    on.discord.fail({ method: 'POST', path: events, with: 'drop after doing it' })
    expect(await on.adapter.send(on.space, date(on), 'k')).toBe('unsure')
    const again = on.another()
    refOf(await again.send(on.space, date(on, { about: 'Coffee' }), 'k'))
    expect(names(on)).toEqual(['Strengths'])
  })

  test('that somebody else has copied word by word is theirs', async () => {
    const on = await quiet()
    const ref = refOf(await on.adapter.send(on.space, date(on), 'k'))
    const [mine] = on.guild.state.events.values()
    if (mine) on.guild.schedules(on.amina, mine)
    later(on, 1)
    expect(refOf(await on.adapter.send(on.space, date(on, {}, 1), 'k'))).toBe(ref)
  })

  test('that has begun is not asked for, one for a person neither', async () => {
    const on = await quiet()
    expect(await on.adapter.send(on.space, date(on, {}, -1), 'k')).toEqual({ no: 'refused', why: 'it has begun' })
    expect(await on.adapter.send(`discord:@${on.amina.id}` as PersonRef, date(on), 'k')).toMatchObject({ no: 'refused' })
    expect(on.discord.calls(`POST ${events}`)).toEqual([])
  })
})

describe('a change of a date', () => {
  test('that each channel tells is made once', async () => {
    const on = await quiet()
    const ref = refOf(await on.adapter.send(on.space, date(on), 'k'))
    const next = date(on, { name: 'Challenges', place: 'Mill' }, 5)
    for (const _ of [1, 2, 3]) expect(await on.adapter.change(ref, next)).toEqual({ ok: ref })
    expect(on.guild.events).toMatchObject([{ name: 'Challenges', scheduled_start_time: new Date(on.clock.at + 5 * HOUR).toISOString() }])
    expect(on.discord.calls(`PATCH ${events}/*`)).toHaveLength(1)
  })

  test('reaches one that is on: the place, the words and the end', async () => {
    const on = await quiet()
    const ref = refOf(await on.adapter.send(on.space, date(on), 'k'))
    later(on, 3)
    expect(await on.adapter.change(ref, date(on, { place: 'Mill' }, -1))).toEqual({ ok: ref })
    expect(on.guild.events).toMatchObject([{ status: 2, entity_metadata: { location: 'Mill' } }])
  })

  test('that puts one off that is on makes another in its place, for all its channels', async () => {
    const on = await quiet()
    const ref = refOf(await on.adapter.send(on.space, date(on), 'k'))
    later(on, 3)
    const next = date(on, {}, 24)
    const moved = refOf(await on.adapter.change(ref, next))
    expect(moved).not.toBe(ref)
    // Another channel of the server knows only the first one.
    expect(refOf(await on.adapter.change(ref, next))).toBe(moved)
    expect(on.guild.events).toMatchObject([{ status: 1, scheduled_start_time: new Date(on.clock.at + 24 * HOUR).toISOString() }])
  })

  test('that was cut off between the two leaves one', async () => {
    const on = await quiet()
    const ref = refOf(await on.adapter.send(on.space, date(on), 'k'))
    later(on, 3)
    on.discord.fail({ method: 'DELETE', path: `${events}/*`, with: 'drop' })
    expect(await on.adapter.change(ref, date(on, {}, 24))).toMatchObject({ later: expect.any(Number) })
    expect(on.guild.events).toHaveLength(2)
    refOf(await on.adapter.change(ref, date(on, {}, 24)))
    expect(on.guild.events).toMatchObject([{ status: 1 }])
  })

  test('of one that an admin took away: gone, and it stays away', async () => {
    const on = await quiet()
    const ref = refOf(await on.adapter.send(on.space, date(on), 'k'))
    on.guild.unschedules(on.guild.events[0]?.id ?? '')
    expect(await on.adapter.change(ref, date(on, { place: 'Mill' }))).toMatchObject({ no: 'gone' })
    expect(await on.adapter.change(ref, 'remove')).toEqual({ ok: ref })
    expect(on.guild.events).toEqual([])
  })

  test('cannot pin it', async () => {
    const on = await quiet()
    const ref = refOf(await on.adapter.send(on.space, date(on), 'k'))
    expect(await on.adapter.change(ref, 'pin')).toMatchObject({ no: 'refused' })
  })
})

describe('what stands in the way', () => {
  test('without the right it is forbidden, and the other channels of the server do not ask again at once', async () => {
    const on = await quiet()
    const bare = on.discord.guild('Bare', { channels: ['a', 'b'] })
    const [a, b] = ['a', 'b'].map(name => `discord:${bare.channel(name).id}` as SpaceRef)
    if (!a || !b) throw new Error('there are no channels')
    await on.discord.until(() => on.discord.world.gateway.connected > 0)
    for (const space of [a, b]) expect(await on.adapter.send(space, date(on), space)).toMatchObject({ no: 'forbidden' })
    expect(on.discord.calls(`POST ${events}`)).toHaveLength(1)
    bare.give('bot', bare.role('events', 1n << 44n))
    later(on, 1)
    refOf(await on.adapter.send(a, date(on), a))
    expect(bare.events).toHaveLength(1)
  })

  test('a hundred events: forbidden for now; too many requests: later; a token that is refused: later', async () => {
    const on = await quiet()
    on.discord.fail({ method: 'POST', path: events, with: { status: 400, code: 30_038 } })
    expect(await on.adapter.send(on.space, date(on), 'k')).toMatchObject({ no: 'forbidden' })
    later(on, 1)
    on.discord.fail({ method: 'POST', path: events, with: { status: 429, retry_after: 30 } })
    expect(await on.adapter.send(on.space, date(on), 'k')).toMatchObject({ later: expect.any(Number) })
    on.discord.world.tokenWorks = false
    expect(await on.adapter.send(on.space, date(on, { id: 'forums_2' }), 'k')).toEqual({ later: 60_000 })
    expect(await on.adapter.send(on.space, view('x'), 'k')).toEqual({ later: 60_000 })
  })

  test('a channel that is gone says nothing of the event that it shared', async () => {
    const on = await quiet()
    const ref = refOf(await on.adapter.send(on.space, date(on), 'k'))
    const gorton = on.guild.channel('gorton')
    expect(refOf(await on.adapter.send(`discord:${gorton.id}` as SpaceRef, date(on), 'g'))).toBe(ref)
    on.ardwick.vanish()
    expect(await on.adapter.change(ref, date(on, { place: 'Mill' }))).toEqual({ ok: ref })
    expect(on.guild.events).toMatchObject([{ entity_metadata: { location: 'Mill' } }])
  })
})
