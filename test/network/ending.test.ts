import { beforeEach, describe, expect, test } from 'vitest'
import type { Heard, Someone } from '../helpers/person.ts'
import { bot, count, DAY, inTown, jo, network } from '../helpers/town.ts'

let bo: Someone
let ardwick: Someone
inTown('Power', ['Ardwick', 'Beswick'])
beforeEach(async () => {
  bo = bot.person(`Bo ${count}`)
  await bot.grant(network, bo, 'coordinator')
  ardwick = jo.in(network.space(`Ardwick ${count}`))
})

function now() {
  return bot.store.prisma.network.findUnique({ where: { id: network.id } })
}

async function poll(words: string): Promise<void> {
  await ardwick.say(`/poll ${words}`)
  await bot.tick()
}

/** Whether a post with this button stands in the chat, for everybody. */
function posted(label: string): boolean {
  const posts = ardwick.sees().filter(one => one.only === undefined)
  return posts.some(one => one.view.buttons.flat().some(button => button.label.endsWith(label)))
}

/** All rows of all tables that hold this word. */
async function rowsWith(word: string): Promise<string[]> {
  const { pool } = bot.store
  const tables = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of tables.rows) {
    const rows = await pool.query(`SELECT 1 FROM "${name}" r WHERE row_to_json(r)::text LIKE $1`, [`%${word}%`])
    if (rows.rowCount) found.push(name)
  }
  return found
}

describe('a pause', () => {
  test('stops votes and posts; going on lets what waited out', async () => {
    await poll('What matters? | Buses | Parks')
    await jo.say('/network pause')
    expect(await now()).toMatchObject({ state: 'active' })
    expect((await jo.press('Pause')).text).toContain('Paused: polls take no votes')
    expect((await ardwick.press('Buses')).text).toContain('This network is paused')
    await poll('And then? | Damp homes | Bins')
    expect(posted('Damp homes')).toBe(false)
    expect((await jo.say('/network pause')).text).toContain('paused already')

    await jo.say('/network')
    expect((await jo.press('Go on')).text).toContain('The network goes on.')
    await bot.tick()
    expect(posted('Damp homes')).toBe(true)
    expect((await ardwick.press('Buses')).text).toContain('Counted: Buses')
    expect((await jo.say('/network resume')).text).toContain('not paused')
  })
})

describe('an export', () => {
  test('is a file in private: areas, chats, roles and polls, and not how anybody voted', async () => {
    await poll('What matters? | Buses | Parks')
    await ardwick.press('Buses')
    const heard: Heard = await jo.say('/network export')
    const file = heard.views.flatMap(view => view.blocks).find(block => block.kind === 'file')
    const data = JSON.parse(file?.kind === 'file' ? file.text : '{}')
    expect(data).toMatchObject({ folkmoot: 'network', network: { name: `Power ${count}` } })
    expect(data.areas).toHaveLength(2)
    expect(data.spaces).toHaveLength(2)
    expect(data.roles.map((role: { name: string }) => role.name).sort()).toEqual([`Bo ${count}`, `Jo ${count}`])
    expect(data.polls).toMatchObject([{ question: 'What matters?' }])
    expect(JSON.stringify(data)).not.toContain('"voter"')
    expect(await rowsWith('What is kept for')).toEqual([])
  })
})

