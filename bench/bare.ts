import process from 'node:process'
import { noTable, openTable } from './bare/table.ts'

/**
 * What the bot is measured against: the bare libraries, the same way of taking presses, the same PostgreSQL and client, and one upsert into one table. It
 * checks nothing, counts nothing, posts nothing. Each platform whose token is set is on. With `BARE_STORE=off` it only acknowledges.
 */
async function main(): Promise<void> {
  const { env } = process
  const table = env['BARE_STORE'] === 'off' ? noTable : await openTable(env['STATE_DIR'] ?? '')
  let isOver = false
  process.once('SIGTERM', () => {
    isOver = true
    void table.close().finally(() => process.exit(0))
  })
  const on: Promise<void>[] = []
  if (env['DISCORD_TOKEN']) {
    const { runDiscord } = await import('./bare/discord.ts')
    on.push(runDiscord({ token: env['DISCORD_TOKEN'], api: env['DISCORD_API_ROOT'] ?? '' }, table))
  }
  if (env['SLACK_BOT_TOKEN']) {
    const { runSlack } = await import('./bare/slack.ts')
    const tokens = { botToken: env['SLACK_BOT_TOKEN'], appToken: env['SLACK_APP_TOKEN'] ?? '' }
    on.push(runSlack({ ...tokens, apiUrl: env['SLACK_API_ROOT'] ?? '' }, table))
  }
  if (env['TELEGRAM_TOKEN']) {
    const { runTelegram } = await import('./bare/telegram.ts')
    on.push(runTelegram({ token: env['TELEGRAM_TOKEN'], apiRoot: env['TELEGRAM_API_ROOT'] ?? '' }, table, () => isOver))
  }
  await Promise.all(on)
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`)
  process.exit(1)
})
