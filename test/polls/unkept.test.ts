import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Secret } from '../../src/base/secret.ts'
import type { Post } from '../../src/delivery/post.ts'
import type { Outcome, SecretReply, Unkept } from '../../src/feature/outcome.ts'
import type { Reply } from '../../src/platform/adapter.ts'
import type { Prisma } from '../../src/store/generated/client.ts'
import type { Form, View } from '../../src/view/view.ts'
import { type Standing, type TestApp, testApp } from '../helpers/app.ts'
import { poor } from '../helpers/chat.ts'
import type { Someone } from '../helpers/person.ts'

let bot: TestApp
let network: Standing
let pollId: string
beforeAll(async () => {
  bot = await testApp({ can: poor })
  network = await bot.network('East Manchester', ['Ardwick'])
  await bot.store.prisma.space.updateMany({ data: { areaId: null } })
  const jo = bot.person('Jo').in(network.space('Ardwick'))
  await bot.grant(network, jo, 'coordinator')
  await jo.say('/poll What matters? | Buses | Parks')
  await bot.tick()
  pollId = (await bot.store.prisma.poll.findFirstOrThrow()).id
})
afterAll(() => bot.close())

/** Whether the compiler lets something be given where this is taken. */
type Takes<Taker, Given> = Given extends Taker ? true : false

describe('an answer about a secret choice', () => {
  test('is of a type that nothing takes that stores', () => {
    const taken: [
      Takes<View, Unkept>,
      Takes<View, Secret<View>>,
      Takes<Form, Unkept>,
      Takes<Reply, SecretReply>,
      Takes<Outcome, readonly SecretReply[]>,
      Takes<Prisma.InputJsonValue, Secret<View>>,
      Takes<Prisma.InputJsonValue, Unkept>,
      Takes<Post['view'], Unkept>,
      Takes<Outcome, { readonly again: readonly SecretReply[] }>,
    ] = [false, false, false, false, false, false, false, false, true]
    expect(taken).toHaveLength(9)
  })

  test('comes out neither as JSON nor in the log', () => {
    const secret = new Secret('Counted: Buses.')
    for (const written of [JSON.stringify({ secret }), inspect(secret, { showHidden: true, depth: 9 }), String(secret)])
      expect(written).not.toContain('Buses')
    expect(Secret.reveal(secret)).toBe('Counted: Buses.')
  })
})

describe('with something waiting for them', () => {
  /** A member whose answer waits in the private chat, which they have not opened. */
  const waitedFor = async (name: string): Promise<Someone> => {
    const who = bot.person(name).in(network.space('Ardwick'))
    expect((await who.say('/mine')).text).toContain('Open our private chat and it is there.')
    return who.alone
  }
  const pick = (who: Someone, id: string) => who.does({ kind: 'press', token: `polls_pick_${pollId}_1` }, undefined, id)

  test('a person hears it with their next private press, and again only with the same delivery; the choice is not kept', async () => {
    const amina = await waitedFor('Amina')
    const first = await pick(amina, 'one')
    expect(first.replies).toHaveLength(2)
    const [waited] = first.replies
    expect(first.text).toContain('Saved.')
    const kept = JSON.stringify(await bot.store.prisma.seen.findMany())
    const { receipt } = await bot.store.prisma.ballot.findFirstOrThrow({ where: { pollId } })
    expect(first.text).toContain(receipt)
    expect(kept).not.toContain(receipt)

    const again = await pick(amina, 'one')
    expect(again.replies[0]).toEqual(waited)
    expect(again.text).toContain(receipt)
    expect(await bot.store.prisma.ballot.count({ where: { pollId } })).toBe(1)
    expect((await pick(amina, 'two')).replies).toHaveLength(1)
    expect((await pick(amina, 'one')).replies[0]).toEqual(waited)
  })

  test('what came to wait since is given beside what was given before, each once more if that delivery comes again', async () => {
    const bea = await waitedFor('Bea')
    const [first] = (await pick(bea, 'three')).replies
    await bot.store.prisma.waiting.create({
      data: {
        id: 'later',
        identityRef: bea.ref,
        view: { lang: 'en', blocks: [{ kind: 'text', text: 'You have mail.' }], buttons: [], brief: 'Mail' },
      },
    })
    const again = await pick(bea, 'three')
    expect(again.replies.slice(0, -1)).toEqual([first, expect.objectContaining({ kind: 'say' })])
    expect(again.text).toContain('You have mail.')
    expect((await pick(bea, 'three')).replies).toEqual(again.replies)
    expect((await pick(bea, 'four')).replies).toHaveLength(1)
  })
})

test('where the group cannot carry the answer, it gets the way to My vote, and nothing is written that tells of the choice', async () => {
  const { prisma } = bot.store
  const cleo = bot.person('Cleo').in(network.space('Ardwick'))
  await cleo.alone.start()
  const post = cleo.sees().find(one => one.only === undefined && JSON.stringify(one.view).includes(`polls_v_${pollId}_1`))
  const written = async () => [await prisma.delivery.count(), await prisma.waiting.count()]
  const before = await written()
  const answer = await cleo.does({ kind: 'press', token: `polls_pick_${pollId}_2`, message: post?.ref ?? 'chat:none' }, post)
  expect(answer.text).toBe('My answer is private. Open our private chat and it is there.')
  expect(await written()).toEqual(before)
  const shown = await cleo.follow()
  expect(shown.text).toContain('Parks')
  expect(shown.buttons).toContain('Take back: Parks')
})
