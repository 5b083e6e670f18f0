import { expect, test } from 'vitest'
import { RecentMap, RecentSet, remembering } from '../../src/platform/remember.ts'

test('of more than fit the oldest is forgotten', () => {
  const map = new RecentMap<string, number>(2)
  map.set('a', 1).set('b', 2).set('a', 3)
  expect([...map]).toEqual([
    ['a', 3],
    ['b', 2],
  ])
  map.set('c', 4)
  expect([...map.keys()]).toEqual(['b', 'c'])
  const set = new RecentSet<string>(2)
  set.add('a').add('b').add('a')
  expect([...set]).toEqual(['a', 'b'])
  set.add('c')
  expect([...set]).toEqual(['b', 'c'])
})

test('each is asked for once, until it is forgotten; what could not be asked is asked anew', async () => {
  const asked: string[] = []
  let isAway = true
  const lengthOf = remembering(2, async key => {
    asked.push(key)
    if (isAway) throw new Error('Away.')
    return key.length
  })
  await expect(lengthOf('one')).rejects.toThrow('Away.')
  isAway = false
  expect([await lengthOf('one'), await lengthOf('one'), await lengthOf('three')]).toEqual([3, 3, 5])
  expect(asked).toEqual(['one', 'one', 'three'])
  await lengthOf('seventeen')
  await lengthOf('one')
  expect(asked).toEqual(['one', 'one', 'three', 'seventeen', 'one'])
})
