import { describe, expect, test } from 'vitest'
import { isolated } from '../../src/view/direction.ts'
import { said } from '../helpers/person.ts'
import { ardwick, bot, inTown, jo, network, posts, resident } from '../helpers/town.ts'

inTown('Network', ['Ardwick'], { joIn: 'Ardwick' })

const FILLER = '\u3164'
const FAMILY = '👨‍👩‍👧‍👦'
const SCOTLAND = '🏴󠁧󠁢󠁳󠁣󠁴󠁿'
const WALES = '🏴󠁧󠁢󠁷󠁬󠁳󠁿'

const options = async () => {
  const poll = { networkId: network.id }
  const rows = await bot.store.prisma.option.findMany({ where: { poll }, orderBy: { number: 'asc' } })
  return rows.map(row => row.text)
}
const labels = () => posts(ardwick()).flatMap(one => one.view.buttons.flat().map(button => button.label))

/** A named poll to which people may add options. */
async function openPoll(words: string): Promise<void> {
  await jo.say('/poll')
  await jo.submit({ question: 'What matters?', options: words, closes: '' })
  await jo.press('Make it named')
  await jo.press('Let residents add options')
  await jo.press('Post')
  await bot.tick()
}

describe('two options that look alike are one', () => {
  test.each([
    { name: 'a space without width', line: 'Buses | Bu\u200Bses', says: '“Buses” is there twice' },
    { name: 'a soft hyphen and case', line: 'Buses | bu\u00ADSES', says: '“buSES” is there twice' },
    { name: 'wide letters', line: 'Buses | Ｂｕｓｅｓ', says: 'is there twice' },
    { name: 'a filler before it', line: `Buses | ${FILLER}Buses`, says: '“Buses” is there twice' },
    { name: 'a turned direction', line: 'Buses | \u202EBuses', says: '“Buses” is there twice' },
    { name: 'the same word with and without a joiner', line: 'می‌خواهم | میخواهم', says: 'is there twice' },
    { name: 'a filler alone is no option', line: `Buses | ${FILLER}`, says: 'at least two options' },
    { name: 'a blank of Braille alone is none', line: 'Buses | \u2800 \u2800', says: 'at least two options' },
    { name: 'no question', line: '\u200B | Buses | Parks', says: 'The question is missing.' },
  ])('in one line: $name', async ({ line, says }) => {
    const told = await jo.say(line.startsWith('\u200B') ? `/poll ${line}` : `/poll What? | ${line}`)
    expect(told.text).toContain(says)
    expect(await options()).toEqual([])
  })

  test('in the form, on the draft card and when the words are changed', async () => {
    await jo.say('/poll')
    const twice = { options: '“Bu ses” is there twice.' }
    expect((await jo.submit({ question: 'What?', options: 'Bu ses\nBu\u2003ses\u200B', closes: '' })).wrong).toEqual(twice)
    expect((await jo.submit({ question: FILLER, options: 'Buses\nParks', closes: '' })).wrong).toEqual({
      question: 'The question is missing.',
    })
    await jo.submit({ question: 'What?', options: 'Buses\nParks', closes: '' })
    await jo.press('Change the words')
    expect((await jo.submit({ question: 'What?', options: 'Buses\nBuse\u2060s' })).wrong).toEqual({ options: '“Buses” is there twice.' })
    await jo.press('Post')
    await jo.press('Change the words')
    expect((await jo.submit({ question: 'What?', options: 'Parks\nParks\uFE0F' })).wrong).toEqual({ options: '“Parks” is there twice.' })
    expect(await options()).toEqual(['Buses', 'Parks'])
  })

  test('when people add them', async () => {
    await openPoll('Buses\nParks')
    const amina = resident('Amina')
    await amina.press('Add an option')
    expect((await amina.submit({ option: 'bu\u200Cses' })).wrong).toEqual({ option: 'That option is there already.' })
    expect((await amina.submit({ option: FILLER })).wrong).toEqual({ option: 'Please write an option.' })
    expect((await amina.submit({ option: '\u200D' })).wrong).toEqual({ option: 'Please write an option.' })
    expect((await amina.submit({ option: '\u202ENight\u202C buses' })).text).toContain('Night buses')
    expect(await options()).toEqual(['Buses', 'Parks', 'Night buses'])
  })

  test('when several people add alike ones at once, one is added', async () => {
    await openPoll('Buses\nParks')
    const ways = ['Trees', 'trees', 'TREES.', 'Tre\u200Bes', 'Ｔｒｅｅｓ', 'Trees\u3164']
    const people = ways.map((_, i) => resident(`Bo ${i}`))
    for (const one of people) await one.press('Add an option')
    const told = await Promise.all(people.map((one, i) => one.submit({ option: ways[i] ?? '' })))
    expect(told.filter(one => one.wrong['option'] === 'That option is there already.')).toHaveLength(5)
    expect((await options()).length).toBe(3)
  })

  test('when two change the words at once, one sees what the other has written', async () => {
    await openPoll('Buses\nParks')
    const amina = resident('Amina')
    await amina.press('Add an option')
    await jo.press('Change the words')
    const [told, added] = await Promise.all([
      jo.submit({ question: 'What matters?', options: 'Buses\nTrees' }),
      amina.submit({ option: 'Tre\u200Bes' }),
    ])
    expect([Object.keys(told.wrong), Object.keys(added.wrong)].flat()).toHaveLength(1)
    const left = await options()
    expect(left.filter(text => text === 'Trees')).toHaveLength(1)
  })
})

describe('an option is kept as it was typed', () => {
  test('with joiners between letters and in emoji, and is found by words without them', async () => {
    const all = ['র‍্যাব', 'می‌خواهم', 'ہم‌آہنگی', FAMILY, SCOTLAND, WALES, '❤️', '1️⃣']
    await openPoll(all.join('\n'))
    expect(await options()).toEqual(all)
    expect(labels()).toEqual(expect.arrayContaining(all.map((text, i) => `${i + 1}. ${isolated(text)}`)))
    const [post] = posts(ardwick())
    if (!post) throw new Error('Nothing was posted.')
    let who = 0
    const says = async (words: string) => {
      who += 1
      return said(await resident(`Amina ${who}`).reply(post, words))
    }
    expect(await says('میخواهم')).toContain(`Counted: ${isolated('می‌خواهم')}.`)
    expect(await says('\u200Fہم آہنگی')).toBe('')
    expect(await says('ہم‌آہنگی\u200C')).toContain(`Counted: ${isolated('ہم‌آہنگی')}.`)
    expect(await says('র‍্যাব')).toContain('Counted: র‍্যাব.')
    expect(await says(WALES)).toContain(`Counted: ${WALES}.`)
    expect(await says('❤')).toContain('Counted: ❤️.')
  })

  test('and a poll is found by how it begins', async () => {
    await jo.say('/poll Straßenfest? | Ja | Nein')
    await jo.say('/poll می‌خواهم ببینم؟ | آری | نه')
    expect((await jo.say('/poll show STRASSENFEST')).text).toContain('Straßenfest?')
    expect((await jo.say('/poll sh\u200Bow میخواهم')).text).toContain('می‌خواهم ببینم؟')
    expect((await jo.suggest('poll', 'Show\u200B ')).text).toMatch(/^show .+\nshow .+$/)
  })
})

test('a name of nothing is no name, and one with a joiner is one', async () => {
  const nobody = bot.person(`${FILLER}`).in(ardwick())
  expect((await nobody.say('/mine')).text).toContain('you are called ?.')
  expect((await bot.person('র‍্যাব').in(ardwick()).say('/mine')).text).toContain('you are called র‍্যাব.')
})
