import { describe, expect, test } from 'vitest'
import type { Group } from '../../platforms/telegram/groups.ts'
import { kinds, stage, view } from './harness.ts'

describe('whoever brings the bot into a group by a link gets one answer, that to the link', () => {
  /** Held until the bot stops. */
  const held = async () => {
    const on = await stage({ holdMs: 600_000 })
    on.reply = ({ event: { kind } }) => (kind === 'joined' || kind === 'started' ? [{ kind: 'say', view: view(kind) }] : [])
    const plain = on.tg.group('Clayton', { bot: false })
    plain.add(on.amina)
    return { on, plain }
  }
  const texts = (group: Group) => group.fromBot.map(one => one.text)

  test('where the bot came first', async () => {
    const { on, plain } = await held()
    const mill = on.tg.group('Mill', { bot: false })
    mill.add(on.amina, 'network_join_abc')
    await on.tg.until(() => mill.fromBot.length > 0, 'the answer to the link')
    await on.adapter.stop()
    expect(kinds(on)).toEqual(['joined', 'joined', 'started'])
    expect(texts(mill)).toEqual(['started'])
    expect(texts(plain)).toEqual(['joined'])
  })

  test('where the words of the link came first', async () => {
    const { on, plain } = await held()
    const mill = on.tg.group('Mill')
    on.amina.says(mill, `/start@${on.tg.world.me.username} network_join_abc`)
    await on.tg.until(() => mill.fromBot.length > 0, 'the answer to the link')
    mill.kick()
    mill.add(on.amina)
    await on.tg.until(() => kinds(on).length === 4)
    await on.adapter.stop()
    expect(kinds(on)).toEqual(['joined', 'started', 'left', 'joined'])
    expect(texts(mill)).toEqual(['started'])
    expect(texts(plain)).toEqual(['joined'])
  })

  test('and where there is none it is greeted after a moment', async () => {
    const on = await stage({ holdMs: 20 })
    on.reply = () => [{ kind: 'say', view: view('Hello') }]
    const mill = on.tg.group('Mill', { bot: false })
    mill.add(on.amina)
    await on.tg.until(() => mill.fromBot.length > 0, 'the greeting')
    expect(texts(mill)).toEqual(['Hello'])
  })
})
