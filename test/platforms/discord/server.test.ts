import { type Client, Events, GatewayIntentBits, type Interaction, MessageFlags, ModalBuilder, TextInputStyle } from 'discord.js'
import { afterEach, describe, expect, test } from 'vitest'
import { newClient, posted, register, type Stage, stage } from './harness.ts'

let on: Stage
let client: Client<true> | undefined

/** A bot that is logged in, with commands, and answers as `how` says. */
async function bot(how: (interaction: Interaction) => Promise<unknown>): Promise<Stage> {
  on = await stage()
  await register(on)
  client = await newClient(on.discord)
  client.on(Events.InteractionCreate, interaction => void how(interaction))
  return on
}

afterEach(async () => {
  await client?.destroy()
  client = undefined
  await on.discord.stop()
})

describe('a bot on discord.js', () => {
  test('comes up with its guilds, channels and name', async () => {
    on = await stage()
    on.ardwick.thread('Damp homes')
    client = await newClient(on.discord)
    expect(client.user.username).toBe('folkmoot')
    const guild = client.guilds.cache.get(on.guild.id)
    expect(guild?.name).toBe('Manchester')
    expect(guild?.channels.cache.map(channel => channel.name)).toEqual(['ardwick', 'Damp homes'])
    expect((await client.application.fetch()).id).toBe(on.app)
  })

  test('answers a command only to whoever ran it', async () => {
    const { ardwick, amina, discord } = await bot(async interaction => {
      if (!interaction.isChatInputCommand()) return
      const what = interaction.options.getString('what')
      await interaction.reply({ content: `You asked: ${what} (${interaction.locale})`, flags: MessageFlags.Ephemeral })
    })
    const answer = await amina.runs(ardwick, 'poll', 'What? | A | B').answer
    expect(answer.text).toBe('You asked: What? | A | B (en-GB)')
    expect(answer.message?.ephemeral).toBe(true)
    expect(ardwick.messages).toEqual([])
    expect(amina.sees(ardwick).map(message => message.text)).toEqual(['You asked: What? | A | B (en-GB)'])
    expect(discord.person('Bilal').sees(ardwick)).toEqual([])
  })

  test('thinks first, then says it, then more', async () => {
    const { ardwick, amina } = await bot(async interaction => {
      if (!interaction.isChatInputCommand()) return
      await interaction.deferReply({ flags: MessageFlags.Ephemeral })
      await interaction.editReply('First')
      await interaction.followUp({ content: 'Then', flags: MessageFlags.Ephemeral })
      expect((await interaction.fetchReply()).content).toBe('First')
    })
    const asked = amina.runs(ardwick, 'umfrage')
    expect((await asked.answer).text).toBe('First')
    await on.discord.until(() => asked.messages.length === 2)
    expect(amina.sees(ardwick).map(message => message.text)).toEqual(['First', 'Then'])
  })

  test('suggests while somebody types', async () => {
    const { ardwick, amina } = await bot(async interaction => {
      if (!interaction.isAutocomplete()) return
      await interaction.respond([{ name: `show ${interaction.options.getFocused()}`, value: 'show' }])
    })
    expect(await amina.types(ardwick, 'poll', 'sh')).toEqual([{ name: 'show sh', value: 'show' }])
  })

  test('a press changes the message, a second whispers', async () => {
    await bot(async interaction => {
      if (!interaction.isButton()) return
      if (interaction.customId === 'v:Buses') await interaction.update({ content: 'Buses 1', components: [] })
      else {
        await interaction.deferUpdate()
        await interaction.followUp({ content: 'Counted: Damp homes', flags: MessageFlags.Ephemeral })
      }
    })
    const { amina, ardwick } = on
    const poll = await posted(on, 'What matters most?', ['Damp homes', 'Buses'])
    const counted = await amina.presses(poll, 'Damp homes').said
    expect([counted.text, counted.ephemeral]).toEqual(['Counted: Damp homes', true])
    const { update } = await amina.presses(poll, { customId: 'v:Buses' }).answer
    expect(update?.text).toBe('Buses 1')
    expect(ardwick.messages.map(message => [message.text, message.labels])).toEqual([['Buses 1', []]])
  })

  test('opens a form and reads it; what a form leads to can be edited later', async () => {
    const form = new ModalBuilder()
      .setCustomId('form')
      .setTitle('New poll')
      .addLabelComponents(label =>
        label.setLabel('Question').setTextInputComponent(input => input.setCustomId('q').setStyle(TextInputStyle.Short)),
      )
    const { ardwick, amina } = await bot(async interaction => {
      if (interaction.isChatInputCommand()) await interaction.showModal(form)
      if (!interaction.isModalSubmit()) return
      await interaction.reply({ content: `Draft: ${interaction.fields.getTextInputValue('q')}`, flags: MessageFlags.Ephemeral })
      await interaction.editReply({ content: 'Posted' })
    })
    const modal = await amina.runs(ardwick, 'poll').asks
    expect([modal.title, modal.labels]).toEqual(['New poll', ['Question']])
    const draft = await amina.submits(modal, { Question: 'What matters most?' }).said
    await on.discord.until(() => draft.text === 'Posted')
    expect(() => amina.submits(modal, {})).toThrow('"Question" has to be filled in')
    expect(() => amina.submits(modal, { Answer: 'x' })).toThrow('no field "Answer"')
  })

  test("makes something of somebody's message", async () => {
    const { ardwick, amina, discord } = await bot(async interaction => {
      if (interaction.isMessageContextMenuCommand()) await interaction.reply(`Poll: ${interaction.targetMessage.content}`)
    })
    const words = discord.person('Bilal').says(ardwick, 'The buses are late')
    expect((await amina.uses(words, 'Make this a poll').answer).text).toBe('Poll: The buses are late')
    expect(ardwick.fromBot.map(message => message.text)).toEqual(['Poll: The buses are late'])
  })

  test('is told who may what, in a thread too', async () => {
    const told: (boolean | undefined)[] = []
    const { ardwick, amina, guild } = await bot(async interaction => {
      if (!interaction.isChatInputCommand()) return
      told.push(interaction.memberPermissions?.has('ManageGuild'), interaction.appPermissions.has('SendMessages'))
      await interaction.reply(`in ${interaction.channel?.isThread() ? 'a thread' : 'the channel'}`)
    })
    await amina.runs(ardwick, 'poll').answer
    guild.admin(amina)
    const thread = ardwick.thread('Damp homes')
    expect((await amina.runs(thread, 'poll').answer).text).toBe('in a thread')
    expect(told).toEqual([false, true, true, true])
  })

  test('speaks in private', async () => {
    const { amina } = await bot(async interaction => {
      if (interaction.isChatInputCommand()) await interaction.reply(`private: ${interaction.guildId}`)
    })
    on.guild.joined(amina)
    expect((await amina.runs('dm', 'poll').answer).text).toBe('private: null')
    const user = await client?.users.fetch(amina.id)
    await user?.send({ content: 'Your area?', files: [{ attachment: Buffer.from('a,b'), name: 'votes.csv' }] })
    const [, sent] = amina.messages
    expect([sent?.text, sent?.files[0]?.name, sent?.files[0]?.content.toString()]).toEqual(['Your area?', 'votes.csv', 'a,b'])
  })

  test('two sessions of one bot both get every interaction; only one may answer', async () => {
    const codes: unknown[] = []
    const answer = async (interaction: Interaction): Promise<void> => {
      if (!interaction.isChatInputCommand()) return
      await interaction.reply('mine').catch((error: { code: number }) => codes.push(error.code))
    }
    const { ardwick, amina } = await bot(answer)
    const other = await newClient(on.discord)
    other.on(Events.InteractionCreate, interaction => void answer(interaction))
    await amina.runs(ardwick, 'poll').answer
    await on.discord.until(() => on.discord.calls('POST /interactions/*').length === 2)
    expect(ardwick.fromBot).toHaveLength(1)
    await expect.poll(() => codes).toEqual([40_060])
    await other.destroy()
  })

  test('messages come only to who asked for them', async () => {
    on = await stage()
    client = await newClient(on.discord, [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages])
    const heard: string[] = []
    client.on(Events.MessageCreate, message => heard.push(message.content))
    on.amina.says(on.ardwick, 'a secret')
    on.amina.says(on.ardwick, `<@${on.app}> hello`)
    await posted(on, 'own words')
    await on.discord.until(() => heard.length === 3)
    expect(heard).toEqual(['', `<@${on.app}> hello`, 'own words'])
  })
})
