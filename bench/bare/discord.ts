import { Client, Events, GatewayIntentBits, MessageFlags, Options } from 'discord.js'
import { counted, readVote, type Table } from './table.ts'

const isMe = (one: { readonly id: string; readonly client: Client<true> }): boolean => one.id === one.client.user.id

/** As the library's guide has it, with its caches limited: each button is answered after the commit, for that person alone. */
export async function runDiscord(settings: { token: string; api: string }, table: Table): Promise<void> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: isMe },
      UserManager: { maxSize: 0, keepOverLimit: isMe },
    }),
    rest: { api: settings.api, handlerSweepInterval: 10_000 },
  })
  client.on(Events.InteractionCreate, async interaction => {
    if (!interaction.isButton()) return
    await table.saveOne(readVote(interaction.customId, interaction.user.id))
    await interaction.reply({ content: counted, flags: MessageFlags.Ephemeral }).catch(() => undefined)
  })
  await client.login(settings.token)
}
