import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { commandName, manifest } from '../../../adapters/slack/manifest.ts'
import { prefixIn } from '../../../adapters/slack/prefix.ts'

const commands = [
  {
    ...{ name: 'poll', about: { en: 'Ask everybody', cy: 'Gofynnwch i bawb' }, takes: ['What? | A | B', 'list', 'show'] },
    ...{ shortcut: { en: 'Make this a poll', cy: 'Gwneud pleidlais' }, shortcutAbout: 'Ask what it asks' },
  },
  { name: 'mine', about: { en: 'What waits for me' } },
]

/** What Slack takes, in its own limits. */
const words = (most: number) => z.string().min(1).max(most)
const Manifest = z.strictObject({
  display_information: z.strictObject({ name: words(35) }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: words(80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[a-z0-9_-]{1,32}$/),
          ...{ description: words(2000), usage_hint: words(1000).optional(), should_escape: z.boolean() },
        }),
      )
      .max(50),
    shortcuts: z
      .array(z.strictObject({ name: words(24), type: z.enum(['message', 'global']), callback_id: words(255), description: words(150) }))
      .max(10),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(words(100)) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(words(100)) }),
    interactivity: z.strictObject({ is_enabled: z.boolean() }),
    ...{ org_deploy_enabled: z.boolean(), socket_mode_enabled: z.boolean(), token_rotation_enabled: z.boolean() },
  }),
})

test('offers the commands, and on messages those that can be begun there', () => {
  const { features } = Manifest.parse(manifest(commands))
  expect(features.slash_commands.map(({ command, description, usage_hint }) => [command, description, usage_hint])).toEqual([
    ['/poll', 'Ask everybody', '[What? | A | B] [list] [show]'],
    ['/mine', 'What waits for me', undefined],
  ])
  expect(features.shortcuts).toEqual([{ name: 'Make this a poll', type: 'message', callback_id: 'poll', description: 'Ask what it asks' }])
})

test('a prefix stands before the commands, and the bot still knows which they are', () => {
  const { features } = Manifest.parse(manifest(commands, { prefix: 'fm' }))
  expect(features.slash_commands.map(({ command }) => command)).toEqual(['/fm-poll', '/fm-mine'])
  const names = new Set(['poll', 'mine'])
  expect(['/fm-poll', '/POLL', '/other'].map(typed => commandName(typed, names))).toEqual(['poll', 'poll', 'other'])
})

test('long words are shortened to what Slack takes', () => {
  const long = { en: 'Make a poll of what somebody says in this message' }
  const verbs = Array.from({ length: 40 }, (_, i) => `verb-${i}`)
  const { features } = Manifest.parse(manifest([{ name: 'poll', about: { en: 'x'.repeat(400) }, shortcut: long, takes: verbs }]))
  expect(features.slash_commands[0]?.usage_hint).toMatch(/^\[verb-0\] .{100,140} \[verb-\d+\]$/)
})

test('asks to read nothing that people write among themselves, and needs no server of its own', () => {
  const { oauth_config, settings } = Manifest.parse(manifest(commands))
  expect(oauth_config.scopes.bot.filter(scope => scope.endsWith(':history'))).toEqual(['im:history'])
  expect(settings.event_subscriptions.bot_events.filter(event => event.startsWith('message.'))).toEqual(['message.im'])
  expect([settings.socket_mode_enabled, settings.token_rotation_enabled]).toEqual([true, false])
})

const cwd = fileURLToPath(new URL('../../../', import.meta.url))
const print = (...args: string[]) => promisify(execFile)('npm', ['run', '--silent', 'slack-manifest', '--', ...args], { cwd })

test('npm run slack-manifest prints it with the commands of all features, each with words of its own', async () => {
  const { features } = Manifest.parse(JSON.parse((await print('--prefix', 'fm')).stdout))
  const hints = new Map(features.slash_commands.map(({ command, usage_hint }) => [command, usage_hint]))
  expect([...hints.keys()]).toEqual(expect.arrayContaining(['/fm-poll', '/fm-network', '/fm-guide']))
  expect(hints.get('/fm-poll')).toContain('[What matters most? | Buses | Parks] [list] [show]')
  expect(hints.get('/fm-network')).toContain('[join]')
  expect(features.shortcuts.map(({ callback_id }) => callback_id)).toContain('poll')
  const descriptions = [...features.slash_commands, ...features.shortcuts].map(({ description }) => description)
  expect(new Set(descriptions).size).toBe(descriptions.length)
})

test('a wrong prefix is one line', async () => {
  const refused: unknown = await print('--prefix', 'F m').catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^The prefix is .* --prefix fm\n$/) })
})

test.each([
  [[], ''],
  [['--prefix', 'fm'], 'fm'],
  [['--prefix=fm-2'], 'fm-2'],
  [['--prefix', 'F m'], undefined],
  [['--prefix'], undefined],
  [['fm'], undefined],
  [['--prefx', 'fm'], undefined],
  [['--prefix', 'a'.repeat(30)], undefined],
])('%j asks for the prefix %j', (args, prefix) => {
  expect(prefixIn(args, ['poll', 'guide'])).toBe(prefix)
})
