import { describe, expect } from 'vitest'
import { pictureSeen as onDiscord } from '../contract/discord-stage.ts'
import { pictureSeen as onSlack } from '../contract/slack-stage.ts'
import { looks } from '../helpers/photos.ts'
import { GARDEN, LIBRARY } from '../helpers/samples.ts'
import { type Moot, test } from './moot.ts'
import { NAMES, type Name } from './side.ts'

const ABOUT = 'Six people with spades beside a raised bed'

/** The picture of the newest post in a chat: its bytes, and what is said of it apart from the words. */
function pictureOn(on: Moot, name: Name): { content: Buffer; about?: string } | undefined {
  const { discord, slack, telegram } = on.sides
  const id = on.places[name].ref.split(':').at(-1) ?? ''
  if (name === 'telegram') {
    const { file } = telegram.server.groupOf(Number(id)).fromBot.at(-1) ?? {}
    return file && { content: file.content }
  }
  if (name === 'slack') {
    const message = slack.workspace.channelOf(id).fromBot.at(-1)
    return message && onSlack(slack.workspace, message)
  }
  const posted = discord.server.channelOf(id).fromBot.at(-1)
  return posted && onDiscord(discord.server, posted)
}

const spoken = (name: Name, about: string): string | undefined => (name === 'telegram' ? undefined : about)

describe.concurrent('a picture that a coordinator sends', () => {
  test.for(NAMES)('on %s stands in the chats of all three, with what it shows, and can be changed there', async (name, { on }) => {
    const jo = on.jo[name]
    await jo.says(on.places[name], '/announce The new garden | audience: everyone').taken
    await jo.presses(await on.sees(jo, 'Your announcement, not posted yet'), 'Add a picture').taken
    await jo.fills(ABOUT, { picture: GARDEN })
    const before = new Map<Name, Buffer>()
    const card = await on.sees(jo, `Picture: ${ABOUT}`)
    await jo.presses(card, 'Post').taken
    for (const where of NAMES) {
      const post = await on.sees(on.places[where], 'The new garden')
      const seen = pictureOn(on, where)
      before.set(where, seen?.content ?? Buffer.alloc(0))
      expect(await looks(seen?.content ?? Buffer.alloc(0))).toEqual(await looks(GARDEN.content))
      expect(seen?.about).toBe(spoken(where, ABOUT))
      // Only where it has no place of its own it stands among the words.
      if (where === 'telegram') expect(post.text).toContain(ABOUT)
    }
    await jo.presses(await on.sees(jo, `With a picture: ${ABOUT}`), 'Change the picture').taken
    await jo.fills('A library', { picture: LIBRARY })
    await on.sees(jo, 'The picture is changed')
    await on.edits()
    await on.edits()
    for (const where of NAMES) {
      await on.until(
        () => pictureOn(on, where)?.content.equals(before.get(where) ?? Buffer.alloc(0)) === false,
        `the new picture on ${where}`,
      )
      expect(await looks(pictureOn(on, where)?.content ?? Buffer.alloc(0))).toEqual(await looks(LIBRARY.content))
      expect([on.places[where].said.length, pictureOn(on, where)?.about]).toEqual([1, spoken(where, 'A library')])
    }
  })
})
