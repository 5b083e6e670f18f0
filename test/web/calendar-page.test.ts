import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unreadable } from '../adapters/web/contrast.ts'
import { forum, keepDiary } from '../calendar/diary.ts'
import { type TestApp, testApp } from '../helpers/app.ts'
import { type Browser, noBrowser, openBrowser } from '../helpers/browser.ts'
import { temporary } from '../store/programs.ts'
import { type Door, linkFor, openDoor, PUBLIC_URL } from './door.ts'

const EVIL = '<script>alert(1)</script> & "friends"'

describe.skipIf(noBrowser)('The page of what is planned', () => {
  let bot: TestApp
  let door: Door
  let path: string
  let browser: Browser
  const complaints: string[] = []

  beforeAll(async () => {
    bot = await testApp({ publicUrl: PUBLIC_URL })
    bot.clock.at = Date.UTC(2026, 10, 24, 9, 12)
    door = await openDoor(bot)
    browser = await openBrowser()
    const diary = keepDiary(bot)
    const network = await bot.network('Ancoats & around', ['Ardwick'])
    const jo = bot.person('Jo')
    await bot.grant(network, jo, 'coordinator')
    const at = (day: string) => new Date(`2026-${day}:00Z`)
    diary.entries.push(
      forum(network.id, { id: 'a1', name: 'Winter fair', startsAt: at('11-23T10:00'), endsAt: at('11-26T17:00'), about: '' }),
      forum(network.id, { id: 'a2', link: 'https://example.org/forum?a=1&b="' }),
      forum(network.id, {
        id: 'a3',
        name: 'Drop-in about damp homes',
        startsAt: at('12-05T20:30'),
        endsAt: at('12-05T21:00'),
        isCancelled: true,
      }),
      forum(network.id, {
        id: 'a4',
        name: EVIL,
        place: EVIL,
        about: EVIL.repeat(40),
        link: 'javascript:alert(1)',
        startsAt: at('12-18T22:00'),
        endsAt: at('12-19T01:00'),
      }),
    )
    path = await linkFor(jo, 'calendar_page')
  })
  afterAll(async () => {
    await browser.done()
    await door.close()
    await bot.close()
  })

  async function open(width: number, colorScheme: 'light' | 'dark' = 'light', url = `${door.at}${path}`): Promise<Page> {
    const page = await browser.newPage()
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme })
    page.on('console', line => complaints.push(line.text()))
    page.on('pageerror', error => complaints.push(String(error)))
    await page.goto(url)
    return page
  }

  const headings = (page: Page, level: number) => page.getByRole('heading', { level }).allInnerTexts()
  const sideways = (page: Page) => page.locator('html').evaluate(html => html.scrollWidth - html.clientWidth)

  test('on a phone: by day, without a table, nothing beyond the edge', async () => {
    const page = await open(360)
    expect(await page.title()).toBe('Ancoats & around: what is planned')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await headings(page, 1)).toEqual(['Ancoats & around: what is planned'])
    expect(await headings(page, 2)).toEqual(['November 2026', 'December 2026'])
    expect(await headings(page, 3)).toEqual(['Tuesday 24 November', 'Saturday 5 December', 'Friday 18 December'])
    expect(await headings(page, 4)).toEqual(['Winter fair', 'Forum: what we are good at', 'Drop-in about damp homes Cancelled', EVIL])
    expect(await page.getByRole('listitem').count()).toBe(4)
    expect(await page.getByRole('table').count()).toBe(0)
    expect(await page.locator('.time').allInnerTexts()).toEqual([
      'Mon 23 Nov, 10:00 to Thu 26 Nov, 17:00',
      '18:00 to 20:00',
      '20:30 to 21:00',
      '22:00 to Sat 19 Dec, 01:00',
    ])
    expect(await page.getByRole('banner').innerText()).toContain(
      'Tuesday 24 November 2026 to Tuesday 16 February 2027. All times are those of Europe/London.',
    )
    expect(await page.getByRole('banner').innerText()).toContain('The link to this page works until Tuesday 1 December, 09:12 (UTC+0).')
    expect(await sideways(page)).toBe(0)
  })

  test('on a wide screen: each month as a table too, and its words lead to the day, by keyboard', async () => {
    const page = await open(1200)
    const december = page.getByRole('table', { name: 'December 2026 at a glance' })
    expect(await december.getByRole('columnheader').allInnerTexts()).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
    expect(await december.getByRole('cell', { name: '5 Forum: what we are good at Drop-in about damp homes' }).count()).toBe(1)
    // The first weeks of November are over.
    expect(await page.getByRole('table').first().getByRole('row').count()).toBe(3)
    expect(await page.locator('[aria-current=date]').innerText()).toMatch(/^24\s+Winter fair$/)
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').innerText()).toBe('Winter fair')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator(':target h4').allInnerTexts()).toEqual(['Forum: what we are good at'])
    expect(await sideways(page)).toBe(0)
  })

  test.each([
    [360, 'light'],
    [360, 'dark'],
    [1200, 'light'],
    [1200, 'dark'],
  ] as const)('at %i pixels, %s, everything can be read', async (width, scheme) => {
    expect(await unreadable(await open(width, scheme))).toEqual([])
  })

  test('on paper there is no table, and no card is torn apart', async () => {
    const page = await open(794)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('table').count()).toBe(0)
    expect(
      await page
        .locator('.day li')
        .first()
        .evaluate(item => item.ownerDocument.defaultView.getComputedStyle(item).breakInside),
    ).toBe('avoid')
  })

  test('what people wrote is words; only an address of the web is a link; nothing is loaded, kept or run', async () => {
    const page = await open(360)
    expect(await page.locator('script, .day b, img').count()).toBe(0)
    const links = page.getByRole('link')
    expect(await links.count()).toBe(1)
    expect(await links.getAttribute('href')).toBe('https://example.org/forum?a=1&b=%22')
    expect(await page.getByRole('link', { name: 'More about Forum: what we are good at on example.org' }).count()).toBe(1)
    expect(await page.context().cookies()).toEqual([])
  })

  test('as a file it looks the same', async () => {
    const file = join(temporary(), 'calendar.html')
    writeFileSync(file, await (await fetch(`${door.at}${path}`)).text())
    const page = await open(1200, 'light', pathToFileURL(file).href)
    expect(await page.getByRole('table').count()).toBe(2)
    expect(await headings(page, 4)).toHaveLength(4)
  })

  test('the browser has nothing to complain about', () => {
    expect(complaints).toEqual([])
  })
})
