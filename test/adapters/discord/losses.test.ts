import { PermissionFlagsBits } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import type { MessageRef, SpaceRef } from '../../../src/platform/adapter.ts'
import { type Stage, stage, view, whisper } from './harness.ts'

const refOf = (place: { readonly id: string }): SpaceRef => `discord:${place.id}` as SpaceRef
const lost = ({ heard }: Stage): string[] =>
  heard.flatMap(({ place, event }) => (event.kind === 'left' && place !== 'private' ? [place.space] : [])).sort()

const hows = ({ heard }: Awaited<ReturnType<typeof stage>>) =>
  new Set(heard.flatMap(({ event }) => (event.kind === 'left' ? [event.how] : [])))

describe('what is left', () => {
  test('a thread that is deleted; a channel that is deleted, with its threads', async () => {
    const on = await stage()
    const [damp, buses] = [on.ardwick.thread('Damp homes'), on.ardwick.thread('Buses')]
    damp.vanish()
    await on.discord.until(() => lost(on).length === 1)
    expect(lost(on)).toEqual([refOf(damp)])
    on.ardwick.vanish()
    await on.discord.until(() => lost(on).length === 3)
    expect(lost(on)).toEqual([damp, buses, on.ardwick].map(refOf).sort())
    expect(hows(on)).toEqual(new Set(['deleted']))
    expect(await on.adapter.send(on.space, view('x'), 'k')).toMatchObject({ no: 'gone' })
  })

  test('thrown out of a server: its channels and threads, not those of others; again when it happens again', async () => {
    const on = await stage()
    const thread = on.ardwick.thread('Damp homes')
    const elsewhere = on.discord.guild('Salford', { channels: ['ordsall'] }).channel('ordsall')
    on.guild.kick()
    await on.discord.until(() => lost(on).length === 2)
    expect(lost(on)).toEqual([on.ardwick, thread].map(refOf).sort())
    expect(hows(on)).toEqual(new Set(['removed']))
    expect(await on.adapter.send(on.space, view('x'), 'k')).toMatchObject({ no: 'gone' })
    expect(await on.adapter.send(refOf(elsewhere), view('x'), 'k')).toMatchObject({ ok: expect.any(String) })
    on.guild.add()
    await expect.poll(() => on.adapter.send(on.space, view('x'), 'k2')).toMatchObject({ ok: expect.any(String) })
    expect(on.heard.flatMap(({ place, event }) => (event.kind === 'back' && place !== 'private' ? [place.space] : [])).sort()).toEqual(
      [on.ardwick, thread].map(refOf).sort(),
    )
    on.guild.kick()
    await on.discord.until(() => lost(on).length === 4)
    expect(new Set(on.heard.map(({ id }) => id)).size).toBe(6)
  })

  test('a server that Discord cannot reach for a while is not left', async () => {
    const on = await stage()
    on.guild.goesAway()
    on.guild.comesBack()
    on.reply = () => [whisper('Here.')]
    expect((await on.amina.runs(on.ardwick, 'poll').answer).text).toBe('Here.')
    expect(lost(on)).toEqual([])
  })

  test('thrown out while no session stood: told by the next one', async () => {
    const on = await stage()
    const { gateway } = on.discord.world
    gateway.isUnavailable = true
    on.discord.cutSockets()
    await on.discord.until(() => gateway.connected === 0)
    gateway.forgetSessions()
    on.guild.kick()
    gateway.isUnavailable = false
    await on.discord.until(() => lost(on).length === 1, 'what is left')
    expect(lost(on)).toEqual([on.space])
    expect(await on.adapter.send(on.space, view('x'), 'k')).toMatchObject({ no: 'gone' })
  })
})

describe('what cannot be changed', () => {
  const posted = async (on: Stage, space: SpaceRef): Promise<MessageRef> => {
    const sent = await on.adapter.send(space, view('before'), `post ${space}`)
    if (sent === 'unsure' || !('ok' in sent)) throw new Error(`not sent: ${JSON.stringify(sent)}`)
    return sent.ok
  }

  test('a message that an admin deleted is gone', async () => {
    const on = await stage()
    const ref = await posted(on, on.space)
    for (const message of on.ardwick.fromBot) on.ardwick.remove(message)
    expect(await on.adapter.change(ref, view('after'))).toEqual({ no: 'gone', why: 'the message is not there' })
    expect(await on.adapter.change(ref, 'remove')).toMatchObject({ no: 'gone' })
  })

  test('the right to write is taken away: forbidden, and well again when it is back', async () => {
    const on = await stage()
    on.ardwick.deny('bot', PermissionFlagsBits.SendMessages)
    expect(await on.adapter.send(on.space, view('x'), 'k')).toEqual({ no: 'forbidden', why: 'the bot lacks the right' })
    expect(await on.adapter.missing(on.space)).toEqual(['discord-missing-send'])
    on.ardwick.allow('bot', PermissionFlagsBits.SendMessages)
    expect(await on.adapter.send(on.space, view('x'), 'k')).toMatchObject({ ok: expect.any(String) })
  })

  test('in a thread that was put away: it is taken out for the change', async () => {
    const on = await stage()
    const thread = on.ardwick.thread('Damp homes')
    const ref = await posted(on, refOf(thread))
    for (const how of [view('after'), 'pin', 'remove'] as const) {
      thread.archive()
      expect(await on.adapter.change(ref, how)).toEqual({ ok: ref })
      if (how !== 'pin' && how !== 'remove') expect(thread.fromBot.map(one => one.text)).toEqual(['after'])
    }
    expect(thread.fromBot).toEqual([])
  })

  test('in one that is locked too: forbidden, and it stays as it is', async () => {
    const on = await stage()
    const thread = on.ardwick.thread('Damp homes')
    const ref = await posted(on, refOf(thread))
    thread.archive()
    thread.lock()
    expect(await on.adapter.change(ref, view('after'))).toMatchObject({ no: 'forbidden' })
    expect([thread.fromBot.map(one => one.text), thread.state.archived]).toEqual([['before'], true])
    expect(on.discord.calls('PATCH /channels/*').filter(call => call.route === '/channels/:channel')).toHaveLength(1)
  })
})
