import { InteractionResponseType as Ack, ChannelType, Locale } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { form, stage, whisper } from './harness.ts'

test('a command from the menu of a message: who, where, and the words of the message', async () => {
  const on = await stage()
  on.reply = () => [{ kind: 'ask', form }]
  const words = on.discord.person('Brendan').says(on.ardwick, 'Shall we ask for a later 219?')
  const modal = await on.amina.uses(words, 'Make this a poll').asks
  expect(modal.title).toBe('A new poll')
  expect(on.heard).toMatchObject([
    {
      place: { space: on.space, title: 'ardwick' },
      person: { ref: `discord:@${on.amina.id}` },
      event: { kind: 'shortcut', name: 'poll', about: { message: `${on.space}/${words.id}`, text: 'Shall we ask for a later 219?' } },
    },
  ])
})

test('by its name in the language of the app, in a thread, in private', async () => {
  const on = await stage()
  on.amina.speaks(Locale.German)
  on.reply = () => [whisper('A draft.')]
  const thread = on.ardwick.thread('Damp homes')
  expect(thread.state.type).toBe(ChannelType.PublicThread)
  const places = [on.amina.says(thread, 'The wall is wet'), on.amina.says('dm', 'For later')]
  for (const words of places) {
    const used = on.amina.uses(words, 'Daraus eine Umfrage machen')
    expect(await used.answer).toMatchObject({ ack: Ack.ChannelMessageWithSource, text: 'A draft.' })
  }
  const shortcuts = on.heard.filter(({ event }) => event.kind === 'shortcut')
  expect(shortcuts.map(({ place }) => place)).toEqual([{ space: `discord:${thread.id}`, title: 'Damp homes' }, 'private'])
})

test('a bot that breaks says sorry to that person', async () => {
  const on = await stage()
  on.reply = () => {
    throw new Error('broken')
  }
  const used = on.amina.uses(on.amina.says(on.ardwick, 'x'), 'Make this a poll')
  expect(await used.answer).toMatchObject({ text: 'discord-sorry in en-GB', message: { ephemeral: true } })
})
