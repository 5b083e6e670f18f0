import { describe, expect, test } from 'vitest'
import { sweepPictures } from '../../src/pictures/picture-sweep.ts'
import type { PictureBlock } from '../../src/view/view.ts'
import { poor } from '../helpers/chat.ts'
import { words } from '../helpers/person.ts'
import { looks, photo } from '../helpers/photos.ts'
import { GARDEN, HUGE, LIBRARY, png, sent } from '../helpers/samples.ts'
import { bot, count, DAY, inTown, jo, network, posts } from '../helpers/town.ts'

const ABOUT = 'Six people with spades beside a raised bed'

inTown('Network', ['Ardwick'], { joIn: 'Ardwick', platforms: { chat: {}, narrow: poor } })

const shown = (): PictureBlock | undefined =>
  posts()
    .at(-1)
    ?.view.blocks.find(block => block.kind === 'picture')
const rows = () => bot.store.prisma.picture.findMany({ where: { networkId: network.id }, orderBy: { createdAt: 'asc' } })
const looksOf = async (id = '') => looks((await bot.store.prisma.picture.findUniqueOrThrow({ where: { id } })).bytes)
const say = (line: string) => jo.say(`/announce ${line}`)
const addPicture = async (about = ABOUT, file = sent(GARDEN)) => {
  await jo.press('Add a picture')
  return jo.submit({ about }, { picture: file })
}

describe('a picture on the draft', () => {
  test('is shown with what it shows, in the preview and in the post', async () => {
    await say('The new garden')
    expect((await jo.press('Add a picture')).form?.fields.map(({ label, kind, required }) => [label, kind, required])).toEqual([
      ['What does the picture show?', 'lines', true],
      ['The picture', 'picture', true],
    ])
    const card = await jo.submit({ about: ABOUT }, { picture: sent(GARDEN) })
    expect(card.text).toContain(`Picture: ${ABOUT}`)
    expect((await jo.press('Preview')).text).toBe(`The new garden\n${ABOUT}`)
    const told = await jo.press('Post')
    expect(told.text).toContain(`With a picture: ${ABOUT}`)
    await bot.tick()
    expect(shown()).toMatchObject({ about: ABOUT, mime: 'image/png', name: 'garden.png' })
    expect(await looksOf(shown()?.id)).toEqual(await looks(GARDEN.content))
  })

  test('can be changed, said in other words, and taken away', async () => {
    await say('The new garden')
    await addPicture()
    await jo.press('Change the picture')
    expect((await jo.submit({ about: 'Seven people' })).text).toContain('Picture: Seven people')
    await jo.press('Change the picture')
    await jo.submit({ about: 'A library' }, { picture: sent(LIBRARY) })
    expect(await rows()).toHaveLength(2)
    expect((await jo.press('Take the picture away')).text).not.toContain('Picture:')
    await jo.press('Post')
    await bot.tick()
    expect(shown()).toBeUndefined()
  })

  const long = sent({ ...GARDEN, content: Buffer.concat([GARDEN.content, Buffer.alloc(8 * 1024 * 1024)]) })
  test.for([
    ['no words', { about: ' ' }, sent(GARDEN), { about: 'Please say in a sentence what the picture shows, for people who cannot see it.' }],
    [
      'no picture',
      { about: ABOUT },
      undefined,
      { picture: 'The picture is missing. Send a JPEG, PNG, GIF, WebP or AVIF of at most 8 MB.' },
    ],
    ['9 MB', { about: ABOUT }, long, { picture: expect.stringContaining('too large: 9 MB. 8 MB is the most') }],
    ['50 MB', { about: ABOUT }, { ...sent(HUGE), bytes: 50 * 1024 ** 2 }, { picture: expect.stringContaining('too large: 50 MB') }],
    ['9 MB that says it is 1 KB', { about: ABOUT }, { ...long, bytes: 1024 }, { picture: expect.stringContaining('too large: 9 MB') }],
    [
      'a page that calls itself a picture',
      { about: ABOUT },
      sent({ ...GARDEN, content: Buffer.from('<html>') }),
      { picture: 'I cannot use this file. Send a JPEG, PNG, GIF, WebP or AVIF.' },
    ],
    [
      'one that is cut off',
      { about: ABOUT },
      sent({ ...GARDEN, content: GARDEN.content.subarray(0, 12) }),
      { picture: expect.stringContaining('is damaged, or a part of it is missing') },
    ],
    [
      'very wide',
      { about: ABOUT },
      sent({ ...GARDEN, content: png(4200, 200) }),
      { picture: expect.stringContaining('4,200 by 200 pixels') },
    ],
    [
      'gone',
      { about: ABOUT },
      { ...sent(GARDEN), read: () => Promise.reject(new Error('404')) },
      { picture: 'I could not fetch this picture. Please send it again.' },
    ],
  ] as const)('refused in words: %s', async ([, values, file, fields]) => {
    await say('The new garden')
    await jo.press('Add a picture')
    expect((await jo.submit(values, file && { picture: file })).wrong).toEqual(fields)
    expect(await rows()).toEqual([])
  })

  test('leaves less room: words, link and what it shows together', async () => {
    const room = 900 - ABOUT.length
    await say('x'.repeat(room + 1))
    expect((await addPicture()).wrong).toEqual({ about: expect.stringContaining('have 901 characters together, and 900 is the most') })
    await jo.press('Change the words')
    await jo.submit({ words: 'x'.repeat(room), link: '' })
    expect((await addPicture()).wrong).toEqual({})
    await jo.press('Change the words')
    expect((await jo.submit({ words: 'x'.repeat(room), link: 'example.org' })).wrong).toEqual({
      words: expect.stringContaining('900 is the most'),
    })
    await jo.press('Post')
    await bot.tick()
    expect(posts().at(-1)?.view.blocks).toHaveLength(2)
  })

  test('is fetched only for a coordinator whose draft it is, and no transaction waits for it', async () => {
    await say('The new garden')
    const { form } = await jo.press('Add a picture')
    const reads: string[] = []
    const stranger = bot.person(`Sam ${count}`).in(network.space(`Ardwick ${count}`))
    await stranger.does({ kind: 'submit', form: form?.token ?? '', values: { about: ABOUT }, files: { picture: sent(GARDEN, reads) } })
    await jo.submit({ about: ' ' }, { picture: sent(GARDEN, reads) })
    expect(reads).toEqual([])
    let waiting: unknown
    const reading = async (): Promise<Uint8Array> => {
      ;[waiting] = await bot.store.prisma.$queryRaw<unknown[]>`
        SELECT count(*)::int AS "n" FROM pg_stat_activity WHERE "datname" = current_database() AND "state" = 'idle in transaction'`
      return GARDEN.content
    }
    const card = await jo.submit({ about: ABOUT }, { picture: { ...sent(GARDEN), read: reading } })
    expect([card.text.includes(`Picture: ${ABOUT}`), waiting]).toEqual([true, { n: 0 }])
  })
})

