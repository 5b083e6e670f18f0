import { PermissionFlagsBits as Can, Routes } from 'discord.js'
import type { APIGuildScheduledEvent } from 'discord-api-types/v10'
import { afterEach, describe, expect, test } from 'vitest'
import { outcome, type Stage, stage, tryAll } from './harness.ts'

const HOUR = 3600
const at = (on: Stage, hours: number): string => new Date(on.clock.now + hours * HOUR * 1000).toISOString()
const event = (on: Stage, more: object = {}): object => ({
  ...{ name: 'Strengths', privacy_level: 2, entity_type: 3, entity_metadata: { location: 'Library' }, description: 'x' },
  ...{ scheduled_start_time: at(on, 1), scheduled_end_time: at(on, 3) },
  ...more,
})

const allow = (on: Stage): void => on.guild.give('bot', on.guild.role('events', Can.CreateEvents))
async function create(on: Stage, more: object = {}): Promise<APIGuildScheduledEvent> {
  if (on.guild.events.length === 0) allow(on)
  return on.rest.post(Routes.guildScheduledEvents(on.guild.id), { body: event(on, more) }) as Promise<APIGuildScheduledEvent>
}
async function patched(on: Stage, more: object, hours = 0): Promise<unknown> {
  const { id } = await create(on)
  on.clock.forward(hours * HOUR)
  return on.rest.patch(Routes.guildScheduledEvent(on.guild.id, id), { body: more })
}

describe('events of a server', () => {
  tryAll([
    { name: 'one that is all right', call: on => create(on), says: 'done' },
    {
      name: 'without the right, though the bot may do all in the channel',
      call: on => {
        on.ardwick.allow('bot', Can.CreateEvents)
        return on.rest.post(Routes.guildScheduledEvents(on.guild.id), { body: event(on) })
      },
      says: '50013 Missing Permissions',
    },
    { name: 'a name of 101 characters', call: on => create(on, { name: 'x'.repeat(101) }), says: /^50035 .*name/ },
    { name: 'a description of 1,001', call: on => create(on, { description: 'x'.repeat(1001) }), says: /^50035 .*description/ },
    { name: 'a place of 101', call: on => create(on, { entity_metadata: { location: 'x'.repeat(101) } }), says: /^50035 .*location/ },
    { name: 'no place', call: on => create(on, { entity_metadata: { location: '' } }), says: /^50035 .*location/ },
    { name: 'no end', call: on => create(on, { scheduled_end_time: undefined }), says: /^50035 .*scheduled_end_time/ },
    { name: 'an end before the start', call: on => create(on, { scheduled_end_time: at(on, 0.5) }), says: /^50035 .*scheduled_end_time/ },
    { name: 'a start that has passed', call: on => create(on, { scheduled_start_time: at(on, -1) }), says: /SCHEDULE_PAST/ },
    { name: 'one for the whole world', call: on => create(on, { privacy_level: 1 }), says: /^50035 .*privacy_level/ },
    { name: 'a field that is not there', call: on => create(on, { place: 'Library' }), says: /UNKNOWN_FIELD/ },
    { name: 'another name', call: on => patched(on, { name: 'Challenges' }), says: 'done' },
    { name: 'another name for one that is on', call: on => patched(on, { name: 'Challenges' }, 2), says: 'done' },
    {
      name: 'another start for one that is on',
      call: on => patched(on, { scheduled_start_time: at(on, 9), scheduled_end_time: at(on, 10) }, 2),
      says: /SCHEDULE_INVALID_START_BY_STATUS/,
    },
    { name: 'one that is over', call: on => patched(on, { name: 'Challenges' }, 4), says: '180000 Cannot update a finished event' },
    {
      name: 'one that never was',
      call: on => on.rest.patch(Routes.guildScheduledEvent(on.guild.id, '1'), { body: { name: 'x' } }),
      says: '10070 Unknown Guild Scheduled Event',
    },
    {
      name: 'taking one away, twice',
      call: async on => {
        const { id } = await create(on)
        await on.rest.delete(Routes.guildScheduledEvent(on.guild.id, id))
        return on.rest.delete(Routes.guildScheduledEvent(on.guild.id, id))
      },
      says: '10070 Unknown Guild Scheduled Event',
    },
    {
      name: 'one that somebody else made',
      call: async on => {
        const { id } = await create(on)
        const mine = on.guild.state.events.get(id)
        if (mine) on.guild.schedules(on.amina, mine)
        const theirs = on.guild.events.find(one => one.creator_id === on.amina.id)
        return on.rest.delete(Routes.guildScheduledEvent(on.guild.id, theirs?.id ?? ''))
      },
      says: '50013 Missing Permissions',
    },
    {
      name: 'in a guild that threw the bot out',
      call: on => {
        on.guild.kick()
        return on.rest.get(Routes.guildScheduledEvents(on.guild.id))
      },
      says: '50001 Missing Access',
    },
  ])
})

describe('what stands', () => {
  const open: Stage[] = []
  afterEach(async () => {
    for (const on of open.splice(0)) await on.discord.stop()
  })

  test('begins and ends by itself, and is listed until then', async () => {
    const on = await stage()
    open.push(on)
    await create(on)
    const listed = async (): Promise<number[]> =>
      ((await on.rest.get(Routes.guildScheduledEvents(on.guild.id))) as APIGuildScheduledEvent[]).map(one => one.status)
    expect(await listed()).toEqual([1])
    on.clock.forward(1.5 * HOUR)
    expect(await listed()).toEqual([2])
    on.clock.forward(2 * HOUR)
    expect(await listed()).toEqual([])
  })

  test('are a hundred at most, and those that are over do not count', async () => {
    const on = await stage()
    open.push(on)
    const mine = on.guild.state.events.get((await create(on)).id)
    for (let i = 1; i < 100 && mine; i += 1) on.guild.schedules(on.amina, mine)
    expect(await outcome(create(on))).toBe('30038 Maximum number of uncompleted guild scheduled events reached (100)')
    on.clock.forward(4 * HOUR)
    expect(await outcome(create(on))).toBe('done')
  })

  test('has rates of its own, told by headers', async () => {
    const on = await stage({ rates: 'discord' })
    open.push(on)
    for (let i = 0; i < 20; i += 1) await create(on)
    await expect(create(on)).rejects.toThrow()
    expect(await outcome(on.rest.get(Routes.guildScheduledEvents(on.guild.id)))).toBe('done')
  })
})
