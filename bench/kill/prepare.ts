import type { Chance } from '../random.ts'
import { setStage } from '../stage.ts'
import { gather, type Person } from './crowd.ts'
import { onDiscord } from './on-discord.ts'
import { onSlack } from './on-slack.ts'
import { onTelegram } from './on-telegram.ts'
import type { Name } from './platform.ts'
import { watchPosts } from './posts.ts'
import type { Scene } from './rounds.ts'

const openings = { telegram: onTelegram, discord: onDiscord, slack: onSlack }
const areas = ['Ancoats', 'Ardwick', 'Beswick', 'Clayton', 'Gorton', 'Longsight', 'Levenshulme', 'Openshaw', 'Abbey Hey', 'Miles Platting']
const chatsInAll = 12
const crowdOf = 300
/** The accounts of every third person stand for one and the same person, as far as the store knows. */
const knownEach = 3

/** Platforms with chats and people, a network that spans them all with two great polls, and a crowd that begins to press. */
export async function prepare(o: {
  names: readonly Name[]
  luck: Chance
  rate: number
}): Promise<Omit<Scene, 'chance' | 'notes' | 'kills' | 'bot'>> {
  const platforms = await Promise.all(o.names.map(name => openings[name]()))
  const titles = areas.slice(0, chatsInAll / platforms.length)
  const homes = await Promise.all(
    platforms.map(async platform => ({
      platform,
      chats: await Promise.all(titles.map(async title => ({ id: await platform.chat(title), title }))),
      accounts: await platform.people(crowdOf),
    })),
  )
  const people = Array.from({ length: crowdOf }, (_, i): Person => {
    const accounts = Object.fromEntries(homes.map(({ platform, accounts }) => [platform.name, accounts[i] ?? '']))
    return { id: i % knownEach === 0 ? `resident${i}` : undefined, accounts }
  })
  const stage = await setStage({
    env: Object.assign({}, ...platforms.map(one => one.env)) as Record<string, string>,
    chats: homes.flatMap(({ platform, chats }) => chats.map(({ id, title }) => ({ ref: platform.chatRef(id), title }))),
    people: people.flatMap(({ id, accounts }) => {
      const refs = platforms.map(platform => platform.personRef(accounts[platform.name] ?? ''))
      return id === undefined ? [] : [{ id, accounts: refs }]
    }),
  })
  const options = ['Buses', 'Parks', 'Damp homes', 'Street lights', 'Crossings']
  const great = [
    await stage.poll({ question: 'What matters most?', options, secret: true }),
    await stage.poll({ question: 'Which of these would you help with?', options, secret: false, min: 2, max: 3 }),
  ]
  const sides = homes.map(({ platform, chats }) =>
    watchPosts({ platform, chats: chats.map(chat => chat.id), isGreat: id => great.includes(id) }),
  )
  return { sides, stage, people, crowd: gather({ sides, people, chance: o.luck, rate: o.rate }) }
}
