import { describe, expect } from 'vitest'
import { LONG_MS } from '../helpers/patience.ts'
import { attack, belongings, does, forged, forgedForms, furnish, otherNetwork, SECRET, words } from './forge.ts'
import { test } from './moot.ts'

// Long: every action of every feature, with every id that could stand in it, by three kinds of people: thousands of presses and forms.

describe.concurrent('forged tokens', { timeout: LONG_MS }, () => {
  test('a coordinator of another network changes and sees nothing here, whatever they press or send', async ({ on }) => {
    const target = await furnish(on)
    const { group, crowd } = await otherNetwork(on)
    const before = await belongings(on, on.networkId)
    const tokens = forged(on, target)
    const said = [
      ...(await attack(on, crowd, 'private', tokens, 'press')),
      ...(await attack(
        on,
        crowd,
        group,
        tokens.filter(token => token.endsWith(target.pollId)),
        'press',
      )),
      ...(await attack(on, crowd, 'private', forgedForms(on, target), 'submit')),
    ]
    expect(await belongings(on, on.networkId)).toBe(before)
    expect(said.filter(one => one.includes(SECRET) || /Ardwick|Ancoats and around|Which day/.test(one))).toEqual([])
    expect(said.filter(one => one.includes('Something went wrong on my side'))).toEqual([])
  })

  test('a resident does what residents may, and nothing else', async ({ on }) => {
    const target = await furnish(on)
    const crowd = Array.from({ length: 6 }, (_, i) => on.person(`Resident ${i}`))
    const before = JSON.parse(await belongings(on, on.networkId)) as unknown[]
    const said = [
      ...(await attack(on, crowd, on.ardwick, forged(on, target), 'press')),
      ...(await attack(on, crowd, on.ardwick, forgedForms(on, target), 'submit')),
    ]
    const after = JSON.parse(await belongings(on, on.networkId)) as unknown[]
    // All but ballots, counts and who took part; the last is how many posts there are.
    for (const i of [0, 1, 2, 3, 4, 5, 6, 7, 11]) expect(after[i]).toEqual(before[i])
    expect(said.filter(one => /Something went wrong on my side|Which day/.test(one))).toEqual([])
  })

  test('a role that was lost a second ago opens nothing', async ({ on }) => {
    const target = await furnish(on)
    const lost = [1, 2, 3].map(i => on.person(`Was coordinator ${i}`))
    for (const person of lost) await on.grant(person, 'coordinator')
    await on.store.prisma.grant.deleteMany()
    const before = JSON.parse(await belongings(on, on.networkId)) as unknown[]
    const own = forged(on, target).filter(
      token => token.includes(target.pollId) || token.includes(target.draftId) || token.includes(on.networkId),
    )
    await attack(on, [on.jo], on.ardwick, own, 'press')
    await attack(on, [on.jo], 'private', own, 'submit')
    const after = JSON.parse(await belongings(on, on.networkId)) as unknown[]
    for (const i of [0, 1, 2, 3, 4, 5, 6, 7, 11]) expect(after[i]).toEqual(before[i])
  })
})

const ODD = {
  '65 bytes': `polls_v_${'x'.repeat(57)}`,
  '64 bytes of nothing': `polls_v_${'x'.repeat(56)}`,
  '10,000 bytes': 'polls_v_'.repeat(1250),
  'spaces and quotes': "polls_v_' OR 1=1 --_1",
  'a path': '../../etc/passwd',
  emoji: '🗳️🗳️🗳️',
  'only signs': '____',
  'half a character': 'polls_v_\ud800_1',
  'a prototype': 'polls_constructor_x',
  another: '__proto___x',
  nothing: ' ',
}

test('odd tokens are old buttons, wherever they come from', async ({ on }) => {
  const amina = on.person('Amina')
  for (const [name, token] of Object.entries(ODD)) {
    const old = /This button is not in use any more|This poll is not here any more/
    expect(words(await does(on, amina, on.ardwick, { kind: 'press', token })), name).toMatch(old)
    expect(words(await does(on, amina, 'private', { kind: 'submit', form: token, values: {} })), name).toMatch(old)
    expect(words(await does(on, amina, 'private', { kind: 'started', payload: token })), name).not.toBe('')
  }
})
