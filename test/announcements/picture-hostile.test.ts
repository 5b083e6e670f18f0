import { describe, expect, test } from 'vitest'
import type { PictureBlock } from '../../src/view/view.ts'
import { crowded, doubled, exif, fronted, looks, moving, noted, PLACE, photo, segment, still } from '../helpers/photos.ts'
import { pngNote, sent } from '../helpers/samples.ts'
import { bot, inTown, jo, posts } from '../helpers/town.ts'

const ABOUT = 'Six people with spades beside a raised bed'

inTown('Network', ['Ardwick'], { joIn: 'Ardwick' })

const add = async (name: string, content: Buffer) => {
  await jo.say('/announce The new garden')
  await jo.press('Add a picture')
  return jo.submit({ about: ABOUT }, { picture: sent({ name, mime: 'image/jpeg', content }) })
}
const posted = async (): Promise<{ block: PictureBlock; bytes: Buffer }> => {
  await jo.press('Post')
  await bot.tick()
  const block = posts()
    .at(-1)
    ?.view.blocks.find(one => one.kind === 'picture')
  if (!block) throw new Error('There is no picture.')
  const { bytes } = await bot.store.prisma.picture.findUniqueOrThrow({ where: { id: block.id } })
  return { block, bytes: Buffer.from(bytes) }
}

describe('a picture that goes out', () => {
  test.for([
    ['with notes of every kind', () => noted(400, 300), { width: 300, height: 400 }],
    ['with a second one behind it, as phones write portraits', () => doubled(400, 300), { width: 400, height: 300 }],
    ['that lies on its side', async () => fronted(await photo(400, 300), exif(6)), { width: 300, height: 400 }],
  ] as const)('stands upright and does not say where it was taken: %s', async ([, make, size]) => {
    await add('IMG 1.JPG', await make())
    const { block, bytes } = await posted()
    expect([block.mime, block.name, bytes.includes(PLACE)]).toEqual(['image/jpeg', 'IMG 1.jpg', false])
    expect(await looks(bytes)).toMatchObject(size)
  })

  test('may come as WebP, which not every chat app shows, and goes out as JPEG', async () => {
    await add('garden.webp', await still('webp'))
    const { block, bytes } = await posted()
    expect([block.mime, block.name, (await looks(bytes)).format]).toEqual(['image/jpeg', 'garden.jpg', 'jpeg'])
  })

  test('stands still, where it moved', async () => {
    await add('wave.gif', await moving('gif'))
    const { block, bytes } = await posted()
    expect([block.name, await looks(bytes)]).toEqual(['wave.png', { format: 'png', width: 40, height: 30, corner: [255, 0, 0] }])
  })

  test('may have 2,000,000 empty segments', async () => {
    const file = fronted(await photo(64, 48), Buffer.alloc(8_000_000, segment(0xfe, '')))
    expect((await add('long.jpg', file)).text).toContain(`Picture: ${ABOUT}`)
    expect((await posted()).bytes.byteLength).toBeLessThan(10_000)
  })
})

describe('what was typed stays, and a sentence says why', () => {
  test.for([
    ['nothing', 'empty.jpg', async () => Buffer.alloc(0), 'I cannot use this file. Send a JPEG, PNG, GIF, WebP or AVIF.'],
    ['a zip', 'album.jpg', async () => Buffer.from('PK\x03\x04', 'latin1'), 'I cannot use this file.'],
    ['a drawing', 'a.jpg', async () => Buffer.from('<svg><image href="http://127.0.0.1/"/></svg>'), 'I cannot use this file.'],
    ['a HEIC', 'IMG 2.heic', async () => Buffer.from('\0\0\0\x18ftypheic', 'latin1'), 'save it as a JPEG first.'],
    ['one that breaks off', 'b.jpg', async () => (await photo(400, 300)).subarray(0, -600), 'This picture is damaged'],
    ['a PNG of 400,000 pieces', 'c.png', async () => crowded(pngNote('tEXt', ''), 400_000), 'This picture is damaged'],
  ] as const)('%s', async ([, name, make, says]) => {
    const { wrong, form } = await add(name, await make())
    expect(wrong).toEqual({ picture: expect.stringContaining(says) })
    expect(form?.fields.find(field => field.name === 'about')?.value).toBe(ABOUT)
    const card = await jo.submit({ about: ABOUT }, { picture: sent({ name: 'd.jpg', mime: '', content: await photo(40, 30) }) })
    expect(card.text).toContain('The new garden')
    expect(card.text).toContain(`Picture: ${ABOUT}`)
  })
})
