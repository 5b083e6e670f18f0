import { describe, expect } from 'vitest'
import { LONG_MS } from '../helpers/patience.ts'
import { type Moot, test } from './moot.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The scheduled events of the server that all channels of the network are in. */
const events = ({ sides }: Moot) => sides.discord.server.guildOf([...sides.discord.server.world.guilds.keys()][0] ?? '').events

async function posted(on: Moot) {
  const jo = on.jo.discord
  await jo.says(on.places.discord, '/forum Strengths | when: in 10 days | place: Library').taken
  const draft = await on.sees(jo, 'Your forum, not posted yet')
  await jo.presses(draft, 'Send to all chats').taken
  await on.until(() => draft.text.includes('Where: all chats'), 'the card to say where')
  await jo.presses(draft, 'Post').taken
  await on.settle()
  return { jo, card: await on.sees(jo, 'Coming 0') }
}

describe.concurrent('a forum in the events of a Discord server', { timeout: LONG_MS }, () => {
  test('stands there once for all its channels, is changed with it, and taken away with it', async ({ on }) => {
    await on.place('discord', 'Hulme')
    const { jo, card } = await posted(on)
    expect(events(on)).toMatchObject([
      { name: 'Strengths', entity_metadata: { location: 'Library' }, scheduled_start_time: '2026-11-12T18:00:00.000Z' },
    ])
    for (const place of Object.values(on.places)) await on.sees(place, 'Coming 0 · Maybe 0')
    expect(on.places.discord.said).toHaveLength(1)
    await jo.presses(card, 'Place').taken
    await jo.fills('Mill', '', '')
    await jo.presses(await on.sees(jo, 'Library → Mill'), 'Send it').taken
    await on.settle()
    await on.edits()
    expect(events(on)).toMatchObject([{ name: 'Strengths', entity_metadata: { location: 'Mill' } }])
    await jo.presses(card, 'Cancel it').taken
    await jo.fills('No heating')
    await on.settle()
    await on.edits()
    expect(events(on)).toEqual([])
    await on.sees(on.places.discord, 'This forum is cancelled: No heating')
  })

  test('is changed there too after it has begun, and put off', async ({ on }) => {
    const { jo, card } = await posted(on)
    await on.later(10 * DAY + 10 * HOUR)
    expect(events(on)).toMatchObject([{ status: 2 }])
    await jo.presses(card, 'Place').taken
    await jo.fills('Mill', '', '')
    await jo.presses(await on.sees(jo, 'Library → Mill'), 'Send it').taken
    await on.settle()
    await on.edits()
    expect(events(on)).toMatchObject([{ status: 2, entity_metadata: { location: 'Mill' } }])
    await jo.presses(card, 'Time').taken
    await jo.fills({ words: '20 November 6pm', at: new Date('2026-11-20T18:00:00Z') })
    await jo.presses(await on.sees(jo, '→ Friday 20 November, 18:00'), 'Send it').taken
    await on.settle()
    await on.edits()
    expect(events(on)).toMatchObject([{ status: 1, scheduled_start_time: '2026-11-20T18:00:00.000Z' }])
  })

  test('is there once too where the answer got lost on the way', async ({ on }) => {
    on.sides.discord.server.fail({ method: 'POST', path: '/guilds/*/scheduled-events', with: 'drop after doing it' })
    await posted(on)
    await on.later(DAY)
    expect(events(on)).toHaveLength(1)
    const rows = await on.store.prisma.delivery.findMany({ where: { subject: { startsWith: 'forums_event_' } } })
    expect(rows.map(row => row.state)).toEqual(['sent'])
  })

  test('is missing without the right, and all else stands', async ({ on }) => {
    const [guild] = on.sides.discord.server.world.guilds.values()
    for (const role of guild?.roles.values() ?? []) role.permissions = String(BigInt(role.permissions) & ~(1n << 44n))
    const { card } = await posted(on)
    expect(events(on)).toEqual([])
    await on.sees(on.places.discord, 'Coming 0 · Maybe 0')
    await on.jo.discord.presses(card, 'Look again').taken
    expect((await on.sees(on.jo.discord, 'Coming 0')).text).not.toContain('could not be posted')
  })
})
