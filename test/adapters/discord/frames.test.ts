import { type APIInteraction, GatewayDispatchEvents as Told } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import { chance } from '../../../bench/random.ts'
import { deaths } from '../../helpers/deaths.ts'
import { mutated, withOdd } from '../../helpers/mutate.ts'
import { GARDEN } from '../../helpers/samples.ts'
import { form, type Stage, stage, whisper } from './harness.ts'

// 2,000 events over the wire, a hundred at a time. Discord is told of none of them, so an ordinary press stands after each hundred.

const unreadable = 'Something that a platform sent could not be read'

interface Frame {
  readonly event: Told
  readonly data: unknown
}

/** What the server tells while `act` is done, as it makes it. */
async function toldBy({ discord }: Stage, act: () => Promise<void>): Promise<Frame[]> {
  const { gateway } = discord.world
  const told: Frame[] = []
  const { tell, tellEach } = gateway
  gateway.tell = (event, data, needs) => {
    told.push({ event, data })
    tell.call(gateway, event, data, needs)
  }
  gateway.tellEach = (event, data, needs) => {
    told.push({ event, data: data(needs) })
    tellEach.call(gateway, event, data, needs)
  }
  await act()
  Object.assign(gateway, { tell, tellEach })
  return told
}

/** One event of each kind: what people do, and what becomes of a server and its channels. */
async function official(on: Stage): Promise<Frame[]> {
  const { amina, ardwick, discord } = on
  const post = await on.posted('What matters most?')
  const picture = { name: 'photo', label: 'A picture', kind: 'picture' as const, required: false }
  on.reply = ({ event }) => {
    if (event.kind === 'command') return [{ kind: 'ask', form: { ...form, fields: [...form.fields, picture] } }]
    return event.kind === 'suggest' ? [{ kind: 'suggest', choices: [] }] : [whisper('Counted.')]
  }
  const elsewhere = discord.guild('Elsewhere', { channels: ['far'] })
  return toldBy(on, async () => {
    const modal = await amina.runs(ardwick, 'poll', 'Buses? | A | B').asks
    await amina.submits(modal, { question: 'What?', options: 'A', photo: GARDEN }).answer
    await amina.presses(post, 'Buses').answer
    await amina.typing(ardwick, 'poll', 'cl').acked
    await amina.uses(amina.says(ardwick, 'Which day?'), 'Make this a poll').answer
    await amina.runs('dm', 'poll').asks
    amina.says('dm', 'hello there')
    elsewhere.add()
    const far = elsewhere.channel('far')
    far.rename('farther')
    far.deny('bot', 1n)
    far.thread('Damp').archive()
    elsewhere.give('bot', elsewhere.role('helper'))
    elsewhere.rename('Else')
    far.thread('Buses').vanish()
    far.vanish()
    elsewhere.goesAway()
    elsewhere.comesBack()
    elsewhere.kick()
    await on.discord.until(() => on.heard.some(({ event }) => event.kind === 'text'), 'the words')
  })
}

/** An ordinary press and an ordinary command still get their answers, in the session of before. */
async function stillAnswers(on: Stage): Promise<void> {
  on.reply = ({ event }) => (event.kind === 'suggest' ? [] : [whisper('Counted.')])
  const post = await on.posted('What matters most?')
  expect((await on.amina.presses(post, 'Buses').answer).text).toBe('Counted.')
  expect((await on.amina.runs(on.ardwick, 'poll', 'after').answer).text).toBe('Counted.')
}

const oddLines = (on: Stage): object[] => on.lines.filter(({ message }) => message === unreadable).map(({ data }) => data)

const find = (frames: readonly Frame[], event: Told, type?: number): Frame => {
  const found = frames.find(one => one.event === event && (type === undefined || (one.data as APIInteraction).type === type))
  if (!found) throw new Error(`${event} was never told`)
  return found
}

