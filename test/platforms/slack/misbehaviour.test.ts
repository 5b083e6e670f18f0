import { afterEach, describe, expect, test } from 'vitest'
import { newApp, outcome, posted, type Stage, stage } from './harness.ts'
import type { Options } from './world.ts'

let on: Stage
const start = async (options: Partial<Options> = {}): Promise<Stage> => {
  on = await stage(options)
  return on
}
afterEach(() => on.slack.stop())

const hello = (): Promise<string> => outcome(on.client.chat.postMessage({ channel: on.channel.id, text: 'Hello' }))

describe('what a test orders to go wrong', () => {
  test('429 with its seconds, so often, then all is well', async () => {
    const { slack, channel } = await start()
    slack.fail({ method: 'chat.postMessage', times: 2, with: { status: 429, retry_after: 7 } })
    expect([await hello(), await hello(), await hello()]).toEqual(['429, again after 7 s', '429, again after 7 s', 'done'])
    expect(channel.fromBot).toHaveLength(1)
  })

  test('500, and words of choice, one after the other, in one channel alone', async () => {
    const { slack, channel, client, workspace } = await start()
    const other = workspace.channel('gorton')
    slack.fail({ method: 'chat.postMessage', channel: channel.id, with: { status: 500 } })
    slack.fail({ method: '*', skip: 1, with: { error: 'fatal_error' } })
    expect(await outcome(client.chat.postMessage({ channel: other.id, text: 'x' }))).toBe('done')
    expect([await hello(), await hello(), await hello()]).toEqual(['HTTP 500', 'fatal_error', 'done'])
    expect(slack.world.faults.done).toBe(2)
  })

  test('a dropped connection: before it was done, and after', async () => {
    const { slack, channel } = await start()
    slack.fail({ method: 'chat.postMessage', with: 'drop' })
    expect(await hello()).toBe('no answer')
    expect(channel.fromBot).toEqual([])
    slack.fail({ method: 'chat.postMessage', with: 'drop after doing it' })
    expect(await hello()).toBe('no answer')
    expect(channel.fromBot.map(message => message.text)).toEqual(['Hello'])
  })

  test('a request that hangs until it is healed', async () => {
    const { slack, channel, client } = await start()
    slack.fail({ method: 'chat.postMessage', with: 'hang' })
    const sending = hello()
    await slack.until(() => slack.calls('chat.postMessage')[0])
    expect(await outcome(client.auth.test())).toBe('done')
    slack.heal()
    expect(await sending).toBe('no answer')
    expect(channel.fromBot).toEqual([])
  })

  test('a wait that ends in vain says for what, and what was asked last', async () => {
    const { slack } = await start()
    await hello()
    await expect(slack.until(() => false, 'rain', 10)).rejects.toThrow(
      'waited 10 ms in vain for rain; the last requests were chat.postMessage 200',
    )
  })
})

describe("Slack's rates", () => {
  test('one post a second in a channel, after a short burst; the wait is told and kept', async () => {
    const { slack, clock, client, workspace } = await start({ rates: 'slack' })
    expect([await hello(), await hello(), await hello(), await hello()]).toEqual(['done', 'done', 'done', '429, again after 1 s'])
    expect(await outcome(client.chat.postMessage({ channel: workspace.channel('gorton').id, text: 'x' }))).toBe('done')
    clock.forward(1)
    expect([await hello(), await hello()]).toEqual(['done', '429, again after 1 s'])
    expect(slack.tooMany).toBe(2)
  })

  test('fifty edits a minute in a workspace', async () => {
    const { client, channel } = await start({ rates: 'slack' })
    const poll = await posted(on)
    const edit = (n: number): Promise<string> => outcome(client.chat.update({ channel: channel.id, ts: poll.ts, text: `${n} answers` }))
    const outcomes: string[] = []
    for (let n = 1; n <= 51; n++) outcomes.push(await edit(n))
    expect(outcomes.filter(one => one === 'done')).toHaveLength(50)
    expect(outcomes.at(-1)).toBe('429, again after 2 s')
  })
})

test('what happens to the app and its channels is told', async () => {
  const { slack, workspace, channel, amina } = await start()
  const app = newApp(slack, workspace)
  const told: string[] = []
  const names = [
    'member_joined_channel',
    'channel_left',
    'channel_archive',
    'channel_rename',
    'channel_id_changed',
    'tokens_revoked',
    'app_uninstalled',
  ] as const
  for (const name of names) {
    app.event(name, async ({ event }) => {
      told.push(event.type)
      slack.world.changes.happened()
    })
  }
  await app.start()
  workspace.channel('gorton', { bot: false }).add(amina)
  channel.rename('ardwick-residents')
  channel.changeId('C0NEW')
  channel.archive()
  channel.kick()
  // Nothing more of a channel that the bot is not in.
  channel.rename('secret')
  workspace.uninstall()
  await slack.until(() => told.length === names.length)
  await slack.settled()
  // Bolt looks at all of them at once, so that their order is not kept.
  expect(told.sort()).toEqual([...names].sort())
  expect(await hello()).toBe('account_inactive')
  await app.stop()
})
