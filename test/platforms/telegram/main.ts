import { parseArgs } from 'node:util'
import { startTelegram } from './server.ts'

/**
 * The loop-back Telegram as a process of its own, for kill tests and benches:
 *   tsx test/platforms/telegram/main.ts [PORT] [--token 1234:abc] [--loose] [--rates] [--latency MS] [--remember N] [--username NAME]
 * Prints one line, its address, when it is ready. Driven through POST /control/... ; ends on SIGTERM or SIGINT.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    token: { type: 'string', default: '1234:abc' },
    loose: { type: 'boolean', default: false },
    rates: { type: 'boolean', default: false },
    latency: { type: 'string', default: '0' },
    remember: { type: 'string', default: '10000' },
    username: { type: 'string', default: 'folkmoot_bot' },
  },
})

const telegram = await startTelegram({
  token: values.token,
  port: Number(positionals[0] ?? 0),
  strict: !values.loose,
  rates: values.rates ? 'telegram' : 'off',
  latencyMs: Number(values.latency),
  remember: Number(values.remember),
  username: values.username,
})
process.stdout.write(`${telegram.apiRoot}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void telegram.stop())