describe('deleting', () => {
  test('one coordinator asks, a second one confirms; every chat hears a goodbye; then nothing is left', async () => {
    await poll('What matters? | Buses | Parks')
    await ardwick.press('Buses')
    const { id: pollId } = await bot.store.prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
    expect(await rowsWith(pollId)).toEqual(expect.arrayContaining(['Ballot', 'Count', 'PollKey', 'TookPart']))
    await jo.say('/network delete')
    expect((await jo.press('Ask to delete it')).text).toContain('Another coordinator can confirm it')
    expect((await jo.forge(`network_delete_${network.id}_yes`)).text).toContain('Another coordinator can confirm it')
    await bot.tick()
    expect(bo.reads().at(-1)).toContain(`Jo ${count} has asked to delete`)
    expect((await bo.in(network.space(`Ardwick ${count}`)).say('/mine')).text).toContain('A coordinator has asked to delete')

    expect((await bo.press('Delete the network')).text).toContain('Nothing of it can be brought back')
    expect((await bo.press('Yes, delete everything')).text).toContain('is deleted')
    await bot.tick()
    expect(await now()).toBeNull()
    expect(ardwick.reads().at(-1)).toContain('has been deleted by its coordinators')
    expect(
      jo
        .in(network.space(`Beswick ${count}`))
        .reads()
        .at(-1),
    ).toContain('has been deleted by its coordinators')
    // What the guard against repeats still holds for a few days are answers, not the network.
    expect((await rowsWith(network.id)).filter(table => table !== 'Seen')).toEqual([])
    expect(await rowsWith(pollId)).toEqual(['Seen'])
    expect((await jo.say('/network')).text).toContain('You are not in a network here yet')
  })

  test('a chat that cannot be posted in does not hold it up', async () => {
    bot.chat().refuses(network.space(`Ardwick ${count}`), { later: 3_600_000 })
    await jo.forge(`network_delete_${network.id}_ask`)
    await bo.forge(`network_delete_${network.id}_yes`)
    await bot.tick()
    expect(await now()).toMatchObject({ state: 'deleting' })
    expect((await jo.say('/network area add Late')).text).toContain('has been deleted by its coordinators')
    expect(
      jo
        .in(network.space(`Beswick ${count}`))
        .reads()
        .at(-1),
    ).toContain('has been deleted')
    await bot.later(600_001)
    expect(await now()).toBeNull()
    bot.chat().refuses(network.space(`Ardwick ${count}`), undefined)
  })

  test('after seven days the wish is over', async () => {
    await jo.forge(`network_delete_${network.id}_ask`)
    await bot.later(7 * DAY + 1)
    expect((await bo.forge(`network_delete_${network.id}_yes`)).text).toContain('You ask now')
    expect(await now()).toMatchObject({ state: 'active' })
  })

  test('either of them can stop it', async () => {
    await jo.forge(`network_delete_${network.id}_ask`)
    await bo.say('/network delete')
    expect((await bo.press('Do not delete it')).text).toContain('The network stays')
    expect(await now()).toMatchObject({ state: 'active', deleteAskedBy: null, deleteAskedAt: null })
    expect((await bo.forge(`network_delete_${network.id}_yes`)).text).toContain('You ask now')
  })

  test('the only coordinator confirms it themselves, but not before a day has passed', async () => {
    await jo.say('/network roles')
    await jo.press(`Remove: Bo ${count}`)
    await jo.press(`Remove: Bo ${count}`)
    expect((await jo.say('/network delete')).text).toContain('You are the only coordinator')
    await jo.press('Ask to delete it')
    await bot.later(DAY - 60_000)
    expect((await jo.forge(`network_delete_${network.id}_yes`)).text).toContain('you can confirm it from')
    await bot.later(60_000)
    expect((await jo.forge(`network_delete_${network.id}_yes`)).text).toContain('is deleted')
    await bot.tick()
    expect(await now()).toBeNull()
  })

  test('a wish goes with the coordinator who had it', async () => {
    await jo.forge(`network_delete_${network.id}_ask`)
    await bo.say('/network roles')
    await bo.press(`Remove: Jo ${count}`)
    await bo.press(`Remove: Jo ${count}`)
    expect(await now()).toMatchObject({ deleteAskedBy: null })
  })

  test('what people keep in other networks stays', async () => {
    const other = await bot.network(`Other ${count}`, [`Gorton ${count}`])
    await bot.grant(other, jo, 'coordinator')
    await jo.forge(`network_delete_${network.id}_ask`)
    await bo.forge(`network_delete_${network.id}_yes`)
    await bot.tick()
    expect(await now()).toBeNull()
    expect((await jo.say('/network')).text).toContain(`Other ${count}`)
    expect(await bot.store.prisma.identity.count({ where: { ref: bo.ref } })).toBe(0)
  })
})