describe('a picture of one that stands', () => {
  test('can be added and changed everywhere, and is marked as a change', async () => {
    await say('The new garden')
    await jo.press('Post')
    await bot.tick()
    expect((await addPicture()).text).toContain('The picture is changed. Below you see in which chats it has arrived.')
    await bot.tick()
    expect([posts().length, shown()?.about]).toEqual([1, ABOUT])
    await jo.press('Change the picture')
    await jo.submit({ about: 'A library' }, { picture: sent(LIBRARY) })
    await bot.tick()
    expect(await looksOf(shown()?.id)).toEqual(await looks(LIBRARY.content))
    expect(words(posts().at(-1)?.view ?? { blocks: [], buttons: [], brief: '', lang: 'en' })).toContain('Changed ')
    await jo.press('Change the words')
    await jo.submit({ words: 'The newer garden', link: '' })
    await bot.tick()
    expect(shown()?.about).toBe('A library')
  })

  test('is taken away before it goes out, not after: not every chat app could', async () => {
    await say('The new garden | when: tomorrow 9am')
    await addPicture()
    await jo.press('Post')
    const { buttons, text } = await jo.press('Take the picture away')
    expect(text).toContain('The picture is taken away.')
    expect(buttons).toContain('Add a picture')
    await addPicture()
    await bot.later(DAY)
    expect(shown()?.about).toBe(ABOUT)
    const one = await bot.store.prisma.announcement.findFirstOrThrow({ where: { networkId: network.id } })
    expect((await jo.forge(`announcements_repicture_${one.id}_none`)).text).toContain('It has gone out already')
  })

  test('goes with the words when it is withdrawn', async () => {
    await say('The new garden')
    await addPicture()
    await jo.press('Post')
    await bot.tick()
    await jo.press('Withdraw it')
    await jo.press('Withdraw it')
    await bot.tick()
    expect(posts()).toEqual([])
  })
})

