import { parseArgs } from 'node:util'
import { startSlack } from './server.ts'

/**
 * The loop-back Slack as a process of its own, for kill tests and benches:
 *   tsx test/platforms/slack/main.ts [PORT] [--workspaces N] [--loose] [--rates] [--latency MS] [--remember N] [--ack-within MS]
 * Prints one line of JSON when it is ready: `{ apiUrl, workspaces: [{ id, botToken, appToken, botId }] }`. Driven through POST /control/... ;
 * ends on SIGTERM or SIGINT.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    workspaces: { type: 'string', default: '1' },
    loose: { type: 'boolean', default: false },
    rates: { type: 'boolean', default: false },
    latency: { type: 'string', default: '0' },
    remember: { type: 'string', default: '10000' },
    'ack-within': { type: 'string', default: '3000' },
    'again-after': { type: 'string', default: '0,60000,300000' },
  },
})

const slack = await startSlack({
  port: Number(positionals[0] ?? 0),
  strict: !values.loose,
  rates: values.rates ? 'slack' : 'off',
  latencyMs: Number(values.latency),
  remember: Number(values.remember),
  ackWithinMs: Number(values['ack-within']),
  againAfterMs: values['again-after'].split(',').map(Number),
})
const workspaces = Array.from({ length: Number(values.workspaces) }, (_, at) => slack.workspace(`Workspace ${at + 1}`))
const listed = workspaces.map(({ id, botToken, appToken, botId }) => ({ id, botToken, appToken, botId }))
process.stdout.write(`${JSON.stringify({ apiUrl: slack.apiUrl, workspaces: listed })}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void slack.stop())
