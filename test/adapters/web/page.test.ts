import { expect, test } from 'vitest'
import { isolated } from '../../../src/view/direction.ts'
import { openBrowser } from '../../helpers/browser.ts'
import { LIBRARY } from '../../helpers/samples.ts'
import { be, bot, complaints, describePage, go, page, post, tap, text, textOf, whispers, write } from './page-fixture.ts'
import { say } from './tiny-bot.ts'

describePage('The page of the browser chat', () => {
  test('a coordinator asks, people vote, and everybody sees one tally; each sees only their own receipt', async () => {
    await be('amina')
    await go('ardwick')
    await page.click('#try')
    await page.keyboard.press('Enter')
    await expect.poll(() => post().count()).toBe(1)
    await be('brendan')
    expect(await whispers().count()).toBe(0)
    await tap('Buses')
    await expect.poll(() => text('.whisper')).toContain('Counted: Buses.')
    await tap('Damp homes')
    await expect.poll(() => text('.whisper')).toContain('Counted: Damp homes.')
    await be('chidi')
    await tap('Damp homes')
    await expect.poll(() => textOf(post().locator('.bars'))).toMatch(/Buses\s+0\s+Parks\s+0\s+Damp homes\s+2/)
    expect(
      await post()
        .locator('.bar > span')
        .nth(2)
        .evaluate(bar => bar.style.inlineSize),
    ).toBe('100%')
    await expect.poll(() => text('.whisper')).toContain('Only you see this')
    await whispers().getByRole('button', { name: 'Take back' }).click()
    await expect.poll(() => text('.whisper')).toContain('Taken back')
    expect(await whispers().count()).toBe(1)
    await expect.poll(() => textOf(post())).toContain('1 answers')
    await whispers().getByRole('button', { name: 'Hide this' }).click()
    expect(await whispers().count()).toBe(0)
    await be('brendan')
    expect(await text('.whisper')).toContain('Counted: Damp homes.')
    await page.reload()
    await expect.poll(() => whispers().count()).toBe(1)
    const closes = post().locator('time').last()
    expect(await textOf(closes)).toMatch(/^Friday 4 December.* at 23:00 \(.+\)$/)
    expect(await closes.getAttribute('title')).toBe('Friday 4 December, 18:00 (UTC+0)')
  })

  test('a file that comes with a message can be saved', async () => {
    await go('ardwick')
    await write('/poll What matters most? | Buses | Parks')
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save poll.csv' }).click()])
    expect(file.suggestedFilename()).toBe('poll.csv')
  })

  test('an address in words is a link to where it shows, and other words are none', async () => {
    await go('ardwick')
    await bot.adapter.send('web:ardwick', say('Come (https://moot.example/a_b?x=1). Not moot.example, not https://a@evil.example'), 'links')
    const link = page.getByRole('link', { name: 'moot.example' })
    await expect.poll(() => link.count()).toBe(1)
    expect([await textOf(link), await link.getAttribute('href')]).toEqual(['https://moot.example/a_b?x=1', 'https://moot.example/a_b?x=1'])
  })

  test('what stands beside words that run from right to left is drawn where it was written', async () => {
    await go('ardwick')
    await bot.adapter.send('web:ardwick', say(`Counted: ${isolated('پارک')} 5 + 20%.`), 'right-to-left')
    const words = page.locator('.view p').filter({ hasText: 'Counted' })
    await expect.poll(() => words.count()).toBe(1)
    const drawn = await words.evaluate(({ firstChild, ownerDocument }) => {
      const left = (sign: string): number => {
        const range = ownerDocument.createRange()
        const at = firstChild?.textContent?.indexOf(sign) ?? 0
        if (firstChild) range.setStart(firstChild, at)
        if (firstChild) range.setEnd(firstChild, at + 1)
        return range.getBoundingClientRect().left
      }
      return [...'C:پ5+2%'].sort((a, b) => left(a) - left(b)).join('')
    })
    expect(drawn).toBe('C:پ5+2%')
  })

  test('a picture is shown with what it shows; one that people choose in a form comes in', async () => {
    await go('ardwick')
    const picture = { kind: 'picture', id: 'garden', name: 'garden.png', mime: 'image/png', about: 'A <b>garden' } as const
    const asks = { ...say('The garden', [[{ label: 'Another picture', token: 'garden_ask' }]]), blocks: [picture] }
    await bot.adapter.send('web:ardwick', asks, 'k')
    const image = page.getByRole('img', { name: 'A <b>garden' })
    await expect.poll(() => image.evaluate(one => (one as unknown as { naturalWidth: number }).naturalWidth)).toBe(8)
    await page.getByRole('button', { name: 'Another picture' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => text('#form-fields .error')).toBe('Please fill this in.')
    await page.setInputFiles('#field-picture', { name: 'library.png', mimeType: 'image/png', buffer: LIBRARY.content })
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => bot.heard.at(-1)?.event.kind).toBe('submit')
    const event = bot.heard.at(-1)?.event
    const file = event?.kind === 'submit' ? event.files?.['picture'] : undefined
    expect([file?.name, event?.kind === 'submit' && event.values]).toEqual(['library.png', {}])
    expect(Buffer.from((await file?.read()) ?? []).equals(LIBRARY.content)).toBe(true)
  })

  test('the way into the private chat brings its payload along; an empty one is greeted', async () => {
    await be('farah')
    await go('ardwick')
    await write('/mine')
    await page.getByRole('button', { name: 'Open the private chat' }).click()
    await expect.poll(() => text('#log')).toContain('You came with app_mine.')
    expect(await text('#title')).toBe('Private chat with Folkmoot')
    await be('grace')
    await expect.poll(() => text('#log')).toContain('Hello! Write to me here')
    expect(bot.heard.at(-1)).toMatchObject({ place: 'private', person: { ref: 'web:@grace' }, event: { kind: 'started', payload: '' } })
  })

  test('a link of ours in a message leads into the private chat too', async () => {
    await go('ardwick')
    const url = bot.adapter.privateLink('poll_mine_7') ?? ''
    await bot.adapter.send('web:ardwick', say('Yours', [[{ label: 'Show mine', url }]]), 'k')
    await page.getByRole('link', { name: 'Show mine' }).click()
    await expect.poll(() => text('#log')).toContain('You came with poll_mine_7.')
    expect(new URL(page.url()).hash).toBe('')
  })

  test('home shows what is for this person, and its buttons work', async () => {
    await go('private')
    await page.click('#home')
    await expect.poll(() => text('#home-panel')).toContain('One poll waits for you.')
    await page.getByRole('button', { name: 'Show it' }).click()
    await expect.poll(() => text('#home-panel')).toContain('This is the poll.')
    await be('brendan')
    expect(await page.locator('#home-panel').isVisible()).toBe(false)
  })

  test('people talk among themselves; the bot hears only replies to it', async () => {
    await be('ewan')
    await go('ardwick')
    await write('The 219 is late again')
    await expect.poll(() => page.locator('article').count()).toBe(1)
    await bot.adapter.send('web:ardwick', say('What matters most?'), 'k')
    await be('chidi')
    await post().getByRole('button', { name: 'Reply Folkmoot' }).click()
    expect(await text('#replying')).toContain('What matters most?')
    await write('2')
    await expect.poll(() => text('#log')).toContain('You wrote: 2')
    expect(bot.heard.map(inbound => inbound.event)).toMatchObject([{ kind: 'text', text: '2', replyTo: 'web:ardwick/2' }])
  })

  test('what is new elsewhere is said in words', async () => {
    await be('amina')
    await go('ardwick')
    await bot.adapter.send('web:gorton', say('Hello'), 'k1')
    await bot.adapter.send('web:gorton', say('Hello again'), 'k2')
    await bot.adapter.send('web:@ewan', say('For Ewan'), 'k3')
    await expect.poll(() => text('[data-chat=gorton]')).toMatch(/Gorton & Abbey Hey residents\s+2 new/)
    await expect.poll(() => text('label:has([value=ewan])')).toMatch(/Ewan resident in Ancoats & Beswick\s+1 new/)
    await go('gorton')
    await expect.poll(() => text('[data-chat=gorton]')).toBe('Gorton & Abbey Hey residents')
  })

  test('what the network lost is sent again under the same id', async () => {
    await go('ardwick')
    const ids: string[] = []
    await page.route('**/act', async route => {
      ids.push((route.request().postDataJSON() as { id: string }).id)
      // The first is taken but its answer is lost; the second does not get here at all.
      if (ids.length === 1) await route.fetch()
      if (ids.length < 3) await route.abort()
      else await route.continue()
    })
    await write('/guide')
    await expect.poll(() => whispers().count()).toBe(1)
    expect(new Set(ids).size).toBe(1)
    expect(bot.heard.map(inbound => inbound.id)).toEqual([`web:${ids[0]}`, `web:${ids[0]}`])
    expect(await page.locator('#line').isVisible()).toBe(false)
    // The browser itself says that a request was lost.
    expect(complaints.splice(0)).toHaveLength(2)
  })

  test('an answer that was lost with the line is said again when the page is back', async () => {
    await go('ardwick')
    await write('/poll What matters most? | Buses | Parks')
    await expect.poll(() => post().count()).toBe(1)
    const before = bot.heard.length
    await page.route('**/act', async route => {
      await route.fetch()
      await route.abort()
    })
    await tap('Buses')
    await expect.poll(() => bot.heard.length).toBeGreaterThan(before)
    await page.reload()
    await expect.poll(() => text('#line')).toContain('Trying again')
    await page.unroute('**/act')
    await expect.poll(() => text('.whisper >> nth=-1')).toContain('Counted: Buses.')
    expect(new Set(bot.heard.slice(before).map(inbound => inbound.id)).size).toBe(1)
    expect(await textOf(post())).toContain('1 answers')
    await page.reload()
    await expect.poll(() => page.locator('article').count()).toBeGreaterThan(0)
    expect(new Set(bot.heard.slice(before).map(inbound => inbound.id)).size).toBe(1)
    // The browser itself says that a request was lost.
    complaints.splice(0)
  })

  test('a card taller than the screen is read from its beginning; what a newer card has followed is said to be older, and Tab passes it by', async () => {
    await page.setViewportSize({ width: 320, height: 500 })
    await page.click('#menu')
    await go('ardwick')
    const tall = (name: string) => ({
      ...say(name, [[{ label: `Press ${name}`, token: 'garden_ask' }]]),
      blocks: [
        { kind: 'title', text: name } as const,
        ...Array.from({ length: 30 }, (_, i) => ({ kind: 'text', text: `Line ${i}` }) as const),
      ],
    })
    const top = (name: string) =>
      page.getByRole('heading', { name }).evaluate(title => {
        const log = title.closest('#log')
        return log ? title.getBoundingClientRect().top - log.getBoundingClientRect().top : -1
      })
    await bot.adapter.send('web:ardwick', tall('One'), 'k1')
    await expect.poll(() => top('One')).toBeGreaterThan(0)
    await bot.adapter.send('web:ardwick', tall('Two'), 'k2')
    await expect.poll(() => top('Two')).toBeGreaterThan(0)
    expect(await top('Two')).toBeLessThan(120)
    expect(await page.locator('html').evaluate(html => html.scrollWidth)).toBe(320)
    expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual(['Ardwick residents'])
    await write('/poll What matters most? | Buses | Parks')
    await expect.poll(() => whispers().count()).toBe(1)
    await write('/poll What else? | Trees | Bins')
    await expect.poll(() => whispers().count()).toBe(2)
    expect(await textOf(whispers().first())).toContain('Older answer')
    expect(await textOf(whispers().last())).not.toContain('Older answer')
    expect(await whispers().first().locator('button:not([tabindex="-1"])').count()).toBe(0)
    expect(await whispers().last().locator('button[tabindex="-1"]').count()).toBe(0)
    await whispers().first().getByRole('button', { name: 'Secret' }).click()
    await expect.poll(() => textOf(whispers().last())).toContain('Older answer')
    expect(await textOf(whispers().first())).not.toContain('Older answer')
  })

  test('what people wrote is words, never a part of the page', async () => {
    await go('ardwick')
    await write('/poll <img src=x onerror=alert(1)> | <b>A</b> | B')
    await expect.poll(() => text('#log h3')).toBe('<img src=x onerror=alert(1)>')
    expect(await page.locator('#log :is(img:not(.face), .view b b)').count()).toBe(0)
  })

  test('another browser is told how to get in', async () => {
    const other = await openBrowser()
    const visitor = await other.newPage()
    await visitor.goto(bot.adapter.link)
    expect(await visitor.title()).toBe('Folkmoot: trial chat')
    expect(await visitor.getByRole('heading', { name: 'This chat is not open here' }).count()).toBe(1)
    await other.done()
  })
})