describe('an event that cannot be read is passed over and counted, and the next is answered', () => {
  test.each<{ name: string; of: Told; type?: number; path: string; value: unknown }>([
    { name: 'a press of nobody', of: Told.InteractionCreate, type: 3, path: 'member.user', value: undefined },
    { name: 'a press on null', of: Told.InteractionCreate, type: 3, path: 'message', value: null },
    { name: 'a press with null in it', of: Told.InteractionCreate, type: 3, path: 'data', value: null },
    { name: 'a press with an address that is none', of: Told.InteractionCreate, type: 3, path: 'id', value: 'x' },
    { name: 'a command of null', of: Told.InteractionCreate, type: 2, path: 'data', value: null },
    { name: 'a command with options that are none', of: Told.InteractionCreate, type: 2, path: 'data.options', value: 7 },
    { name: 'a suggestion for null', of: Told.InteractionCreate, type: 4, path: 'data', value: null },
    { name: 'a form without fields', of: Told.InteractionCreate, type: 5, path: 'data.components', value: undefined },
    { name: 'a field without words', of: Told.InteractionCreate, type: 5, path: 'data.components.0.component.value', value: undefined },
    { name: 'words of nobody', of: Told.MessageCreate, path: 'author', value: null },
    { name: 'words that are none', of: Told.MessageCreate, path: 'content', value: null },
    { name: 'a server without channels', of: Told.GuildCreate, path: 'channels', value: null },
    { name: 'a server with null for a member', of: Told.GuildCreate, path: 'members', value: [null] },
    { name: 'a role that is null', of: Told.GuildRoleUpdate, path: 'role', value: null },
    { name: 'a server that is gone, nobody says which', of: Told.GuildDelete, path: 'id', value: undefined },
  ])('$name', async ({ of, type, path, value }) => {
    const died = deaths()
    const on = await stage({ strict: false })
    const frames = await official(on)
    if (of === Told.GuildRoleUpdate) frames.push({ event: of, data: { guild_id: on.guild.id, role: {} } })
    const found = find(frames, of, type)
    on.discord.world.gateway.tell(of, withOdd(found.data, path, value))
    await on.discord.until(() => on.unread.length > 0, 'it to be counted')
    expect(on.unread).toContain('discord')
    await stillAnswers(on)
    expect([died, on.discord.world.gateway.identifies]).toEqual([[], 1])
  })

  test('`null` and nothing at all, instead of each', async () => {
    const died = deaths()
    const on = await stage({ strict: false })
    await official(on)
    const events = Object.values(Told).filter(event => event !== Told.Ready && event !== Told.Resumed)
    for (const event of events) on.discord.world.gateway.tell(event, null)
    for (const event of events) on.discord.world.gateway.tell(event, [])
    await stillAnswers(on)
    expect(on.unread.length).toBeGreaterThan(10)
    expect([died, on.discord.world.gateway.identifies]).toEqual([[], 1])
  })

  test('frames that tell of nothing', async () => {
    const died = deaths()
    const on = await stage({ strict: false })
    await official(on)
    on.discord.world.gateway.say('null', '[]', '7', '{', '', '{"op":0}', '{"op":0,"t":"READY","s":1}', '{"op":0,"t":"error","s":1,"d":7}')
    await stillAnswers(on)
    expect(died).toEqual([])
  })

  test('`null` where Discord leaves a field out is the same as nothing: it is answered', async () => {
    const died = deaths()
    const on = await stage({ strict: false })
    const frames = await official(on)
    const heard = on.heard.length
    const { data } = find(frames, Told.InteractionCreate, 3)
    on.discord.world.gateway.tell(Told.InteractionCreate, withOdd(data, 'member.nick', null))
    on.discord.world.gateway.tell(Told.InteractionCreate, withOdd(withOdd(data, 'user', null), 'locale', null))
    await on.discord.until(() => on.heard.length === heard + 2, 'both')
    expect([died, on.heard.at(-1)?.event.kind]).toEqual([[], 'press'])
  })

  test('what was logged is its shape: no word, no name, no number', async () => {
    const on = await stage({ strict: false })
    const { data } = find(await official(on), Told.MessageCreate)
    on.discord.world.gateway.tell(Told.MessageCreate, withOdd({ ...(data as object), guild_id: null }, 'author', { 4711: 'Amina' }))
    await on.discord.until(() => on.unread.length > 0, 'it to be counted')
    const [line] = oddLines(on)
    expect(line).toMatchObject({ platform: 'discord', error: 'Misfit', where: 'author.id', at: [], unlogged: 0 })
    expect(JSON.stringify(line)).toContain('author:{*:string}')
    expect(JSON.stringify(oddLines(on))).not.toMatch(/Amina|4711|hello/)
  })
})

test('2,000 events with something odd in them: nobody ends, the session goes on, and the next press is answered', async () => {
  const died = deaths()
  const on = await stage({ strict: false })
  const { discord, amina } = on
  const frames = await official(on)
  const post = await on.posted()
  const by = chance(7)
  on.reply = ({ event }) => (event.kind === 'press' ? [whisper('Counted.')] : [])
  for (let n = 0; n < 2_000; n += 1) {
    const { event, data } = by.pick(frames)
    discord.world.gateway.tell(event, (mutated({ data }, by) as { data?: unknown }).data ?? null)
    if (n % 100 === 99) expect((await amina.presses(post, 'Buses').answer).text).toBe('Counted.')
  }
  await stillAnswers(on)
  expect([died, on.statuses.map(([state]) => state), discord.world.gateway.identifies]).toEqual([[], ['up'], 1])
  expect(on.unread.length).toBeGreaterThan(500)
  expect(oddLines(on)).toHaveLength(5)
  expect(JSON.stringify(oddLines(on))).not.toMatch(/Amina|ardwick|Buses|hello|discord-token/)
})
