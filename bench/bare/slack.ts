import { App } from '@slack/bolt'
import { counted, readVote, type Table } from './table.ts'

/** As the library's guide has it: each button is acknowledged after the commit, and that person told through the response address. */
export async function runSlack(settings: { botToken: string; appToken: string; apiUrl: string }, table: Table): Promise<void> {
  const app = new App({
    token: settings.botToken,
    appToken: settings.appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: settings.apiUrl },
  })
  app.action({ type: 'block_actions' }, async ({ ack, action, body, respond }) => {
    if (action.type === 'button') await table.saveOne(readVote(action.value ?? '', body.user.id))
    await ack()
    const answer = (await respond({ text: counted, response_type: 'ephemeral', replace_original: false })) as Response
    // Unread, it would keep its connection from being used again.
    await answer.arrayBuffer()
  })
  await app.start()
}
