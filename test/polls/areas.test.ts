import { expect, test } from 'vitest'
import { token } from '../../src/feature/token.ts'
import { ardwick, bot, count, inTown, jo, network } from '../helpers/town.ts'

inTown('Network', ['Ardwick', 'Gorton'], { joIn: 'Ardwick' })

/** The counts of the newest poll: by area, which option, and how many. */
async function counts(): Promise<readonly string[]> {
  const { prisma } = bot.store
  const poll = await prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
  const rows = await prisma.count.findMany({ where: { pollId: poll.id, n: { not: 0 }, option: { not: 0 } } })
  const areas = new Map((await prisma.area.findMany()).map(area => [area.id, area.name]))
  return rows.map(row => `${areas.get(row.areaId) ?? 'not said'}: ${row.n} for ${row.option}`).sort()
}

test.each(['secret', 'named'])(
  'who answers a %s poll in a chat for all areas is offered to say theirs, and the answer moves there',
  async kind => {
    const { prisma } = bot.store
    await prisma.space.updateMany({ where: { networkId: network.id }, data: { areaId: null } })
    await jo.say('/poll What matters most? | Buses | Parks')
    const { id: pollId } = await prisma.poll.findFirstOrThrow({ where: { networkId: network.id } })
    if (kind === 'named') {
      await prisma.poll.update({ where: { id: pollId }, data: { secret: false } })
      await prisma.pollKey.delete({ where: { pollId } })
    }
    await bot.tick()
    const amina = bot.person(`Amina ${count}`).in(ardwick())
    expect((await amina.press('2. Parks')).text).toContain('Counted: Parks.')
    expect(await counts()).toEqual(['not said: 1 for 2'])

    await amina.press('Say your neighbourhood')
    await amina.press(`Gorton ${count}`)
    await bot.tick()
    expect(await counts()).toEqual([`Gorton ${count}: 1 for 2`])

    // Somebody who moves says so for the next time: what counts in one area stays there.
    await amina.press('My vote')
    await amina.forge(token('network', 'areas'))
    await amina.press(`Ardwick ${count}`)
    await bot.tick()
    expect(await counts()).toEqual([`Gorton ${count}: 1 for 2`])
    expect((await bot.person(`Bo ${count}`).in(ardwick()).press('1. Buses')).buttons).toContain('Say your neighbourhood')
    expect((await amina.press('1. Buses')).buttons).not.toContain('Say your neighbourhood')
  },
)
