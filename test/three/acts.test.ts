import { describe, expect } from 'vitest'
import { LONG_MS } from '../helpers/patience.ts'
import { type Moot, test } from './moot.ts'
import { pollId, standing, tally } from './polls.ts'
import { NAMES } from './side.ts'

/** People are known by the chats in which they act, on each platform as it is. */

/** Every row of every table, as text. */
async function everything({ store }: Moot): Promise<string> {
  const { rows } = await store.pool.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
  const all = await Promise.all(rows.map(({ name }) => store.pool.query(`SELECT to_jsonb(t) AS row FROM "${name}" t`)))
  return JSON.stringify(all.flatMap(one => one.rows))
}

describe.concurrent('a secret poll', { timeout: LONG_MS }, () => {
  test.for(NAMES)('on %s: where a receipt or a card stands that only the voter sees is kept nowhere', async (name, { on }) => {
    const { poll, card } = await standing(on, name)
    const zoe = on.person(name, 'Zoe')
    await zoe.presses(poll, '1. Buses').answer
    await zoe.presses(poll, 'My vote').taken
    const own = await on.sees(zoe, 'Your answer:')
    await zoe.presses(own, 'Take back: Buses').taken
    await on.sees(zoe, 'Taken back.')
    await zoe.says('private', '/mine').taken
    await zoe.presses(await on.sees(zoe, 'One poll waits'), { token: `polls_v_${await pollId(on)}_2` }).taken
    await on.settle()
    await on.bot.deps.acts.write()
    expect(zoe.said.length).toBeGreaterThan(1)
    const kept = await everything(on)
    // What stands for all, and what was posted, is found so.
    expect(kept).toContain(`${poll.id.split('/').at(-1)}"`)
    expect(card.id).not.toBe('')
    for (const said of zoe.said) expect(kept, said.text).not.toContain(`${said.id}"`)
    expect(await on.store.prisma.delivery.count({ where: { personRef: zoe.ref } })).toBe(0)
  })
})

describe.concurrent('somebody without an area', { timeout: LONG_MS }, () => {
  test('on Slack reads in the home of the app what is open in their channels, and after the first tap there answers it in the home', async ({
    on,
  }) => {
    const { poll } = await standing(on, 'slack')
    const { workspace, server } = on.sides.slack
    const zoe = workspace.person('Zoe')
    const channel = workspace.channelOf(on.places.slack.ref.slice(on.places.slack.ref.lastIndexOf(':') + 1))
    const sees = (words: string) => server.until(() => (zoe.home?.shown.text.includes(words) ? zoe.home : undefined), words)
    zoe.opensHome()
    await sees('Tap a button of mine in one of them')
    zoe.joins(channel)
    zoe.opensHome()
    const before = await sees('Open in your chats')
    expect(before.shown.text).toContain(`(in ${on.places.slack.title})`)
    expect(before.labels).toEqual([])
    await zoe.runs(channel, '/guide').answer
    zoe.opensHome()
    const waits = await sees('One poll waits for your answer')
    zoe.presses(waits, { forged: { actionId: 'r0:0', value: `polls_mine_${await pollId(on)}` } })
    zoe.presses(await sees('You have not answered this one.'), '1. Buses')
    const card = await sees('Your answer:')
    expect(card.labels.at(-1)).toEqual(['Back'])
    zoe.presses(card, 'Back')
    await sees('Nothing waits for you.')
    expect(zoe.messages).toEqual([])
    expect(await tally(on, await pollId(on))).toMatchObject({ 0: 1, 1: 1 })
    expect(poll.text).not.toContain('Zoe')
  })

  test.for(['telegram', 'discord'] as const)(
    'on %s answers in private what stands where they acted, and a link alone does not make them one of that chat',
    async (name, { on }) => {
      const { poll } = await standing(on, name)
      const zoe = on.person(name, 'Zoe')
      const id = await pollId(on)
      await zoe.says('private', '/mine').taken
      await on.sees(zoe, 'Tap a button of mine in one of them')
      if (name === 'telegram') {
        await zoe.says('private', `/start polls_mine_${id}`).taken
        await on.sees(zoe, 'This poll is not here any more.')
      }
      await zoe.presses(poll, 'My vote').taken
      const card = await on.sees(zoe, 'You have not answered this one.')
      await zoe.presses(card, '1. Buses').taken
      await on.sees(zoe, 'Your answer:')
      await on.settle()
      await zoe.says('private', '/mine').taken
      await on.bot.deps.acts.write()
      await zoe.says('private', '/mine').taken
      await on.sees(zoe, `Chats where you did something with me: ${on.places[name].title}`)
      expect(await tally(on, id)).toMatchObject({ 0: 1, 1: 1 })
    },
  )
})
