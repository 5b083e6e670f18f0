import ical, { type VEvent } from 'node-ical'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Block } from '../../src/view/view.ts'
import { poor } from '../helpers/chat.ts'
import type { Heard, Someone } from '../helpers/person.ts'
import { bot, count, inTown, jo, network } from '../helpers/town.ts'
import { type Diary, forum, keepDiary } from './diary.ts'

/** Without an address at which others could open a link, files are sent instead. */

let diary: Diary
let amina: Someone
let aminaId: string
inTown('Network', ['Ardwick', 'Gorton'], { platforms: { chat: {}, simple: poor, bare: { files: false } } })
beforeAll(() => {
  diary = keepDiary(bot)
})
beforeEach(async () => {
  diary.entries.length = 0
  amina = bot.person(`Amina ${count}`)
  aminaId = await bot.grant(network, amina)
})

function fileIn({ views }: Heard): Extract<Block, { kind: 'file' }> {
  const file = views.flatMap(view => view.blocks).find(block => block.kind === 'file')
  if (file?.kind !== 'file') throw new Error('There is no file in the answer.')
  return file
}

const namesIn = (heard: Heard): readonly string[] =>
  Object.values(ical.sync.parseICS(fileIn(heard).text)).flatMap(one => (one?.type === 'VEVENT' ? [String((one as VEvent).summary)] : []))

function plan(): void {
  const [ardwick, gorton] = [network.area(`Ardwick ${count}`), network.area(`Gorton ${count}`)]
  diary.entries.push(
    forum(network.id, { id: 'forums_all', name: 'For all' }),
    forum(network.id, { id: 'forums_a', name: 'In Ardwick', areaIds: [ardwick], coming: [aminaId] }),
    forum(network.id, { id: 'forums_g', name: 'In Gorton', areaIds: [gorton] }),
    forum(network.id, { id: 'forums_off', name: 'Called off', isCancelled: true, coming: [aminaId] }),
    forum(network.id, {
      id: 'forums_past',
      name: 'Last year',
      startsAt: new Date('2025-12-05T18:00Z'),
      endsAt: new Date('2025-12-05T20:00Z'),
    }),
    forum(network.id, { id: 'announcements_1', name: 'A post that is not out', isSecret: true }),
    forum('another', { id: 'forums_other', name: 'Elsewhere' }),
  )
}

describe('A calendar file', () => {
  test('holds what is ahead, for whom it was asked; no link is offered', async () => {
    plan()
    const menu = await amina.forge('calendar_feed')
    expect(menu.text).toContain('You get a file with what is ahead')
    const all = await amina.press(`All of Network ${count}`)
    expect(namesIn(all)).toEqual(['In Ardwick', 'For all', 'In Gorton'])
    expect(all.text).toContain('What changes later is not in it: then come back for a new one.')
    expect(`${menu.text} ${all.text}`).not.toMatch(/https?:|webcal/)
    expect(namesIn(await amina.forge(`calendar_make_${network.id}_area_${network.area(`Gorton ${count}`)}`))).toEqual([
      'For all',
      'In Gorton',
    ])
    expect(namesIn(await amina.forge(`calendar_make_${network.id}_person`))).toEqual(['In Ardwick'])
    expect(fileIn(all)).toMatchObject({
      name: 'calendar.ics',
      mime: 'text/calendar',
      about: `A calendar file: all of Network ${count}, 3 entries`,
    })
    expect(await bot.store.prisma.feed.count()).toBe(0)
  })

  test('is not sent when nothing is ahead', async () => {
    expect((await amina.forge(`calendar_make_${network.id}_person`)).text).toBe(
      'There is nothing ahead for what you said you come to. Ask again when something is planned.',
    )
  })

  test('comes in the private chat, from wherever it was asked for', async () => {
    diary.entries.push(forum(network.id))
    const there = amina.in(network.space(`Ardwick ${count}`))
    const offered = await there.forge(`calendar_make_${network.id}_network`)
    expect(offered.views.flatMap(view => view.blocks).filter(block => block.kind === 'file')).toEqual([])
    await there.follow()
    expect(namesIn(await there.alone.press('All of'))).toEqual(['Forum: what we are good at'])
    const other = await bot.network(`Simple ${count}`, [`Moss ${count}`], { platform: 'simple' })
    diary.entries.push(forum(other.id))
    const bo = bot.person(`Bo ${count}`, { platform: 'simple' }).in(other.space(`Moss ${count}`))
    await bo.forge(`calendar_make_${other.id}_network`)
    expect(bo.reads().join('\n')).not.toContain('VEVENT')
    await bo.follow()
    expect(namesIn(await bo.alone.press('All of'))).toEqual(['Forum: what we are good at'])
  })

  test('a chat app without files says so', async () => {
    const other = await bot.network(`Bare ${count}`, [`Moss ${count}`], { platform: 'bare' })
    const bo = bot.person(`Bo ${count}`, { platform: 'bare' }).in(other.space(`Moss ${count}`))
    await bot.grant(other, bo, 'coordinator')
    expect((await bo.forge(`calendar_make_${other.id}_network`)).text).toContain('I cannot send files in this chat app')
    expect((await bo.forge('calendar_page')).text).toContain('I cannot send files in this chat app')
  })
})

describe('The page of the coordinators', () => {
  test('is sent as a file that needs nothing else, with all that is planned', async () => {
    plan()
    const page = fileIn(await jo.forge('calendar_page'))
    expect(page).toMatchObject({ name: 'calendar.html', mime: 'text/html' })
    for (const name of ['For all', 'In Ardwick', 'In Gorton', 'A post that is not out', 'Called off']) expect(page.text).toContain(name)
    expect(page.text).not.toMatch(/Elsewhere|Last year|The link to this page|<script|<link|src=|https?:/)
    expect(diary.asked.at(-1)).toMatchObject({ networkId: network.id, of: { kind: 'planned' } })
  })

  test('is not for others, whatever they were a moment ago', async () => {
    plan()
    expect((await amina.forge('calendar_page')).text).toContain('This one needs a coordinator.')
    expect((await amina.forge('calendar_feed')).buttons).not.toContain('What is planned (coordinators)')
    expect((await jo.forge('calendar_feed')).buttons).toContain('What is planned (coordinators)')
    await bot.store.prisma.grant.deleteMany({ where: { person: { networkId: network.id } } })
    expect((await jo.press('What is planned (coordinators)')).text).toContain('This one needs a coordinator.')
  })
})
