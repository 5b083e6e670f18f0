import { sameKey, shorten } from '../view/sanitize.ts'

/** How chats are named where several stand in one view, so that none is taken for another. Pure. */

/** Platforms are named as their adapters are. */
export function platformName(platform: string): string {
  return `${platform.charAt(0).toUpperCase()}${platform.slice(1)}`
}

export interface Chat {
  readonly id: string
  readonly title: string
  readonly platform: string
  readonly area?: { readonly name: string } | null
}

/** What of a chat is to be read from the store for its name. */
export const CHAT = { id: true, title: true, platform: true, area: { select: { name: true } } } as const

/** As long as a name may be that all platforms show whole on a button. */
export const ON_BUTTON = 34
const IN_TEXT = 120
/** So much of a title is always left. */
const LEAST = 8

type Detail = (chat: Chat, most: number) => string | undefined

/** What tells apart chats of one title, as far as it is needed. */
const DETAILS: readonly Detail[] = [
  ({ platform }) => platformName(platform),
  ({ area }, most) => area?.name && shorten(area.name, Math.floor(most / 2) - LEAST),
]

/**
 * The names of the chats of one view, by id. Of those whose titles are the same to people each is followed by its platform, where that is the same too by its
 * area, and else by a number. `most`: as long as a name may be that is followed by something; then its title and its area are shortened, nothing else.
 */
export function chatNames(all: readonly Chat[], most: number = IN_TEXT): ReadonlyMap<string, string> {
  const chats = [...new Map(all.map(chat => [chat.id, chat])).values()]
  const names = new Map<string, string>()
  for (const alike of grouped(chats, ({ title }) => sameKey(title))) {
    for (const [chat, details] of told(alike, most)) {
      const after = details.length > 0 ? ` (${details.join(', ')})` : ''
      names.set(chat.id, after === '' ? chat.title : `${shorten(chat.title, Math.max(most - after.length, LEAST))}${after}`)
    }
  }
  return names
}

/** The same chats, each under its name. */
export function named<One extends Chat>(all: readonly One[], most?: number): readonly One[] {
  const names = chatNames(all, most)
  return all.map(one => ({ ...one, title: names.get(one.id) ?? one.title }))
}

/** Chats of one title, with what follows it. */
function told(alike: readonly Chat[], most: number): ReadonlyMap<Chat, readonly string[]> {
  let rest: [Chat, readonly string[]][] = alike.map(chat => [chat, []])
  const clashes = () => grouped(rest, ([, details]) => sameKey(details.join(', ')))
  for (const detail of DETAILS) {
    rest = clashes().flatMap(same =>
      same.length === 1
        ? same
        : same.map(([chat, details]): [Chat, readonly string[]] => [chat, [...details, detail(chat, most) ?? ''].filter(Boolean)]),
    )
  }
  rest = clashes().flatMap(same =>
    same.length === 1
      ? same
      : same
          .toSorted(([a], [b]) => (a.id < b.id ? -1 : 1))
          .map(([chat, details], i): [Chat, readonly string[]] => [chat, [...details, String(i + 1)]]),
  )
  return new Map(rest)
}

/** Those with the same key together, in the order of the first of each. */
function grouped<One>(all: readonly One[], keyOf: (one: One) => string): readonly (readonly One[])[] {
  const groups = new Map<string, One[]>()
  for (const one of all) {
    const key = keyOf(one)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}
