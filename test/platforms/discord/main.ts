import { parseArgs } from 'node:util'
import { startDiscord } from './server.ts'

/**
 * The loop-back Discord as a process of its own, for kill tests and benches:
 *   tsx test/platforms/discord/main.ts [PORT] [--token TOKEN] [--loose] [--rates] [--latency MS] [--remember N] [--heartbeat MS]
 *     [--answer-within SECONDS] [--username NAME]
 * Prints one line, its address (the client wants it with /api), when it is ready. Driven through POST /control/... ; ends on SIGTERM or SIGINT.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    token: { type: 'string', default: 'discord-token' },
    loose: { type: 'boolean', default: false },
    rates: { type: 'boolean', default: false },
    latency: { type: 'string', default: '0' },
    remember: { type: 'string', default: '10000' },
    'answer-within': { type: 'string', default: '3' },
    heartbeat: { type: 'string', default: '41250' },
    username: { type: 'string', default: 'folkmoot' },
  },
})

const discord = await startDiscord({
  token: values.token,
  port: Number(positionals[0] ?? 0),
  strict: !values.loose,
  rates: values.rates ? 'discord' : 'off',
  latencyMs: Number(values.latency),
  remember: Number(values.remember),
  answerWithin: Number(values['answer-within']),
  heartbeatMs: Number(values.heartbeat),
  username: values.username,
})
process.stdout.write(`${discord.world.root}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void discord.stop())
