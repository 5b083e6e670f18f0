import { expect, test } from 'vitest'
import { createAsking, untilNothingIsWanted, Wanted } from '../../src/feature/wanted.ts'

test('the work is done anew for each thing that it wants, and each is asked once', async () => {
  const asking = createAsking()
  const done: string[] = []
  const ask = (name: string) =>
    asking.ask(name, async () => {
      done.push(`asked ${name}`)
      return name.length
    })
  const sum = await untilNothingIsWanted(async () => {
    done.push('begun')
    return (await ask('one')) + (await ask('three')) + (await ask('one'))
  })
  expect(sum).toBe(11)
  expect(done).toEqual(['begun', 'asked one', 'begun', 'asked three', 'begun'])
})

test('what went wrong in asking is the asker’s to see', async () => {
  const asking = createAsking()
  const heard = untilNothingIsWanted(() => asking.ask('who', () => Promise.reject(new Error('The platform is away.'))))
  await expect(heard).rejects.toThrow('The platform is away.')
})

test('a handler that takes an open question for a failure is not committed', async () => {
  const asking = createAsking()
  const answer = await untilNothingIsWanted(async () => {
    const known = await asking.ask('who', async () => 'Amina').catch(() => 'nobody')
    asking.check()
    return known
  })
  expect(answer).toBe('Amina')
  await expect(asking.ask('else', async () => 1)).rejects.toBeInstanceOf(Wanted)
})
