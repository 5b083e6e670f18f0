import { describe, expect } from 'vitest'
import { LONG_MS } from '../helpers/patience.ts'
import { type Moot, test } from './moot.ts'
import { NAMES, type Name, type Person, type Place } from './side.ts'

const codeIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? ''

/** A chat that nobody has brought in, and somebody who runs it. */
function hall(on: Moot, name: Name, title: string): { place: Place; admin: Person } {
  const place = on.sides[name].place(title)
  const admin = on.person(name, `Ada of ${name}`)
  on.sides[name].runs(admin)
  return { place, admin }
}

/** The platform after this one, so that codes go from each to another. */
const next = (name: Name): Name => NAMES[(NAMES.indexOf(name) + 1) % NAMES.length] ?? 'discord'

async function found(on: Moot, name: Name): Promise<{ place: Place; ada: Person }> {
  const { place, admin: ada } = hall(on, name, 'Beswick hall')
  await ada.says(place, '/network new Beswick Power').taken
  await on.sees(ada, 'Beswick Power has begun, and you are its first coordinator')
  expect((await on.sees(place, 'Hello, I am Folkmoot')).text).toContain('This chat is now part of Beswick Power')
  await on.settle()
  await on.sees(ada, 'has joined Beswick Power. The hello stands there.')
  return { place, ada }
}

describe.concurrent('a network', { timeout: LONG_MS }, () => {
  test.for(NAMES)('begins on %s by who runs the chat, and grows by a code to the next platform', async (name, { on }) => {
    const { place, ada } = await found(on, name)
    await ada.says(place, '/network area add Beswick').taken
    await on.sees(ada, '“Beswick” is an area now.')
    await ada.says('private', '/network code Beswick residents').taken
    const code = codeIn((await on.sees(ada, 'A join code for Beswick, residents.')).text)

    const other = hall(on, next(name), 'Openshaw club')
    const zed = on.person(next(name), 'Zed')
    await zed.says(other.place, `/network join ${code}`).taken
    await on.sees(zed, 'Only an admin of this chat can bring it into a network.')
    await other.admin.says(other.place, `/network join ${code.toLowerCase()}`).taken
    await on.sees(other.place, 'This chat is now part of Beswick Power')
    await on.settle()
    await on.sees(other.admin, 'has joined Beswick Power. The hello stands there.')
    await on.sees(ada, 'has joined Beswick Power.')
    const spaces = await on.store.prisma.space.findMany({ where: { network: { name: 'Beswick Power' } }, orderBy: { joinedAt: 'asc' } })
    expect(spaces.map(space => [space.ref, space.state])).toEqual([
      [place.ref, 'joined'],
      [other.place.ref, 'joined'],
    ])
  })

  test.for(NAMES)('on %s somebody of the next platform takes up a role by an invitation, once', async (name, { on }) => {
    const jo = on.jo[name]
    await jo.says('private', '/network invite steering').taken
    const code = codeIn((await on.sees(jo, 'An invitation to be in the steering group.')).text)
    const cal = on.person(next(name), 'Cal')
    await cal.says('private', `/network role ${code}`).taken
    const asked = await on.sees(cal, 'You are invited to be in the steering group of Ancoats and around.')
    await cal.presses(asked, 'Yes, I take it').taken
    await on.sees(cal, 'You are in the steering group of Ancoats and around now.')
    await on.settle()
    for (const one of NAMES) await on.sees(on.jo[one], 'Cal is in the steering group of Ancoats and around now.')
    const dee = on.person(name, 'Dee')
    await dee.says('private', `/network role ${code}`).taken
    await on.sees(dee, 'That code does not work.')
  })

  test.for(NAMES)('on %s is not begun by who does not run the chat', async (name, { on }) => {
    const { place } = hall(on, name, 'Beswick hall')
    const zed = on.person(name, 'Zed')
    await zed.says(place, '/network new Mine').taken
    await on.sees(zed, 'Only an admin of this chat can begin a network here.')
    expect(place.said.filter(one => one.text.includes('Hello'))).toEqual([])
  })
})