test('where a form is questions, the picture is asked for last and sent as a message', async () => {
  const there = await bot.network(`Narrow ${count}`, ['Gorton'], { platform: 'narrow' })
  const kim = bot.person(`Kim ${count}`, { platform: 'narrow', started: true })
  await bot.grant(there, kim, 'coordinator')
  await kim.say('/announce The new garden')
  expect((await kim.press('Add a picture')).text).toContain('1 of 2. What does the picture show?')
  expect((await kim.send(sent(GARDEN))).text).toContain('Please answer in words.')
  expect((await kim.say(ABOUT)).text).toContain('2 of 2. The picture')
  expect((await kim.say('here it is')).text).toContain('Please send a picture')
  const wrong = await kim.send(sent({ ...GARDEN, content: Buffer.from('no picture') }))
  expect(wrong.text).toContain('I cannot use this file.')
  expect((await kim.send(sent(GARDEN), 'with words of its own')).text).toContain(`Picture: ${ABOUT}`)
  await kim.press('Post')
  await bot.tick()
  const post = bot.chat('narrow').shown.find(one => one.at === there.space('Gorton'))
  expect(post?.view.blocks.at(-1)).toMatchObject({ kind: 'picture', about: ABOUT })
})

test('a preview says what is different on the other chat apps that it goes to', async () => {
  const spaceId = await addSpace('narrow')
  await say('The new garden | audience: everyone')
  await addPicture()
  const { buttons } = await jo.press('Preview')
  expect([buttons, spaceId.length > 0]).toEqual([['Chat', 'Narrow'], true])
  expect((await jo.press('Narrow')).text).toContain(
    'On Narrow it looks like this. What is different there:\n• What the picture shows is written under it, for everybody to read.',
  )
  expect((await jo.press('Chat')).text).toContain('On Chat it looks just like this.')
})

async function addSpace(platform: string): Promise<string> {
  const ref = `${platform}:extra${count}`
  const made = await bot.store.prisma.space.create({
    data: { id: `extra${count}`, networkId: network.id, ref, platform, title: `Extra ${count}`, state: 'joined' },
  })
  return made.id
}

test('what nothing refers to for a day is swept; drafts and announcements keep theirs', async () => {
  await say('The new garden')
  await addPicture()
  await jo.press('Post')
  await say('Another one')
  await addPicture('Kept by a draft')
  await say('A third')
  await addPicture('Thrown away')
  await jo.press('Throw away')
  // What waits to be said to somebody refers to it too.
  await say('A fourth')
  await addPicture('Waits to be said')
  const last = (await rows()).find(row => row.about === 'Waits to be said')
  const view = {
    blocks: [
      { kind: 'text', text: 'x' },
      { kind: 'picture', id: last?.id ?? '' },
    ],
  }
  await jo.press('Throw away')
  await bot.store.prisma.waiting.create({ data: { id: `w${count}`, identityRef: jo.ref, view } })
  const keepers = () => bot.deps.features().flatMap(one => one.pictures)
  const sweep = (ms: number) => sweepPictures(bot.store.prisma, keepers(), new Date(bot.clock.now().getTime() + ms))
  await sweep(DAY - 1)
  expect((await rows()).map(row => row.about).sort()).toEqual(['Kept by a draft', ABOUT, 'Thrown away', 'Waits to be said'])
  await sweep(DAY + 1)
  expect((await rows()).map(row => row.about).sort()).toEqual(['Kept by a draft', ABOUT, 'Waits to be said'])
})

test('an export lists it', async () => {
  await say('The new garden')
  await addPicture('A JPEG', sent({ ...GARDEN, name: 'IMG 1.jpg', content: await photo(40, 30) }))
  await jo.press('Post')
  const { exportAnnouncements } = await import('../../src/announcements/personal-data.ts')
  const { announcements } = await bot.store.prisma.$transaction(tx => exportAnnouncements(tx, network.id))
  expect(announcements).toMatchObject([{ picture: { about: 'A JPEG', mime: 'image/jpeg', name: 'IMG 1.jpg' } }])
})
